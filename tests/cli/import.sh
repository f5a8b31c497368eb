#!/bin/sh
# Very many revisions at once: stemma import from JSON, folders of dated files,
# other archives, and git repositories.

# shellcheck disable=SC1091,SC2016,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
export STEMMA_ARCHIVE="$PWD/archive"
"$STEMMA" init archive >log

# fresh NAME - an empty archive of the test's own.
fresh()
{
    STEMMA_ARCHIVE=$PWD/$1.archive
    "$STEMMA" init "$STEMMA_ARCHIVE" >log
}

# says LINE ARGUMENT... - it ends well, and this is all it says.
says()
{
    printf '%s\n' "$1" >want
    shift
    ends 0 "$@" && diff want out
}

# stores REVISION FILE - its bytes are those of the file.
stores()
{
    "$STEMMA" show --raw -- "$1" | cmp - "$2"
}

# refuses LINE... - status 2, and exactly these lines on stderr.
refused()
{
    printf 'stemma: %s\n' "$@" >want
    [ "$status" -eq 2 ] && diff want err
}

cat >corpus.jsonl <<'END'
{"story": "iran/talks", "date": "2025-03-08T10:00:00.250Z", "source": "https://example.org/1", "title": "Talks", "text": "One.\n"}
{"story": "iran/talks", "date": "2025-03-09T10:00:00+02:00", "text": "Two.\n", "meta": {"Desk": "foreign"}, "unknown": [1]}

{"story": "bytes", "date": 1700000000, "base64": "/wD+"}
{"story": "beside", "date": "2025-03-08", "file": "old.txt", "title": "two\nlines"}
{"story": "empty", "date": "2025-03-08", "text": ""}
END
json()
{
    says '5 revisions read: 5 new (in 4 new stories), 0 there already' \
        import corpus.jsonl || return
    printf 'One.\n' >one
    printf 'Two.\n' >two
    printf '\377\000\376' >three
    : >none
    stores iran/talks@1 one && stores iran/talks two && stores bytes three &&
        stores beside old.txt && stores empty none || return
    ends 0 show --meta iran/talks@1 && has out 'title: Talks' &&
        has out 'source: https://example.org/1' &&
        has out 'retrieved: 2025-03-08T10:00:00Z' &&
        ends 0 show --meta iran/talks && has out 'Desk: foreign' &&
        has out 'retrieved: 2025-03-09T08:00:00Z' &&
        ends 0 show --meta bytes && has out 'retrieved: 2023-11-14T22:13:20Z' &&
        ends 0 show --meta beside && has out 'title: two lines'
}
t 'a line of JSON is a revision, with all that it tells' json

# heads - what all stories are now.
heads()
{
    git --git-dir="$STEMMA_ARCHIVE" for-each-ref refs/heads/story
}
twice()
{
    heads >before
    says '5 revisions read: 0 new, 5 there already' import corpus.jsonl &&
        heads | cmp - before &&
        says '{"format":"stemma.import/1","read":5,"stored":0,"unchanged":5,"bad":0,"stories":0}' \
            import --format=json - <corpus.jsonl && heads | cmp - before
}
t 'imported twice changes nothing' twice

undated()
{
    fresh undated
    printf '{"story": "s", "text": "%s"}\n' one two three >undated.jsonl
    ends 0 import undated.jsonl && heads >before &&
        says '3 revisions read: 0 new, 3 there already' import undated.jsonl &&
        heads | cmp - before && printf two >two && stores s@2 two
}
t 'what is not dated is in its order, and imported twice the same' undated

cat >bad.jsonl <<'END'
{"story": "good", "date": "2025-03-08", "text": "One."}
nonsense
{"story": "bad", "date": "2025-03-08", "text": "cut
{"story": "bad", "date": "2025-03-08", "text": "x"} {}
[1, 2]
"story"
{"date": "2025-03-08", "text": "x"}
{"story": "", "date": "2025-03-08", "text": "x"}
{"story": "bad", "date": "2025-03-08"}
{"story": "bad", "date": "soon", "text": "x"}
{"story": "bad", "date": "1912-04-15", "text": "x"}
{"story": "bad", "date": -1, "text": "x"}
{"story": "bad", "date": [], "text": "x"}
{"story": 7, "date": "2025-03-08", "text": "x"}
{"story": "bad", "date": "2025-03-08", "text": {}}
{"story": "bad", "date": "2025-03-08", "text": "x", "base64": "eA=="}
{"story": "bad", "date": "2025-03-08", "base64": "e*=="}
{"story": "bad", "date": "2025-03-08", "base64": "e"}
{"story": "bad", "date": "2025-03-08", "file": "none.txt"}
{"story": "bad", "date": "2025-03-08", "file": "."}
{"story": "a\nb", "date": "2025-03-08", "text": "x"}
{"story": "bad", "date": "2025-03-08", "text": "x", "meta": {"a b": "c"}}
{"story": "bad", "date": "2025-03-08", "text": "x", "meta": {"a": 1}}
{"story": "bad", "date": "2025-03-08", "text": "x", "meta": []}
{"story": "good", "date": "2025-03-09", "text": "Two."}
END
printf '{"story": "bad", "date": "2025-03-08", "text": "\377"}\n' >>bad.jsonl
bad()
{
    fresh bad
    stemma import bad.jsonl
    echo '26 revisions read: 2 new (in 1 new story), 0 there already, 24 bad' \
        >want
    [ "$status" -eq 2 ] && diff want out && [ "$(wc -l <err)" -eq 24 ] || return
    # Each bad line is named, and no other.
    cut -d : -f 1-3 err | diff - numbered &&
        has err 'bad.jsonl:7: it has no "story"' &&
        has err 'bad.jsonl:9: it has no "text", nor "base64" or "file"' &&
        has err "bad.jsonl:10: \"date\" is no time from 1970 on: 'soon'" &&
        has err 'bad.jsonl:16: it has both "text" and "base64"' &&
        has err 'bad.jsonl:19: none.txt: No such file or directory' &&
        ends 0 list && echo good | cmp - out
}
for number in $(seq 2 24) 26; do
    echo "stemma: bad.jsonl:$number"
done >numbered
t 'what is no revision is told and counted, and the rest is stored' bad

deep()
{
    fresh deep
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }' >deep
    printf '{"story": "s", "date": "2025-03-08", "text": "x"}' >>deep
    stemma import deep
    [ "$status" -eq 2 ] && has out '1 new' && [ "$(wc -l <err)" -eq 1 ]
}
t 'a line of brackets alone is no harm, nor is a last line without its end' deep

missing()
{
    trouble 'none.jsonl: No such file or directory' import none.jsonl
}
t 'a missing file is named' missing

piped()
{
    fresh piped
    # shellcheck disable=SC2002
    cat corpus.jsonl | "$STEMMA" import - >out && has out '5 new'
}
t 'a pipe is read to its end' piped

stopped()
{
    fresh stopped
    awk 'BEGIN { for (i = 0; i < 3000; i++)
        printf "{\"story\": \"s%d\", \"date\": %d, \"text\": \"Text %d.\"}\n",
            i % 50, 1700000000 + i, i }' >many.jsonl
    (head -n 1500 many.jsonl; sleep 5) | "$STEMMA" import - >out &
    program=$!
    sleep 0.3
    kill -9 "$program" 2>/dev/null
    wait "$program" 2>/dev/null
    ends 0 import many.jsonl &&
        says '3000 revisions read: 0 new, 3000 there already' \
            import many.jsonl &&
        git --git-dir="$STEMMA_ARCHIVE" fsck --strict >checked 2>&1 &&
        ends 0 track --story=s1 old.txt
}
t 'an import that was killed is started again' stopped

beside()
{
    fresh beside
    ends 0 track --story=iran/talks --date=2025-03-08T12:00Z old.txt &&
        ends 0 import corpus.jsonl && stores iran/talks@2 old.txt &&
        printf 'One.\n' >one && stores iran/talks@1 one &&
        ends 0 log iran/talks && has out '3 revisions'
}
t 'what was tracked before is numbered among what is imported' beside

names()
{
    fresh names
    {
        echo '{"story": "it'\''s $(touch pwned) `id`", "date": 1, "text": "x"}'
        echo '{"story": "\u65e5\u672c/\u8a18\u4e8b", "date": 1, "text": "x"}'
        echo '{"story": "\u0645\u0642\u0627\u0644\u0629", "date": 1, "text": "x"}'
        echo '{"story": "../../up", "date": 1, "text": "x"}'
        echo '{"story": "-x", "date": 1, "text": "x"}'
    } >names.jsonl
    says '5 revisions read: 5 new (in 5 new stories), 0 there already' \
        import names.jsonl && [ ! -e pwned ] && ends 0 list &&
        has out '日本/記事' && has out "it's \$(touch pwned)" &&
        has out '../../up' && ends 0 show -- -x
}
t 'hostile names of stories are names' names

folder()
{
    fresh folder
    mkdir -p snap/2025-03-10/press snap/ferry 'snap/.hidden' snap/odd
    cp old.txt snap/bridge-2025-03-08.txt
    cp new.txt 'snap/bridge 2025-03-09 1405.txt'
    cp old.txt snap/2025-03-10/press/bridge.md
    cp old.txt snap/ferry/20250308T140509.txt
    cp old.txt snap/2025-04-01.txt
    cp old.txt 'snap/.hidden/x-2025-03-08.txt'
    ln -s ../old.txt snap/link-2025-03-08.txt
    says '5 revisions read: 5 new (in 4 new stories), 0 there already' \
        import snap || return
    stores bridge@1 old.txt && stores bridge@2025-03-09T14:05Z new.txt &&
        ends 0 log ferry && has out '2025-03-08 14:05' && ends 0 list &&
        printf '%s\n' bridge ferry press/bridge snap | diff - out &&
        says '5 revisions read: 0 new, 5 there already' import snap &&
        ends 0 show --meta bridge@1 &&
        has out 'title: Harbour bridge to close for repairs'
}
t 'a folder of dated files tells stories and dates' folder

pattern()
{
    fresh pattern
    ends 0 import --pattern='{story}-{date}.txt' snap &&
        has out '1 new (in 1 new story)' && fresh pattern2 &&
        ends 0 import --pattern='{date}/*/{story}.md' snap && ends 0 list &&
        echo bridge | diff - out && fresh pattern3 &&
        ends 0 import --story=all --pattern='*/{date}.txt' snap &&
        ends 0 list && echo all | diff - out && fresh pattern4 &&
        touch -d 2024-02-03T04:05:06Z snap/odd/plain.text &&
        ends 0 import --pattern='odd/{story}.text' snap &&
        ends 0 log plain && has out '2024-02-03 04:05' &&
        rm snap/odd/plain.text
}
t 'a pattern says which files, and where their names have what' pattern

pattern_trouble()
{
    fresh pattern_trouble
    for pattern in '{x}' '{story' '{story}{story}' '{date}}' '*****'; do
        trouble "--pattern cannot be '$pattern'; it has {story} and {date} once at most, and nothing else in braces" \
            import --pattern="$pattern" snap || return
    done
    trouble 'snap: no file in it fits --pattern' \
        import --pattern='{story}.none' snap
}
t 'a pattern that is none is refused, as is one that fits nothing' \
    pattern_trouble

no_dates()
{
    fresh no_dates
    mkdir -p mixed
    cp old.txt mixed/bridge-2025-03-08.txt
    cp old.txt mixed/notes-2025-13-08.txt
    cp old.txt mixed/2025.txt
    stemma import mixed
    sort err >sorted
    mv sorted err
    refused 'mixed/2025.txt: there is no date such as 2025-03-08 in its name' \
        'mixed/notes-2025-13-08.txt: there is no date such as 2025-03-08 in its name' &&
        has out '1 new (in 1 new story), 0 there already, 2 bad'
}
t 'files without a date are told, and the others stored' no_dates

other()
{
    first=$STEMMA_ARCHIVE
    fresh other
    says '5 revisions read: 5 new (in 4 new stories), 0 there already' \
        import "$first" &&
        says '5 revisions read: 0 new, 5 there already' import "$first" &&
        ends 0 log --format=json iran/talks &&
        sed 's/"commit":"[0-9a-f]*"//g' out >there &&
        ends 0 log --format=json --archive="$first" iran/talks &&
        sed 's/"commit":"[0-9a-f]*"//g' out | diff - there &&
        ends 0 show --meta iran/talks && has out 'Desk: foreign'
}
t 'another archive is imported with all that it tells' other

# Revisions that came by import and by sync are the same, and there once.
same_commits()
{
    fresh first
    first=$STEMMA_ARCHIVE
    printf 'The bridge is open.\n' >notes.md
    cp new.txt page.html
    ends 0 track --story=bridge --date=2025-03-08 old.txt &&
        ends 0 track --story=bridge --date=2025-03-09 notes.md &&
        ends 0 track --story=bridge --date=2025-03-10 --type=text/html \
            --meta desk=foreign page.html || return
    heads >first.heads
    fresh second
    ends 0 import "$first" && heads | diff first.heads - &&
        git init -q --bare hub.git && ends 0 sync --archive="$first" hub.git &&
        ends 0 sync hub.git && ends 0 sync --archive="$first" hub.git &&
        ends 0 log --format=json bridge &&
        [ "$(grep -o '"number"' out | wc -l)" -eq 3 ] &&
        heads | diff first.heads - && STEMMA_ARCHIVE=$first &&
        heads | diff first.heads -
}
t 'a revision that was imported from an archive is the same one' same_commits

long_names()
{
    fresh long_names
    name=$(printf '%0300d' 7)
    ends 0 track --story="$name" old.txt && first=$STEMMA_ARCHIVE &&
        fresh long_names2 && ends 0 import "$first" &&
        stores "$name@1" old.txt && ends 0 list && has out "$name" &&
        ends 0 list --long && has out "$name"
}
t 'names that are too long for a file are imported and listed whole' long_names

# What cannot be written down as a date is not kept as another.
far_dates()
{
    fresh far
    printf '{"story":"far","date":%s,"text":"%s"}\n' 253402300799 last \
        253402300800 late 99999999999999999999 never >far.jsonl
    stemma import far.jsonl
    [ "$status" -eq 2 ] &&
        refused 'far.jsonl:2: a date after 9999 cannot be written down' \
            'far.jsonl:3: a date after 9999 cannot be written down' &&
        has out '3 revisions read: 1 new (in 1 new story), 0 there already, 2 bad' &&
        echo now >now.txt && ends 0 track --story=far now.txt &&
        ends 0 track --story=far --date=9999-12-31T23:59:59Z old.txt &&
        ends 0 verify
}
t 'a date that cannot be written is refused' far_dates

t 'standard input is read once' trouble \
    "'-' can stand for one of the texts only: standard input is read once" \
    import - corpus.jsonl -

# A repository with a file that was renamed, and one that is gone.
repository()
{
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    git init -q repo 2>/dev/null && cd repo || return
    git config user.name 'Ann Author' && git config user.email ann@example.org
    mkdir posts
    cp ../old.txt posts/draft.md
    git add . && commit 2025-03-08T10:00:00Z 'A draft'
    git mv posts/draft.md posts/bridge.md
    commit 2025-03-09T10:00:00Z 'Rename'
    cat ../new.txt >>posts/bridge.md
    git add . && commit 2025-03-10T10:00:00Z 'It'\''s "better" $(touch pwned)'
    cp posts/bridge.md ../bridge.md
    cp ../new.txt 'posts/$(touch pwned) é.txt'
    ln -s bridge.md posts/link.md
    git add . && commit 2025-03-11T10:00:00Z 'Another'
    git rm -q 'posts/$(touch pwned) é.txt'
    commit 2025-03-12T10:00:00Z 'Gone'
    cd ..
}
commit()
{
    when=$1 subject=$2
    shift 2
    GIT_AUTHOR_DATE=$when GIT_COMMITTER_DATE=$when \
        git commit -q -m "$subject" "$@"
}
from_git()
{
    repository && fresh from_git || return
    says '3 revisions read: 2 new (in 1 new story), 1 there already' \
        import --git=repo posts || return
    stores posts/bridge@1 old.txt && stores posts/bridge@2 bridge.md &&
        ends 0 show --meta posts/bridge@2 &&
        has out 'retrieved: 2025-03-10T10:00:00Z' &&
        has out 'Git-Author: Ann Author <ann@example.org>' &&
        has out 'Git-Subject: It'\''s "better" $(touch pwned)' &&
        has out 'Git-Path: posts/bridge.md' &&
        ends 0 show --meta posts/bridge@1 && has out 'Git-Path: posts/draft.md' &&
        ends 0 list && echo posts/bridge | diff - out &&
        says '3 revisions read: 0 new, 3 there already' \
            import --git=repo posts/bridge.md
}
gone_from_git()
{
    fresh gone
    ends 0 import --git=repo --story=gone 'posts/$(touch pwned) é.txt' &&
        stores gone new.txt && [ ! -e pwned ] && [ ! -e repo/pwned ]
}
git_trouble()
{
    fresh git_trouble
    stemma import --git=repo none.md
    refused 'none.md: git has no history of it' &&
        has out '1 revision read: 0 new, 0 there already, 1 bad' || return
    trouble "nowhere: git ls-tree: cannot change to 'nowhere': No such file or directory" \
        import --git=nowhere x && git init -q unborn 2>/dev/null &&
        trouble 'unborn: git ls-tree: Not a valid object name HEAD' \
            import --git=unborn x
}

# Names that git would take for patterns, and settings that change what it says.
odd_from_git()
{
    fresh odd
    git init -q odd 2>/dev/null && cd odd || return
    git config user.name 'Ann Author' && git config user.email ann@example.org
    mkdir sub && cp ../old.txt '*.md' && cp ../old.txt 'a[1].md' &&
        cp ../old.txt a1.md && cp ../old.txt ./:x.md && cp ../old.txt sub/y.md
    git add . && commit 2025-03-08T10:00:00Z 'First'
    cp ../new.txt a1.md && cp ../new.txt sub/y.md
    commit 2025-03-09T10:00:00Z 'Nothing' --all
    git config log.showRoot false && git config diff.relative true
    cd ..
    says '7 revisions read: 7 new (in 5 new stories), 0 there already' \
        import --git=odd . && stores '*' old.txt && stores 'a[1]' old.txt &&
        stores :x old.txt && stores a1@1 old.txt && stores a1@2 new.txt &&
        says '1 revision read: 0 new, 1 there already' \
            import --git=odd :x.md &&
        says '2 revisions read: 2 new (in 1 new story), 0 there already' \
            import --git=odd/sub y.md && stores y@1 old.txt && stores y@2 new.txt
}

# What a merge makes of two changes is in neither of them. One that came by a
# rename has other letters, and one that left the file alone has none.
merged_from_git()
{
    fresh merged
    git init -q merged 2>/dev/null && cd merged || return
    git config user.name 'Ann Author' && git config user.email ann@example.org
    seq 20 | sed G >f.md
    git add . && commit 2025-03-08T10:00:00Z 'First'
    git branch side && git mv f.md g.md && commit 2025-03-08T11:00:00Z 'Rename'
    sed -i 's/^19$/nineteen/' g.md && commit 2025-03-08T12:00:00Z 'Here' --all
    git checkout -q side
    sed -i 's/^2$/two/' f.md && commit 2025-03-08T13:00:00Z 'There' --all
    git checkout -q - && merge 2025-03-08T14:00:00Z side || return
    git branch other && echo other >other.md && git add . &&
        commit 2025-03-08T15:00:00Z 'Beside'
    git checkout -q other && echo more >>g.md &&
        commit 2025-03-08T16:00:00Z 'More' --all
    git checkout -q - && merge 2025-03-08T17:00:00Z other || return
    cd ..
    ends 0 import --git=merged g.md && stores g merged/g.md &&
        git -C merged show HEAD~2:g.md >middle.md &&
        stores g@2025-03-08T14:00 middle.md && ends 0 show --meta g@~1 &&
        has out 'Git-Subject: Merge'
}
merge()
{
    GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 \
        git merge -q --no-ff -m "Merge $2" "$2"
}
if command -v git >/dev/null; then
    t 'files of a git repository come with their history, through renames' \
        from_git
    t 'a file that git has no longer is imported too' gone_from_git
    t 'names are no patterns, and settings of git change nothing' odd_from_git
    t 'what a merge made is imported' merged_from_git
    t 'what git does not know is trouble' git_trouble
else
    skip 'git repositories are imported' 'git is not installed'
fi

full()
{
    fresh full
    "$STEMMA" import corpus.jsonl >/dev/full 2>err
    [ $? -eq 2 ] && has err 'No space left' && ends 0 show bytes
}
[ ! -e /dev/full ] || t 'an answer that cannot be written is trouble' full

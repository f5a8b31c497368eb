#!/bin/sh
# Stories and their revisions: init, track, list, log, show, and compare with
# revisions. How the archive itself keeps its promises is tested in C.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
own=$HOME/.local/share/stemma/archive

# says LINE ARGUMENT... - it ends well, and this is all of standard output.
says()
{
    expected=$1
    shift
    stemma "$@"
    printf '%s\n' "$expected" >want
    [ "$status" -eq 0 ] && cmp want out && return
    echo "stemma $*: status $status"
    cat out err
    return 1
}

t 'without an archive there is nothing to list' trouble \
    "there is no archive yet; 'stemma track FILE' makes one in $own" list
cp old.txt talks.txt
made()
{
    says "talks.txt: new story 'talks'" track talks.txt &&
        printf 'stemma: made the archive %s\n' "$own" | cmp - err
}
t 'the first track makes the archive of the user' made
t 'the same bytes are not stored twice' says \
    "talks.txt: unchanged, revision 1 of 'talks'" track talks.txt
cp new.txt talks.txt
changed()
{
    stemma track --source=https://example.org/talks talks.txt
    [ "$status" -eq 0 ] && has out "talks.txt: revision 2 of 'talks': "
}
t 'a changed file is a new revision, and what it changed is said' changed
trouble_but_tracked()
{
    stemma track missing.txt old.txt
    [ "$status" -eq 2 ] && has err 'missing.txt: No such file' &&
        has out "old.txt: new story 'old'"
}
t 'one file that is missing does not stop the others' trouble_but_tracked
several()
{
    for round in one two; do
        for name in p q r; do
            echo "The $round of $name." >$name.txt
        done
        for format in term json; do
            stemma track --format=$format p.txt q.txt r.txt
            [ "$status" -eq 0 ] && [ ! -s err ] &&
                [ "$(wc -l <out)" -eq 3 ] || return
        done
    done
    has out '"story":"r","revision":2,"stored":false' &&
        "$STEMMA" log r | grep -q '^r  2 revisions' &&
        stemma track p.txt missing.txt q.txt twice/p.txt
    [ "$status" -eq 2 ] && [ "$(wc -l <out)" -eq 2 ] &&
        has err 'missing.txt: No such file' || return
    rm -f p.txt q.txt r.txt
    git --git-dir="$own" for-each-ref --format='delete %(refname)' \
        refs/heads/story/[pqr] | git --git-dir="$own" update-ref --stdin
}
t 'several files are tracked in one go, a line each' several
json()
{
    stemma track --format=json --story='a "b"' old.txt
    [ "$status" -eq 0 ] && has out '"format":"stemma.track/1"' &&
        has out '"story":"a \"b\""' && has out '"revision":1,"stored":true'
}
t 'track answers programs in JSON' json
t 'stories are listed by name' says 'a "b"
old
talks' list
t 'those of a prefix alone' says 'talks' list ta
raw()
{
    "$STEMMA" show --raw talks@1 | cmp - old.txt &&
        "$STEMMA" show --raw talks | cmp - new.txt &&
        "$STEMMA" show --raw talks@~1 | cmp - old.txt
}
t 'what is stored comes back byte for byte' raw
meta()
{
    stemma show --meta talks@2
    has out 'revision: 2 of 2' && has out 'source: https://example.org/talks' &&
        has out "sha256: $(sha256sum <new.txt | cut -d ' ' -f 1)"
}
t 'what is known of a revision is told' meta
compared()
{
    "$STEMMA" compare -f unified talks@1 talks@2 >a
    "$STEMMA" compare -f unified --old-name=talks@1 --new-name=talks@2 \
        old.txt new.txt >b
    cmp a b && [ -s a ]
}
t 'revisions compare as their files do' compared
mixed()
{
    ends 0 compare -q new.txt talks@ && ends 1 compare -q talks@1 new.txt &&
        ends 1 compare -q talks && ends 1 compare -q talks@2
}
t 'files and revisions can be mixed, and one is compared with its past' mixed
file_wins()
{
    cp old.txt talks
    ends 1 compare -q talks talks@ || return
    rm talks
}
t 'a file wins over a story of its name' file_wins
t 'the first revision has none before it' trouble \
    'talks@1: it is the first revision: there is none before it to compare with' \
    compare talks@1
t 'a story that is mistyped is answered with the nearest' trouble \
    "there is no story 'talk' in $own; did you mean 'talks'?" show talk
t 'a revision that is not there is answered with those that are' trouble \
    'talks@9: its revisions are numbered from 1 to 2' show talks@9
t 'what is neither file nor story is said to be neither' trouble \
    "there is neither a file nor a story 'talsk' in $own; did you mean 'talks'?" \
    compare talsk old.txt

log_reads()
{
    ends 0 log talks && has out 'talks  2 revisions' &&
        has out ' 179 B' && has out 'https://example.org/talks'
}
t 'the log tells time, size, title and source' log_reads
log_json()
{
    "$STEMMA" log --format=json talks >first &&
        "$STEMMA" log --format=json talks | cmp - first &&
        has first '"format":"stemma.log/1","story":"talks"' &&
        has first "\"sha256\":\"$(sha256sum <old.txt | cut -d ' ' -f 1)\""
}
t 'the log is the same from its cache' log_json
log_damaged()
{
    cache=$own/stemma/log/talks
    cp "$cache" whole
    for damage in 's/^/x/' '2s/edits/\x1b[2J/' '3s/ [0-9]*:/ 99999:/' '3d' \
        's/ 0\.1/ 9.1/' 's/[0-9]/x/g'; do
        sed "$damage" whole >"$cache"
        "$STEMMA" log --format=json talks | cmp - first &&
            cmp "$cache" whole || return
    done
    head -c 300 whole >"$cache"
    "$STEMMA" log --format=json talks | cmp - first || return
    : >"$cache"
    "$STEMMA" log --format=json talks | cmp - first || return
    rm -r "$own/stemma/log"
    "$STEMMA" log --format=json talks | cmp - first
}
t 'a cache that is damaged or gone is made anew' log_damaged
log_grows()
{
    for word in one two three; do
        echo "The $word of it." >growing.txt
        "$STEMMA" track growing.txt >out && "$STEMMA" log growing >a &&
            "$STEMMA" log growing >b && cmp a b || return
    done
    has b 'growing  3 revisions' && git --git-dir="$own" update-ref \
        refs/heads/story/growing refs/heads/story/growing~1 &&
        ends 0 log growing && has out 'growing  2 revisions'
}
t 'the log follows its story, forwards and back' log_grows
newer()
{
    cp -R "$own" newer
    git config -f newer/config stemma.format 2
    for command in 'list' 'log talks' 'show talks' 'track old.txt' 'verify' \
        'gc' 'blame talks' 'sync hub'; do
        # shellcheck disable=SC2086
        stemma $command --archive=newer
        [ "$status" -eq 2 ] && [ ! -s out ] &&
            has err 'has archive format 2; this stemma reads up to 1' &&
            continue
        echo "$command: $status"
        return 1
    done
}
t 'an archive of a newer format is refused by every command' newer
log_patch()
{
    ends 0 log -p talks && has out '[-close for-]'
}
t 'the log shows each change' log_patch
since()
{
    "$STEMMA" track --story=dated --date=2025-03-08 old.txt >out &&
        "$STEMMA" track --story=dated --date=2025-03-10T12:00Z new.txt >out &&
        ends 0 log --since=2025-03-09 dated && has out '2025-03-10 12:00' &&
        ! grep -q 2025-03-08 out && ends 0 log -n 1 dated &&
        ! grep -q 2025-03-08 out && "$STEMMA" show --raw dated@2025-03-09 |
        cmp - old.txt
}
t 'dates order, choose and limit revisions' since
t 'a date that git cannot hold is refused' trouble \
    "--date cannot be '1969-12-31'; it is a date like 2025-03-08 or 2025-03-08T14:05Z, from 1970 on" \
    track --date=1969-12-31 old.txt
t 'and one that is none' trouble \
    "--date cannot be 'soon'; it is a date like 2025-03-08 or 2025-03-08T14:05Z, from 1970 on" \
    track --date=soon old.txt
twice()
{
    mkdir -p x y
    cp old.txt x/page.txt
    cp new.txt y/page.txt
    stemma track x/page.txt y/page.txt
    [ "$status" -eq 2 ] && has out "x/page.txt: new story 'page'" &&
        has err 'would be the same story as x/page.txt'
}
t 'two files of one name in one go are not one story' twice
hostile()
{
    # shellcheck disable=SC2016
    for name in 'a b' '$(touch pwned)' '`id`' "it's" '北京' 'שלום' '../up' \
        '-dash' 'a@b'; do
        "$STEMMA" track --story="$name" old.txt >out 2>&1 || return
        "$STEMMA" show --raw -- "$name@1" | cmp - old.txt || return
    done
    [ ! -e pwned ] && ! ls ../up* 2>/dev/null &&
        stemma track --story='a
b' old.txt
    [ "$status" -eq 2 ]
}
t 'any name is a name, but for line feeds' hostile
around()
{
    mkdir -p press/deep && cd press || return
    says 'made the archive .stemma' init || return
    cd deep || return
    says "../../new.txt: new story 'new'" track ../../new.txt &&
        says 'new' list && cd ../.. && says 'new' list --archive=press/.stemma &&
        STEMMA_ARCHIVE=press/.stemma says 'new' list
}
t 'the archive around the working directory is found' around
trouble_exists()
{
    mkdir -p full && : >full/file
    stemma init full
    [ "$status" -eq 2 ] && [ ! -s out ] && [ "$(ls full)" = file ]
}
t 'a folder that holds something is no place for an archive' trouble_exists
piped()
{
    "$STEMMA" track --story=piped - <old.txt >out &&
        "$STEMMA" show --raw piped | cmp - old.txt
}
t 'standard input can be tracked' piped
piped_twice()
{
    echo text | trouble \
        "'-' can stand for one of the texts only: standard input is read once" \
        track --story=twice - - && ends 0 list && lacks out twice
}
t 'but once, and nothing is kept of what is not there' piped_twice
git_reads()
{
    command -v git >/dev/null || return 0
    git --git-dir="$own" fsck --strict >log 2>&1 || return
    git --git-dir="$own" show story/talks~1:talks.txt | cmp - old.txt
}
t 'git reads what was stored' git_reads

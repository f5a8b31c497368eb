#!/bin/sh
# What may come next, as shells ask for it: candidates, a tab, descriptions. The
# shells themselves are in tests/check-completion.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
export STEMMA_PATIENCE=1000
tab=$(printf '\t')

"$STEMMA" init news >out && "$STEMMA" init 'other news' >out || exit
STEMMA_ARCHIVE=$PWD/news
export STEMMA_ARCHIVE
articles
mkdir texts
cp old.txt texts/old.txt
printf 'int main;\n' >main.c
"$STEMMA" track --story=bridge --date=2025-03-03T14:05Z old.txt >out || exit
"$STEMMA" track --story=bridge --date=2025-03-04T08:00Z new.txt >out || exit
"$STEMMA" track --story=tunnel --date=2025-03-01 --title='A tunnel at last' \
    old.txt >out || exit
git --git-dir=news remote add desk ../desk 2>err || cat >>news/config <<'END'
[remote "desk"]
	url = ../desk
END

# says 'WORD...' LINE... - what may stand in the place of the last word.
says()
{
    words=$1
    shift
    printf '%s\n' "$@" >want
    # shellcheck disable=SC2086
    ends 0 __complete fish -- stemma $words "$last" || return
    diff -u want out
}
last=
t 'stories come newest first, with date and title' says log \
    "bridge${tab}2025-03-04 08:00 · Harbour bridge to stay open during repairs" \
    "tunnel${tab}2025-03-01 00:00 · A tunnel at last"
last=tun
t 'stories are found by their start' says log \
    "tunnel${tab}2025-03-01 00:00 · A tunnel at last"
last='at last'
t 'stories are found by the words of their titles' says log \
    "tunnel${tab}2025-03-01 00:00 · A tunnel at last"
last=bridge@2
narrow() { COLUMNS=50 says "$@"; }
t 'revisions are told by time and by what changed' narrow show \
    "bridge@2${tab}2025-03-04 08:00 · headline: close for → stay ope…" \
    "bridge@2025-03-04${tab}the last of that day: 2 · 08:00 · headline: close…" \
    "bridge@2025-03-03${tab}the last of that day: 1 · 14:05 · the first versi…"
last=bridge@
t 'after a revision there are the others of its story' says \
    'compare bridge@2' "bridge@~1${tab}revision 1 · 2025-03-03 14:05 · the first \
version" "bridge@1${tab}2025-03-03 14:05 · the first version" \
    "bridge@2025-03-03${tab}the last of that day: 1 · 14:05 · the first version"
last=br
t 'a story without a revision is its newest one' says \
    'compare bridge' "bridge@~1${tab}revision 1 · 2025-03-03 14:05 · the first \
version" "bridge@1${tab}2025-03-03 14:05 · the first version" \
    "bridge@2025-03-03${tab}the last of that day: 1 · 14:05 · the first version"
: >bridge
: >brim.txt
last=bri
t 'unless a file is called so' says 'compare bridge' "brim.txt$tab" \
    "bridge@${tab}2025-03-04 08:00 · Harbour bridge to stay open during repairs"
rm bridge brim.txt
last='About'
t 'phrases are those of the newest revision' says 'whence bridge' \
    "About 12,000 cars use it each day.${tab}paragraph 4"
t 'phrases are those of the revision that is named' says 'whence bridge@1' \
    "About 9,000 cars use it each day.${tab}paragraph 3"
last=bri
t 'a story comes before the pages that it may be besides' says verify \
    "bridge${tab}2025-03-04 08:00 · Harbour bridge to stay open during repairs"
: >bridge.html
: >brief.txt
last=./b
t 'pages come before other files' says verify "./bridge.html$tab" \
    "./brief.txt$tab"
rm bridge.html brief.txt
last=
t 'days are those of the story' narrow 'log bridge --since' \
    "2025-03-04${tab}the last of that day: 2 · 08:00 · headline: close…" \
    "2025-03-03${tab}the last of that day: 1 · 14:05 · the first versi…"
t 'days of no story are those of the newest changes' says 'log --since' \
    "2025-03-04${tab}08:00 · bridge" "2025-03-01${tab}00:00 · tunnel"
last=2025-03-01
t 'days are found by their start' says 'feed --all --since' \
    "2025-03-01${tab}00:00 · tunnel"
last=2
t 'paragraphs are told by how they start' says 'history bridge@1 --paragraph' \
    "2${tab}The harbour bridge will be closed from Monday, the city said."
last=tu
t 'pages of the manual that are no command have names' says help \
    "tutorial${tab}one story, from the first file to the report"
last=--archive=
t 'archives come before other folders' says log \
    "--archive=$PWD/news${tab}the archive that is used without this option" \
    "--archive=news${tab}an archive" "--archive=other news${tab}an archive" \
    "--archive=texts/$tab"
last=de
t 'remotes have their addresses' says sync "desk${tab}../desk"
last=case,
t 'profiles of what to ignore are those that are not given yet' says \
    'compare --ignore' "case,punctuation${tab}punctuation marks" \
    "case,numbers${tab}which number it is"
last=j
t 'formats are those of the command' says 'log --format' \
    "json${tab}for programs: one stemma.log/1 document, the oldest first"
last=te
t 'recipes have names too' says 'git-setup --print' \
    "textconv${tab}what git compares itself is a paragraph a line"

repository()
{
    git init -q repo && mkdir -p repo/drafts/old repo/untracked || return
    for file in drafts/one.md drafts/two.md drafts/old/zero.md 'a b.txt' \
        index.txt; do
        cp old.txt "repo/$file"
    done
    git -C repo add . && ln -s index.txt repo/link && git -C repo add link &&
        git -C repo -c user.name=eve -c user.email=e@x commit -qm first &&
        cp old.txt repo/later.txt
}
repository >log 2>&1 || cat log
last=
t 'of a repository that is imported there are its files' says \
    'import --git=repo' "a b.txt$tab" "drafts/$tab" "index.txt$tab"
t 'whether the option has its value in a word of its own or not' says \
    'import --git repo' "a b.txt$tab" "drafts/$tab" "index.txt$tab"
t 'and of a folder of it those in there' says \
    'import --git=repo/drafts' "old/$tab" "one.md$tab" "two.md$tab"
last=drafts/
t 'a folder at a time' says 'import --git=repo' "drafts/old/$tab" \
    "drafts/one.md$tab" "drafts/two.md$tab"
last=drafts/t
t 'by their start' says 'import --git=repo' "drafts/two.md$tab"
last=
t 'but not the one that was named before' says 'import --git=repo index.txt' \
    "a b.txt$tab" "drafts/$tab"

# silent ARGUMENT... - no candidate, no word on stderr, and no failure.
silent()
{
    ends 0 __complete "$@" && [ ! -s out ] && return
    cat out
    return 1
}
t 'nothing is said to nobody' silent
t 'nothing is said to a shell that is not known' silent tcsh -- stemma ''
t 'nothing is said of options that there are not' silent fish -- stemma log \
    --no-such=x
t 'nothing is said behind a command that there is not' silent fish -- stemma \
    no-such ''
options() { says 'log --no-such' "--since=${tab}only revisions from then on"; }
last=--si
t 'what looks like an option is a word' options
t 'a story that is not there has no revision' silent fish -- stemma show x@
without()
{
    STEMMA_ARCHIVE=$1 HOME=$PWD/nobody silent fish -- stemma log t
}
t 'what is no repository has no files' silent fish -- stemma import \
    --git=texts/none x
t 'without an archive there is no story' without "$PWD/nowhere"
: >empty
t 'a file is no archive' without "$PWD/empty"
damaged()
{
    cp -r news damaged
    find damaged/objects damaged/refs -type f | while read -r file; do
        chmod u+w "$file"
        echo damaged >"$file"
    done
    STEMMA_ARCHIVE=$PWD/damaged ends 0 __complete fish -- stemma log '' &&
        STEMMA_ARCHIVE=$PWD/damaged ends 0 __complete fish -- stemma show \
            bridge@
}
t 'a damaged archive is no reason to complain' damaged

# What was asked changed nothing: the same with an archive that cannot change.
locked()
{
    chmod -R a-w news
    find news -exec ls -ld --time-style=full-iso {} + >before
    last=tun
    says log "tunnel${tab}2025-03-01 00:00 · A tunnel at last" &&
        ends 0 __complete fish -- stemma show bridge@ && [ -s out ] &&
        ends 0 __complete fish -- stemma whence bridge '' && [ -s out ]
    good=$?
    find news -exec ls -ld --time-style=full-iso {} + >after
    chmod -R u+w news
    [ $good -eq 0 ] && diff before after
}
t 'an archive that nobody may write to is read, and stays as it is' locked

# Opening a pipe that nobody writes to takes for ever.
waiting()
{
    cp -r news waiting
    rm -f waiting/packed-refs
    mkfifo waiting/packed-refs
    unset STEMMA_PATIENCE
    STEMMA_ARCHIVE=$PWD/waiting timeout 20 "$STEMMA" __complete fish -- \
        stemma compare old >out 2>err
    status=$?
    [ $status -eq 0 ] && [ ! -s err ]
}
t 'an archive that does not answer is not waited for' waiting

# What stemma-completion(1) says to put where, there.
setup()
{
    awk -v want="$1" '/^\.Bd -literal/ { inside = 1; block = ""; next }
        /^\.Ed/ { inside = 0; if (block ~ want) printf "%s", block; next }
        inside { sub(/^\\&/, ""); block = block $0 "\n" }' \
        "$TOP/docs/man/stemma-completion.1" >setup
    [ -s setup ]
}
mkdir -p setup.bin .zfunc
ln -sf "$STEMMA" setup.bin/stemma
PATH=$PWD/setup.bin:$PATH
in_bash()
{
    setup '<.stemma completion bash' && HOME=$PWD bash --norc -c '
        . ./setup && complete -p stemma t' >out 2>&1 &&
        [ "$(cat out)" = "$(printf 'complete -F _stemma %s\n' stemma t)" ] &&
        return
    cat out
    return 1
}
in_zsh()
{
    setup 'completion zsh' && HOME=$PWD sh setup && HOME=$PWD zsh -f -c '
        fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit -u -D
        echo $_comps[stemma]' >out 2>&1 && [ "$(cat out)" = _stemma ] && return
    cat out
    return 1
}
in_fish()
{
    setup 'completion fish' && HOME=$PWD fish --no-config -c '
        . ./setup; complete -C "stemma compl"' >out 2>&1 &&
        has out 'completion' && return
    cat out
    return 1
}
for shell in bash zsh fish; do
    if command -v "$shell" >/dev/null; then
        t "the manual says how to set up $shell" "in_$shell"
    else
        skip "the manual says how to set up $shell" "$shell is not installed"
    fi
done

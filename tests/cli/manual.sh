#!/bin/sh
# The manual pages: they name every option there is and none besides, and
# their examples do what they say.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
"$STEMMA" __table >table
commands=$(cut -f 1 table | sort -u)

page_of()
{
    [ "$1" = stemma ] && echo "$TOP/docs/man/stemma.1" && return
    echo "$TOP/docs/man/stemma-$1.1"
}

# Options as the page tags them: --name and -x, one a line.
tagged()
{
    grep '^\.It Fl' "$1" | grep -o 'Fl [-A-Za-z]*' | sed 's/Fl /-/' | sort -u
}
names_options()
{
    awk -F '\t' -v c="$1" '$1 == c && $2 == "option" {
        print $3; if ($4 != "-") print $4 }' table | sort -u >there
    [ -s there ] || return
    tagged "$(page_of "$1")" >named
    diff there named
}
# Each word stands as .Cm word somewhere below its option.
names_words()
{
    awk -F '\t' -v c="$1" '$1 == c && $2 == "word" { print $3, $4 }' table |
        while read -r option word; do
            awk -v option="Fl -${option#--} " -v word="$word" '
                /^\.It Fl / { inside = index($0 " ", option) > 0 }
                inside && / Cm |^\.Cm / {
                    for (i = 2; i <= NF; i++) if ($i == word) found = 1
                }
                END { exit !found }' "$(page_of "$1")" || {
                echo "$option $word"
                exit 1
            }
        done
}
for command in $commands; do
    t "the manual names the options of $command and no others" \
        names_options "$command"
    t "the manual names the words that options of $command take" \
        names_words "$command"
    [ "$command" = stemma ] || t "stemma(1) leads to the page of $command" \
        grep -q "^\.Xr stemma-$command 1" "$TOP/docs/man/stemma.1"
done

# What the examples use.
fixtures()
{
    articles
    cp old.txt draft.md
    export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    git init -q . 2>/dev/null && git add draft.md &&
        git -c user.name=N -c user.email=e commit -q -m 'First draft'
    cp new.txt draft.md
    echo 'Мост закрыт.' | iconv -t koi8-r >old-koi8.txt
    echo 'Мост открыт.' >new-utf8.txt
    grep . old.txt >lines-old.txt
    grep . new.txt >lines-new.txt
    cp old.txt release.txt
    cp new.txt article.txt
    cat old.txt new.txt >page.txt
    echo 'It would {--not --}pay.' >edited.md
    export STEMMA_ARCHIVE="$PWD/kept.stemma"
    "$STEMMA" init "$STEMMA_ARCHIVE" >log
    git init -q --bare hub.git
    "$STEMMA" track --story=talks --date=2025-03-08 old.txt >log 2>&1
    "$STEMMA" track --story=talks --date=2025-03-09 new.txt >log 2>&1
    "$STEMMA" track --story=talks --date=2025-03-10 old.txt >log 2>&1
    "$STEMMA" report -o talks.html talks >log 2>&1
    "$STEMMA" origin old.txt >log 2>&1
    echo '{"story": "c", "date": "2025-03-08", "text": "One."}' >corpus.jsonl
    echo '{"id": 1, "old_file": "old.txt", "new_file": "new.txt"}' \
        >pairs.ndjson
    mkdir snapshots
    cp old.txt snapshots/bridge-2025-03-08.txt
    mkdir bin
    ln -s "$STEMMA" bin/stemma
    PATH=$PWD/bin:$PATH
    "$TOP/tools/manual-pages" "$PWD/manual"
    export MANPATH="$PWD/manual" MANPAGER=cat BROWSER='test -s' TMPDIR="$PWD"
}

# "STATUS COMMAND" for each example of a page; lines that a command goes on in
# are joined.
examples()
{
    awk '/^\.\\" status [0-9]+$/ { status = $3; next }
        /^\$ / && status != "" { line = substr($0, 3); open = 1; next }
        open && /^  / { line = line $0; next }
        open { print status " " line; open = 0; status = "" }' "$1"
}
example()
{
    ended=0
    rm -rf .stemma news.stemma
    sh -c "$2" >out 2>err || ended=$?
    [ "$ended" -eq "$1" ] && [ ! -s err ] && return
    echo "status $ended, expected $1"
    cat err
    return 1
}
fixtures
for page in "$TOP"/docs/man/*.1 "$TOP"/docs/man/stemma-revisions.7; do
    name=$(basename "$page")
    # Of the archive as the other examples have left it.
    [ "$name" = stemma-verify.1 ] &&
        "$STEMMA" report -o talks.html talks >log 2>&1
    examples "$page" >lines
    t "every example of $name is run" \
        test "$(grep -c '^\$ ' "$page")" -eq "$(wc -l <lines)"
    while read -r status line; do
        case $line in
        *git*) command -v git >/dev/null || {
            skip "$name: $line" 'git is not installed'
            continue
        } ;;
        'stemma help tutorial') command -v man >/dev/null || {
            skip "$name: $line" 'no man program'
            continue
        } ;;
        esac
        t "$name: $line" example "$status" "$line"
    done <lines
done
for command in $commands; do
    if [ "$command" = stemma ]; then set --; else set -- "$command"; fi
    "$STEMMA" "$@" --help | sed -n '/^Examples:/,/^$/s/^  \([^ ].*\)/\1/p' \
        >lines
    while read -r line; do
        case $line in
        'stemma help tutorial') command -v man >/dev/null || {
            skip "--help: $line" 'no man program'
            continue
        } ;;
        esac
        example_of_help()
        {
            rm -rf .stemma news.stemma
            sh -c "$1" >out 2>err </dev/null
            [ $? -le 1 ] && [ ! -s err ]
        }
        t "--help: $line" example_of_help "$line"
    done <lines
done

# The example of the library is a program.
library()
{
    awk '/^#include <stdio.h>/ { inside = 1 } /^\.Ed/ { inside = 0 } inside' \
        "$TOP/docs/man/libstemma.3" >example.c
    build=$(dirname "$STEMMA")
    flags=
    sanitized && flags=-fsanitize=address,undefined
    # shellcheck disable=SC2086
    ${CC:-cc} -std=c17 -Wall -Wextra -Werror $flags -I "$TOP/include" \
        -o example example.c "$build/libstemma.a" -lutf8proc -lcrypto ||
        return
    status=0
    ./example 'The bridge is closed.' 'The bridge is open.' >out || status=$?
    [ "$status" -eq 1 ] && has out '[-closed-]' || return
    ./example same same >/dev/null
}
t 'libstemma.3: the program compiles and compares' library

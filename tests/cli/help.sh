#!/bin/sh
# Help in its forms, and the version.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
commands=$("$STEMMA" __table | cut -f 1 | sort -u)

version()
{
    number=$(sed -n 's/^#define STEMMA_VERSION "\(.*\)"/\1/p' \
        "$TOP/include/stemma/base.h")
    ends 0 --version && [ "$(cat out)" = "stemma $number" ]
}
t '--version prints the name and the version' version

# The arguments that name a command: none for the program.
as_arguments()
{
    [ "$1" = stemma ] || echo "$1"
}

names_all_options()
{
    # shellcheck disable=SC2046
    ends 0 $(as_arguments "$1") "$2" || return
    "$STEMMA" __table | awk -F '\t' -v c="$1" '$1 == c && $2 == "option" {
        print $3 }' >options
    [ -s options ] || return
    while read -r option; do
        has out "$option" || return
    done <options
    has out 'Usage: stemma' && fits
}
fits()
{
    awk 'length > 79 { print "too long: " $0; bad = 1 } END { exit bad }' out
}
names_all_words()
{
    # shellcheck disable=SC2046
    ends 0 $(as_arguments "$1") --help || return
    "$STEMMA" __table | awk -F '\t' -v c="$1" '$1 == c && $2 == "word" {
        print $4 }' >words
    while read -r word; do
        grep -q -E "^ +$word( |$)" out || { echo "no $word"; return 1; }
    done <words
    has out Examples: && has out 'Exit status: '
}
for command in $commands; do
    t "$command -h names every option in lines of 79" \
        names_all_options "$command" -h
    t "$command --help names every option in lines of 79" \
        names_all_options "$command" --help
    t "$command --help explains every word of its options" \
        names_all_words "$command"
done

full_disk()
{
    # shellcheck disable=SC2034
    { status=0; "$STEMMA" --help >/dev/full 2>err || status=$?; }
    : >out
    said_trouble 'standard output: No space left on device'
}
t 'help that cannot be written is trouble' full_disk

early()
{
    ends 0 compare --help --nonsense && has out 'Usage: stemma compare'
}
t '--help counts before later mistakes' early

help_lists_commands()
{
    ends 0 --help && has out '  compare ' && has out '  help ' &&
        lacks out __table
}
t 'help lists the commands but no hidden ones' help_lists_commands

# A manual that has no such page, and one that has.
no_page()
{
    mkdir -p empty
    MANPATH=$PWD/empty ends 0 help compare
    has out 'Usage: stemma compare'
}
t 'help without a manual page prints --help' no_page

page()
{
    mkdir -p manual/man1
    cp "$TOP/docs/man/stemma-compare.1" manual/man1/ || return
    MANPATH=$PWD/manual MANPAGER=cat MANWIDTH=80 ends 0 help compare
    has out 'STEMMA-COMPARE(1)'
}
git_help()
{
    "$TOP/tools/manual-pages" "$PWD/manual" || return
    mkdir -p bin
    ln -sf "$STEMMA" bin/git-stemma
    PATH=$PWD/bin:$PATH MANPATH=$PWD/manual MANPAGER=cat MANWIDTH=80 \
        GIT_PAGER=cat git stemma --help >out 2>err || { cat err; return 1; }
    has out 'compare versions of prose'
}
topic()
{
    mkdir -p manual/man7
    cp "$TOP/docs/man/stemma-tutorial.7" manual/man7/ || return
    MANPATH=$PWD/manual MANPAGER=cat MANWIDTH=80 ends 0 help tutorial
    has out 'STEMMA-TUTORIAL(7)'
}
no_topic()
{
    mkdir -p empty
    MANPATH=$PWD/empty trouble "the manual's page on 'formats' is not \
installed, or there is no man program" help formats
}
t 'help on a topic whose page is not there is trouble' no_topic
if command -v man >/dev/null; then
    if command -v git >/dev/null; then
        t 'git stemma --help opens the manual' git_help
    else
        skip 'git stemma --help opens the manual' 'git is not installed'
    fi
    t 'help opens the page of a topic' topic
    t 'help opens the manual page that is installed' page
else
    skip 'help opens the page of a topic' 'no man program'
    skip 'help opens the manual page that is installed' 'no man program'
fi
t 'help on what is no command names the nearest' trouble \
    "unknown command 'compar'; did you mean 'compare'?" help compar

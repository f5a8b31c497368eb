#!/bin/sh
# The recipes of git-setup, run as they are printed, with git itself.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

t 'git-setup says that it changes nothing without --print' trouble \
    "git-setup changes nothing: it prints what to run; for example: \
stemma git-setup --print" git-setup
t 'git-setup knows its recipes' trouble \
    "there is no recipe 'merge': they are diff, textconv, attributes, \
difftool, command" git-setup --print merge
if ! command -v git >/dev/null; then
    skip 'the recipes work' 'git is not installed'
    exit 0
fi

export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_PAGER=cat
mkdir bin
ln -s "$STEMMA" bin/stemma
PATH=$PWD/bin:$PATH
bin=$PWD/bin

line='The page that was written here is wrapped over several lines of about '
line=$line'the same length. Its paragraphs go on for a while, as those of '
line=$line'articles do, and after a blank line there is another one. It says '
line=$line'the same as the first, since nobody reads it, and ends with the words'
wrap()
{
    echo "$line $*" | fold -s -w "${width:-66}" | sed 's/ $//'
    echo
    echo "$line $*" | fold -s -w "${width:-66}" | sed 's/ $//'
    width=74
}

# A new repository, with the recipes named (all without any) run in it.
repository()
{
    name=$1
    shift
    rm -rf "$name"
    git init -q "$name" && cd "$name" || return
    git config user.name N && git config user.email e@example.org || return
    articles
    mv old.txt 'a story.md'
    cp 'a story.md' gone.txt
    cp new.txt ./-
    cp new.txt -- -dash.txt
    printf 'caf\351 old, and more of it.\n' >latin.txt
    wrap a text. >wrapped.txt
    mkdir sub
    cp gone.txt sub/moved.txt
    printf 'int main;\n' >code.c
    git add . && git commit -q -m one || return
    "$STEMMA" git-setup --print "$@" >../recipes || return
    sh -e ../recipes
}
edit()
{
    mv new.txt 'a story.md'
    git rm -q --cached new.txt gone.txt
    rm gone.txt
    printf 'Some new text.\n' >added.txt
    git add added.txt
    git mv sub/moved.txt 'sub/renamed file.txt'
    echo 'One more paragraph here.' >>'sub/renamed file.txt'
    printf '\nThe end of it.\n' >>-dash.txt
    printf '\nThe end of the dash.\n' >>-
    printf 'caf\351 new, and more of it.\n' >latin.txt
    printf 'int main2;\n' >code.c
    git add .
}

shows_an_edit()
{
    repository r diff attributes && edit || return
    git diff HEAD -- 'a story.md' >out && cat out >../d && has out '--- a story.md' &&
        has out '+++ a story.md' && has out '[-close for-]'
}
t 'git diff shows what stemma says, by the path' shows_an_edit
several()
{
    repository r && edit || return
    git diff HEAD -M >out || return
    cp out ../all
    has out '+++ /dev/null' && has out '--- gone.txt' &&
        has out '--- /dev/null' && has out '+++ added.txt' &&
        has out '--- sub/moved.txt' && has out '+++ sub/renamed file.txt' &&
        has out 'One more paragraph here.' && has out '--- -dash.txt' &&
        has out 'café [-old-]{+new+}, and'
}
t 'git diff goes through all files: deleted, added, renamed, dashed' several
others()
{
    repository r && edit || return
    git diff HEAD -- code.c >out && has out '+int main2;' && lacks out '{+'
}
t 'files that are no prose are compared as git does' others
dash()
{
    repository r diff && edit || return
    echo '* diff=stemma' >.gitattributes
    git diff HEAD -- - >out && has out '--- -' && has out 'The end of the dash.'
}
t 'a file called - is read, not standard input' dash
log()
{
    repository r && edit && git commit -q -m two || return
    git log -p --ext-diff -1 >out && has out '{+' || return
    git log -p -1 --no-color >out && has out '-café old, and more of it.' &&
        has out '+café new, and more of it.'
}
t 'git log shows prose with --ext-diff, and lines of UTF-8 without' log
wrapped()
{
    repository r textconv attributes || return
    wrap 'a text.' >wrapped.txt
    git diff -- wrapped.txt >out && lacks out '@@' || return
    wrap 'a book.' >wrapped.txt
    git diff -- wrapped.txt >out && has out "-$line a text." || return
    git diff --word-diff -- wrapped.txt >out && has out \
        'ends with the words a [-text.-]{+book.+}'
}
t 'the textconv has a paragraph a line for git' wrapped
unmerged()
{
    repository r && git checkout -q -b side && echo 'Side.' >>gone.txt &&
        git commit -q -a -m side && git checkout -q - &&
        echo 'Main.' >>gone.txt && git commit -q -a -m main || return
    git merge -q side >log 2>&1 && return 1
    git diff --cached >out && has out 'unmerged: gone.txt'
}
t 'a file that is not merged is named' unmerged
difftool()
{
    repository r difftool && edit || return
    git config difftool.trustExitCode true
    git difftool --tool=stemma HEAD -- 'a story.md' latin.txt added.txt >out ||
        return
    has out '[-close for-]' && has out '+++ latin.txt' &&
        has out '+++ added.txt'
}
t 'git difftool shows one file after the other' difftool
twice()
{
    repository r && cp .gitattributes before && sh -e ../recipes &&
        cmp before .gitattributes && git config --get diff.stemma.command
}
t 'the recipes may run twice' twice
alone()
{
    repository r command && edit && cd sub || return
    git stemma compare 'renamed file.txt' '../a story.md' >out
    [ $? -eq 1 ] && has out '+++ ../a story.md'
}
t 'git stemma works through an alias, from any folder' alone
linked()
{
    ln -s stemma "$bin/git-stemma"
    repository r command && edit && cd sub || return
    git config --get alias.stemma && return 1
    git stemma compare 'renamed file.txt' '../a story.md' >out
    [ $? -eq 1 ] && has out '+++ ../a story.md'
}
t 'git stemma works through the PATH, without an alias' linked
fails()
{
    repository r && edit || return
    git config diff.stemma.command 'stemma git-diff --encoding=none --'
    git diff HEAD >out 2>err && return 1
    has err 'none'
}
t 'git stops where stemma has trouble' fails
# A pager that is left early: git goes on, and nothing is said.
left()
{
    repository r && edit || return
    yes 'A line that is not the one before it, and long enough to fill a pipe.' |
        head -n 40000 | cat -n >long.txt
    git add long.txt
    { git diff --cached long.txt 2>err; echo $? >code; } | head -n 1 >out
    [ "$(cat code)" -eq 0 ] && [ ! -s err ] && [ -s out ]
}
t 'who leaves the pager early is told nothing' left
t 'git-diff wants as many operands as git passes' trouble \
    "git passes 1, 7 or 9 operands, not 2; for example: stemma git-diff \
story.md old.txt 1f0a 100644 new.txt 2b1c 100644" git-diff a b
spread()
{
    printf 'One here! Two there,\nstill two.\n\nThree.\n' >s.txt
    ends 0 segment --format=text --layout=wrapped s.txt && printf \
        'One here! Two there, still two.\nThree.\n' | cmp out - || return
    ends 0 segment --format=text --layout=wrapped --unit=sentence s.txt && printf \
        'One here!\nTwo there, still two.\n\nThree.\n' | cmp out -
}
t 'segment --format=text writes a unit a line' spread

#!/bin/sh
# On a terminal: colour, width and pager. script(1) makes the terminal.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
escape=$(printf '\033')
# A paragraph longer than any terminal here is wide.
{
    printf 'The old bridge'
    for word in over the wide river near the city walls where boats once \
        carried corn and salt and news from the far coast to the old market; do
        printf ' %s' "$word"
    done
    echo ' was closed.'
} >long_old
sed 's/closed/opened/' long_old >long_new

command -v script >/dev/null || {
    skip 'what happens on a terminal' 'script is not installed'
    exit 0
}

# tty COMMAND - what a terminal of 60 columns shows, to `shown`; the status of
# the program to $status. No pager unless COMMAND asks for one.
tty()
{
    cat >session <<END
stty cols 60 rows 20
export PAGER=cat
$1
echo \$? >status
END
    rm -f status
    script -q -c 'sh session' /dev/null </dev/null >raw 2>&1
    tr -d '\r' <raw >shown
    status=$(cat status)
}
compare="$STEMMA compare"

coloured()
{
    tty "$1"
    [ "$status" -eq 1 ] && has shown "${escape}["
}
plain()
{
    tty "$1"
    [ "$status" -eq 1 ] && [ -s shown ] && lacks shown "${escape}["
}
t 'there is colour on a terminal' coloured "$compare old.txt new.txt"
t '--color=never means it' plain "$compare --color=never old.txt new.txt"
t 'NO_COLOR is heeded' plain "NO_COLOR=1 $compare old.txt new.txt"
t 'an empty NO_COLOR says nothing' coloured \
    "NO_COLOR= $compare old.txt new.txt"
t '--color=always overrules NO_COLOR' coloured \
    "NO_COLOR=1 $compare --color=always old.txt new.txt"
t 'NO_COLOR overrules CLICOLOR_FORCE' plain \
    "CLICOLOR_FORCE=1 NO_COLOR=1 $compare old.txt new.txt"
t 'a dumb terminal gets no colour' plain \
    "TERM=dumb $compare old.txt new.txt"
t 'a terminal of no known kind gets no colour' plain \
    "unset TERM; $compare old.txt new.txt"
t 'a pipe gets no colour' plain "$compare old.txt new.txt | (cat; exit 1)"
t 'CLICOLOR_FORCE forces colour into a pipe' coloured \
    "CLICOLOR_FORCE=1 $compare old.txt new.txt | (cat; exit 1)"
t 'CLICOLOR_FORCE=0 does not' plain \
    "CLICOLOR_FORCE=0 $compare old.txt new.txt | (cat; exit 1)"
t "colour goes through git's pager" coloured \
    "GIT_PAGER_IN_USE=1 $compare old.txt new.txt | (cat; exit 1)"
t 'JSON has no colour even so' plain \
    "$compare --color=always -f json old.txt new.txt"

# fits WIDTH FILE: no line is longer, and one is nearly as long. Not every awk
# counts characters, so wc does.
fits()
{
    longest=$(sed "s/${escape}\[[0-9;]*m//g" "$2" | wc -L)
    [ "$longest" -le "$1" ] && [ "$longest" -ge $(($1 - 12)) ] && return
    echo "longest line: $longest"
    return 1
}
wide()
{
    tty "$2"
    [ "$status" -eq 1 ] && fits "$1" shown
}
t 'text is wrapped to the terminal' wide 60 "$compare long_old long_new"
t 'COLUMNS overrules the terminal' wide 44 \
    "COLUMNS=44 $compare long_old long_new"
t 'a COLUMNS that is no number is passed over' wide 60 \
    "COLUMNS=many $compare long_old long_new"
t '--width overrules both' wide 50 \
    "COLUMNS=44 $compare --width=50 long_old long_new"
t 'the pager changes nothing of the width' wide 60 \
    "PAGER='cat -u' $compare long_old long_new"
t 'a pipe is 80 wide' wide 80 "$compare long_old long_new | (cat; exit 1)"
t 'a narrow terminal is enough' wide 20 \
    "stty cols 20; $compare long_old long_new"
narrowest()
{
    tty "stty cols 1; $compare long_old long_new"
    [ "$status" -eq 1 ] && [ -s shown ]
}
t 'the narrowest terminal of all does no harm' narrowest
unknown_width()
{
    tty "stty cols 0; $compare long_old long_new"
    [ "$status" -eq 1 ] && fits 80 shown
}
t 'a terminal that does not know its width is 80 wide' unknown_width

# The pager writes its name before each line.
paged()
{
    tty "$1"
    [ "$status" -eq "$2" ] && grep -q '^paged: ' shown
}
not_paged()
{
    tty "$1"
    [ "$status" -eq "$2" ] && lacks shown 'paged: '
}
pager="sed 's/^/paged: /'"
t 'the pager of PAGER is used' paged \
    "PAGER=\"$pager\" $compare old.txt new.txt" 1
t 'STEMMA_PAGER comes first' paged \
    "STEMMA_PAGER=\"$pager\" $compare old.txt new.txt" 1
t 'an empty STEMMA_PAGER is no pager' not_paged \
    "export PAGER=\"$pager\"; STEMMA_PAGER= $compare old.txt new.txt" 1
t 'cat is no pager' not_paged \
    "export PAGER=\"$pager\"; STEMMA_PAGER=cat $compare old.txt new.txt" 1
t '--no-pager is no pager' not_paged \
    "PAGER=\"$pager\" $compare --no-pager old.txt new.txt" 1
t 'a file gets no pager' not_paged \
    "PAGER=\"$pager\" $compare -o made old.txt new.txt; s=\$?; cat made; (exit \$s)" 1
t 'a pipe gets no pager' not_paged \
    "PAGER=\"$pager\" $compare old.txt new.txt | (cat; exit 1)" 1
t 'JSON gets no pager' not_paged \
    "PAGER=\"$pager\" $compare -f json old.txt new.txt" 1
t 'the same texts through a pager are the same' paged \
    "PAGER=\"$pager\" $compare -C all old.txt old.txt" 0
t 'the status of the pager is not the answer' paged \
    "PAGER=\"$pager; exit 7\" $compare old.txt new.txt" 1
t 'trouble starts no pager' not_paged \
    "PAGER=\"$pager\" $compare none.txt new.txt" 2

talks()
{
    "$STEMMA" init --collector=eve talks >log &&
        "$STEMMA" track --archive=talks --story=talks old.txt >>log
}
talks
for command in 'history talks' 'whence talks The'; do
    t "${command%% *} is paged as blame is" paged \
        "PAGER=\"$pager\" $STEMMA $command --archive=talks" 0
    t "${command%% *} knows --no-pager" not_paged \
        "PAGER=\"$pager\" $STEMMA $command --archive=talks --no-pager" 0
done
t 'feeds are not paged, and have no --no-pager' trouble \
    "unknown option '--no-pager'; 'stemma feed --help' lists them all" \
    feed talks --archive=talks --no-pager
t 'nor have reports' trouble \
    "unknown option '--no-pager'; 'stemma report --help' lists them all" \
    report talks --archive=talks --no-pager

waited()
{
    tty "PAGER='cat >/dev/null; sleep 0.3; echo done' $compare old.txt new.txt
        echo after"
    [ "$(grep -n "done" shown)" = "1:done" ] && has shown after
}
t 'the pager is waited for' waited

awk 'BEGIN { for (i = 0; i < 30000; i++) print "Paragraph " i " it is.\n" }' \
    >large
{ cat large; echo 'One more.'; } >large2
left()
{
    tty "PAGER='head -n 1' $compare -f wdiff large large2"
    [ "$status" -eq 1 ] && [ "$(grep -c . shown)" -eq 1 ]
}
t 'leaving the pager early is no trouble' left

missing()
{
    tty "PAGER=no-such-pager $compare --color=never old.txt new.txt"
    [ "$status" -eq 1 ] && has shown bridge && has shown \
        "stemma: cannot run the pager 'no-such-pager': No such file"
}
t 'a pager that is not there is said and passed over' missing

environment()
{
    tty "$1 PAGER='cat >/dev/null; echo \"LESS=\$LESS LV=\$LV\"' \
        $compare old.txt new.txt"
    has shown "$2"
}
t 'the pager is told to keep colours and to end by itself' environment \
    '' 'LESS=FRX LV=-c'
t 'what the user tells the pager stays' environment \
    'LESS=i LV=x' 'LESS=i LV=x'

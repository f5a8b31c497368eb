#!/bin/sh
# Reading of arguments: commands, options, operands, and what is said of
# mistakes in them.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
example='stemma compare old.txt new.txt'

t 'a missing command is asked for with an example' trouble \
    "a command is missing; for example: $example ('stemma --help' lists them all)"
t 'a mistyped command is recognized' trouble \
    "unknown command 'comprae'; did you mean 'compare'?" comprae a b
t 'the beginning of a command is not taken for it' trouble \
    "unknown command 'comp'; did you mean 'compare'?" comp a b
t 'a command unlike any other is only refused' trouble \
    "unknown command 'zebra'; 'stemma --help' lists them all" zebra
t 'two files without a command are told about compare' trouble \
    "'old.txt' is no command but a file; to compare: $example" \
    old.txt new.txt
t 'a hidden command is not suggested' trouble \
    "unknown command '__tabl'; 'stemma --help' lists them all" __tabl

t 'both operands missing: the first is asked for' trouble \
    "OLD is missing: the older version: a file, - for standard input, or a revision of a story as STORY@REVISION; for example: $example" \
    compare
t 'a missing second operand is asked for' trouble \
    "old.txt: what should it be compared with? For example: stemma compare old.txt new.txt" \
    compare old.txt
t 'an operand too many is named' trouble \
    "'c.txt' is one operand too many; for example: $example" \
    compare old.txt new.txt c.txt

t 'a mistyped option is recognized' trouble \
    "unknown option '--fromat'; did you mean '--format'?" \
    compare --fromat=json old.txt new.txt
t 'British spelling is understood as a mistake' trouble \
    "unknown option '--colour'; did you mean '--color'?" \
    compare --colour=never old.txt new.txt
# Shells leave the tilde of --output=~/file alone.
tilde()
{
    mkdir -p house
    HOME=$PWD/house ends 1 compare -f unified --old-name=~/x --output=~/out \
        old.txt new.txt && [ -s house/out ] && has house/out '--- a/~/x'
}
t 'a file behind an option is found at home' tilde
homeless()
{
    mkdir -p '~'
    (unset HOME && "$STEMMA" compare -q --output=~/out old.txt new.txt)
    [ $? -eq 1 ]
}
t 'without a home a tilde is a name' homeless

t 'the beginning of an option is not taken for it' trouble \
    "unknown option '--form'; did you mean '--format'?" \
    compare --form=json old.txt new.txt
t 'an option unlike any other is only refused' trouble \
    "unknown option '--xyzzy'; 'stemma compare --help' lists them all" \
    compare --xyzzy
t 'an unknown letter is refused' trouble \
    "unknown option '-x'; 'stemma compare -h' lists them all" \
    compare -qx old.txt new.txt
t 'an option of the program is checked too' trouble \
    "unknown option '--verson'; did you mean '--version'?" --verson
t 'an option name that never ends is cut off in the message' trouble \
    "unknown option '--$(printf '%0100d' 0)'; 'stemma compare --help' lists them all" \
    compare "--$(printf '%01000d' 0)"

t 'a missing value is asked for' trouble \
    "option '--format' needs a value: --format=FORMAT" \
    compare old.txt new.txt --format
t 'a missing value of a letter is asked for' trouble \
    "option '--output' needs a value: --output=FILE" \
    compare old.txt new.txt -o
t 'a value where none belongs is refused' trouble \
    "option '--pretty' takes no value, but was given 'yes'" \
    compare --pretty=yes old.txt new.txt
t 'a mistyped word is recognized' trouble \
    "--format cannot be 'jsn'; did you mean 'json'?" \
    compare --format=jsn old.txt new.txt
t 'an unknown word is answered with those there are' trouble \
    "--unit cannot be 'verse'; it can be: paragraph, sentence" \
    compare --unit=verse old.txt new.txt
t 'an empty word is refused' trouble \
    "--color cannot be ''; it can be: auto, always, never" \
    compare --color= old.txt new.txt
t 'each word of a list is checked' trouble \
    "--ignore cannot be 'numbrs'; did you mean 'numbers'?" \
    compare --ignore=case,numbrs old.txt new.txt
t 'a list does not end with a comma' trouble \
    "--ignore cannot be ''; it can be: case, punctuation, numbers" \
    compare --ignore=case, old.txt new.txt
for bad in -1 x 3x '' 99999999999999999999 0x10 4294967295 ' 3'; do
    t "--context=$bad is refused" trouble \
        "--context cannot be '$bad'; it is a number from 0 to 4294967294 or all" \
        compare "--context=$bad" old.txt new.txt
done
t 'a budget of nothing is refused' trouble \
    "--budget cannot be '0'; it is a number from 1 to 18446744073709551615 or unlimited" \
    compare --budget=0 old.txt new.txt

t 'a value may stand in the same argument or in the next' \
    ends 1 compare --format json --context=2 --width 40 old.txt new.txt
t 'a letter takes its value either way' \
    ends 1 compare -fjson -C all old.txt new.txt
t 'letters may be bundled, the last one with a value' \
    ends 1 compare -yqC2 old.txt new.txt
t 'options may follow operands' \
    ends 1 compare old.txt new.txt -q --unit=sentence
t 'a budget may be given in millions' \
    ends 1 compare --budget=100M old.txt new.txt
t 'a budget may be unlimited' \
    ends 1 compare --budget=unlimited old.txt new.txt
t 'a list option may be repeated' \
    ends 1 compare --ignore=case --ignore=punctuation,case old.txt new.txt

last_format_wins()
{
    ends 1 compare -f stat -f json old.txt new.txt
    has out '"format"'
}
t 'of one option given twice the last counts' last_format_wins

dash_names()
{
    cp old.txt ./-f
    cp old.txt ./--help
    ends 1 compare -q -- -f new.txt &&
        ends 0 compare -q -- -f --help &&
        ends 0 compare -q old.txt -- --help
}
t 'after -- names may begin with a dash' dash_names

t 'the program has no operand beside the command before its options' \
    ends 0 --version compare

#!/bin/sh
# --stories: where the stories of a page start, when the user knows better.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
cat >one.txt <<'END'
The harbour of Ostvik will get a second quay in spring.
Work starts as soon as the ice has gone, the port said.
A choir from Lund has won the prize of the valley towns.
Its forty singers had rehearsed in a barn all winter.
END
cp one.txt two.txt
echo 'Nobody had heard of them before.' >>two.txt
printf '# by hand\n1\n3 # the choir\n\n' >starts.txt
printf '3\n1\n' >backwards.txt
printf 'three\n' >words.txt
: >none.txt

# stories HOW: how many there are in either page.
stories()
{
    "$STEMMA" compare --format=json --pretty --stories="$1" one.txt two.txt |
        awk '/"stories": \[/ { inside = ++page } /^ *\]/ { inside = 0 }
            inside && /"first"/ { count[page]++ }
            END { print count[1] + 0 "," count[2] + 0 }'
}
counts() { [ "$(stories "$1")" = "$2" ]; }

t 'off is for both pages' counts off 1,1
t 'a number is for the new page' counts off,2 1,2
t 'a file names the first paragraphs' counts off,starts.txt 1,2
t 'a value for each page' counts starts.txt,4 2,4
t 'more stories than paragraphs are as many as fit' counts off,99 1,5
t 'a file that names none leaves one story' counts none.txt,off 1,1

wrong() { trouble "$1" compare "--stories=$2" one.txt two.txt; }
t 'no stories at all are refused' wrong \
    '--stories: a page has at least one story' 0
t 'a missing file is named' wrong \
    'missing.txt: No such file or directory' missing.txt
t 'paragraphs out of order are refused' wrong \
    'backwards.txt: line 2: paragraphs are numbered from 1, and must be in order' \
    backwards.txt
t 'words are refused' wrong \
    'words.txt: line 1: not the number of a paragraph' words.txt
printf '1\n3\n9\n' >far.txt
t 'a paragraph that is not there is refused' wrong \
    '--stories: there is no paragraph 9: the page has 5' far.txt
t 'so it is of a single page' trouble \
    '--stories: there is no paragraph 9: the page has 4' \
    segment --stories=far.txt one.txt

#!/bin/sh
# stemma reuse: what fixtures/reuse does not show.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
again='The harbour bridge will be closed from Monday at noon, the city said.'
printf '%s\n\nNobody knows why.\n\n%s\n' "$again" "$again" >page.txt

found()
{
    ends 0 reuse page.txt &&
        has out '1 passage stands again: 1 verbatim' &&
        has out '¶1 (line 1) → ¶3 (line 5): 13 words, verbatim' &&
        has out "  $again"
}
t 'a sentence that stands twice is shown with both places' found

in_two()
{
    printf 'No news.\n\n%s\n' "$again" >other.txt
    ends 0 reuse page.txt other.txt &&
        has out '2 passages stand in both texts' &&
        has out '--- page.txt' && has out '+++ other.txt' &&
        has out '¶3 (line 5) → ¶2 (line 3)'
}
t 'with two files it tells what stands in both' in_two

nothing()
{
    ends 0 reuse old.txt && has out 'nothing stands again' &&
        ends 0 reuse /dev/null && has out 'nothing stands again'
}
t 'nothing found is no trouble' nothing

through_a_pipe()
{
    ends 0 reuse -f json page.txt && mv out whole || return
    ends 0 reuse -f json - <page.txt &&
        sed 's/"name":"-"/"name":"page.txt"/' out | cmp - whole
}
t 'standard input gives what the file gives' through_a_pipe
t 'standard input cannot be both texts' trouble \
    "'-' can stand for one of the texts only: standard input is read once" \
    reuse - -
t 'a missing file is named' trouble \
    "nowhere.txt: No such file or directory" reuse page.txt nowhere.txt
t 'a third file is one too many' trouble \
    "'c' is one operand too many; for example: stemma reuse page.txt" \
    reuse a b c

json()
{
    ends 0 reuse --format=json page.txt || return
    [ "$(wc -l <out)" -eq 1 ] && has out '"format":"stemma.reuse/1"' &&
        has out '"kind":"verbatim"' && has out '"approximate":false' || return
    # The bytes of the places are the passage.
    start=$(grep -o '"target":{[^}]*' out | grep -o '"start":[0-9]*' |
        tr -dc 0-9)
    end=$(grep -o '"target":{[^}]*' out | grep -o '"end":[0-9]*' | tr -dc 0-9)
    [ "$(head -c "$end" page.txt | tail -c +$((start + 1)))" = "$again" ]
}
t 'json: the offsets are bytes of the file' json

encodings()
{
    printf '%s\n' "Café: $again" >utf8.txt
    iconv -f utf-8 -t utf-16 utf8.txt >utf16.txt
    iconv -f utf-8 -t latin1 utf8.txt >latin1.txt
    ends 0 reuse utf16.txt latin1.txt && has out '14 words, verbatim' || return
    ends 0 reuse --encoding=latin1,utf-16 latin1.txt utf16.txt &&
        has out '14 words, verbatim'
}
t 'the two texts may be in different encodings' encodings

cut_short()
{
    i=0
    : >loop
    while [ $i -lt 3000 ]; do
        echo 'one two three four five six seven eight nine ten eleven twelve'
        i=$((i + 1))
    done | tr '\n' ' ' >loop
    stemma reuse loop
    [ "$status" -eq 0 ] || return
    has out 'some may be missing' && has err 'the search was cut short'
}
t 'a search that is cut short says so' cut_short

#!/bin/sh
# Pages for a browser: of a comparison, and of a story's whole history.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

# keep DATE TEXT - a revision of the story "bridge".
keep()
{
    printf '%b' "$2" >bridge.txt
    stemma track --date="$1" --source=https://example.org/b bridge.txt
}
keep 2025-03-08 'The bridge is closed.\n\nNobody knows why it is so.\n'
keep 2025-03-09 'The old bridge is closed.\n\nNobody knows why it is so.\n'
keep 2025-03-11 'Nobody knows why it is so.\n\nThe old bridge is closed.\n'
keep 2025-03-12 'Nobody knows why.\n\nThe old bridge is closed, says 1 man.\n'

hash_of()
{
    "$STEMMA" show --raw "$1" | sha256sum | cut -d' ' -f1
}

revision()
{
    ends 1 compare --format=html bridge@1 bridge@4 &&
        has out "\"sha256\":\"$(hash_of bridge@1)\",\"name\":\"bridge@1\",\"story\":\"bridge\",\"revision\":1" &&
        has out '2025-03-12T00:00:00Z, <bdi>https://example.org/b</bdi>'
}
t 'the page of two revisions tells hashes, times and sources' revision

whole()
{
    ends 0 report bridge || return
    for pair in 1-2 2-3 3-4; do
        has out "<details id=p$pair>" || return
    done
    for pair in 1-3 1-4 2-4; do
        has out "<template id=p$pair>" || return
    done
    for k in 1 2 3 4; do
        has out "SHA-256 <code>$(hash_of bridge@$k)</code>" || return
    done
    has out 'in 4 revisions' && [ ! -s err ]
}
t 'report has every pair of revisions and every hash' whole

until_then()
{
    ends 0 report bridge@2 && has out 'in 2 revisions' && lacks out p2-3
}
t 'report of a revision is the history up to it' until_then

limited()
{
    stemma report --limit=0 bridge
    [ "$status" -eq 0 ] && lacks out '<template' &&
        has out 'so that the page stays small: 6 pairs' &&
        has err '6 pairs of revisions are not in the page'
}
t 'what does not fit is left out, and that is said' limited

file()
{
    ends 0 report -o page.html bridge && [ ! -s out ] &&
        ends 0 report bridge && cmp out page.html
}
t 'report writes a file, the same bytes each time' file

one()
{
    printf 'One.\n' >one.txt
    stemma track one.txt && ends 0 report one && has out 'in 1 revision<' &&
        has out '</html>'
}
t 'a story of one revision has a page too' one

missing()
{
    stemma report brigde
    [ "$status" -eq 2 ] && [ ! -s out ] && has err "there is no story 'brigde'"
}
t 'report of no story is trouble' missing

proved()
{
    stemma report -o history.html bridge
    stemma compare --format=html -o pair.html bridge@1 bridge.txt
    ends 0 verify history.html && has out 'bridge@4: the archive holds it' &&
        has out 'the page shows them as they are' || return
    ends 0 verify pair.html &&
        has out 'bridge.txt: the archive holds it as bridge@4' &&
        has out 'the page shows them as they are'
}
t 'verify proves a page: its texts are held, and shown as they are' proved

changed()
{
    sed 's/says 1 man/says 9 men/' pair.html >changed.html
    ends 1 verify changed.html && has out 'is not proved'
}
t 'verify sees that a page was changed' changed

foreign()
{
    printf 'Another text.\n' >other.txt
    stemma compare --format=html -o other.html bridge@1 other.txt
    stemma verify other.html
    [ "$status" -eq 2 ] &&
        has out 'other.txt: the archive does not hold this text' &&
        has out 'bridge@1: the archive holds it' &&
        has err 'the page tells of a text that the archive does not hold'
}
t 'verify names the text that the archive does not hold' foreign

# wrong EDIT MESSAGE - a page that was tampered with is told from one.
wrong()
{
    sed "$1" pair.html >wrong.html
    cmp -s pair.html wrong.html && echo 'nothing was changed' && return 1
    trouble "wrong.html: $2" verify wrong.html
}
t 'a page without its data is none' wrong 's/ id=stemma>/>/' \
    'it is no page that stemma wrote'
t 'nor is one with two of them' wrong 's/<script type="application.json" id=stemma>/&&/' \
    'it is no page that stemma wrote'
t 'data of another format is refused' wrong 's/stemma.page.1/stemma.page\/2/' \
    'its data is not of stemma.page/1'
t 'data that is no JSON is refused' wrong 's/{"format":"stemma/{"format:"stemma/' \
    'its data for programs is no JSON'
t 'a version without a hash is refused' wrong 's/"sha256":"./"sha256":"G/' \
    'a version in it has no SHA-256'

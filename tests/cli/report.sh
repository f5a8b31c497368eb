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
    stemma report bridge && [ "$status" -eq 0 ] || return
    for pair in 1-2 2-3 3-4; do
        has out "<details id=p$pair>" || return
    done
    for pair in 1-3 1-4 2-4; do
        has out "<template id=p$pair>" || return
    done
    for k in 1 2 3 4; do
        has out "SHA-256 <code>$(hash_of bridge@$k)</code>" || return
    done
    has out 'in 4 revisions' && has err 'there is no index yet; it is made' &&
        stemma report bridge && [ ! -s err ]
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
        has err '6 pairs of revisions are not in the page' &&
        stemma report --limit=0 bridge@2 &&
        has err '1 pair of revisions is not in the page'
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

settings()
{
    stemma report --limit=3 -o small.html bridge
    stemma report --alone -o alone.html bridge
    stemma compare --format=html -o unit.html --unit=sentence bridge@1 bridge@4
    stemma compare --format=html -o ignore.html --ignore=case,numbers bridge@1 bridge@4
    stemma compare --format=html -o layout.html --layout=wrapped bridge@1 bridge@4
    stemma compare --format=html -o latin.html --encoding=latin1 bridge@1 bridge@4
    stemma compare --format=html -o names.html --old-name=A --new-name=B bridge@1 bridge@4
    stemma compare --format=html -o stories.html --stories=2,off bridge@1 bridge@4
    printf '1\n2\n' >starts
    stemma compare --format=html -o given.html --stories=auto,starts bridge@1 bridge@4
    stemma compare --format=html -o budget.html --budget=1 bridge@1 bridge@4
    for page in small alone unit ignore layout latin names stories given budget; do
        ends 0 verify $page.html && has out 'shows them as they are' || return
    done
    sed 's/"encoding":"latin1"/"encoding":"x;y"/' latin.html >wrong.html
    ends 1 verify wrong.html && has out 'is not proved' || return
    has small.html '"limit":3072,' && lacks alone.html '"until"' &&
        has given.html ',"stories":[null,[0,1]],' && has stories.html ',[0]],' &&
        has budget.html ',"budget":1,' && lacks unit.html '"budget"' &&
        lacks unit.html '"stories"'
}
t 'whatever it was made with' settings

# A paragraph that goes, comes back, moves, and stands in other stories.
LONG='The harbour office said on Monday that the old bridge would stay shut for at least nine weeks.'
card()
{
    sed -n "/<div class=t><p[^>]*id=n$1[ >]/{s/<[/]*li/\n&/g;s/<[^>]*>//g;p}" out |
        sed -n 's/^.* [0-9:]\{5\}  *\([a-z]\)/\1/p;/^also in/p'
}
# tell STORY DATE TEXT
tell()
{
    printf '%b' "$3" >life.txt && stemma track --story="$1" --date="$2" life.txt
}
MAYOR='The mayor was not there, and nobody in the town hall could say by the evening when he would be back.'
STONE='It was built in 1931 of stone and of iron, by the firm that built the light on the northern mole.'
lives()
{
    tell wire 2025-02-01 "Wire\n\n$LONG\n\nEnd of it.\n"
    tell life 2025-03-01 "Bridge shut\n\n$LONG\n\n$MAYOR\n\n$STONE\n"
    tell life 2025-03-02 "Bridge shut\n\n$MAYOR\n\n$STONE\n"
    tell life 2025-03-03 "Bridge shut\n\n$LONG\n\n$MAYOR\n\n$STONE\n"
    tell life 2025-03-04 "Bridge shut\n\n$MAYOR\n\n$STONE\n\n$LONG\n"
    tell life 2025-03-05 "Bridge shut\n\n$MAYOR\n\n$STONE\n\n${LONG%nine weeks.}ten weeks.\n"
    tell copy 2025-04-01 "Copy\n\n${LONG%nine weeks.}ten weeks.\n\nThe end.\n"
    ends 0 report -o life.html life && ends 0 report life && card 4 >got || return
    cat >want <<'END'
first seen
removed
restored
moved from ¶2 to ¶4
edited
also in wire@1, 2025-02-01 00:00, earlier, with edits
also in copy@1, 2025-04-01 00:00, later
END
    diff want got
}
t 'a card tells when a paragraph was seen, removed, restored, moved, edited, and who has it too' lives

grown()
{
    tell later 2025-05-01 "Later\n\n${LONG%nine weeks.}ten weeks.\n\nThat is all.\n"
    ends 0 report life && has out 'later@1' &&
        ends 0 verify life.html && has out 'the page shows them as they are' &&
        sed 's/copy@1/cosy@1/' life.html >cosy.html && ends 1 verify cosy.html
}
t 'an archive that grew proves it all the same, and sees what was changed in it' grown

# The browser is whatever tells what it was given.
mkdir -p browser.bin temporary
cat >browser.bin/browser <<'END'
#!/bin/sh
for word; do last=$word; done
printf '%s|' "$@" >"$SEEN"
cp "$last" "$SEEN.html"
END
chmod +x browser.bin/browser
SEEN=$PWD/seen
export SEEN
opens()
{
    rm -f seen seen.html
    PATH=$PWD/browser.bin:$PATH BROWSER=$1 TMPDIR=$PWD/temporary
    export BROWSER TMPDIR
    shift
    ends 0 report --open "$@" && [ ! -s out ] && [ ! -s err ] &&
        cmp -s page.html seen.html && return
    cat out err
    return 1
}
ends 0 report -o page.html life
t '--open shows the page in the browser' opens browser life
mode() { [ "$(stat -c %a temporary/stemma-*.html)" = 600 ]; }
t 'of a file that nobody else may read' mode
with_options()
{
    odd="my \$(page).html"
    opens 'browser --new "a  tab"' -o "$odd" life &&
        [ "$(cat seen)" = "--new|a  tab|$odd|" ] && cmp page.html "$odd"
}
t 'BROWSER may have options, and the file any name' with_options
usual()
{
    mv browser.bin/browser browser.bin/xdg-open
    opens no-such-browser life && opens '' life
}
t 'a browser that is not there is not the only one' usual
none()
{
    rm -r temporary/* browser.bin
    # Nothing but what a shell needs.
    mkdir browser.bin
    ln -s "$(command -v sh)" browser.bin/sh
    PATH=$PWD/browser.bin BROWSER=no-such "$STEMMA" report --open life \
        >out 2>err
    [ $? -eq 2 ] && [ "$(wc -l <err)" -eq 1 ] &&
        has err 'there is no browser to be found, and BROWSER names none' &&
        page=$(sed 's/.*the page is //' err) && cmp page.html "$page"
}
t 'without a browser it tells where the page is' none
failing()
{
    BROWSER=false "$STEMMA" report --open life >out 2>err
    [ $? -eq 2 ] && has err 'the browser ended with status 1; the page is '
}
t 'a browser that fails is told' failing
unwritten()
{
    rm -f temporary/*
    BROWSER=browser TMPDIR=$PWD/temporary
    export BROWSER TMPDIR
    trouble "there is no story 'nobody'" report --open nobody
    [ -z "$(ls temporary)" ]
}
t 'no page, no file' unwritten

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

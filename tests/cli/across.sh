#!/bin/sh
# What another story had before the story in question: blame --across.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
export STEMMA_ARCHIVE="$PWD/archive"

harbour='The harbour master said on Tuesday that three ferries would stay in port until the storm has passed over the islands to the north.'
edited='The harbour master said on Tuesday that four ferries would stay in port until the storm has passed over the islands to the west.'
bakery='A bakery in the old town has reopened after the flood, and the first loaves were sold before the sun had risen over the square.'
stock='Sign up for our newsletter to get the most important stories of the day in your inbox every morning.'

# tracks STORY DATE PARAGRAPH...
tracks()
{
    story=$1 date=$2
    shift 2
    printf '%s\n\n' "$@" >article
    "$STEMMA" track --story="$story" --date="$date" \
        --source="https://example.org/$story" article >/dev/null
}

"$STEMMA" init archive >/dev/null
tracks ferries 2025-01-02 'Ferries stay' "$harbour"
tracks bread 2025-02-01 'Bakery reopens' "$bakery"
tracks bread 2025-02-02 'Bakery reopens' "$bakery" "$edited"

made()
{
    stemma blame --across bread && [ "$status" -eq 0 ] &&
        has err 'there is no index yet; it is made' && has out '{ferries@1:'
}
t 'where there is no index yet one is made, and stderr says so' made

margin()
{
    ends 0 blame --across -W 80 bread &&
        has out '2 2025-02-02 │ {ferries@1:The harbour master said on' &&
        has out 'Tuesday that} four' && has out 'to the} west.' &&
        has out '1 2025-02-01 │ A bakery in the old town'
}
t 'the words that another story had are marked with it' margin

json()
{
    ends 0 blame --across -f json bread &&
        has out '"others":[{"story":"ferries","number":1,"commit":"' &&
        has out '"source":"https://example.org/ferries"}]' &&
        has out '"revision":1,"at":[14,53],"story":"ferries","here":2,' &&
        has out '"revision":2,"at":' || return
    # The bytes that "at" names are the run.
    "$STEMMA" show --raw ferries@1 | tail -c +15 | head -c 39 >bytes
    [ "$(cat bytes)" = 'The harbour master said on Tuesday that' ]
}
t 'json says where they stood there, and since when here' json

later()
{
    ends 0 blame --across -f json ferries && has out '"others":[]' &&
        ! grep -q '"story":"bread"' out
}
t 'what took from this story later is not told' later

sums()
{
    ends 0 blame --across --unit=paragraph -W 200 bread &&
        has out 'words: 2 100 %; earlier in ferries@1 88 %'
}
t 'of a paragraph the share that is from elsewhere' sums

narrow()
{
    ends 0 blame --across -W 40 bread &&
        has out '{1:Bakery reopens}' && has out '{2:four}'
}
t 'where there is no room for a margin everything is marked' narrow

unasked()
{
    ends 0 blame -f json bread && ! grep -q 'ferries\|"here"' out
}
t 'without the option the index is not asked' unasked

stale()
{
    tracks coast 2025-01-01 'Coast' "$harbour"
    ends 0 blame --across -f json bread &&
        has out '"at":[7,46],"story":"coast","here":2' &&
        ! grep -q '"story":"ferries"' out
}
t 'a story that came since is known: the earliest is told' stale

rebuilt()
{
    printf 'nothing that SQLite knows' >archive/stemma/index
    stemma blame --across -f json bread && [ "$status" -eq 0 ] &&
        has err 'it is made again' && has out '"story":"coast"' || return
    trouble '--rebuild is for --across' blame --rebuild bread &&
        ends 0 blame --across --rebuild -f json bread && has out '"story":"coast"'
}
t 'a damaged index is made again, and stderr says so' rebuilt

boilerplate()
{
    for k in 1 2 3 4 5 6; do
        tracks "news$k" "2025-03-0$k" "News $k" "$stock"
    done
    ends 0 blame --across -W 80 news6 &&
        has out 'boilerplate: in 6 stories' &&
        has out '{news1@1:Sign up for' || return
    ends 0 blame --across -f json news6 &&
        has out '"boilerplate":true' && has out '"boilerplate":false'
}
t 'what many stories hold is called boilerplate' boilerplate

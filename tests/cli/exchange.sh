#!/bin/sh
# Formats of the field, read by others: what they make of it is the texts.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
consumers=$TOP/tests/consumers

# Paragraphs of text with everything that some format could trip over.
hostile()
{
    cat >h-old.txt <<'END'
=SUM(A1) +1 -2 @you "quoted", and, commas

Don't *mark* _this_ ~~or~~ **that** `code` [link](http://a.example/b_c) <b>no</b>

# Heading &amp; &lt;script&gt;alert(1)</script> www.example.org/a_b a@b.example

1. One is a list? 2) Two is not: $x^2$ | table | :smile: @anna #12 !image

'Apostrophe first, “curly quotes”, naïve café, 総統は月曜日に表明した。

{++this++} {--that--} {~~a~>b~~} {>>c<<} {==d==} ]]> <!-- no --> -- --- ...

A paragraph that is going to move far away from here, because it can do so.

Stay (here), "please", don't go; said: stay—never go…
END
    cat >h-new.txt <<'END'
A paragraph that is going to move far away from here, because it can do so.

=SUM(A2) +1 -3 @me "quoted," and; commas

Don't *mark* _these_ ~~or~~ **those** `codes` [links](http://a.example/b_d) <i>no</i>

# Heading &amp; &gt;script&lt;alert(2)</script> www.example.org/a_c c@b.example

1. One was a list? 2) Two was not: $x^3$ | tables | :smiles: @anne #13 !images

'Apostrophe last, “curly quote”, naïf café, 総統は火曜日に否定した。

{++these++} {--those--} {~~a~>c~~} {>>d<<} {==e==} ]]> <!-- yes --> -- --- ...

Stay (there), "pretty please", do not go; said: (stay)—ever go…

- + = * Added at the end; with signs in its front, and at its end **!
END
    tr -s '\n' <h-old.txt >h-old.lines
    tr -s '\n' <h-new.txt >h-new.lines
}
hostile
articles

back()
{
    ends "$1" compare --format=criticmarkup -o c.md "$2" "$3" || return
    ends 0 critic --old -o c.old c.md && cmp "$2" c.old &&
        ends 0 critic --new c.md && cmp "$3" out
}
t 'criticmarkup is read back byte for byte' back 1 h-old.txt h-new.txt
sed 's/$/\r/' h-old.txt >crlf.txt
t 'with the line ends that the files had' back 1 crlf.txt h-new.txt
printf 'caf\351, na\303\257ve\n\n\377\376 {++ and ++}' >bytes.txt
t 'with bytes that are not UTF-8' back 1 bytes.txt h-new.txt
t 'on both sides' back 0 bytes.txt bytes.txt
iconv -f utf-8 -t utf-16 h-old.txt >wide.txt
t 'with files in UTF-16' back 1 wide.txt h-new.txt
piped()
{
    "$STEMMA" compare -f criticmarkup old.txt new.txt |
        "$STEMMA" critic --new - | cmp - new.txt
}
t 'critic reads standard input' piped
t 'critic wants to know which version' trouble \
    "say --old or --new: which version is wanted; for example: \
stemma critic --new edited.md" critic c.md
t 'and does not take both' trouble \
    '--old and --new: it can be only one' critic --old --new c.md

if ! command -v python3 >/dev/null; then
    skip 'others read what is written' 'python3 is not installed'
    exit 0
fi

csv()
{
    ends 1 compare --format=csv -o h.csv h-old.txt h-new.txt || return
    for side in old new; do
        python3 "$consumers/csv_texts.py" $side <h.csv >$side.back &&
            cmp h-$side.lines $side.back || return
    done
}
t 'a reader of CSV has both texts, paragraph by paragraph' csv

markdown()
{
    ends "$1" compare --format=markdown --context=all -o m.md "$2" "$3" ||
        return
    cmark-gfm -e strikethrough -e autolink -e table --unsafe m.md >m.html ||
        return
    sed 's/<!-- -->//g' m.html >plain.html
    # What moved stands where it went, so the old paragraphs are sorted; and
    # a space that came stands outside of the marks.
    python3 "$consumers/markdown_words.py" new <plain.html >words.new &&
        tr -s '\n ' <"$3" | sed 's/ $//' | diff - words.new || return
    python3 "$consumers/markdown_words.py" old <plain.html | tr -d ' ' |
        sort >words.old
    tr -s '\n' <"$2" | tr -d ' ' | sort | diff - words.old
}
if command -v cmark-gfm >/dev/null; then
    t 'a reader of Markdown has the words of both texts' \
        markdown 1 h-old.txt h-new.txt
    t 'and of those of an article' markdown 1 old.txt new.txt
    t 'and of one text alone' markdown 0 h-new.txt h-new.txt
else
    skip 'a reader of Markdown has the words' 'cmark-gfm is not installed'
fi

# What each witness reads, word by word; `x` stands between paragraphs.
words()
{
    tr -s '\n ' '\n' <"$1" | grep .
}
tei()
{
    xmllint --noout --relaxng "$consumers/tei-subset.rng" t.xml || return
    for witness; do
        python3 "$consumers/tei_words.py" "${witness%%=*}" <t.xml >back &&
            words "${witness#*=}" | diff - back || return
    done
}
collatex()
{
    for witness; do
        python3 "$consumers/collatex_words.py" "${witness%%=*}" <t.json >back &&
            words "${witness#*=}" | diff - back || return
    done
}
printf '%s\n' 'Only here.' '' 'Ferries will run every ten minutes instead.' '' \
    'The harbour bridge will be closed from Friday, the mayor said.' >third.txt
ends_tei()
{
    ends 1 compare --format=tei -o t.xml h-old.txt h-new.txt || return
    tei A=h-old.txt B=h-new.txt
}
ends_collatex()
{
    ends 1 compare --format=collatex -o t.json h-old.txt h-new.txt || return
    collatex A=h-old.txt B=h-new.txt
}
all_tei()
{
    ends 0 collate --format=tei -o t.xml old.txt new.txt third.txt h-new.txt &&
        tei A=old.txt B=new.txt C=third.txt D=h-new.txt
}
all_collatex()
{
    ends 0 collate --format=collatex -o t.json old.txt new.txt third.txt &&
        collatex A=old.txt B=new.txt C=third.txt
}
if command -v xmllint >/dev/null; then
    t 'TEI is valid, and has the words of both texts' ends_tei
    t 'and of all versions of a collation' all_tei
else
    skip 'TEI is valid' 'xmllint is not installed'
fi
t 'the table of CollateX has the words of both texts' ends_collatex
t 'and of all versions of a collation' all_collatex
page()
{
    ends 0 collate --format=html old.txt h-new.txt third.txt &&
        lacks out '<script' && lacks out '<b>no' && lacks out '<i>no' &&
        has out '&lt;/script&gt;'
}
t 'the page of a collation takes no text for markup' page
order()
{
    ends 0 collate --format=csv old.txt new.txt third.txt &&
        python3 "$consumers/csv_rows.py" A B C <out >rows.abc || return
    ends 0 collate --format=csv third.txt old.txt new.txt &&
        python3 "$consumers/csv_rows.py" B C A <out | cmp - rows.abc
}
t 'the order of versions changes nothing but that of columns' order
narrow()
{
    ends 0 collate --width=30 old.txt new.txt third.txt &&
        has out 'row 1' && has out '    or ' || return 1
    # Beneath the counts; an ellipsis is three bytes.
    sed 1d out | awk 'length($0) > 32 { print; bad = 1 } END { exit bad }' ||
        return
    ends 0 collate --width=100 old.txt new.txt third.txt && has out ' | '
}
t 'a collation fits narrow terminals and wide ones' narrow
t 'collate reads standard input once' trouble \
    "'-' can stand for one of the texts only: standard input is read once" \
    collate old.txt - -

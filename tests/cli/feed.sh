#!/bin/sh
# Feeds of what changed.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

# keep STORY DATE TEXT
keep()
{
    printf '%b' "$3" >"$1.txt"
    stemma track --date="$2" --source="${source:-https://example.org/$1}" "$1.txt"
}
keep bridge 2025-03-08 'Bridge closed\n\nThe bridge is <b>closed</b> & nobody knows why it is so.\n'
keep ferry 2025-03-09 'Ferry late\n\nThe ferry was late by 9 minutes, say those who waited.\n'
keep bridge 2025-03-10 'Bridge open\n\nThe bridge is <b>open</b> & nobody knows why it is so.\n'
source='javascript:alert(1)'
keep ferry 2025-03-11 'Ferry late\n\nThe ferry was late by 90 minutes, say those who waited.\n\nA \033[31mred \342\200\256 line.\n'

titles()
{
    sed -n 's|^<title>\(.*\)</title>$|\1|p' out
}

story()
{
    ends 0 feed bridge && titles >got || return
    cat >want <<'END'
bridge
Bridge open: headline: closed → open; 1 other edit
Bridge closed: the first version
END
    sed -i 's/: headline.*/: headline: closed → open; 1 other edit/' got
    cmp want got && has out '<updated>2025-03-10T00:00:00Z</updated>' &&
        has out '<link rel="alternate" href="https://example.org/bridge"/>' &&
        has out '&lt;del&gt;closed&lt;/del&gt; &lt;ins&gt;open&lt;/ins&gt;' &&
        has out '<category term="bridge"/>'
}
t 'a feed of a story has an entry a revision, the newest first' story

all()
{
    ends 0 feed --all && [ "$(grep -c '^<entry>' out)" -eq 4 ] &&
        sed -n 's/^<updated>\(.*\)T.*/\1/p' out >got || return
    printf '2025-03-%s\n' 11 11 10 09 08 >want
    cmp want got || return
    ends 0 feed --all -n 1 && [ "$(grep -c '^<entry>' out)" -eq 1 ] || return
    ends 0 feed --all --since=2025-03-10 &&
        [ "$(grep -c '^<entry>' out)" -eq 2 ]
}
t 'a feed of all stories has the newest of them all' all

same()
{
    ends 0 feed bridge && grep '^<id>' out | sed 1d | sort >one
    ends 0 feed --all && grep '^<id>' out | sed 1d | sort >all
    [ "$(sort -u all | wc -l)" -eq 4 ] && [ -z "$(comm -23 one all)" ]
}
t 'a revision has one identity in every feed, of its own' same

if command -v xmllint >/dev/null; then
    cat >atom.rng <<'END'
<grammar xmlns="http://relaxng.org/ns/structure/1.0"
 ns="http://www.w3.org/2005/Atom"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="feed">
 <attribute name="xml:lang"><data type="language"/></attribute>
 <element name="title"><text/></element><ref name="id"/><ref name="updated"/>
 <optional><element name="link"><attribute name="rel"><value>self</value>
  </attribute><attribute name="href"><data type="anyURI"/></attribute>
  </element></optional>
 <element name="author"><element name="name"><text/></element></element>
 <element name="generator"><attribute name="version"/><text/></element>
 <zeroOrMore><element name="entry">
  <element name="title"><text/></element><ref name="id"/><ref name="updated"/>
  <optional><element name="link"><attribute name="rel"><value>alternate</value>
   </attribute><attribute name="href"><data type="anyURI"/></attribute>
   </element></optional>
  <element name="category"><attribute name="term"/></element>
  <element name="summary"><text/></element>
  <element name="content"><attribute name="type"><value>html</value></attribute>
   <text/></element>
 </element></zeroOrMore>
</element></start>
<define name="id"><element name="id"><data type="string"><param name="pattern"
>urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}</param
></data></element></define>
<define name="updated"><element name="updated"><data type="dateTime"/></element>
</define>
</grammar>
END
    valid()
    {
        ends 0 feed --all && xmllint --noout --relaxng atom.rng out &&
            ends 0 feed --self='https://example.org/f?a=1&b' ferry &&
            has out 'rel="self" href="https://example.org/f?a=1&amp;b"' &&
            xmllint --noout --relaxng atom.rng out
    }
    t 'a feed is valid Atom' valid
else
    skip 'a feed is valid Atom' 'xmllint is not installed'
fi

harmless()
{
    ends 0 feed ferry && lacks out 'href="javascript' &&
        ! grep -q "$(printf '\033')" out &&
        ! grep -q "$(printf '\342\200\256')" out || return
    ends 0 feed bridge && has out '&amp;lt;b&amp;gt;' && lacks out '<b>'
}
t 'what texts and sources hold is data' harmless

t 'an address of its own is one of the web' trouble \
    "--self cannot be 'talks.atom'; it is an address like \
https://example.org/talks.atom" feed --self=talks.atom ferry
t 'a feed needs a story' trouble \
    'of which story? For example: stemma feed talks; or of all with --all' feed
t 'or all of them, not both' trouble \
    "'bridge' is one operand too many beside --all" feed --all bridge

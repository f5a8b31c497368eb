#!/bin/sh
# What docs/scale.md shows, as far as it needs nothing installed; the rest is
# tests/scale (make scale-test).

# shellcheck disable=SC1091,SC2016,SC2154,SC2317
. "$TOP/tests/cli/tap"
mkdir bin
ln -s "$STEMMA" bin/stemma
PATH=$PWD/bin:$PATH

# shown NAME - the commands that docs/scale.md shows under this name.
shown()
{
    awk -v mark="<!-- run: $1 -->" '$0 == mark { found = 1 }
        found && /^```$/ { exit }
        found && inside { print }
        found && /^```sh/ { inside = 1 }' "$TOP/docs/scale.md"
}

awk 'BEGIN {
    for (k = 1; k <= 300; k++) {
        printf "{\"id\":%d,\"old\":\"Bridge %d shut\\n\\nBoats\\tand %d cars.", k, k, k
        printf "\\n\",\"new\":\"Bridge %d open\\n\\nBoats\\tand cars.\\n\"}\n", k
    }
}' >pairs.ndjson
"$STEMMA" batch <pairs.ndjson >want.ndjson

one_machine()
{
    shown batch >script && [ -s script ] && sh -e script &&
        cmp want.ndjson answers.ndjson || return
    head -c 70000 want.ndjson >answers.ndjson
    shown resume >script && [ -s script ] && sh -e script &&
        cmp want.ndjson answers.ndjson
}
t 'the commands for one machine do what they say' one_machine

if command -v python3 >/dev/null; then
    engine()
    {
        "$TOP/tests/engines" "$1" pairs.ndjson answers.ndjson "$2" "$3" \
            stemma batch -j 1 --no-line-numbers 2>err &&
            cmp want.ndjson answers.ndjson
    }
    echo 'no request' >>pairs.ndjson
    "$STEMMA" batch --no-line-numbers <pairs.ndjson >want.ndjson 2>log
    t 'a worker called as by Spark answers every line' engine spark 7 0
    t 'and so it does when workers are killed and tried again' engine spark 5 3
    t 'a worker called as by Hadoop Streaming does too' engine hadoop 7 0
    t 'with splits at any byte, and killed workers' engine hadoop 40 5
else
    skip 'workers called as by Spark and Hadoop' 'python3 is not installed'
fi

#!/bin/sh
# The digest on the command line; what stands in it tests/test_digest.c tells.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

printf 'There were 9 dead.\n' >nine.txt
printf 'There were 12 dead.\n' >twelve.txt

alone()
{
    ends 1 compare --digest nine.txt twelve.txt || return
    echo 'number: 9 → 12 dead' | cmp - out
}
t '--digest writes the digest alone' alone

in_json()
{
    ends 1 compare --format=json nine.txt twelve.txt &&
        grep -q '"digest":\["number: 9 → 12 dead"\]' out
}
t 'the JSON carries the digest' in_json

of_nothing()
{
    ends 0 compare --digest nine.txt nine.txt || return
    echo 'no difference' | cmp - out
}
t '--digest of one text says that nothing differs' of_nothing

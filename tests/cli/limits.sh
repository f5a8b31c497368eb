#!/bin/sh
# Archives at their limits: very many revisions, very long texts, a disk that
# cannot be written to, a repository that is none of ours.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
own=$HOME/.local/share/stemma/archive

many()
{
    awk 'BEGIN { for (at = 1; at <= 10000; at++)
        printf "{\"story\": \"many\", \"date\": \"@%d\", \"text\": \"Text " \
            "%d.\\n\\nIt stays.\\n\"}\n", 1700000000 + at * 60, at }' >many.jsonl
    "$STEMMA" init "$own" >out && ends 0 import many.jsonl && echo 'One more.' >many.txt &&
        stemma track many.txt
    [ "$status" -eq 0 ] && has out "revision 10001 of 'many'" || return
    rm many.txt
    for number in 1 5000 10000; do
        stemma show --raw many@$number
        has out "Text $number." || return
    done
    stemma log -n 2 many
    has out 'many  10001 revisions' && ends 0 verify many &&
        stemma log --format=json many &&
        [ "$(grep -o '"number":' out | wc -l)" -eq 10001 ] &&
        ends 0 compare -q many@7 many@7 && ends 1 compare -q many@7 many@9999
}
t 'ten thousand revisions of one story' many
long()
{
    seq -f 'Paragraph %.0f of a report that nobody will ever read to its end.' \
        2950000 | sed 's/$/\n/' >long.txt
    [ "$(wc -c <long.txt)" -gt 200000000 ] &&
        ends 0 track long.txt && ends 0 verify long &&
        "$STEMMA" show --raw long | cmp - long.txt && stemma track long.txt
    has out 'unchanged' && rm long.txt
}
t 'an article of 200 MB' long

# with_mount COMMAND...: the archive's disk is read-only for it.
# shellcheck disable=SC2016
with_mount()
{
    unshare -rm sh -c 'mount --bind "$0" "$0" &&
        mount -o remount,bind,ro "$0" && exec "$@"' "$own" "$@"
}
# refused COMMAND...: one line tells that nothing can be written.
refused()
{
    with_mount "$STEMMA" "$@" >out 2>err
    [ $? -eq 2 ] && [ ! -s out ] && has err 'Read-only file system' &&
        [ "$(wc -l <err)" -eq 1 ] && return
    echo "stemma $*"
    cat out err
    return 1
}
read_only()
{
    "$STEMMA" track --story=talks old.txt >out &&
        "$STEMMA" track --story=talks new.txt >out &&
        git init -q --bare hub || return
    for command in 'list --long' 'log talks' 'log -p talks' 'show talks@1' \
        'verify talks' 'blame talks' 'compare talks@1 talks@2'; do
        # shellcheck disable=SC2086
        with_mount "$STEMMA" $command >out 2>err
        [ $? -le 1 ] && [ -s out ] && [ ! -s err ] && continue
        echo "stemma $command"
        cat err
        return 1
    done
    refused track --story=talks old.txt && refused sync "$PWD/hub" &&
        refused gc
}
if with_mount true 2>log; then
    t 'an archive on a disk that is read-only is read' read_only
else
    skip 'an archive on a disk that is read-only is read' 'cannot mount here'
fi

foreign()
{
    git init -q --bare plain && git init -q tree &&
        git -C tree -c user.name=x -c user.email=x commit -q \
            --allow-empty -m x && find plain tree -type f | sort |
        xargs cat >before
    for archive in plain tree tree/.git; do
        for command in 'list' 'log talks' 'track old.txt' 'verify' 'gc' \
            'sync hub' 'show talks'; do
            # shellcheck disable=SC2086
            stemma $command --archive=$archive
            [ "$status" -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] ||
                return
        done
    done
    has err 'not an archive of stemma' || return
    find plain tree -type f | sort | xargs cat | cmp - before
}
t 'a repository that is not ours is refused and left as it is' foreign

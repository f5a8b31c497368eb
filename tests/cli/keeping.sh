#!/bin/sh
# Keeping an archive: verify, gc and sync. What they do is tested in C.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
own=$HOME/.local/share/stemma/archive
"$STEMMA" track --story=talks old.txt >log 2>&1
"$STEMMA" track --story=talks new.txt >log 2>&1

t 'an archive has to be there' trouble \
    "$PWD/none: there is no archive; 'stemma init $PWD/none' makes one" \
    verify --archive="$PWD/none"
ln -s loop loop
twice()
{
    trouble "$PWD is there already and not empty" init "$PWD" &&
        trouble "loop: failed to resolve path 'loop': Too many levels of symbolic links" \
            list --archive=loop
}
t 'a name is told once' twice
t 'and it is what is missing when it is named and there is no such file' trouble \
    "$PWD/none: there is no archive; 'stemma init $PWD/none' makes one" \
    compare --archive="$PWD/none" talks
t 'an empty name is not every story' trouble ": a story's name is empty" \
    verify ''
well()
{
    ends 0 verify && has out 'all is well: 2 revisions of 1 story, ' &&
        ends 0 verify talks && has out 'all is well: 2 revisions of 1 story'
}
t 'verify tells that all is well' well
packed()
{
    ends 0 gc && has out 'packs 0 → 1' && ends 0 gc --auto &&
        has out 'nothing to do' && well
}
t 'gc packs, and then there is nothing to do' packed
git init -q --bare hub.git
synced()
{
    stemma sync
    said_trouble "$own: it is not known what to sync with: name a git\
 repository the first time; for example: stemma sync hub.git" || return
    ends 0 sync hub.git && has out 'received 0 stories, sent 1 story' &&
        mkdir -p elsewhere && cd elsewhere && ends 0 sync &&
        has out 'received 0 stories, sent 0 stories'
}
t 'sync remembers where to' synced
other()
{
    "$STEMMA" init other >log 2>&1 &&
        ends 0 sync --archive=other hub.git &&
        has out 'received 1 story, sent 0 stories' &&
        ends 0 list --archive=other && has out talks
}
t 'what was sent is received elsewhere' other
nowhere()
{
    stemma sync /nowhere/hub
    [ "$status" -eq 2 ] && has err '/nowhere/hub'
}
t 'a hub that is not there is named' nowhere

damaged()
{
    pack=$(ls "$own"/objects/pack/*.pack)
    chmod u+w "$pack"
    printf 'UUUU' | dd of="$pack" bs=1 seek=40 conv=notrunc 2>log
    stemma verify
    [ "$status" -eq 2 ] && has err 'stemma: the archive is damaged' &&
        has out "objects/pack/$(basename "$pack") is damaged" &&
        has out 'good are still '
}
t 'verify tells what is damaged, and ends with 2' damaged

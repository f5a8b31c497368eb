#!/bin/sh
# Disks that fail, in whatever call and however, folders that go away, clocks
# that go back: each command says so in a line or works, what was acknowledged
# is there, and the next command works.

# shellcheck disable=SC1091,SC2016,SC2154,SC2015,SC2317
. "$TOP/tests/cli/tap"
command -v git >/dev/null && ${CC:-cc} -D_GNU_SOURCE -w -shared -fPIC -O1 \
    -o faulty.so "$TOP/tests/faulty.c" 2>/dev/null || {
    skip 'disks that fail' 'there is no git, or no compiler'
    exit 0
}
shim=$PWD/faulty.so
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export XDG_CACHE_HOME="$PWD/cache"
# A sanitizer wants to be the first library otherwise.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0"
ENOENT=2 EINTR=4 EIO=5 EEXIST=17 ENOSPC=28 EROFS=30

# faulty SETTING... -- ARGUMENT... - run the program with a library before the C
# library that makes calls fail.
faulty()
{
    settings=
    while [ "$1" != -- ]; do
        settings="$settings $1"
        shift
    done
    shift
    status=0
    rm -f failed
    # shellcheck disable=SC2086
    env LD_PRELOAD="$shim" FAULT_LOG="$PWD/failed" $settings \
        timeout 60 "$STEMMA" "$@" >out 2>err || status=$?
}

# It worked, or it said in one line why not, and did not die.
orderly()
{
    case $status in
    0) return ;;
    2) [ "$(grep -c '^stemma: ' err)" -ge 1 ] &&
        [ "$(grep -vc '^stemma: ' err)" -eq 0 ] && return ;;
    esac
    echo "status $status; stderr:"
    cat err
    return 1
}

texts()
{
    printf 'The %s of %s, seen by %s\n\nIt was the %sth time, says who knows it.\n' \
        "$1" "$2" "$3" "$3"
}

# count STORY - how many revisions it has.
count()
{
    "$STEMMA" log --archive=arch --format=json "$1" |
        grep -o '"commit":' | wc -l
}

# Of a story with "one" and perhaps "two".
has_one_or_two()
{
    revisions=$(count "$1")
    "$STEMMA" show --archive=arch --raw "$1@1" | cmp - one || return
    [ "$revisions" -eq 1 ] ||
        "$STEMMA" show --archive=arch --raw "$1@2" | cmp - two
}

# What nobody knows that it is there, git prunes in time.
is_tidy()
{
    found=$(find arch -name '*.lock' -o -name 'tmp_*')
    { [ "$1" = make ] || [ "$1" = exclusive ]; } && found=$(find arch -name '*.lock')
    [ -z "$found" ] || {
        echo "left: $found"
        return 1
    }
}

is_sound()
{
    ends 0 verify --archive=arch && git -C arch fsck --strict --no-dangling
}

# ---- one call after the other ------------------------------------------------

# tracks SETTING... - a revision, with each call failing in turn.
tracks()
{
    number=0
    while :; do
        number=$((number + 1))
        ends 0 track --archive=arch --story=s$number --date=2024-01-01 one >log
        faulty "$@" FAULT_AT=$number -- track --archive=arch \
            --story=s$number --date=2024-01-02 two
        [ -e failed ] || break
        orderly && has_one_or_two s$number && is_tidy "${1#FAULT=}" || {
            echo "call $number"
            return 1
        }
        [ "$status" -ne 0 ] || [ "$revisions" -eq 2 ] || return
        ends 0 track --archive=arch --story=s$number --date=2024-01-03 three ||
            return
    done
    [ "$number" -gt 1 ] && is_sound
}
fresh()
{
    rm -rf arch hub cache
    stemma init --collector=eve arch
    [ "$status" -eq 0 ]
}
tried()
{
    fresh && "$@"
}
texts bridge town 1 >one
texts bridge town 2 >two
texts bridge town 3 >three
t 'a revision is kept or not when the disk is full' tried \
    tracks FAULT=change FAULT_ERRNO=$ENOSPC
t 'or does not work' tried tracks FAULT=change FAULT_ERRNO=$EIO
t 'or cannot be read' tried tracks FAULT=read FAULT_ERRNO=$EIO
t 'or takes a name and says that it did not, as NFS can' tried \
    tracks FAULT=rename FAULT_AFTER=1 FAULT_ERRNO=$ENOENT
t 'or makes a file and says that it was there, as NFS can' tried \
    tracks FAULT=exclusive FAULT_AFTER=1 FAULT_ERRNO=$EEXIST

# ---- all that changes an archive -----------------------------------------------

# each "COMMAND..." SETTING... - each command with one call after the other failing,
# of the later ones some (tests/test_store_faults.c has all); then it works.
each()
{
    ways=$1
    shift
    fresh && git init -q --bare hub || return
    for way in $ways; do
        number=0
        while :; do
            number=$((number + 1 + number / 8))
            "before_$way" "$way$number" || return
            # shellcheck disable=SC2046
            faulty "$@" FAULT_AT=$number -- $("do_$way" "$way$number")
            [ -e failed ] || break
            acknowledged=$status
            orderly && "after_$way" "$way$number" || {
                echo "$way, call $number"
                return 1
            }
            # shellcheck disable=SC2046
            stemma $("do_$way" "$way$number")
            acknowledged=$status
            [ "$status" -eq 0 ] && "after_$way" "$way$number" || {
                echo "$way after call $number: $(cat err)"
                return 1
            }
        done
        [ "$number" -gt 3 ] || {
            echo "$way ends after $number calls"
            return 1
        }
    done
    is_tidy make && is_sound
}
revision()
{
    texts "ship $1" sea "$1" >"ship-$1"
    ends 0 track --archive=arch --story=ship --date=2024-01-01 "ship-$1" >log
}
before_import()
{
    for story in 1 2 3 4 5; do
        printf '{"story":"i%s","date":"2024-01-01","text":"%s of %s\\n"}\n' \
            $story "$1" "$1"
    done >lines
}
do_import() { echo import --archive=arch lines; }
after_import()
{
    [ "$acknowledged" -ne 0 ] || {
        ends 0 show --archive=arch --raw i3 && has out "$1 of $1"
    }
}
before_gc() { revision "$1"; }
do_gc() { echo gc --archive=arch; }
after_gc() { ends 0 show --archive=arch --raw ship && cmp out "ship-$1"; }
before_sync() { revision "$1"; }
do_sync() { echo sync --archive=arch hub; }
after_sync() { after_gc "$1"; }
before_origin() { revision "$1"; }
do_origin() { echo origin --archive=arch -o found "ship-$1"; }
# What it said it found is right, also after a failure that it lived through.
after_origin() { [ "$acknowledged" -ne 0 ] || has found ship; }
before_output() { echo old >page; }
do_output() { echo report --archive=arch -o page ship; }
after_output()
{
    [ -z "$(find . -maxdepth 1 -name '*page*' ! -name page)" ] &&
        if [ "$acknowledged" -eq 0 ]; then grep -q '</html>' page; else
            [ "$(cat page)" = old ]
        fi
}
t 'each command that changes an archive bears a full disk' each \
    'import gc sync origin output' \
    FAULT=change FAULT_ERRNO=$ENOSPC FAULT_PROGRAM=stemma
t 'and one that fails git beside it' each 'gc sync' \
    FAULT=write FAULT_ERRNO=$EIO FAULT_PROGRAM=git

# Of many stories at once, in packed-refs, and of one.
made_twice()
{
    fresh || return
    for number in 1 2 3 4 5 6 7 8; do
        story=0
        while [ $((story += 1)) -le 70 ]; do
            printf '{"story":"m%s.%s","text":"%s"}\n' $number $story $story
        done >lines
        for command in 'import lines' gc "track --story=one$number one"; do
            # shellcheck disable=SC2086
            faulty FAULT=exclusive FAULT_AFTER=1 FAULT_AT=$number \
                FAULT_ERRNO=$EEXIST FAULT_PROGRAM=stemma -- \
                $command --archive=arch
            [ "$status" -eq 0 ] && is_tidy make || {
                echo "$command, call $number: $status, $(cat err)"
                return 1
            }
        done
    done
    [ "$("$STEMMA" list --archive=arch | wc -l)" -ge 568 ] && is_sound
}
t 'a lock that was made although the answer says otherwise is held' made_twice

# ---- interrupted calls ---------------------------------------------------------

uninterrupted()
{
    fresh && git init -q --bare hub && before_import 1 || return
    for way in read write sync; do
        for every in 2 3; do
            set -- FAULT=$way FAULT_ERRNO=$EINTR FAULT_EVERY=$every \
                FAULT_PROGRAM=stemma
            revision $way$every || return
            for do in do_track do_import do_gc do_sync do_origin do_output; do
                # shellcheck disable=SC2046
                faulty "$@" -- $($do $way$every)
                orderly || return
                [ $way = read ] || [ "$status" -eq 0 ] || {
                    echo "$do, each ${every}th $way: $status, $(cat err)"
                    return 1
                }
                # shellcheck disable=SC2046
                stemma $($do $way$every)
                [ "$status" -eq 0 ] || return
            done
        done
    done
    is_sound
}
do_track() { echo track --archive=arch --story="i$1" one; }
# Reads are made again where they are ours: libgit2 gives up its own.
t 'what is interrupted in writing is made again, and in reading does no harm' \
    uninterrupted

# ---- nothing can be written ------------------------------------------------------

read_only()
{
    fresh && revision 1 && ends 0 log --archive=arch ship || return
    cp out want
    git init -q --bare hub
    before_import 1
    set -- FAULT=change FAULT_ERRNO=$EROFS FAULT_AT=0
    for command in 'list' 'show ship' 'show --raw ship@1' 'blame ship' \
        'origin ship-1' 'verify' 'history --paragraph=1 ship' 'report ship'; do
        # shellcheck disable=SC2086
        faulty "$@" -- $command --archive=arch
        [ "$status" -eq 0 ] && [ -s out ] || {
            echo "$command: $status, $(cat err)"
            return 1
        }
    done
    faulty "$@" -- log --archive=arch ship
    [ "$status" -eq 0 ] && cmp out want || return
    for command in 'track --story=ship one' 'import lines' gc 'sync hub'; do
        # shellcheck disable=SC2086
        faulty "$@" -- $command --archive=arch
        [ "$status" -eq 2 ] && orderly || return
    done
    is_sound
}
t 'what cannot be written can be read' read_only

small_disk()
{
    mkdir -p small && mount -t tmpfs -o size=3m none small 2>/dev/null ||
        return 9
    trap 'umount small' EXIT
    rm -rf arch hub cache
    ln -s small/arch arch
    stemma init --collector=eve small/arch && git init -q --bare hub || return
    # The less there is, the more a file leaves.
    for left in 0 1 2 4 8 16 32 64 128; do
        revision $left || return
        cat /dev/zero >small/full 2>log
        truncate -s -$((left * 1024)) small/full
        for do in do_import do_gc do_sync do_origin; do
            before_import $left
            # shellcheck disable=SC2046
            stemma $($do $left)
            orderly || return
        done
        stemma track --archive=arch --story=ship one
        orderly || return
        rm small/full
        ends 0 show --archive=arch --raw ship && cmp out one || {
            stemma show --archive=arch --raw ship
            cmp out "ship-$left" || return
        }
        for do in do_import do_gc do_sync do_origin; do
            # shellcheck disable=SC2046
            stemma $($do $left)
            [ "$status" -eq 0 ] || return
        done
        is_sound || return
    done
}
t 'a small disk that is full is told, and works when there is room' small_disk

# ---- what goes away ----------------------------------------------------------------

vanished()
{
    fresh && git init -q --bare hub || return
    number=0
    for lost in stemma stemma/locks stemma/index stemma/sync.git \
        refs/heads/story refs/remotes objects/info objects/pack info; do
        number=$((number + 1))
        revision $number || return
        for do in do_gc do_sync do_origin do_output; do
            # Of refs/heads/story nothing is lost when all is packed.
            ends 0 gc --archive=arch && rm -rf "arch/${lost:?}" || return
            [ "$lost" = objects/pack ] && git -C arch unpack-objects </dev/null
            # shellcheck disable=SC2046
            stemma $($do $number)
            orderly || {
                echo "$do without $lost"
                return 1
            }
            [ "$lost" = objects/pack ] && return
        done
        ends 0 show --archive=arch --raw ship && cmp out ship-$number &&
            is_sound || return
    done
}
t 'folders that vanished are made again, or named' vanished

gone()
{
    fresh && revision 1 || return
    mkdir away && cd away && rmdir ../away || return
    PATH_OF="$PWD/../arch"
    for command in 'list' 'log ship' 'show ship' 'gc'; do
        # shellcheck disable=SC2086
        status=0
        # shellcheck disable=SC2086
        "$STEMMA" $command --archive="$PATH_OF" >"$HOME/out" 2>"$HOME/err" ||
            status=$?
        [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || return
    done
    : "${HOME:?}"
}
t 'a working directory that is gone is no reason to die' gone

removed_meanwhile()
{
    fresh && revision 1 && rm -rf arch || return
    for command in 'log ship' 'track --story=ship one' 'origin one' gc verify \
        'import lines' list 'blame ship' 'sync hub'; do
        # shellcheck disable=SC2086
        stemma $command --archive=arch
        [ "$status" -eq 2 ] && orderly && [ ! -e arch ] || {
            echo "$command: $status $(cat err)"
            return 1
        }
    done
}
t 'an archive that is gone is named' removed_meanwhile

# ---- clocks and links ----------------------------------------------------------------

backwards()
{
    fresh && texts ship sea 0 >ship-0 || return
    for number in 1 2 3 4 5; do
        texts "ship $number" sea $number >ship-$number
        faulty CLOCK_BACK=86400 FAULT=none -- track --archive=arch \
            --story=ship ship-$number
        [ "$status" -eq 0 ] && has out 'revision\|new story' ||
            [ "$status" -eq 0 ] || return
        faulty CLOCK_BACK=86400 FAULT=none -- origin --archive=arch \
            -o found ship-$number
        [ "$status" -eq 0 ] && has found ship || return
        faulty CLOCK_BACK=86400 FAULT=none -- gc --archive=arch
        [ "$status" -eq 0 ] || return
    done
    for number in 1 2 3 4 5; do
        for at in 1 2 3 4 5; do
            "$STEMMA" show --archive=arch --raw ship@$at >out
            cmp -s out ship-$number && break
        done
        cmp out ship-$number || return
    done
    [ "$(count ship)" -eq 5 ] &&
        is_sound
}
t 'a clock that goes back loses nothing' backwards

two_names()
{
    fresh && ln -sfn arch linked || return
    for name in arch linked; do
        for writer in 1 2 3; do
            (for number in 1 2 3 4 5 6; do
                echo "$name $writer $number" >"text-$name-$writer"
                "$STEMMA" track --archive=$name --story=ship \
                    "text-$name-$writer" || echo failed
            done >"said-$name-$writer" 2>&1) &
        done
    done
    wait
    cat said-*
    [ "$(cat said-* | grep -c "'ship'")" -eq 36 ] &&
        [ "$(count ship)" -eq 36 ] &&
        ends 0 verify --archive=linked && is_sound
}
t 'two names of one archive are one archive' two_names

#!/bin/sh
# Archives damaged on purpose: verify names what is wrong and what is still
# good, what is not damaged can be read, and nothing is written elsewhere.

# shellcheck disable=SC1091,SC2154,SC2015,SC2317
. "$TOP/tests/cli/tap"
# What never ends has failed too.
stemma()
{
    status=0
    timeout 60 "$STEMMA" "$@" >out 2>err || status=$?
}
command -v git >/dev/null || {
    skip 'damaged archives' 'git is not installed'
    exit 0
}
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
zero=0000000000000000000000000000000000000001

stemma init --collector=eve sound
for number in 1 2 3; do
    for story in bridge ferry; do
        printf 'The %s\n\nOn day %s it was seen by %s00 people.\n' \
            $story $number $number >$story-$number
        stemma track --archive=sound --story=$story \
            --date=2024-03-0$number $story-$number
    done
done
mkdir -p outside
echo untouched >outside/file

# What lies beside the archive under test, and what is in it.
around()
{
    find . "$HOME" -path ./arch -prune -o -path './log*' -prune -o \
        -path ./out -prune -o -path ./err -prune -o \
        -path ./want -prune -o -type f -exec cksum {} + | sort
}
fresh()
{
    rm -rf arch
    cp -R sound arch
}
# The last run said what is wrong in one line, and did not die of it.
orderly()
{
    [ "$status" -le 2 ] && [ "$(wc -l <err)" -le 1 ] &&
        ! grep -q -e 'Sanitizer' -e 'runtime error' err && return
    echo "status $status; stderr:"
    cat err
    return 1
}
# whole STORY - each revision of it can be listed and read.
whole()
{
    ends 0 log --archive=arch "$1" || return
    for number in 1 2 3; do
        ends 0 show --archive=arch --raw "$1@$number" &&
            cmp out "$1-$number" || return
    done
}
# tells TEXT... - verify finds the archive damaged, and its report has these.
tells()
{
    stemma verify --archive=arch
    orderly || return
    [ "$status" -eq 2 ] && has err 'stemma: the archive is damaged' &&
        has out '; good are still ' || {
        cat out
        return 1
    }
    for said; do
        has out "$said" || return
    done
}
# What is not whole is not shown either, but for the bytes as they were.
read_all()
{
    for story in bridge ferry; do
        stemma log --archive=arch $story
        orderly || return
        for number in 1 2 3; do
            stemma show --archive=arch --raw $story@$number
            orderly || return
            [ "$status" -eq 2 ] || cmp out $story-$number || return
        done
    done
}

# spare STORY OBJECT - nothing of the story is lost with the object: its texts
# do not need the file of attributes.
spare()
{
    ! git -C sound rev-list --objects "story/$1" | grep -v attributes |
        grep -q "^$2"
}

# each WAY - every object in turn.
each()
{
    fresh
    around >log-before
    git -C sound cat-file --batch-all-objects --batch-check >log-objects
    [ "$(wc -l <log-objects)" -gt 20 ] || return
    while read -r id kind rest; do
        file=arch/objects/$(echo "$id" | sed 's,^..,&/,')
        cp -p "$file" log-object
        chmod u+w "$file"
        "$1" "$file" "$(wc -c <"$file")"
        : "$rest"
        if spare bridge "$id" && spare ferry "$id" &&
            [ "$1" = removed ] && [ "$kind" != commit ]; then
            # Nobody knows that an object of no story was there.
            stemma verify --archive=arch
            orderly
        else
            tells "$(echo "$id" | cut -c -12)"
        fi && read_all || {
            echo "$kind $id"
            return 1
        }
        for story in bridge ferry; do
            spare $story "$id" || continue
            whole $story || {
                echo "$story without $kind $id"
                return 1
            }
        done
        rm -f "$file"
        cp -p log-object "$file"
    done <log-objects
    around | cmp - log-before && ends 0 verify --archive=arch
}
truncated()
{
    head -c $(($2 / 2)) log-object >"$1"
}
emptied()
{
    : >"$1"
}
flipped()
{
    printf '\377' | dd of="$1" bs=1 seek=$(($2 / 2)) conv=notrunc 2>log-dd
}
removed()
{
    rm -f "$1"
}
t 'each object in turn cut in half is told, the rest is read' each truncated
t '… as is an empty one' each emptied
t '… or one with another byte in it' each flipped
t '… or one that is gone' each removed

# With a story's head gone, whatever asks for all stories says so.
headless()
{
    git init -q --bare hub
    git init -q --bare empty
    fresh
    ends 0 sync --archive=arch hub || return
    for story in ferry bridge; do
        fresh
        id=$(git -C arch rev-parse story/$story)
        rm -f "arch/objects/$(echo "$id" | sed 's,^..,&/,')"
        for command in 'sync empty' 'sync hub' gc 'origin bridge-1' \
            'compare --all --format=ndjson' 'feed --all' list 'list --long' \
            "report $story" "blame $story" "history --paragraph=1 $story" \
            "whence $story seen" "log --patch $story" \
            "log --format=prov $story" 'import bridge-1'; do
            # shellcheck disable=SC2086
            stemma $command --archive=arch
            # Notes may stand before the trouble.
            [ "$status" -le 2 ] && ! grep -qv '^stemma: ' err || {
                echo "$command: $status $(cat err)"
                return 1
            }
        done
    done
}
t 'whatever asks for a story without its head says so' headless

# A ref that leads to nothing, or is none.
refs()
{
    head=$(git -C sound rev-parse story/bridge)
    for content in $zero "$zero$zero" 'ref: refs/heads/story/ferry' '' \
        "${head}ab" \
        "$(git -C sound rev-parse story/bridge:bridge.txt)" \
        "$(git -C sound rev-parse 'story/bridge^{tree}')" \
        ../../../../outside/file; do
        fresh
        echo "$content" >arch/refs/heads/story/bridge
        around >log-before
        tells bridge && read_bridge && whole ferry && around |
            cmp - log-before || {
            echo "'$content'"
            return 1
        }
    done
}
read_bridge()
{
    for command in 'log bridge' 'show bridge' 'show bridge@1' list \
        'compare bridge@1 ferry@1' 'track --story=bridge outside/file'; do
        # shellcheck disable=SC2086
        stemma $command --archive=arch
        orderly || {
            echo "$command"
            return 1
        }
    done
}
t 'a ref that leads nowhere is told, the other story is read' refs

linked()
{
    fresh
    around >log-before
    rm arch/refs/heads/story/bridge
    ln -s ../../../../outside/file arch/refs/heads/story/bridge
    tells bridge && read_bridge && whole ferry &&
        [ "$(cat outside/file)" = untouched ] && around | cmp - log-before
}
t '… or that is a link to another file' linked

# What never ends, or waits for somebody to write into it.
endless()
{
    for kind in pipe zeros; do
        fresh
        rm arch/refs/heads/story/bridge
        if [ $kind = pipe ]; then
            mkfifo arch/refs/heads/story/bridge
        else
            ln -s /dev/zero arch/refs/heads/story/bridge
        fi
        tells bridge && read_bridge && whole ferry || return
        stemma gc --archive=arch
        [ "$status" -eq 2 ] && orderly && has err story/bridge || return
    done
}
t '… or that has no end' endless

# Refs beside those of stories, and what is no ref at all.
other_refs()
{
    for ref in refs/heads/collect/eve refs/remotes/hub/mallory \
        refs/tags/deep/down refs/heads/main; do
        for content in $zero garbage '' 'ref nothing'; do
            fresh
            mkdir -p "arch/${ref%/*}"
            echo "$content" >arch/$ref
            tells $ref && whole ferry && whole bridge || {
                echo "$ref: '$content'"
                return 1
            }
        done
    done
    for name in .hidden 'a..b'; do
        fresh
        cp arch/refs/heads/story/bridge "arch/refs/heads/story/$name"
        tells "$name" && whole bridge || return
    done
    for content in '' garbage "ref: outside"; do
        fresh
        echo "$content" >arch/HEAD
        tells HEAD && whole ferry && whole bridge || return
    done
    # One that leads to another, which need not be there, is git's own way.
    fresh
    mkdir -p arch/refs/remotes/hub
    echo 'ref: refs/remotes/hub/main' >arch/refs/remotes/hub/HEAD
    ends 0 verify --archive=arch
}
t 'each other ref that leads nowhere is told, and a HEAD that is none' other_refs

# packed SCRIPT WHAT STORY... - packed-refs after the script of sed; those
# stories are read.
packed()
{
    sed "$1" log-packed >arch/packed-refs
    what=$2
    shift 2
    tells "$what" || return
    for story; do
        whole "$story" || return
    done
}
packed_refs()
{
    fresh
    ends 0 gc --archive=arch && rm -f arch/refs/heads/main || return
    cp arch/packed-refs log-packed
    packed 's/^.*main$/x&/' 'line 2 of packed-refs is damaged' bridge ferry &&
        packed 's/^.\(.*bridge\)$/g\1/' 'line 3 of packed-refs is' ferry &&
        packed 's/^.*bridge$/g/' 'line 3 of packed-refs is' ferry &&
        packed 's,[^/]*bridge$,a..b,' 'line 3 of packed-refs is' ferry &&
        packed '2p' 'line 3 of packed-refs is not in order' bridge ferry &&
        packed '1s/^/^/' 'line 1 of packed-refs is damaged' &&
        packed "s/^.* \(.*main\)$/$zero \1/" "$zero" bridge ferry || return
    # The last line cut off, and then all of them.
    head -c -4 log-packed >arch/packed-refs
    tells 'line 4 of packed-refs is damaged' && whole bridge || return
    rm arch/packed-refs && mkdir arch/packed-refs
    tells 'packed-refs cannot be read' '6 revisions that no story leads to'
}
t 'a line of packed-refs that is none is told, the rest is read' packed_refs

# With a ref nothing of what it led to is lost.
lost()
{
    fresh
    rm arch/refs/heads/story/bridge
    ends 0 verify --archive=arch &&
        has out '3 revisions that no story leads to' && whole ferry || return
    for folder in refs/heads/story refs/heads; do
        rm -rf arch/$folder
        echo >arch/$folder
        tells $folder '6 revisions that no story leads to' || return
    done
}
t 'revisions whose story has no ref any more are counted' lost

# What git wrote of itself: format 1 is that with extensions.
formats()
{
    fresh
    git -C arch config core.repositoryFormatVersion 1
    ends 0 verify --archive=arch && whole bridge || return
    git -C arch config extensions.unheard of
    trouble 'arch: unsupported extension name extensions.unheard' \
        show --archive=arch bridge@1
}
t 'a repository of format 1 is read, and an extension of it named' formats

# Links in the place of files that are made again lead to none that is written.
leads_out()
{
    git init -q --bare hub2
    fresh
    stemma origin --archive=arch bridge@2
    [ "$status" -eq 0 ] && ends 0 sync --archive=arch hub2 &&
        ends 0 blame --archive=arch bridge && ends 0 log --archive=arch bridge ||
        return
    state=$(cd arch && ls -d stemma/sync-*) || return
    for file in $(cd arch && find stemma/log stemma/trace -type f) \
        stemma/index "$state" "$state.new"; do
        for to in file new; do
            rm -rf other && cp -R arch other
            ln -sfn "$PWD/outside/$to" "other/$file"
            led "$file" || return
        done
    done
    # Of the locks, all at once.
    for to in file new; do
        rm -rf other && cp -R arch other
        for lock in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do
            for digit in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do
                ln -sfn "$PWD/outside/$to" other/stemma/locks/$lock$digit
            done
        done
        led locks || return
        rm -rf other && cp -R arch other
        rm other/stemma/sync.git/HEAD other/stemma/sync.git/config
        ln -s "$PWD/outside/$to" other/stemma/sync.git/new
        led sync.git/new || return
    done
}
led()
{
    for command in 'origin bridge@2' 'blame bridge' 'log bridge' \
        'track --story=bridge --date=2024-03-09 ferry-1' 'sync hub2' gc \
        'origin --rebuild bridge@2' 'track --story=ship ferry-2'; do
        # shellcheck disable=SC2086
        stemma $command --archive=other
        [ "$status" -le 2 ] && ! grep -qv '^stemma: ' err &&
            [ "$(cat outside/file)" = untouched ] && [ ! -e outside/new ] || {
            echo "$1, $command: $status $(cat err)"
            return 1
        }
    done
}
t 'a link instead of a file that is made again is not followed' leads_out

# commit TREE ARGUMENT... - somebody else's commit upon the story.
commit()
{
    git -C arch -c user.name=Mallory -c user.email=m@example.org \
        commit-tree "$@" </dev/null
}
foreign()
{
    fresh
    tree=$(git -C arch rev-parse 'story/bridge^{tree}')
    new=$(commit "$tree" -p story/bridge -m 'Not of stemma')
    git -C arch update-ref refs/heads/story/bridge "$new"
    ends 0 verify --archive=arch &&
        has out ', 1 revision that others made and that tells of no text' &&
        ends 0 show --archive=arch --raw bridge@3 && cmp out bridge-3 &&
        whole ferry || return
    # … also one that says that it were one of ours.
    git -C arch cat-file commit story/ferry >log-commit
    new=$(git -C arch hash-object -t commit -w --stdin <log-commit)
    git -C arch update-ref refs/heads/story/bridge "$new"
    tells bridge "$(echo "$new" | cut -c -12)" && read_bridge && whole ferry
}
t "somebody else's commit upon a story is told" foreign

# hostile MODE TYPE CONTENT NAME - a tree with one such entry.
hostile()
{
    printf '%s %s %s\t%s\n' "$1" "$2" "$3" "$4" |
        git -C arch mktree --missing
}
trees()
{
    blob=$(git -C sound rev-parse story/bridge:bridge.txt)
    tree=$(git -C sound rev-parse 'story/bridge^{tree}')
    attributes=$(git -C sound rev-parse story/bridge:.gitattributes)
    for entry in "100644 blob $blob .." "100644 blob $blob .git" \
        "100644 blob $blob ." "040000 tree $tree .." \
        "040000 tree $tree .git" "040000 tree $tree bridge.txt" \
        "120000 blob $blob bridge.txt" "160000 commit $zero bridge.txt" \
        "100644 blob $zero bridge.txt" "100755 blob $blob other" \
        "100644 blob $attributes .gitattributes"; do
        fresh
        around >log-before
        # shellcheck disable=SC2086
        bad=$(hostile $entry) || return
        git -C arch cat-file commit story/bridge |
            sed "s/^tree .*/tree $bad/" >log-commit
        new=$(git -C arch hash-object -t commit -w --stdin <log-commit)
        git -C arch update-ref refs/heads/story/bridge "$new"
        tells bridge "$(echo "$new" | cut -c -12)" && read_bridge &&
            whole ferry && around | cmp - log-before || {
            echo "$entry"
            return 1
        }
    done
}
t 'hostile trees are told and not followed' trees

# The same beside the article, which is read; and below, where nobody looks.
beside()
{
    blob=$(git -C sound rev-parse story/bridge:bridge.txt)
    for name in .. .git .GIT . git~1 a/b ../../../outside/file bridge.txt; do
        fresh
        around >log-before
        raw=$(echo "$blob" | sed 's/../\\x&/g')
        for place in first last; do
            {
                [ $place = first ] && entry "$name" "$raw"
                entry bridge.txt "$raw"
                [ $place = last ] && entry "$name" "$raw"
            } >log-tree
            bad=$(git -C arch hash-object -t tree -w --literally --stdin \
                <log-tree)
            git -C arch cat-file commit story/bridge |
                sed "s/^tree .*/tree $bad/" >log-commit
            new=$(git -C arch hash-object -t commit -w --stdin <log-commit)
            git -C arch update-ref refs/heads/story/bridge "$new"
            tells "an entry that git refuses: $name" \
                "$(echo "$new" | cut -c -12)" && read_bridge && whole ferry &&
                around | cmp - log-before || {
                echo "$place $name"
                return 1
            }
        done
    done
    fresh
    entry .. "$raw" >log-tree
    bad=$(git -C arch hash-object -t tree -w --literally --stdin <log-tree)
    bad=$(hostile 040000 tree "$bad" folder)
    new=$(commit "$bad" -m 'Not of stemma')
    git -C arch update-ref refs/heads/other "$new"
    tells 'an entry that git refuses: ..' && whole bridge && whole ferry
}
# entry NAME ID - of a file, the name of the object as printf has it.
entry()
{
    printf '100644 %s\000' "$1"
    env printf "$2"
}
t '… also beside a text, or where no story has them' beside

# A text of 64 MB where the trailers tell of few bytes.
huge()
{
    fresh
    blob=$(head -c 67108864 /dev/zero |
        git -C arch -c core.compression=1 hash-object -w --stdin)
    bad=$(hostile 100644 blob "$blob" bridge.txt)
    git -C arch cat-file commit story/bridge |
        sed "s/^tree .*/tree $bad/" >log-commit
    new=$(git -C arch hash-object -t commit -w --stdin <log-commit)
    git -C arch update-ref refs/heads/story/bridge "$new"
    tells bridge "$(echo "$new" | cut -c -12)" && whole ferry
    stemma log --archive=arch bridge
    orderly
}
t 'a huge text that no trailer tells of is told' huge

# The same in a pack: each of some places of it with other bytes.
packs()
{
    fresh
    ends 0 gc --archive=arch || return
    for end in pack idx; do
        for part in 1 3 5 7 9; do
            file=$(ls arch/objects/pack/*.$end)
            chmod u+w "$file"
            cp -p "$file" log-object
            flipped "$file" $(($(wc -c <log-object) * part / 5))
            tells "$(basename "$file")" && read_all || return
            cp -p log-object "$file"
            [ "$part" -lt 9 ] || truncated "$file" $((part * 100))
        done
        tells || return
        read_all || return
        cp -p log-object "$file"
    done
    ends 0 verify --archive=arch
}
t 'a pack with other bytes is told' packs

# What git makes beside packs has sums as well, and is not needed to read.
beside_packs()
{
    fresh
    ends 0 gc --archive=arch || return
    git -C arch multi-pack-index write --no-progress 2>log-git || return
    git -C arch -c repack.writeBitmaps=true -c pack.writeReverseIndex=true \
        repack -adqb --write-midx || return
    ends 0 verify --archive=arch || return
    for file in arch/objects/pack/*; do
        case $file in *.pack | *.idx) continue ;; esac
        [ "$(wc -c <"$file")" -gt 40 ] || continue
        chmod u+w "$file"
        cp -p "$file" log-object
        flipped "$file" $(($(wc -c <log-object) * 4 / 5))
        tells "$(basename "$file")" || return
        cp -p log-object "$file"
    done
}
t 'so is what git keeps beside packs' beside_packs

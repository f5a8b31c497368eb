#!/bin/sh
# Signed revisions, with a key made for the occasion.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
if ! command -v git >/dev/null || ! command -v ssh-keygen >/dev/null; then
    skip 'signed revisions' 'git or ssh-keygen is not installed'
    exit 0
fi
articles
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$PWD/settings"
ssh-keygen -q -t ed25519 -N '' -C '' -f key
printf '* %s\n' "$(cat key.pub)" >signers
git config --file settings gpg.format ssh
git config --file settings user.signingKey "$PWD/key.pub"
git config --file settings gpg.ssh.allowedSignersFile "$PWD/signers"
"$STEMMA" init --collector=eve arch >log 2>&1
export STEMMA_ARCHIVE="$PWD/arch"

signed()
{
    ends 0 track --sign --story=talks old.txt &&
        git -C arch cat-file commit story/talks >signed-commit &&
        has signed-commit 'BEGIN SSH SIGNATURE' &&
        git -C arch verify-commit story/talks &&
        ends 0 show --raw talks@1 && cmp out old.txt && ends 0 verify &&
        has out 'all is well: 1 revision of 1 story' &&
        has out ', 1 good signature' && lacks out unsigned
}
t "a revision is signed with the key of one's git" signed
unsigned()
{
    ends 0 track --story=talks new.txt && ends 0 verify talks &&
        has out ', 1 good signature, 1 unsigned revision'
}
t '… if that is asked for' unsigned
again()
{
    ends 0 track --sign --story=talks new.txt &&
        has out 'unchanged, revision 2'
}
t 'what is there already is not signed anew' again

# The same signature under another text.
bad()
{
    cp -R arch forged
    git -C forged cat-file commit "$(git -C forged rev-list --reverse \
        story/talks | head -n 1)" | sed 's/^Tool: .*/Tool: forged/' >signed-commit
    new=$(git -C forged hash-object -t commit -w --stdin <signed-commit)
    git -C forged update-ref refs/heads/story/talks "$new"
    stemma verify --archive=forged talks
    [ "$status" -eq 2 ] && has err 'the archive is damaged' &&
        has out 'revision 1 ' && has out 'its signature' &&
        has out ', 0 good signatures, 1 bad'
}
t 'a commit that was changed after it was signed is told' bad
stranger()
{
    cp signers known
    ssh-keygen -q -t ed25519 -N '' -C '' -f other
    printf '* %s\n' "$(cat other.pub)" >signers
    stemma verify
    cp known signers
    [ "$status" -eq 2 ] && has out ', 0 good signatures, 1 bad'
}
t "a stranger's signature is told" stranger
keyless()
{
    git config --file settings user.signingKey "$PWD/none.pub"
    before=$(git -C arch rev-parse story/talks)
    stemma track --sign --story=talks old.txt
    [ "$status" -eq 2 ] && [ "$(wc -l <err)" -eq 1 ] && [ ! -s out ] &&
        [ "$(git -C arch rev-parse story/talks)" = "$before" ] &&
        ends 0 track --story=talks old.txt
}
t 'without the key nothing is kept, and the next one is' keyless

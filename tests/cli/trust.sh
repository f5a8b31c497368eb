#!/bin/sh
# What somebody else has put into a folder is not obeyed.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
mkdir -p shared/below
stemma init --collector=eve shared/.stemma
stemma track --archive=shared/.stemma --story=talks old.txt

# Hooks that tell that they were run.
mkdir -p shared/.stemma/hooks
for hook in pre-auto-gc reference-transaction pre-push post-rewrite; do
    printf '#!/bin/sh\necho %s >>"%s/ran"\n' $hook "$PWD" \
        >shared/.stemma/hooks/$hook
    chmod +x shared/.stemma/hooks/$hook
done
hooks()
{
    [ -x shared/.stemma/hooks/reference-transaction ] || return
    git init -q --bare hub.git
    stemma track --archive=shared/.stemma --story=talks new.txt
    ends 0 gc --archive=shared/.stemma || return
    stemma sync --archive=shared/.stemma hub.git
    [ "$status" -eq 0 ] && [ ! -e ran ] && return
    cat err ran
    return 1
}
if command -v git >/dev/null; then
    t 'no hook of an archive is run' hooks
else
    skip 'no hook of an archive is run' 'git is not installed'
fi

named()
{
    (cd shared/below && ends 0 list --archive=../.stemma && has out talks)
}
behind_sudo()
{
    (cd shared/below && SUDO_UID=65533 ends 0 list && has out talks)
}
ours()
{
    chown -R "$(id -u)" shared/.stemma
    (cd shared/below && ends 0 list && has out talks)
}
if [ "$(id -u)" -eq 0 ] && (cd shared && chown 65533 .stemma); then
    where=$PWD/shared
    foreign()
    {
        chown -R 65533 shared/.stemma
        cd shared/below || return
        said="$where/.stemma: this archive is somebody else's; to use it \
all the same: --archive=$where/.stemma"
        trouble "$said" list && trouble "$said" compare talks@ &&
            trouble "$said" track ../../old.txt
    }
    t "an archive of somebody else's around the folder is refused" foreign
    t '… but not if it is named' named
    t '… nor behind sudo, if it is that of the user before it' behind_sudo
    t "an archive of one's own is found" ours
else
    skip "an archive of somebody else's around the folder is refused" \
        'only root can give files away'
    t "an archive of one's own is found" ours
fi

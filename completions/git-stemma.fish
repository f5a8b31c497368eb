# Completion of `git stemma` for fish.
complete -c git -n 'contains -- stemma (commandline -opc)' -kf \
    -a '(command stemma __complete fish -- (commandline -opc) (commandline -ct) 2>/dev/null)'

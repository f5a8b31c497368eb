# Completion for fish.
complete -c stemma -kf -a '(command stemma __complete fish -- \
    (commandline -opc) (commandline -ct) 2>/dev/null)'

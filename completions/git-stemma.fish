# Completion of `git stemma` for fish.
complete -c git -n 'string match -qr -- "^git( -[Cc] [^ ]+| -[^ ]+)* stemma( |\$)" \
    (commandline -opc | string join " ")' -kf -a '(command stemma __complete fish -- \
    (commandline -opc) (commandline -ct) 2>/dev/null)'

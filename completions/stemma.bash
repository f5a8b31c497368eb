# shellcheck shell=bash disable=SC2086
# Completion for bash 4.4 or newer. For an alias: complete -F _stemma NAME
_stemma() {
    local how='' IFS=$' \t\n'
    {
        read -r how
        mapfile -t COMPREPLY
        compopt ${how:--o nosort}
    } 2>/dev/null < <(COMP_TYPE=$COMP_TYPE COMP_WORDBREAKS=$COMP_WORDBREAKS \
        COLUMNS=${COLUMNS-} command stemma __complete bash -- \
        "${COMP_LINE:0:COMP_POINT}" "${BASH_ALIASES[$1]-}" 2>/dev/null) || :
}
_git_stemma() { _stemma git; }
complete -F _stemma stemma

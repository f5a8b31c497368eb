"""The shells there are, each as it is on a terminal and set up to complete.

SPDX-License-Identifier: MIT
"""
import os
import shutil

from terminal import Terminal

PROMPT = 'READY>'
GIT = '/usr/share/bash-completion/completions/git'
BASH_COMPLETION = '/usr/share/bash-completion/bash_completion'


def escaped(text):
    return ''.join(c if c.isalnum() or ord(c) > 127 or c in '-_./@' else
                   '\\' + c for c in text)


def single(text):
    return "'" + text.replace("'", "'\\''")


def double(text):
    return '"' + ''.join('\\' + c if c in '\\"$`' else
                         '"\\!"' if c == '!' else c for c in text)


class Bash:
    name = 'bash'
    setup = ''
    has_sudo = False
    list_keys = '\t\t'
    has_git = os.path.exists(GIT)
    quotes = {'escaped': escaped, 'single': single, 'double': double}

    @staticmethod
    def missing():
        return None if shutil.which('bash') else 'bash is not installed'

    def __init__(self, world, columns=80, **more):
        rc = world.path('home', 'rc.bash')
        with open(rc, 'w') as file:
            file.write(self.script(world) + f"PS1='{PROMPT}'\n"
                       "bind 'set bell-style none'\n"
                       "bind 'set page-completions off'\n"
                       "bind 'set completion-query-items 1000'\n"
                       "bind 'set enable-bracketed-paste off'\n"
                       + self.setup)
        environment = world.environment(**more)
        self.terminal = Terminal(
            ['bash', '--noprofile', '--rcfile', rc, '-i'], environment,
            world.path('work'), columns)
        self.ready = self.terminal.wait_for(PROMPT) is not None

    def script(self, world):
        place = world.path('share/bash-completion/completions/stemma')
        return f". '{place}'\n" + (f'. {GIT}\n' if self.has_git else '')


class BashCompletion(Bash):
    """With the package of that name, which finds the script by itself."""
    name = 'bash with bash-completion'
    has_sudo = True

    @staticmethod
    def missing():
        if Bash.missing() or not os.path.exists(BASH_COMPLETION):
            return 'bash-completion is not installed'
        return None

    def script(self, world):
        return f'. {BASH_COMPLETION}\n'


class OddBash(Bash):
    """With all set that makes careless scripts fail."""
    name = 'bash -ue with nullglob and failglob'
    setup = ('set -ue; shopt -s nullglob failglob extglob dotglob; '
             'IFS=e; BASH_COMPAT=4.4\n')
    has_git = False  # its own functions end the shell then


class PosixBash(Bash):
    name = 'bash in another mood'
    setup = ('shopt -s nocasematch nullglob; set -f -o pipefail; '
             'COMP_WORDBREAKS=${COMP_WORDBREAKS//:}; '
             "bind 'set show-all-if-ambiguous on'\n")


class Zsh:
    name = 'zsh'
    has_sudo = True
    setup = ''
    list_keys = '\t'
    has_git = bool(shutil.which('git'))
    quotes = {'escaped': escaped, 'single': single, 'double': double}

    @staticmethod
    def missing():
        return None if shutil.which('zsh') else 'zsh is not installed'

    def __init__(self, world, columns=80, **more):
        folder = world.path('home', 'zsh')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, '.zshrc'), 'w') as file:
            file.write(f"fpath=('{world.path('share/zsh/site-functions')}' "
                       "$fpath)\nautoload -Uz compinit && compinit -u -D\n"
                       f"PS1='{PROMPT}' PROMPT_SP= LISTMAX=1000\n"
                       "unsetopt prompt_sp beep\n" + self.setup)
        self.terminal = Terminal(
            ['zsh', '-d', '-i'], world.environment(ZDOTDIR=folder, **more),
            world.path('work'), columns)
        self.ready = self.terminal.wait_for(PROMPT) is not None


class OddZsh(Zsh):
    name = 'zsh with options of ksh and sh'
    setup = ('setopt ksharrays shwordsplit globsubst noglob nounset '
             'extendedglob nullglob\n')


class Fish:
    name = 'fish'
    has_sudo = True
    list_keys = '\t'
    has_git = bool(shutil.which('git'))
    quotes = {'escaped': escaped,
              'single': lambda text: "'" + text.replace('\\', '\\\\')
              .replace("'", "\\'"),
              'double': lambda text: '"' + ''.join(
                  '\\' + c if c in '\\"$' else c for c in text)}

    @staticmethod
    def missing():
        return None if shutil.which('fish') else 'fish is not installed'

    def __init__(self, world, columns=80, **more):
        folder = world.path('home', '.config', 'fish')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'config.fish'), 'w') as file:
            file.write(f"function fish_prompt; echo -n '{PROMPT}'; end\n"
                       'set -g fish_greeting\n'
                       'set -g fish_autosuggestion_enabled 0\n')
        # Without it fish reads all manuals of the machine at its first start,
        # in the background, for half a minute.
        os.makedirs(world.path('home', '.local', 'share', 'fish',
                               'generated_completions'), exist_ok=True)
        self.terminal = Terminal(
            ['fish', '-i'], world.environment(**more), world.path('work'),
            columns)
        self.ready = self.terminal.wait_for(PROMPT) is not None


ALL = (Bash, BashCompletion, OddBash, PosixBash, Zsh, OddZsh, Fish)

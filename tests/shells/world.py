"""A home with an archive, odd names and a stemma that tells its arguments.

SPDX-License-Identifier: MIT
"""
import os
import subprocess
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))

# What is typed for a name, how much of it, and the name. Each has something
# that a shell would take for its own.
ODD = [
    'Fed raises rates',
    'Gap: two: colons',
    "Hull's \"quoted\" dock",
    'Ink $(touch PWNED) pot',
    'Jam `touch PWNED` jar',
    'Kit ${HOME} $HOME !! kin',
    'L\'été à Paris; touch PWNED',
    'Mud & < > | * ? [a] {b,c} #d',
    'Nib \\ back\\slash',
    '日本の記事',
    'מאמר על נמל',
    'مقال عن الميناء',
    '~tilde',
]

# stemma itself completes; any other call tells how it was called.
RECORDER = '''#!/bin/sh
if [ "$1" = __complete ]; then
    exec '%(stemma)s' "$@"
fi
printf '%%s\\0' "$@" >'%(root)s/argv.new'
mv '%(root)s/argv.new' '%(root)s/argv'
'''

OLD = '''Harbour bridge to close for repairs

The harbour bridge will be closed from Monday, the city said.

About 9,000 cars use it each day.
'''
NEW = OLD.replace('9,000', '12,000') + '''
A second bridge is planned: "soon", it's said.
'''


class World:
    """A scratch folder: root/bin, root/home, root/share, root/work."""

    def __init__(self, stemma):
        self.folder = tempfile.TemporaryDirectory(prefix='stemma-')
        self.root = self.folder.name
        self.stemma = stemma
        for name in ('bin', 'home', 'work', 'share'):
            os.mkdir(self.path(name))
        self.install()
        self.keep()
        self.write_files()

    def path(self, *names):
        return os.path.join(self.root, *names)

    def environment(self, **more):
        kept = {name: os.environ[name] for name in ('ASAN_OPTIONS',)
                if name in os.environ}
        return dict(kept, HOME=self.path('home'), LC_ALL='C.UTF-8',
                    PATH=self.path('bin') + ':/usr/bin:/bin', TZ='UTC',
                    TERM='xterm', STEMMA_ARCHIVE=self.path('archive'),
                    STEMMA_PATIENCE='100', XDG_DATA_DIRS=self.path('share')
                    + ':/usr/local/share:/usr/share', SHELL='/bin/sh',
                    GIT_CONFIG_NOSYSTEM='1', **more)

    def write_program(self):
        """A stemma that only tells its arguments, but completes."""
        with open(self.path('bin/stemma'), 'w') as file:
            file.write(RECORDER % {'stemma': self.stemma, 'root': self.root})
        os.chmod(self.path('bin/stemma'), 0o755)

    def install(self):
        """What make install puts where shells look."""
        self.write_program()
        os.symlink('stemma', self.path('bin/git-stemma'))
        listed = subprocess.run(
            ['sed', '-n', '/^SHELL_FILES/,/[^\\\\]$/p', 'Makefile'], cwd=TOP,
            stdout=subprocess.PIPE, check=True).stdout.decode()
        for pair in listed.split():
            if ':' not in pair or pair == ':=':
                continue
            source, target = pair.split(':')
            place = self.path('share', target)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.symlink(os.path.join(TOP, 'completions', source), place)

    def run(self, *words):
        subprocess.run([self.stemma, *words], check=True, cwd=self.root,
                       env=self.environment(), stdout=subprocess.DEVNULL)

    def keep(self):
        """The archive: a story of two revisions, and one of each odd name."""
        self.run('init', self.path('archive'))
        for day, text in ((3, OLD), (4, OLD + '\nMore of it.\n'), (5, NEW)):
            with open(self.path('text.txt'), 'w') as file:
                file.write(text)
            self.run('track', '--story=harbour-bridge',
                     f'--date=2025-03-0{day}T14:05Z', 'text.txt')
        for k, name in enumerate(ODD):
            with open(self.path('text.txt'), 'w') as file:
                file.write(f'Odd number {k}\n\nA name and nothing more.\n')
            self.run('track', '--story=' + name,
                     f'--date=2025-02-{k + 1:02}', 'text.txt')

    def write_files(self):
        work = self.path('work')
        os.mkdir(os.path.join(work, 'a folder'))
        os.mkdir(self.path('home/notes'))
        for name in (['old.txt', 'new.md', 'zebra.c', 'a folder/in it.txt']
                     + ['x' + odd + '.txt' for odd in ODD]):
            with open(os.path.join(work, name), 'w') as file:
                file.write(OLD)
        for name in ('notes/at home.txt', 'one.txt'):
            with open(self.path('home', name), 'w') as file:
                file.write(OLD)

    def take_argv(self, terminal, seconds=90):
        """The arguments of the next call that is not completion's."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not terminal.ended:
            try:
                with open(self.path('argv'), 'rb') as file:
                    words = file.read().decode().split('\0')[:-1]
                os.remove(self.path('argv'))
                return words
            except FileNotFoundError:
                terminal.read(0.003)
        return None

    def ask_fish(self, line):
        """What fish says may come next, without a terminal."""
        return subprocess.run(
            ['fish', '-c', 'complete -C $argv[1]', '--', line],
            cwd=self.path('work'), env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE).stdout.decode().splitlines()

    def archive_state(self):
        """Every file and folder of the archive, and when it was changed."""
        return sorted(
            (os.path.join(folder, name), status.st_size, status.st_mtime_ns)
            for folder, names, files in os.walk(self.path('archive'))
            for name in names + files
            for status in [os.lstat(os.path.join(folder, name))])

    def pwned(self):
        """Whether anything that was completed was also run."""
        return [os.path.join(folder, name)
                for folder, _, names in os.walk(self.root)
                for name in names if name == 'PWNED']

"""Time and memory against size, revisions and stories, drawn by gnuplot."""
import os
import subprocess

BUILD = os.environ.get('BUILD', 'build/cc')
STEMMA = os.path.abspath(f'{BUILD}/stemma')
RUN = os.path.abspath(f'{BUILD}/tests/bench_run')
MAKE = os.path.abspath(f'{BUILD}/tests/bench_store')
TEXTS = os.path.abspath(f'{BUILD}/tests/bench_texts')
WORK = 'build/bench/curves'
SECONDS = 60  # that a run may take before its curve ends

SETTINGS = '''set terminal svg size 760,440 dynamic enhanced font "sans-serif,13" \
background rgb "white"
set output "{file}"
set logscale xy
set grid linecolor rgb "#dddddd"
set border 3
set tics nomirror
set key top left reverse Left
set format x "{format}"
set xlabel "{x}"
set ylabel "{y}"
plot {plots}
'''
# Told apart by mark and dash as well as by colour (Okabe and Ito 2008).
LOOKS = [('#000000', 7, 1), ('#d55e00', 5, 2), ('#0072b2', 9, 3),
         ('#009e73', 11, 4), ('#cc79a7', 13, 5)]


def run(*command, rounds=3):
    """Milliseconds of the processor and megabytes, or nothing."""
    done = subprocess.run([RUN, str(rounds), str(SECONDS), *command],
                          capture_output=True, text=True, check=False)
    fields = done.stdout.rstrip('\n').split('\t')
    if len(fields) < 6 or fields[5] != 'ok':
        return None
    return float(fields[0]), float(fields[2]) / 1024


def have(*command):
    try:
        subprocess.run(command, capture_output=True, check=False, timeout=60)
    except OSError:
        return False
    return True


def plot(folder, file, labels, curves, column):
    """One picture: `curves` by name, of (x, milliseconds, megabytes)."""
    plots, data = [], []
    for (name, points), (colour, mark, dash) in zip(curves.items(), LOOKS):
        plots.append(f"'-' using 1:2 with linespoints linecolor rgb "
                     f"'{colour}' pointtype {mark} dashtype {dash} "
                     f"linewidth 2 title '{name}'")
        data += [f'{p[0]} {p[column]}' for p in points] + ['e']
    script = SETTINGS.format(file=os.path.join(folder, file), x=labels[0],
                             y=labels[1], format=labels[2],
                             plots=', '.join(plots))
    subprocess.run(['gnuplot'], input=script + '\n'.join(data) + '\n',
                   text=True, check=True)


def sizes(folder, quick):
    """Two versions of a text, lightly edited, from 1 KB to 500 MB."""
    peers = {'stemma': [STEMMA, 'compare'],
             'git --word-diff': ['git', 'diff', '--no-index', '--word-diff']}
    if have('wdiff', '--version'):
        peers['wdiff'] = ['wdiff']
    if have('php', '--version'):
        peers['wikidiff2'] = ['php', 'tests/bench.php']
    curves = {name: [] for name in peers}
    amounts = [10 ** k for k in range(3, 7 if quick else 9)]
    if not quick:
        amounts.append(5 * 10 ** 8)
    ended = set()
    for amount in amounts:
        pair = [f'{WORK}/size-{side}.txt' for side in ('old', 'new')]
        subprocess.run([TEXTS, 'light', str(amount), '1', *pair], check=True,
                       stdout=subprocess.DEVNULL)
        for name, command in peers.items():
            measured = None if name in ended else run(
                *command, *pair, rounds=5 if amount < 10 ** 7 else 1)
            if measured:
                curves[name].append((amount, *measured))
            else:
                ended.add(name)
        for path in pair:
            os.remove(path)
    x = ('bytes of each version', '10^{%L}')
    plot(folder, 'size-time.svg', (x[0], 'milliseconds of CPU', x[1]), curves,
         1)
    plot(folder, 'size-memory.svg', (x[0], 'megabytes', x[1]), curves, 2)
    text = ('Lightly edited versions. A curve ends where a run takes more '
            f'than {SECONDS} seconds.')
    return [('Time against size', text, 'size-time.svg'),
            ('Memory against size', text, 'size-memory.svg')]


def archive(stories, revisions):
    path = f'{WORK}/archive-{stories}-{revisions}'
    if (stories, revisions) == (100000, 4):  # one that bench-store needs too
        path = 'build/bench/store-100000-1/many'
    if not os.path.exists(f'{path}/made'):
        subprocess.run(['rm', '-rf', path], check=True)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run([MAKE, 'import', path, str(stories), str(revisions),
                        '1'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(['git', '-C', path, 'config', 'core.fsync', 'none'],
                       check=True)
        open(f'{path}/made', 'w', encoding='utf-8').close()
    return path


def revisions(folder, quick):
    """One story of more and more revisions."""
    names = {'stemma log': 'log', 'stemma blame': 'blame'}
    curves = {name: [] for name in (*names, 'git log')}
    for count in (10, 100) if quick else (10, 100, 1000, 10000):
        path = archive(1, count)
        for name, command in names.items():
            measured = run(STEMMA, command, f'--archive={path}',
                           'story-000000')
            if measured:
                curves[name].append((count, *measured))
        measured = run('git', '-C', path, 'log',
                       'refs/heads/story/story-000000')
        if measured:
            curves['git log'].append((count, *measured))
    x = ('revisions of the story', '%g')
    plot(folder, 'revisions-time.svg', (x[0], 'milliseconds of CPU', x[1]),
         curves, 1)
    plot(folder, 'revisions-memory.svg', (x[0], 'megabytes', x[1]), curves, 2)
    text = ('A story of 4.4 KB. `git log` lists commits; `stemma log` also '
            'tells what changed; `stemma blame` reads every revision.')
    return [('Time against revisions', text, 'revisions-time.svg'),
            ('Memory against revisions', text, 'revisions-memory.svg')]


def stories(folder, quick):
    """One story among more and more of them."""
    curves = {name: [] for name in ('stemma log', 'stemma list PREFIX',
                                    'stemma track', 'git for-each-ref PREFIX')}
    text = os.path.abspath(f'{WORK}/track.txt')
    for count in (10, 1000) if quick else (10, 100, 1000, 10000, 100000):
        path = archive(count, 4)
        track = (f'echo $$ >>{text}; exec {STEMMA} track --archive={path} '
                 f'--story=story-000003 {text}')
        with open(text, 'w', encoding='utf-8') as file:
            subprocess.run([STEMMA, 'show', '--raw', f'--archive={path}',
                            'story-000003'], check=True, stdout=file)
        for name, command in (
                ('stemma log', [STEMMA, 'log', f'--archive={path}',
                                'story-000003']),
                ('stemma list PREFIX', [STEMMA, 'list', f'--archive={path}',
                                        'story-00000']),
                ('stemma track', ['sh', '-c', track]),
                ('git for-each-ref PREFIX', [
                    'git', '-C', path, 'for-each-ref',
                    'refs/heads/story/story-00000*'])):
            measured = run(*command, rounds=9)
            if measured:
                curves[name].append((count, *measured))
    plot(folder, 'stories-time.svg', ('stories of the archive',
                                      'milliseconds of CPU', '%g'), curves, 1)
    return [('Time against stories', 'What is done with one story among very '
             'many, of four revisions each.', 'stories-time.svg')]


def draw(folder, quick):
    """All curves; (title, text, file) of each."""
    os.makedirs(WORK, exist_ok=True)
    return (sizes(folder, quick) + revisions(folder, quick)
            + stories(folder, quick))

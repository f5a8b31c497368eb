#!/usr/bin/env python3
"""The share of cases in which swapping the two texts mirrors the answer.

    mirror.py CASES.jsonl STEMMA [OPTION...]

A case is {"id": ..., "old": text, "new": text}. Prints the share, and on
standard error the cases that are not mirrored. SPDX-License-Identifier: MIT
"""
import json
import os
import subprocess
import sys
import tempfile

MIRROR = {'split': 'merged', 'merged': 'split', 'added': 'removed',
          'removed': 'added', 'insert': 'delete', 'delete': 'insert'}


def compare(command, old, new):
    answer = subprocess.run(command + [old, new], stdout=subprocess.PIPE)
    if answer.returncode not in (0, 1):
        raise SystemExit(f'{command[0]}: exit status {answer.returncode}')
    return json.loads(answer.stdout)


def seen(document, swapped):
    """What must be the same in both directions, in an order of its own."""
    one, two = ('new', 'old') if swapped else ('old', 'new')

    def op(name):
        return MIRROR.get(name, name) if swapped else name

    links = []
    for link in document['links']:
        changes = [(op(c['op']), c[one], c[two], sorted(c.get('weight', [])))
                   for c in link.get('changes', [])]
        links.append((link[one], link[two], op(link['op']), link['moved'],
                      link.get('similarity'), changes))
    stats = {op(k): v for k, v in document['stats'].items()}
    if swapped:
        stats['words_added'], stats['words_removed'] = (
            stats['words_removed'], stats['words_added'])
    return (sorted(links, key=repr), stats, document['approximate'],
            document[one]['units'], document[two]['units'])


def main():
    command = [sys.argv[2], 'compare', '--format=json'] + sys.argv[3:]
    cases = mirrored = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, n) for n in ('a.txt', 'b.txt')]
        for line in open(sys.argv[1], encoding='utf-8'):
            case = json.loads(line)
            for path, text in zip(paths, (case['old'], case['new'])):
                with open(path, 'w', encoding='utf-8', newline='') as file:
                    file.write(text)
            cases += 1
            if (seen(compare(command, *paths), False)
                    == seen(compare(command, *reversed(paths)), True)):
                mirrored += 1
            else:
                print('not mirrored:', case['id'], file=sys.stderr)
    print(f'{mirrored / max(1, cases):.4f}')


if __name__ == '__main__':
    main()

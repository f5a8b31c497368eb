# SPDX-License-Identifier: MIT
"""Stories out of pages whose starts are known, and new pages out of them."""
import collections
import json
import math
import random
import re

CLOSING = '"\'”’)]»'


def is_heading(line):
    """Reads a line as a heading, as shape.c roughly does."""
    line = line.rstrip().rstrip(CLOSING).rstrip()
    words = len(line.split())
    if words == 0:
        return True
    if line[-1] == '?':
        return words <= 8
    return line[-1] not in '.!;:,…' and words <= 25


def source_of(page):
    return page['id'].split('-')[0]


def load(path):
    """All pages, and each story on them once, with the pages it stands on."""
    with open(path, encoding='utf-8') as file:
        pages = [json.loads(line) for line in file]
    stories = {}
    for page in pages:
        bounds = page['starts'] + [len(page['lines'])]
        page['stories'] = []
        for first, end in zip(bounds, bounds[1:]):
            lines = page['lines'][first:end]
            heads = 0
            while heads < len(lines) - 1 and is_heading(lines[heads]):
                heads += 1
            body = lines[heads:]
            plain = [x for x in body if not is_heading(x) or x is body[-1]]
            story = stories.setdefault((source_of(page), plain[0]), {
                'source': source_of(page), 'plain': plain, 'real': body,
                'head': None, 'pages': set()})
            story['pages'].add(page['id'])
            page['stories'].append(story)
            if heads == 1 and len(lines[0].split()) > 2:
                story['head'] = lines[0]
            if len(body) > len(story['real']):
                story['plain'], story['real'] = plain, body
    return pages, list(stories.values())


def sentences(paragraph):
    cut = (r'(?<=[.!?][”"’])\s+(?=[“"‘«A-ZÀ-Þ])|'
           r'(?<=[a-z0-9)][.!?])\s+(?=[“"‘«A-ZÀ-Þ])')
    return [x for x in re.split(cut, paragraph) if x.strip()]


def restyle(body, how, rng):
    """The same text in paragraphs of another house's length."""
    pieces = list(body)
    if how in ('sentences', 'pairs'):
        pieces = [s for paragraph in body for s in sentences(paragraph)]
    if how in ('pairs', 'merged') and pieces:
        joined = [pieces[0]]
        at = 1
        while at < len(pieces):
            count = rng.choice((1, 2, 2, 3))
            joined.append(' '.join(pieces[at:at + count]))
            at += count
        pieces = joined
    return pieces


def add_subheads(body, rng, rate=.15):
    """Some words of a paragraph in front of it: these are no starts."""
    out = []
    for place, paragraph in enumerate(body):
        words = paragraph.split()
        count = rng.randint(1, 5)
        if place >= 2 and rng.random() < rate and len(words) > count + 4:
            first = rng.randint(0, len(words) - count)
            head = ' '.join(words[first:first + count]).strip('.,;:!?"“”\'()')
            if head:
                out.append(head[0].upper() + head[1:])
        out.append(paragraph)
    return out


class Mixer:
    """Makes pages of stories of one source: of chance, or near neighbours."""

    HOWS = ('as it is',) * 4 + ('sentences', 'pairs', 'merged')

    def __init__(self, stories, terms, rarity, rng):
        self.stories, self.rng = stories, rng
        self.of_source = collections.defaultdict(list)
        for k, story in enumerate(stories):
            self.of_source[story['source']].append(k)
        self.near = {}
        for ids in self.of_source.values():
            self._find_neighbours(ids, terms, rarity)

    def _find_neighbours(self, ids, terms, rarity):
        holders = collections.defaultdict(list)
        for k in ids:
            for term in terms[k]:
                holders[term].append(k)
        size = {k: math.sqrt(sum(rarity(t) ** 2 for t in terms[k])) or 1
                for k in ids}
        for k in ids:
            shared = collections.Counter()
            for term in terms[k]:
                if len(holders[term]) < 200:
                    for other in holders[term]:
                        shared[other] += rarity(term) ** 2
            del shared[k]
            order = sorted(shared, key=lambda j: -shared[j] / size[j])
            self.near[k] = order[:60]

    def _pick(self, source, count):
        rng, ids = self.rng, self.of_source[source]
        count = min(count, len(ids))
        mode = rng.choice(('chance', 'topic', 'near', 'near'))
        if mode == 'chance' or count == 1:
            return rng.sample(ids, count)
        first = rng.choice(ids)
        pool = list(self.near[first])
        if mode == 'topic':
            pool = pool[:40]
            rng.shuffle(pool)
        picked = [first] + pool[:count - 1]
        rng.shuffle(picked)
        return picked

    def _page(self, picked):
        rng, lines, starts = self.rng, [], []
        how = rng.choice(self.HOWS)
        heads = rng.choices(('all', 'first', 'none'), (.15, .42, .43))[0]
        subheads = rng.random() < .5
        for place, k in enumerate(picked):
            story = self.stories[k]
            starts.append(len(lines))
            if story['head'] and (heads == 'all' or
                                  heads == 'first' and place == 0):
                lines.append(story['head'])
            body = restyle(story['plain'], how, rng)
            if subheads:
                body = add_subheads(body, rng)
            lines += body
        return lines, starts

    def make(self, source):
        """A page: lines, starts, and which story each start is of."""
        while True:
            count = 1 if self.rng.random() < .25 else self.rng.randint(2, 8)
            picked = self._pick(source, count)
            lines, starts = self._page(picked)
            if 1 < len(lines) <= 110:
                return lines, starts, [self.stories[k] for k in picked]


def chance(seed):
    return random.Random(seed)

# SPDX-License-Identifier: MIT
"""The semi-Markov model over blocks: chances of starts, best cut, training.

A page is a dict: `starts`, features of each block; `spans`[p, d], summed
features of the story of blocks p - d to p; `gold`, its true starts.
"""
import numpy as np

NEVER = -1e18


def prepare(features, pairs, gold):
    count, kinds = len(features), pairs.shape[2]
    reach = min(count, pairs.shape[1])
    length = np.arange(1, reach + 1)
    by_length = np.stack([length == 1, length == 2, length == 3,
                          np.log(length), np.log(length) ** 2], 1)
    spans = np.zeros((count, reach, kinds + 5), np.float32)
    for p in range(count):
        some = min(p + 1, reach)
        spans[p, :some, :kinds] = pairs[p, :some]
        if p:
            spans[p, 1:some, :kinds] += spans[p - 1, :some - 1, :kinds]
        spans[p, :some, kinds:] = by_length[:some]
    ends = gold[1:] + [count]
    return {'starts': features, 'spans': spans, 'gold': gold,
            'fits': all(b - a <= reach for a, b in zip(gold, ends))}


class Net:
    """The score of a start: direct · x + out · tanh(weights · x + biases)."""

    def __init__(self, inputs, spans, hidden, rng):
        self.values = {
            'direct': np.zeros(inputs), 'bias': np.array([-2.]),
            'span': np.zeros(spans),
            'weights': rng.randn(inputs, hidden) * .15,
            'biases': np.zeros(hidden), 'out': rng.randn(hidden) * .1}

    def score(self, x):
        v = self.values
        self.inner = np.tanh(x @ v['weights'] + v['biases'])
        return x @ v['direct'] + v['bias'][0] + self.inner @ v['out']

    def slopes(self, x, of_score):
        inner = self.inner
        back = (np.outer(of_score, self.values['out']) * (1 - inner * inner))
        return {'direct': x.T @ of_score, 'bias': np.array([of_score.sum()]),
                'out': inner.T @ of_score, 'weights': x.T @ back,
                'biases': back.sum(0)}


def span_scores(page, weights):
    count, reach = page['spans'].shape[:2]
    return (page['spans'].reshape(count * reach, -1) @ weights).reshape(
        count, reach)


def log_sum(values):
    most = values.max()
    return most + np.log(np.exp(values - most).sum())


def forward_backward(start, span):
    """Sums over all cuts: before and after each border; the chances."""
    count, reach = span.shape
    start = start.copy()
    start[0] = 0
    before, after = np.full((2, count + 1), NEVER)
    before[0] = after[count] = 0
    for end in range(1, count + 1):
        some = min(end, reach)
        first = np.arange(end - 1, end - 1 - some, -1)
        before[end] = log_sum(
            before[first] + start[first] + span[end - 1, :some])
    for first in range(count - 1, -1, -1):
        length = np.arange(min(count - first, reach))
        after[first] = start[first] + log_sum(
            after[first + 1 + length] + span[first + length, length])
    chances = np.exp(before[:count] + after[:count] - before[count])
    return start, before, after, chances


def best_cut(start, span):
    count, reach = span.shape
    start = start.copy()
    start[0] = 0
    best, back = np.full(count + 1, NEVER), np.zeros(count + 1, int)
    best[0] = 0
    for end in range(1, count + 1):
        first = np.arange(end - 1, end - 1 - min(end, reach), -1)
        scores = best[first] + start[first] + span[end - 1, :len(first)]
        k = int(scores.argmax())
        best[end], back[end] = scores[k], first[k]
    cut, end = [], count
    while end > 0:
        end = back[end]
        cut.append(int(end))
    return cut[::-1]


def likelihood(library, page, start, weights):
    """Of the true cut, with its slopes by starts and by weights of spans."""
    count, reach, kinds = page['spans'].shape
    start, weights = np.ascontiguousarray(start), np.ascontiguousarray(weights)
    gold = np.array(page['gold'], np.int64)
    of_start, of_span = np.empty(count), np.empty(kinds)
    told = library.c.cut_likelihood(
        page['spans'].ctypes.data, count, reach, kinds, weights.ctypes.data,
        start.ctypes.data, gold.ctypes.data, len(gold), of_start.ctypes.data,
        of_span.ctypes.data)
    return told, of_start, of_span


def train(library, pages, hidden, epochs, seed, origin=None, pull=1e-4,
          batch=12):
    """Adam over pages; the mean of what stood after the last three epochs."""
    rng = np.random.RandomState(seed)
    pages = [p for p in pages if p['fits']]
    rows = np.concatenate([p['starts'] for p in pages])
    shift, scale = rows.mean(0), 1 / np.maximum(rows.std(0), .05)
    kinds = pages[0]['spans'].shape[2]
    size = np.sqrt(np.mean([(p['spans'].reshape(-1, kinds) ** 2).mean(0)
                            for p in pages[::5]], 0)) + 1e-2
    net = Net(rows.shape[1], kinds, hidden, rng)
    at_first = {k: np.zeros_like(v) for k, v in net.values.items()}
    if origin:
        known = origin(shift, scale, kinds)
        at_first['direct'] += known['direct']
        at_first['bias'] += known['bias']
        at_first['span'] += known['span'] * size
        for k in ('direct', 'bias', 'span'):
            net.values[k] = at_first[k].copy()
    drift = {k: [np.zeros_like(v), np.zeros_like(v)]
             for k, v in net.values.items()}
    kept, steps, rate = [], 0, .01
    for epoch in range(epochs):
        total = 0
        order = rng.permutation(len(pages))
        for at in range(0, len(pages), batch):
            some = [pages[k] for k in order[at:at + batch]]
            told, slopes = _slopes(
                library, net, some, shift, scale, size)
            total += told
            steps += 1
            for k, value in net.values.items():
                slope = slopes[k] - (1e-3 if k == 'weights' else pull) * (
                    value - at_first[k])
                mean, square = drift[k]
                mean += .1 * (slope - mean)
                square += .001 * (slope * slope - square)
                value += (rate * mean / (1 - .9 ** steps) /
                          (np.sqrt(square / (1 - .999 ** steps)) + 1e-8))
        if epoch >= epochs - 3:
            kept.append({k: v.copy() for k, v in net.values.items()})
        rate *= .8
        print(f'  epoch {epoch}: {total / len(pages):.3f} a page', flush=True)
    net.values = {k: sum(v[k] for v in kept) / len(kept) for k in kept[0]}
    return {'net': net, 'shift': shift, 'scale': scale,
            'span': net.values['span'] / size}


def blank(member):
    """The same without weights."""
    inputs, span = len(member['shift']), len(member['span'])
    return member | {'net': Net(inputs, span, 0, np.random.RandomState(0)),
                     'span': np.zeros(span)}


def combine(members):
    """One model whose scores are the weighted means of the members'."""
    def mean(name):
        return sum(share * m['net'].values[name] for share, m in members)
    first = members[0][1]
    net = Net(len(first['shift']), len(first['span']), 0,
              np.random.RandomState(0))
    net.values.update(
        {'direct': mean('direct'), 'bias': mean('bias')},
        weights=np.concatenate(
            [m['net'].values['weights'] for _, m in members], 1),
        biases=np.concatenate(
            [m['net'].values['biases'] for _, m in members]),
        out=np.concatenate(
            [share * m['net'].values['out'] for share, m in members]))
    return {'net': net, 'shift': first['shift'], 'scale': first['scale'],
            'span': sum(share * m['span'] for share, m in members)}


def _slopes(library, net, pages, shift, scale, size):
    x = ((np.concatenate([p['starts'] for p in pages]) - shift) *
         scale).clip(-6, 6)
    score = net.score(x)
    of_score, of_span = np.zeros(len(x)), np.zeros(len(size))
    at, total = 0, 0
    for page in pages:
        end = at + len(page['starts'])
        told, of_score[at:end], slope = likelihood(
            library, page, score[at:end], net.values['span'] / size)
        of_span += slope / size
        total += told
        at = end
    slopes = net.slopes(x, of_score / len(pages))
    slopes['span'] = of_span / len(pages)
    return total, slopes


def decide(model, page, threshold, only, malus):
    """The cut as stories.c makes it, and the chance of each start."""
    x = ((page['starts'] - model['shift']) * model['scale']).clip(-6, 6)
    start = model['net'].score(x) - page['starts'] @ malus
    span = span_scores(page, model['span'])
    chances = forward_backward(start, span)[3]
    cut = [b for b in best_cut(start, span)
           if b == 0 or chances[b] >= threshold]
    if len(cut) == 2 and chances[cut[1]] < only:
        cut.pop()
    return cut, chances

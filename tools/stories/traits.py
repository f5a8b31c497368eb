# SPDX-License-Identifier: MIT
"""What a trait says of a paragraph: is it the first, second, last of a story?

Three logistic regressions at once over the traits of traits.c, with AdaGrad.
"""
import numpy as np


def fit(blocks, labels, weights, top, least=4, epochs=8, batch=64):
    blocks = [np.unique(b) for b in blocks]
    hashes, places, counts = np.unique(
        np.concatenate(blocks), return_inverse=True, return_counts=True)
    keep = counts >= least
    rows = np.repeat(np.arange(len(blocks)), [len(b) for b in blocks])
    learned = _descend(keep, places, rows, labels, weights, epochs, batch)
    if keep.sum() > top:
        matter = ((np.abs(learned) * (1, .3, .3)).sum(1) *
                  np.sqrt(counts[keep]))
        best = np.flatnonzero(keep)[np.argsort(-matter)[:top]]
        keep = np.zeros(len(hashes), bool)
        keep[best] = True
        learned = _descend(keep, places, rows, labels, weights, epochs, batch)
    learned = np.clip(np.round(learned * 32), -127, 127) / 32
    return hashes[keep], learned.astype(np.float32)


def _descend(keep, places, rows, labels, weights, epochs, batch):
    number = np.full(len(keep), -1)
    number[keep] = np.arange(keep.sum())
    ids = number[places]
    rows, ids = rows[ids >= 0], ids[ids >= 0]
    bounds = np.searchsorted(rows, np.arange(len(labels) + 1))
    learned = np.zeros((int(keep.sum()), 3))
    seen = np.full_like(learned, .1)
    mean = labels.mean(0)
    bias = np.log(mean / (1 - mean))
    rng = np.random.RandomState(0)
    for epoch in range(epochs):
        rate = .25 * .8 ** epoch
        order = rng.permutation(len(labels))
        for at in range(0, len(labels), batch):
            some = order[at:at + batch]
            own = [ids[bounds[x]:bounds[x + 1]] for x in some]
            row = np.repeat(np.arange(len(some)), [len(x) for x in own])
            own = np.concatenate(own)
            score = bias + np.stack(
                [np.bincount(row, learned[own, c], len(some))
                 for c in range(3)], 1)
            error = ((1 / (1 + np.exp(-score.clip(-30, 30))) - labels[some]) *
                     weights[some][:, None])
            used, back = np.unique(own, return_inverse=True)
            slope = .02 * learned[used] + np.stack(
                [np.bincount(back, error[row, c], len(used))
                 for c in range(3)], 1)
            seen[used] += slope * slope
            learned[used] -= rate * slope / np.sqrt(seen[used])
            bias = bias - .01 * rate * error.sum(0)
    return learned


def weigh(table, traits):
    hashes, learned = table
    at = np.searchsorted(hashes, traits)
    at[at == len(hashes)] = 0
    known = hashes[at] == traits
    return (learned[at[known]].sum(0) if known.any()
            else np.zeros(3, np.float32))

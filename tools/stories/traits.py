# SPDX-License-Identifier: MIT
"""What a trait says of a paragraph: is it the first, second, last of a story?

Three logistic regressions at once over the traits of traits.c, with AdaGrad.
"""
import numpy as np


def fit(library, blocks, labels, weights, top, least=4, epochs=8, batch=64):
    blocks = [np.unique(b) for b in blocks]
    hashes, places, counts = np.unique(
        np.concatenate(blocks), return_inverse=True, return_counts=True)
    keep = counts >= least
    rows = np.repeat(np.arange(len(blocks)), [len(b) for b in blocks])
    learned = _descend(
        library, keep, places, rows, labels, weights, epochs, batch)
    if keep.sum() > top:
        matter = ((np.abs(learned) * (1, .3, .3)).sum(1) *
                  np.sqrt(counts[keep]))
        best = np.flatnonzero(keep)[np.argsort(-matter)[:top]]
        keep = np.zeros(len(hashes), bool)
        keep[best] = True
        learned = _descend(
            library, keep, places, rows, labels, weights, epochs, batch)
    learned = np.clip(np.round(learned * 32), -127, 127) / 32
    return hashes[keep], learned.astype(np.float32)


def _descend(library, keep, places, rows, labels, weights, epochs, batch):
    number = np.full(len(keep), -1)
    number[keep] = np.arange(keep.sum())
    ids = number[places]
    rows, ids = rows[ids >= 0], ids[ids >= 0].astype(np.uint32)
    bounds = np.searchsorted(rows, np.arange(len(labels) + 1))
    mean = labels.mean(0)
    learned = np.zeros((int(keep.sum()), 3))
    state = [learned, np.full_like(learned, .1), np.log(mean / (1 - mean))]
    given = [np.ascontiguousarray(x) for x in (
        ids, bounds.astype(np.uint32), labels.astype(np.float32),
        weights.astype(np.float32))]
    rng = np.random.RandomState(0)
    for epoch in range(epochs):
        order = rng.permutation(len(labels)).astype(np.uint32)
        library.c.traits_pass(
            *(x.ctypes.data for x in given), order.ctypes.data, len(order),
            batch, .25 * .8 ** epoch, *(x.ctypes.data for x in state),
            len(learned))
    return learned


def weigh(table, traits):
    hashes, learned = table
    at = np.searchsorted(hashes, traits)
    at[at == len(hashes)] = 0
    known = hashes[at] == traits
    return (learned[at[known]].sum(0) if known.any()
            else np.zeros(3, np.float32))

# SPDX-License-Identifier: MIT
"""Write src/structure/model_tables.c."""
import numpy as np

TARGET = 'src/structure/model_tables.c'


def _rows(items, per):
    return ['\t' + ' '.join(items[k:k + per])
            for k in range(0, len(items), per)]


def _index(hashes, bits):
    tops = np.array(hashes, np.uint64) >> np.uint64(32 - bits)
    return [f'{x},' for x in
            np.searchsorted(tops, np.arange((1 << bits) + 1))]


def _number(value):
    text = f'{value:.5g}'
    return text + ('f,' if '.' in text or 'e' in text else '.0f,')


def _array(head, items, per):
    return [f'const {head}[] = {{', *_rows(items, per), '};', '']


def write(rarities, unknown, traits, model, threshold=.5):
    rarities, traits = sorted(rarities), sorted(traits)
    v, shift = model['net'].values, model['shift']
    out = ['/* Written by tools/train-stories: do not edit. */',
           '/* SPDX-License-Identifier: MIT */', '/* clang-format off */',
           '#include "model.h"', '',
           f'const float stemma_model_rarity_unknown = {unknown:.4f}f;', '',
           'const uint16_t stemma_model_rarity_index[257] = {',
           *_rows(_index([r[0] for r in rarities], 8), 14), '};', '']
    out += _array('struct stemma_model_rarity stemma_model_rarities',
                  [f'{{0x{h:x},{r}}},' for h, r in rarities], 4)
    out += ['const uint16_t stemma_model_trait_index[4097] = {',
            *_rows(_index([t[0] for t in traits], 12), 14), '};', '']
    out += _array('struct stemma_model_trait stemma_model_traits',
                  ['{0x%x,%d,%d,%d,0},' % t for t in traits] or
                  ['{0,0,0,0,0},'], 3)
    for name, values in (('shift', shift), ('scale', model['scale']),
                         ('weights', v['weights'].ravel()),
                         ('biases', v['biases']), ('out', v['out']),
                         ('direct', v['direct'])):
        out += [f'static const float {name}[] = {{',
                *_rows([_number(x) for x in values], 7), '};', '']
    out += ['_Static_assert(sizeof biases / sizeof *biases == '
            'STEMMA_MODEL_HIDDEN,', '\t"tell model.h");', '',
            'const struct stemma_model_net stemma_model_start = '
            f'{{{len(shift)},',
            '\tshift, scale, weights, biases, out, direct, '
            f'{v["bias"][0]:.6f}f}};', '']
    span = [f'{x:.6f}f,' for x in model['span']]
    out += _array('float stemma_model_pair', span[:-5], 6)
    out += ['const float stemma_model_length[5] = {', *_rows(span[-5:], 5),
            '};', '', f'const float stemma_model_threshold = {threshold:.3f}f;']
    with open(TARGET, 'w', encoding='utf-8') as file:
        file.write('\n'.join(out) + '\n')

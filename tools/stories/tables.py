# SPDX-License-Identifier: MIT
"""Write src/structure/model_tables.c."""
import numpy as np

TARGET = 'src/structure/model_tables.c'
LOOKS = 3       # STEMMA_MODEL_LOOKS


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


def _floats(name, values):
    return [f'static const float {name}[] = {{',
            *_rows([_number(x) for x in values], 7), '};', '']


def _model(name, model):
    """What differs between models; shift, scale and the hidden layer do not."""
    v = model['net'].values
    out = (_floats(f'{name}_out', v['out']) +
           _floats(f'{name}_direct', v['direct']) +
           _floats(f'{name}_pair', model['span'][:-5]) +
           _floats(f'{name}_length', model['span'][-5:]))
    return out + [
        f'const struct stemma_model stemma_model_{name} = {{',
        f'\t{{{len(v["direct"])}, shift, scale, weights, biases,',
        f'\t\t{name}_out, {name}_direct, {_number(v["bias"][0])[:-1]}}},',
        f'\t{name}_pair, {name}_length}};', '']


def write(rarities, unknown, traits, models, threshold):
    rarities, traits = sorted(rarities), sorted(traits)
    out = ['/* Written by tools/train-stories: do not edit. */',
           '/* SPDX-License-Identifier: MIT */', '/* clang-format off */',
           '#include "model.h"', '',
           f'const float stemma_model_rarity_unknown = {unknown:.4f}f;', '',
           'const uint16_t stemma_model_rarity_index[4097] = {',
           *_rows(_index([r[0] for r in rarities], 12), 14), '};', '']
    out += _array('struct stemma_model_rarity stemma_model_rarities',
                  [f'{{0x{h:x},{r}}},' for h, r in rarities] +
                  ['{0,0},'] * LOOKS, 4)
    out += ['const uint16_t stemma_model_trait_index[4097] = {',
            *_rows(_index([t[0] for t in traits], 12), 14), '};', '']
    out += _array('struct stemma_model_trait stemma_model_traits',
                  ['{0x%x,%d,%d,%d,0},' % t for t in traits] +
                  ['{0,0,0,0,0},'] * LOOKS, 3)
    shared = models['any']
    for name, values in (
            ('shift', shared['shift']), ('scale', shared['scale']),
            ('weights', shared['net'].values['weights'].ravel()),
            ('biases', shared['net'].values['biases'])):
        out += _floats(name, values)
    out += ['_Static_assert(sizeof biases / sizeof *biases == '
            'STEMMA_MODEL_HIDDEN,', '\t"tell model.h");', '']
    for name, model in models.items():
        out += _model(name, model)
    out += [f'const float stemma_model_threshold = {threshold:.3f}f;']
    with open(TARGET, 'w', encoding='utf-8') as file:
        file.write('\n'.join(out) + '\n')

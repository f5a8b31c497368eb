# SPDX-License-Identifier: MIT
"""A member that was not learned here: the weights of a linear model that a
prototype learned from pages of five English houses, two of which are among
those of train-stories. It has seen manners that our pages do not have."""
import model

BIAS = -2.589
STARTS = {
    'PRONOUN': -.451, 'CONNECTIVE': -2.746, 'LINK': -.843, 'QUOTE': -1.766,
    'NAMES_USED': .337, 'NAMES_BARE': -.373, 'ONE_SENTENCE': .588,
    'SHORT': -.945, 'LONG': -1.569, 'DATELINE': 3.983,
    'HEADING_SHORT': -.279, 'HEADING_LONG': 2.799, 'PREVIOUS_SHORT': .573,
    'NEXT_DEFINITE': .544, 'NEXT_QUOTE': -.632, 'AHEAD': 2.594,
    'BACK': -1.486, 'COSINE': -12.205, 'NEW_NAMES': .707, 'DIGIT': -3.54,
    'CLOSED': 2.257, 'PREVIOUS_FULL': .278, 'SAY_ENDS': 1.102, 'LEDE': .762,
    'VOTES': -3.189, 'VOTE_STRENGTH': 8.441, 'CUT_MAX': -1, 'CUT_MEAN': .381,
    'END_NAMES': 1.554, 'BORN': 1.8}
PAIRS = {
    'COHESION_WORDS': .0159, 'COHESION_NAMES': .0101, 'BARE_A': -1.206,
    'FULL_NEAR': -.525, 'FULL_FAR': -.33, 'LEDE_LOOSE': -.206,
    'LEDE_LINK': .0289, 'REPEATED': -.443, 'REPEATED_SOME': -.367,
    'REPEATED_HALF': -.381}
LENGTHS = (-7.32, -6.559, -4.856, -2.179, -.0563)


def member(library, other):
    """The same as a member of model.combine(), for the inputs of another."""
    mine, scale = model.blank(other), other['scale']
    values, span = mine['net'].values, mine['span']
    values['bias'][:] = BIAS
    for name, weight in STARTS.items():
        at = library.names.index(name)
        values['direct'][at] = weight / scale[at]
        values['bias'] += weight * other['shift'][at]
    for name, weight in PAIRS.items():
        span[library.pair_names.index(name)] = weight
    span[-len(LENGTHS):] = LENGTHS
    return mine

# SPDX-License-Identifier: MIT
"""What the segmenter reads of a page: tools/story-features.c as a library."""
import ctypes
import glob
import subprocess

import numpy as np


class Library:
    def __init__(self, path):
        """Build it from the sources as they are now, and load it."""
        sources = [x for part in ('structure', 'text', 'base')
                   for x in sorted(glob.glob(f'src/{part}/*.c'))]
        subprocess.run(
            ['cc', '-std=c17', '-D_GNU_SOURCE', '-O2', '-Iinclude', '-Isrc',
             '-shared', '-fPIC', '-o', path, 'tools/story-features.c',
             'tools/story-likelihood.c', 'tools/story-traits.c',
             *sources, '-lutf8proc', '-lcrypto', '-lm'], check=True)
        self.c = c = ctypes.CDLL(path)
        c.feature_names.restype = c.pair_names.restype = ctypes.c_char_p
        c.page_open.restype = ctypes.c_void_p
        c.page_open.argtypes = [ctypes.c_char_p, ctypes.c_size_t,
                                ctypes.c_int, ctypes.POINTER(ctypes.c_uint32)]
        for name in ('page_close', 'page_units', 'page_features'):
            getattr(c, name).restype = None
        c.page_close.argtypes = [ctypes.c_void_p]
        c.page_units.argtypes = [ctypes.c_void_p] * 2
        c.page_features.argtypes = [ctypes.c_void_p] * 4
        c.page_english.restype = ctypes.c_int
        c.page_english.argtypes = [ctypes.c_void_p]
        for name in ('page_traits', 'page_terms'):
            getattr(c, name).restype = ctypes.c_size_t
            getattr(c, name).argtypes = [ctypes.c_void_p, ctypes.c_uint32,
                                         ctypes.c_void_p]
        c.cut_likelihood.restype = ctypes.c_double
        c.cut_likelihood.argtypes = [
            ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t,
            ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p,
            ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p,
            ctypes.c_void_p]
        c.traits_pass.restype = None
        c.traits_pass.argtypes = (
            [ctypes.c_void_p] * 5 + [ctypes.c_size_t] * 2 +
            [ctypes.c_double] + [ctypes.c_void_p] * 3 + [ctypes.c_size_t])
        self.names = c.feature_names().decode().split()
        self.features = len(self.names)
        self.pair_names = c.pair_names().decode().split()
        self.pairs, self.reach = len(self.pair_names), c.story_max()
        self.room = np.zeros(1 << 20, np.uint32)


class Page:
    def __init__(self, library, lines, unknown=False):
        self.library = library
        self.text = '\n'.join(lines).encode()
        count = ctypes.c_uint32()
        self.handle = library.c.page_open(self.text, len(self.text),
                                          int(unknown), ctypes.byref(count))
        self.count = count.value
        self.units = np.zeros(max(1, self.count), np.uint32)
        library.c.page_units(self.handle, self.units.ctypes.data)
        self.units = self.units[:self.count].astype(int)
        self.english = bool(library.c.page_english(self.handle))

    def _lists(self, function):
        room = self.library.room
        return [room[:function(self.handle, b, room.ctypes.data)].copy()
                for b in range(self.count)]

    def traits(self):
        return self._lists(self.library.c.page_traits)

    def terms(self):
        return self._lists(self.library.c.page_terms)

    def measure(self, manners):
        """Features of each block, and of each block with those before it."""
        lib = self.library
        manners = np.ascontiguousarray(manners, np.float32)
        features = np.zeros((self.count, lib.features), np.float32)
        pairs = np.zeros((self.count, lib.reach, lib.pairs), np.float32)
        lib.c.page_features(self.handle, manners.ctypes.data,
                            features.ctypes.data, pairs.ctypes.data)
        return features, pairs

    def close(self):
        if self.handle:
            self.library.c.page_close(self.handle)
        self.handle = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

"""Recipes for texts: how words are made and repeated, what stands between
paragraphs, and how the newer version differs. tests/attack changes them again
and again and keeps those that cost most."""
import random

WORDS = {
    "one": lambda r, k: "a",
    "few": lambda r, k: r.choice("a b c d the of".split()),
    "number": lambda r, k: str(r.randrange(10**r.randrange(1, 9))),
    "unique": lambda r, k: "w%x" % r.getrandbits(40),
    "zipf": lambda r, k: "w%d" % int(r.paretovariate(0.7)),
    "count": lambda r, k: "w%d" % k,
    "fibonacci": lambda r, k: "ab"[int((k + 1) * 0.618) - int(k * 0.618)],
    "thue": lambda r, k: "ab"[bin(k).count("1") & 1],
    "name": lambda r, k: r.choice(["Anna", "Berg", "Carl", "said", "the"]),
    "headline": lambda r, k: r.choice(["STORM", "By", "Photo:", "AP", "Read more:"]),
    "han": lambda r, k: chr(0x4E00 + r.randrange(400)),
    "same han": lambda r, k: "\u4e00",
    "thai": lambda r, k: "\u0e01\u0e31\u0e48",
    "combining": lambda r, k: "e" + "\u0301" * r.randrange(1, 60),
    "apostrophe": lambda r, k: "l'" * r.randrange(1, 20) + "a",
    "quote": lambda r, k: r.choice(["\u201ca", "b\u201d", '"', "\u00ab", "'", "said"]),
    "stop": lambda r, k: r.choice([".", "...", "U.S.", "Mr.", "a.b.c.", "?!"]),
    "bracket": lambda r, k: r.choice(["(", ")", "[", "]", "{++", "--}", "~>"]),
    "arabic": lambda r, k: r.choice(["\u0648\u0627\u0644", "\u0641\u064a", "\u0628"]),
    "date": lambda r, k: r.choice(["March", "8", "2025", "Monday", "8.3.", "12:30"]),
    "emoji": lambda r, k: "\U0001F469\u200d\U0001F469\u200d\U0001F467",
    "bidi": lambda r, k: "\u202e\u05d0\u2066",
    "control": lambda r, k: chr(r.choice([0, 1, 7, 8, 11, 12, 27, 127, 133])),
    "long": lambda r, k: "x" * r.randrange(1, 5000),
    "url": lambda r, k: "https://a.example/%d/%d?q=%d" % (k, k % 7, k % 3),
}
GAPS = ["\n\n", "\n", "\n\n\n", " ", "\r\n", "\n    ", "\n \n", "\t", "", "\f",
        "\u2028", "\x0b", "\n\n- ", "\n\n# ", "\n\n\u201c", ". ", "\n* * *\n"]
EDITS = ["none", "words", "reverse", "shuffle", "rotate", "delete", "double",
         "unrelated", "split", "merge", "swap", "case", "every", "halves"]


def new_recipe(r):
    return {"words": [r.choice(list(WORDS)) for _ in range(r.randrange(1, 4))],
            "length": int(10 ** r.uniform(0, 4)), "gap": r.choice(GAPS),
            "space": r.choice([" ", " ", " ", "", "-", "\u00ad", "  "]),
            "pool": int(10 ** r.uniform(0, 5)), "same": r.random() ** 2,
            "edit": r.choice(EDITS), "rate": r.random() ** 2,
            "seed": r.getrandbits(32)}


def change_recipe(r, recipe):
    other = new_recipe(r)
    changed = dict(recipe)
    for key in r.sample(sorted(recipe), r.randrange(1, 3)):
        changed[key] = other[key]
    return changed


def paragraph(r, recipe, k):
    words = [WORDS[w] for w in recipe["words"]]
    n = max(1, int(recipe["length"] * r.uniform(0.5, 1.5)))
    return recipe["space"].join(r.choice(words)(r, k * n + i) for i in range(n))


def paragraphs(r, recipe, size):
    pool, result, total = [], [], 0
    while total < size:
        if pool and (r.random() < recipe["same"] or len(pool) >= recipe["pool"]):
            text = r.choice(pool)
        else:
            text = paragraph(r, recipe, len(pool))
            pool.append(text)
        result.append(text)
        total += len(text.encode()) + len(recipe["gap"].encode()) + 1
    return result


def edit(r, recipe, old, size):
    kind, rate = recipe["edit"], recipe["rate"]
    if kind == "unrelated":
        return paragraphs(random.Random(recipe["seed"] + 1), recipe, size)
    if kind == "reverse":
        return old[::-1]
    if kind == "shuffle":
        return r.sample(old, len(old))
    if kind == "rotate":
        at = int(rate * len(old))
        return old[at:] + old[:at]
    if kind == "halves":
        return old[1::2] + old[::2]
    if kind == "double":
        return (old + old)[: len(old)]
    if kind == "merge":
        return ["".join(old[k:k + 3]) for k in range(0, len(old), 3)]
    new = []
    for k, text in enumerate(old):
        hit = r.random() < rate or kind == "every"
        if not hit or kind == "none":
            new.append(text)
        elif kind == "split":
            new += [text[: len(text) // 2], text[len(text) // 2:]]
        elif kind == "case":
            new.append(text.swapcase())
        elif kind == "swap" and new:
            new.insert(-1, text)
        elif kind in ("words", "every"):
            words = text.split(" ")
            words[r.randrange(len(words))] = "changed%d" % k
            new.append(" ".join(words))
    return new


def make(recipe, size):
    """The bytes of the older and of the newer version, at most `size`."""
    r = random.Random(recipe["seed"])
    old = paragraphs(r, recipe, size)
    new = edit(r, recipe, old, size)
    return [recipe["gap"].join(texts).encode()[:size] for texts in (old, new)]


def describe(recipe):
    return " ".join("%s=%r" % item for item in sorted(recipe.items()))

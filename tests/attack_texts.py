"""Pairs of texts that are known to be hard for somebody's diff, parser, sort
or table: tests/attack tries every command with each of them."""
import random

import attack_recipes

WORDS = ("harbour bridge council morning ferry storm market teacher winter "
         "report engine station garden letter window river").split()


def fibonacci(size):
    one, two = "a ", "b a "
    while len(two) < size:
        one, two = two, two + one
    return two


def de_bruijn(letters, order, size):
    """Every sequence of `order` letters once (Martin's greedy prefer-largest
    is slow; this is the concatenation of Lyndon words)."""
    sequence, word = [], [0]
    while word and len(sequence) * 2 < size:
        if order % len(word) == 0:
            sequence += word
        word = [word[k % len(word)] for k in range(order)]
        while word and word[-1] == len(letters) - 1:
            word.pop()
        if word:
            word[-1] += 1
    return " ".join(letters[k] for k in sequence)


def every(text, step, what):
    """The words of a text, each `step`th being another one."""
    words = text.split(" ")
    words[::step] = [what] * len(words[::step])
    return " ".join(words)


def sentences(r, count, length):
    return [" ".join(r.choice(WORDS) for _ in range(length)).capitalize() + "."
            for _ in range(count)]


def lines(items, gap="\n\n"):
    return gap.join(items) + "\n"


def of_words(n):
    """Long runs of words."""
    r = random.Random(1)
    plain = " ".join(r.choice(WORDS) for _ in range(n // 7))
    distinct = ["w%x" % k for k in range(n // 6)]
    mixed = r.sample(distinct, len(distinct))
    two = "a b " * (n // 4)
    period = " ".join((WORDS * 20)[:101] * (n // 700))
    return {
        "one line": (plain, every(plain, 10, "changed")),
        "two words": (two, "b " + two),
        "one word": ("same " * (n // 5), "same " * (n // 5 - 7)),
        "fibonacci": (fibonacci(n), "b " + fibonacci(n)),
        "de bruijn": (de_bruijn("abcd", 9, n), de_bruijn("dcba", 9, n)),
        "period": (period, " ".join((WORDS * 20)[:103] * (n // 710))),
        "distinct, reversed": (" ".join(distinct), " ".join(distinct[::-1])),
        "distinct, mixed": (" ".join(distinct), " ".join(mixed)),
        "longer and longer": (" ".join("x" * k for k in range(1, 1300)),
                              " ".join("x" * k for k in range(1300, 1, -1))),
        "case": (plain, plain.swapcase()),
        "number words": ("one hundred thousand million " * (n // 29),
                         "two hundred thousand million " * (n // 29)),
        "dates": ("March 8, 2025 " * (n // 14), "8 March 2024, " * (n // 14)),
        "names": ("Anna Berg said Carl Dahl told " * (n // 30),
                  "Carl Dahl said Anna Berg told " * (n // 30)),
        "nots": ("not no never " * (n // 13), "no not nor " * (n // 13)),
    }


def of_paragraphs(n):
    """Very many, or very similar ones."""
    r = random.Random(2)
    short = ["x"] * (n // 3)
    some = ["y" if k % 7 == 0 else "x" for k in range(n // 3)]
    body = sentences(r, n // 100, 12)
    grown = [" ".join(WORDS[j % 16] for j in range(k % 97, k % 97 + 60)) +
             " %d" % k for k in range(n // 500)]
    rare = [" ".join("r%d" % r.randrange(200) for _ in range(100))
            for _ in range(n // 450)]
    tiny = ["%s %s, %d." % (r.choice(WORDS), r.choice(WORDS), k)
            for k in range(n // 26)]
    turned = ["%x" % k for k in range(n // 6)]
    told = ["%s %d." % (s[:-1], k) for k, s in enumerate(body)]
    twos = [" ".join(told[k:k + 2]) for k in range(0, len(told), 2)]
    passed = told[:1] + [" ".join(told[k:k + 2])
                         for k in range(1, len(told), 2)]
    ones = [str(r.randrange(10)) for _ in range(n // 2)]
    half = [str(r.randrange(10)) for _ in range(n // 4)]
    stood = "The same eight words stand here again and again."
    return {
        "letters": (lines(short, "\n"), lines(some, "\n")),
        "letters apart": (lines(short), lines(some)),
        "de bruijn lines": (de_bruijn("abcd", 9, n).replace(" ", "\n"),
                            de_bruijn("dcba", 9, n).replace(" ", "\n")),
        "numbers": (lines(map(str, range(n // 7)), "\n"),
                    lines(map(str, range(n // 7, 0, -1)), "\n")),
        "short, turned": (lines(turned, "\n"), lines(turned[::-1], "\n")),
        "digits": (lines(ones, "\n"), lines(ones[::-1], "\n")),
        "digits, fewer": (lines(half, "\n"), lines(half[::-1], "\n")),
        "near repeats": (lines(grown), lines(grown[::-1])),
        "few rare words": (lines(rare), lines(every(p, 9, "z")
                                              for p in rare[::-1])),
        "merged": (lines(body), " ".join(body) + "\n"),
        "merged by three": (lines(body), lines(
            " ".join(body[k:k + 3]) for k in range(0, len(body), 3))),
        "borders shifted": (lines(twos), lines(passed)),
        "long, and longer": (
            lines([" ".join(body[:-20]), " ".join(body[-20:])]),
            lines([" ".join(body[2:-18]), " ".join(body[-18:]) + " More."])),
        "many merged": (lines(tiny), " ".join(tiny)),
        "many, and letters": (lines(map(str, range(n // 26)), "\n"),
                              "a b c d e " * (n // 10)),
        "shuffled": (lines(body), lines(r.sample(body, len(body)))),
        "same sentence": (lines([stood] * (n // 52)), lines(
            "%s %d" % (stood, k) for k in range(n // 60))),
        "blank": ("\n" * n, " \n" * (n // 2)),
        "carriage returns": ("\r" * n, "\r\n" * (n // 2)),
        "spaces": (" " * n, "\t" * n),
        "items": (lines(["- a b c"] * (n // 8), "\n"),
                  lines(["* a b d"] * (n // 8), "\n")),
        "rules": (lines(["* * *", "a"] * (n // 10)),
                  lines(["---", "a"] * (n // 10))),
        "bylines": (lines(["By Anna Berg", "STORM", "Photo: AP"] * (n // 35)),
                    lines(["STORM", "By Carl Dahl", "Photo: AP"] * (n // 35))),
        "wrapped": (lines((s[:70] for s in body), "\n"),
                    lines(("    " + s[:70] for s in body), "\n")),
    }


def of_signs(n):
    """One sign, again and again."""
    marks = "\u0315\u0300\u0327\u0301"
    out_of_order = "a" + marks * (n // 8)
    pairs = {
        "combining": ("e" + "\u0301" * (n // 2 - 2),
                      "e" + "\u0301" * (n // 2 - 9)),
        "out of order": (out_of_order, "b" + out_of_order[1:]),
        "han": ("".join(chr(0x4E00 + k * k % 3001) for k in range(n // 3)),
                "".join(chr(0x4E00 + k * k % 2999) for k in range(n // 3))),
        "number": ("1" * n, "1" * (n // 2) + "2" * (n // 2)),
        "number with marks": ("1,000." * (n // 6), "1.000," * (n // 6)),
        "quotes open": ("\u201c" * (n // 3), "\u00ab" * (n // 2)),
        "quotes": ("\u201ca\u201d " * (n // 8), "\u201cb\u201d " * (n // 8)),
        "flags": ("\U0001F1E6" * (n // 4), "\U0001F1E6" * (n // 4 - 1)),
        "families": ("\U0001F469\u200d" * (n // 7),
                     "\U0001F468\u200d" * (n // 7)),
        "jamo": ("\u1100\u1161" * (n // 6), "\u1100" * (n // 3)),
        "conjuncts": ("\u0915\u094d" * (n // 6), "\u0915\u094d" * (n // 7)),
        "markup": ("<&]]>|`*_" * (n // 9), "&lt;-->{}[]" * (n // 11)),
        "no text": ("\0" * n, "\0\1" * (n // 2)),
        "Mr.": ("Mr. " * (n // 4), "Dr. " * (n // 4)),
    }
    for name, sign in (
            ("thai", "\u0e01\u0e31"), ("rtl", "\u05d0\u05d1 "),
            ("bidi", "\u202e\u2066"), ("joiners", "\u200d"),
            ("hyphens", "a-"), ("soft hyphens", "a\u00ad"),
            ("apostrophes", "l'"), ("stops", "."), ("questions", "?! "),
            ("critic", "{++"), ("critic ends", "++}"),
            ("critic all", "{~~a~>{--"), ("ellipses", "\u2026"),
            ("ends of url", "https://a.example/"), ("escapes", "\x1b[31m"),
            ("separators", "\u2028"), ("brackets", "([{")):
        many = sign * (n // len(sign.encode()))
        pairs[name] = (many, many[:-3 * len(sign)] + "x" + sign)
    return pairs


def of_bytes(n):
    """No text in UTF-8, or no text at all."""
    r = random.Random(3)
    return {
        "random": (r.randbytes(n), r.randbytes(n)),
        "latin": (b"\xe9 " * (n // 2), b"\xe8 " * (n // 2)),
        "ff": (b"\xff" * n, b"\xfe" * n),
        "utf-16": (b"\xff\xfe" + b"a\0 \0" * (n // 4),
                   b"\xfe\xff" + b"\0a\0 " * (n // 4)),
        "surrogates": (b"\xff\xfe" + b"\0\xd8" * (n // 2), b"\xff\xfe\0"),
        "cut": (b"\xf0\x9f\x91" * (n // 3), b"\xe2\x80" * (n // 2)),
        "json": (b"[" * n, b'{"a":' * (n // 5)),
        "json string": (b'{"story":"s","text":"' + b"\\u0000" * (n // 6 - 9) +
                        b'"}\n', b'{"story":"s","text":"' + b"\\n" *
                        (n // 2 - 20) + b'"}\n'),
        "json lines": (b'{"story":"s","text":"a"}\n' * (n // 25),
                       b"{}\n" * (n // 3)),
        "page": (b"<script type=\"application/json\" id=stemma>" * (n // 44),
                 b"<script type=\"application/json\" id=stemma>" +
                 b"[" * (n - 80) + b"</script>"),
    }


# The dearest of those that tests/attack has grown.
GROWN = {
    "grown: combining": {
        "words": ["combining"], "length": 47, "gap": "\n", "space": " ",
        "pool": 569, "same": 0.0035, "edit": "merge", "rate": 0.0153,
        "seed": 958804057},
    "grown: split": {
        "words": ["fibonacci", "thue", "bidi"], "length": 216,
        "gap": "\n\n\u201c", "space": " ", "pool": 85, "same": 0.7425,
        "edit": "split", "rate": 0.1201, "seed": 4134499597},
    "grown: rotated": {
        "words": ["arabic", "few", "arabic"], "length": 219, "gap": "\n",
        "space": " ", "pool": 81014, "same": 0.0503, "edit": "rotate",
        "rate": 0.1424, "seed": 2322228204},
    "grown: unrelated": {
        "words": ["fibonacci"], "length": 1452, "gap": "\x0b", "space": "-",
        "pool": 21848, "same": 0.0315, "edit": "unrelated", "rate": 0.0057,
        "seed": 3986914212},
}


def of_recipes(n):
    """What was grown."""
    return {name: attack_recipes.make(recipe, n)
            for name, recipe in GROWN.items()}


def pairs(n):
    """All of them: a name, and the bytes of both versions, at most `n`."""
    for part in (of_words, of_paragraphs, of_signs, of_bytes,
                 of_recipes):
        for name, texts in part(n).items():
            yield name, [text[:n] if isinstance(text, bytes) else
                         text.encode()[:n].decode(errors="ignore").encode()
                         for text in texts]

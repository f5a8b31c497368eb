#!/usr/bin/env python3
"""How much of what stands twice is found, and what besides.

    score_reuse.py STEMMA SHARED SEED

Passages of real stories are put, with a known share of their words edited,
into a page of other stories; runs of ten words likewise. Prints a line for
each figure: NAME VALUE.
"""
import json
import random
import re
import subprocess
import sys
import tempfile

stemma, shared, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
chance = random.Random(seed)
work = tempfile.mkdtemp()


def reuse(*pages):
    names = []
    for k, page in enumerate(pages):
        names.append(f"{work}/{k}.txt")
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write("\n".join(page) + "\n")
    run = subprocess.run(
        [stemma, "reuse", "--format=json", "--layout=newline", *names],
        capture_output=True, check=True)
    return json.loads(run.stdout)["reuse"]


def pages():
    with open(f"{shared}/data/segment/pages.jsonl", encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            page["lines"] = [" ".join(x.split()) for x in page["lines"]]
            yield page


def stories():
    """Each story once, and none that shares a line with another."""
    seen, kept = set(), []
    for page in pages():
        bounds = page["starts"] + [len(page["lines"])]
        for a, b in zip(bounds, bounds[1:]):
            lines = [x for x in page["lines"][a:b] if x]
            if seen.isdisjoint(x for x in lines if len(x.split()) > 7):
                kept.append(lines)
            seen.update(lines)
    return kept


all_stories = stories()
chance.shuffle(all_stories)
words = [w for s in all_stories[900:] for x in s for w in x.split()]


def edited(text, share):
    out = []
    for word in text.split():
        what = chance.randrange(3) if chance.random() < share else 3
        if what in (0, 1):
            out.append(chance.choice(words))
        if what in (1, 3):
            out.append(word)
    return " ".join(out)


def mixed(source, target, count, make):
    """`target` with `count` lines made of different lines of `source` put in,
    and which line each came from."""
    picked = chance.sample(source, count)
    places = set(chance.sample(range(len(target)), count))
    page, origin = [], {}
    for k, line in enumerate(target):
        if k in places:
            n, text = picked.pop()
            origin[len(page)] = n
            page.append(make(text))
        page.append(line)
    return page, origin


old = [x for s in all_stories[:300] for x in s]
new = [x for s in all_stories[300:600] for x in s]


def recall(name, share, candidates):
    page, origin = mixed(candidates, new, 400, lambda x: edited(x, share))
    found = {(r["source"]["unit"], r["target"]["unit"])
             for r in reuse(old, page)}
    hits = sum((n, k) in found for k, n in origin.items())
    print(name, round(hits / len(origin), 4))


def sentences():
    for n, line in enumerate(old):
        for text in re.split(r'(?<=[.!?])\s+(?=[A-Z"])', line):
            if 15 <= len(text.split()) <= 40:
                yield n, text
                break


long = [(n, x) for n, x in enumerate(old) if 20 <= len(x.split()) <= 100]
recall("edited-10", .10, long)
recall("edited-15", .15, long)
recall("edited-20", .20, long)
recall("sentences-15", .15, list(sentences()))


def in_the_middle(text):
    # A dash between spaces is no word.
    run = [w for w in text.split() if re.search(r"\w", w)]
    first = chance.randrange(max(1, len(run) - 9))
    around = [chance.choice(words) for _ in range(30)]
    return " ".join(around[:15] + run[first:first + 10] + around[15:])


page, origin = mixed(long, new, 400, in_the_middle)
found = {(r["source"]["unit"], r["target"]["unit"]) for r in reuse(old, page)}
print("runs-of-ten",
      round(sum((n, k) in found for k, n in origin.items()) / 400, 4))

false = size = 0
for page in pages():
    # Neighbours on one topic do quote each other; these do not.
    if "-near-" in page["id"]:
        continue
    lines = page["lines"]
    units = [k for k, x in enumerate(lines) if x]
    size += sum(len(x.encode()) + 1 for x in lines)
    text = {k: re.findall(r"\w+", x.lower()) for k, x in enumerate(lines)}
    for r in reuse(lines):
        a, b = (units[r[side]["unit"]] for side in ("source", "target"))
        story = [sum(s <= k for s in page["starts"]) for k in (a, b)]
        # A run of ten words is one, whoever wrote it.
        runs = {tuple(text[a][k:k + 10]) for k in range(len(text[a]) - 9)}
        shared_run = any(tuple(text[b][k:k + 10]) in runs
                         for k in range(len(text[b]) - 9))
        false += story[0] != story[1] and not shared_run
print("false-per-megabyte", round(false * 1e6 / size, 2))

with open(f"{shared}/articles/001_c7dac4b56cb772c3.txt",
          encoding="utf-8") as file:
    real = file.read().splitlines()
pairs = {(r["source"]["unit"] + 1, r["target"]["unit"] + 1)
         for r in reuse(real)}
must = {(7, 25), (43, 57), (7, 44), (25, 44), (44, 57), (7, 57), (25, 57),
        (8, 59)}
rewritten = {(7, 56), (25, 56), (28, 59), (27, 42)}
print("real-page-missing", len(must - pairs))
print("real-page-besides", len(pairs - must - rewritten))

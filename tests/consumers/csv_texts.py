# Read what `stemma compare --format=csv` writes, as a program that knows
# nothing of stemma would, and write the paragraphs of one version back.
#
#     csv_texts.py old|new <FILE.csv
#
# SPDX-License-Identifier: MIT
import csv
import io
import sys

side = sys.argv[1]
rows = csv.DictReader(
    io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline=""),
    strict=True)
units = {}
for row in rows:
    if row["edit"] or not row[side + "_first"]:
        continue
    first = int(row[side + "_first"])
    assert first not in units, "a paragraph stands twice"
    text = row[side + "_text"]
    assert text[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
    units[first] = text[1:] if text.startswith("'") else text
for first in sorted(units):
    sys.stdout.buffer.write((units[first] + "\n").encode())

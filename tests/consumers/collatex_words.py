# Read a table of CollateX, and write the words of one witness.
#
#     collatex_words.py SIGLUM <FILE.json
#
# SPDX-License-Identifier: MIT
import json
import sys

table = json.load(sys.stdin.buffer)
assert len(table["table"]) == len(table["witnesses"])
assert len({len(row) for row in table["table"]}) == 1, "rows differ in length"
row = table["table"][table["witnesses"].index(sys.argv[1])]
text = "".join(token["t"] for cell in row if cell for token in cell)
for word in text.split():
    sys.stdout.buffer.write((word + "\n").encode())

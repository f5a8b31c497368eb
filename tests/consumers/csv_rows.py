# Read what `stemma collate --format=csv` writes, and write the rows with the
# versions in the order that is asked for.
#
#     csv_rows.py SIGLUM... <FILE.csv
#
# SPDX-License-Identifier: MIT
import csv
import io
import sys

for row in csv.DictReader(
        io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline=""),
        strict=True):
    print([[row[siglum + part] for part in ("_units", "_reading", "_text")]
           for siglum in sys.argv[1:]])

# unicode-tables.awk - writes src/text/tables.c from Debian's unicode-data.
#
#     awk -v dir=/usr/share/unicode -f tools/unicode-tables.awk \
#         >src/text/tables.c
#
# Every code point gets a record of all that src/text asks about it. Equal
# records are stored once; which one a code point has is looked up in two
# stages, 256 code points to a block. Any POSIX awk does; the names of the
# values are those of the enums in src/text/tables.h.
#
# SPDX-License-Identifier: MIT

function hex(digits,    k, value)
{
    value = 0
    digits = toupper(digits)
    for (k = 1; k <= length(digits); k++)
        value = value * 16 + index("0123456789ABCDEF", \
            substr(digits, k, 1)) - 1
    return value
}

# Sets `first` and `last` from "0041..005A" or "0041".
function read_range(field,    ends)
{
    gsub(/[ \t]/, "", field)
    if (split(field, ends, /\.\./) == 2) {
        first = hex(ends[1])
        last = hex(ends[2])
    } else
        first = last = hex(field)
}

# Open the lines of a property file: `first`, `last`, and `value`.
function next_line(file,    line, fields, count)
{
    while ((getline line <(dir "/" file)) > 0) {
        if (file ~ /WordBreakProperty/ && line ~ /^# WordBreakProperty-/) {
            version = line
            sub(/^# WordBreakProperty-/, "", version)
            sub(/\.txt.*/, "", version)
        }
        sub(/#.*/, "", line)
        count = split(line, fields, ";")
        if (count < 2)
            continue
        read_range(fields[1])
        value = fields[2]
        gsub(/[ \t]/, "", value)
        extra = count > 2 ? fields[3] : ""
        gsub(/[ \t]/, "", extra)
        return 1
    }
    close(dir "/" file)
    return 0
}

function load(file, into,    k)
{
    while (next_line(file))
        for (k = first; k <= last; k++) {
            # Unassigned and private: as if never mentioned.
            if (value ~ /^(Cn|Co|0|XX|N|A|Na)$/)
                break
            into[k] = value
            seen[int(k / 256)] = 1
        }
}

# Only lines with this value.
function load_value(file, wanted, into, name,    k)
{
    while (next_line(file))
        if (value == wanted)
            for (k = first; k <= last; k++)
                into[k] = name
}

function set(list, into, name,    parts, count, k, c)
{
    count = split(list, parts, " ")
    for (k = 1; k <= count; k++) {
        read_range(parts[k])
        for (c = first; c <= last; c++)
            into[c] = name
    }
}

# What stemma_fold() makes alike, and what it drops.
function load_folds()
{
    set("0009..000D 0020 0085 00A0 1680 2000..200A 2028 2029 202F 205F 3000", \
        fold, "SPACE")
    set("0027 0060 00B4 02BB 02BC 2018..201B 2032 2039 203A 300E 300F" \
        " FE43 FE44 FF07", fold, "SINGLE_QUOTE")
    set("0022 00AB 00BB 201C..201F 2033 2E42 300C 300D 301D..301F" \
        " FE41 FE42 FF02 FF62 FF63", fold, "DOUBLE_QUOTE")
    set("002D 2010..2015 2212 2E3A 2E3B FE58 FE63 FF0D", fold, "DASH")
    set("002E 2024", fold, "STOP")
    set("2025", fold, "TWO_STOPS")
    set("2026", fold, "ELLIPSIS")
    set("00AD 034F 061C 115F 1160 17B4 17B5 180B..180F 200B 200C 200E 200F" \
        " 202A..202E 2060..206F 3164 FE00..FE0F FEFF FFA0 FFF9..FFFB" \
        " 1BCA0..1BCA3 1D173..1D17A E0001 E0100..E01EF", fold, "INVISIBLE")
    set("200D", fold, "JOINER")
}

# Columns of a terminal for a code point that starts a cluster.
function width_of(c)
{
    if (c in wide_emoji)
        return 2
    if (general[c] == "Mn" || general[c] == "Me" || general[c] == "Cf" || \
        grapheme[c] == "V" || grapheme[c] == "T")
        return 0
    if (general[c] == "Cc" || general[c] == "Zl" || general[c] == "Zp")
        return 0
    if (east_asian[c] == "W" || east_asian[c] == "F")
        return 2
    return 1
}

# What sort of word a code point makes or belongs to.
function kind_of(c,    g)
{
    g = general[c]
    if (fold[c] == "SPACE")
        return "SPACE"
    if (fold[c] == "INVISIBLE" || fold[c] == "JOINER")
        return "INVISIBLE"
    if (g == "Nd")
        return "DIGIT"
    if (line_break[c] == "SA" || script[c] ~ /^(Han|Hiragana|Katakana|Tangut|Nushu|Khitan_Small_Script|Bopomofo|Yi)$/ || c == hex("30FC") || c == hex("FF70"))
        return "GRAPHEME"
    if (g ~ /^L/ || g ~ /^M/ || word[c] == "ALetter")
        return "LETTER"
    if (g ~ /^N/)
        return "NUMBER"
    return "MARK"
}

function name(prefix, value)
{
    return prefix (value == "" ? "OTHER" : toupper(value))
}

function record_of(c,    flags)
{
    flags = 0
    if (c in pictographic)
        flags += 1
    if (c in normal)
        flags += 2
    if (general[c] ~ /^P/ || c == 96 || c == 180)
        flags += 4
    if (c in wide_emoji)
        flags += 8
    return "{" name("STEMMA_WB_", word[c]) ", " \
        name("STEMMA_GB_", grapheme[c]) ", " \
        name("STEMMA_SB_", sentence[c]) ", " \
        name("STEMMA_KIND_", kind_of(c)) ", " \
        name("STEMMA_FOLDS_", fold[c] == "" ? "NOTHING" : fold[c]) ", " \
        width_of(c) ", " (c in ccc ? ccc[c] : 0) + 0 ", " flags "}"
}

# The number of the cells of this block, which are kept once if equal.
function number_block(block,    key, k, record, cells)
{
    if (block in known)
        return known[block]
    key = ""
    for (k = 0; k < 256; k++) {
        record = record_of(block * 256 + k)
        if (!(record in number)) {
            number[record] = records
            record_list[records++] = record
        }
        key = key number[record] ","
    }
    if (!(key in block_number)) {
        block_number[key] = blocks
        split(key, cells, ",")
        for (k = 0; k < 256; k++)
            cell_list[blocks * 256 + k] = cells[k + 1]
        blocks++
    }
    return known[block] = block_number[key]
}

function print_array(type, title, values, count,    k, line)
{
    print "\nconst " type " " title "[" count "] = {"
    line = "\t"
    for (k = 0; k < count; k++) {
        if (length(line) + length(values[k]) > 70) {
            sub(/ $/, "", line)
            print line
            line = "\t"
        }
        line = line values[k] ", "
    }
    sub(/ $/, "", line)
    print line
    print "};"
}

BEGIN {
    if (dir == "")
        dir = "/usr/share/unicode"
    records = blocks = 0
    empty = 3000
    load("auxiliary/WordBreakProperty.txt", word)
    load("auxiliary/GraphemeBreakProperty.txt", grapheme)
    load("auxiliary/SentenceBreakProperty.txt", sentence)
    load("extracted/DerivedGeneralCategory.txt", general)
    load("extracted/DerivedCombiningClass.txt", ccc)
    load("EastAsianWidth.txt", east_asian)
    load("LineBreak.txt", line_break)
    load("Scripts.txt", script)
    load_value("emoji/emoji-data.txt", "Extended_Pictographic", \
        pictographic, 1)
    load_value("emoji/emoji-data.txt", "Emoji_Presentation", wide_emoji, 1)
    while (next_line("DerivedNormalizationProps.txt"))
        if (value == "NFC_QC")
            for (k = first; k <= last; k++)
                normal[k] = extra
    load_folds()
    # Most blocks hold nothing but private use or unassigned code points.
    for (block = 0; block < 4352; block++)
        block_list[block] = number_block(block in seen ? block : empty)
    if (records > 256 || blocks > 256) {
        print "too many records or blocks: " records ", " blocks \
            >"/dev/stderr"
        exit 1
    }
    print "/*"
    print " * tables.c - properties of code points, Unicode " version "."
    print " * Written by tools/unicode-tables.awk; not to be edited."
    print " *"
    print " * SPDX-License-Identifier: MIT"
    print " */"
    print "#include \"tables.h\""
    print "\nconst char stemma_unicode_version[] = \"" version "\";"
    print "\nconst struct stemma_property stemma_properties[" records "] = {"
    for (k = 0; k < records; k++)
        print "\t" record_list[k] ","
    print "};"
    print_array("uint8_t", "stemma_property_blocks", block_list, 4352)
    print_array("uint8_t", "stemma_property_cells", cell_list, blocks * 256)
}

# A document in Markdown becomes a manual page; of Markdown it knows what the
# documents here use: headings, paragraphs, lists, tables, fenced code, `code`,
# **stress** and links.
#
#     awk -f tools/manual-words.awk -f tools/markdown-page.awk -v section=5 \
#         -v name=stemma-formats -v see='stemma 1' -v date='March 8, 2025' \
#         docs/formats.md >stemma-formats.5
#
# SPDX-License-Identifier: MIT

BEGIN { code_macro = "Ql" }

NR == 1 {
	summary = $0
	sub(/^# /, "", summary)
	page_head(name, section, "docs/" file_name(FILENAME), date)
	print ".Nm " name
	print ".Nd " tolower(substr(summary, 1, 1)) substr(summary, 2)
	print ".Sh DESCRIPTION"
	blank = 0
	next
}
fence {
	if ($0 ~ /^```/) {
		literal(code)
		fence = 0
		blank = 0
		started = 1
	} else
		code = code (code == "" ? "" : "\n") $0
	next
}
/^```/ {
	end_block()
	fence = 1
	code = ""
	next
}
/^##+ / {
	end_block()
	title = $0
	sub(/^#+ /, "", title)
	put(".Ss " without_marks(title))
	started = 0
	next
}
/^$/ {
	blank = 1
	next
}
/^\|[- |]+\|$/ { next }
/^\|/ {
	if (block != "table") {
		end_block()
		block = "table"
		# The first row names the columns.
		split_row()
		for (i in cells)
			heads[i] = cells[i]
		put(".Bl -tag -width Ds")
		blank = 0
		next
	}
	table_row()
	next
}
/^(-|[0-9]+\.) / {
	if (block != "list") {
		end_block()
		block = "list"
		put(/^-/ ? ".Bl -bullet" : ".Bl -enum")
	}
	put(".It")
	blank = 0
	line = $0
	sub(/^(-|[0-9]+\.) /, "", line)
	say(without_links(line))
	next
}
block == "list" && /^  / && !blank {
	say(without_links($0))
	next
}
{
	if (block == "table" || block == "list")
		end_block()
	if (blank) {
		end_line()
		if (started)
			put(".Pp")
	}
	blank = 0
	started = 1
	say(without_links($0))
}

END {
	end_block()
	print ".Sh SEE ALSO"
	count = split(see, pages, /, */)
	for (i = 1; i <= count; i++)
		print ".Xr " pages[i] (i < count ? " ," : "")
}

function file_name(path) {
	sub(/.*\//, "", path)
	return path
}

function end_block() {
	end_line()
	if (block != "")
		put(".El")
	if (block != "" || blank)
		blank = 1
	block = ""
}

function without_links(text,    link) {
	while (match(text, /\[[^]]+\]\([^)]+\)/)) {
		link = substr(text, RSTART, RLENGTH)
		sub(/^\[/, "", link)
		sub(/\].*/, "", link)
		# Documents that are pages have the names of pages.
		sub(/^formats\.md$/, "stemma-formats(5)", link)
		sub(/^weights\.md$/, "stemma-weights(7)", link)
		text = substr(text, 1, RSTART - 1) link \
			substr(text, RSTART + RLENGTH)
	}
	gsub(/\*\*/, "", text)
	return text
}

function without_marks(text) {
	text = plain(without_links(text))
	gsub(/`/, "", text)
	return text
}

# Cells of the row, from 2 to the number that is returned.
function split_row(    row, count, i) {
	row = $0
	# A bar inside of code is written \| in a table.
	gsub(/\\\|/, "\002", row)
	count = split(row, cells, "|")
	for (i = 2; i < count; i++) {
		gsub(/^ +| +$/, "", cells[i])
		gsub(/\002/, "|", cells[i])
	}
	return count - 1
}

# The first cell is what is explained, the others explain it.
function table_row(    count, i, row) {
	count = split_row()
	put(".It " without_marks(cells[2]))
	row = count == 3 ? cells[3] : ""
	for (i = 3; count > 3 && i <= count; i++)
		row = row (i == 3 ? "" : "; ") heads[i] " " cells[i]
	say(without_links(row))
	end_line()
}

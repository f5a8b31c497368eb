# What the makers of manual pages share: prose in lines of mdoc.
#
# say(TEXT) fills lines with it, a new one for each sentence, and flush() ends
# the paragraph. Of its words are marked up: `code`, function(), STEMMA_CODE.
#
# SPDX-License-Identifier: MIT

# Text that is neither a request nor an escape.
function plain(text) {
	gsub(/\\/, "\\e", text)
	return text
}

# An argument of a macro: one word, whatever is in it.
function argument(text) {
	text = plain(text)
	gsub(/"/, "\\(dq", text)
	if (text ~ /^[][().,:;!?|]$/ || text ~ /^[A-Z%][A-Za-z]?[a-z]?$/)
		text = "\\\\&" text
	if (text ~ /[ \t]/ || text == "")
		text = "\"" text "\""
	return text
}

function put(line) {
	end_line()
	print line
}

function end_line() {
	if (filled != "")
		print filled
	filled = ""
}

function add_word(word) {
	word = plain(word)
	if (filled != "" && length(filled) + length(word) > 77)
		end_line()
	if (filled == "" && word ~ /^[.']/)
		word = "\\&" word
	filled = filled == "" ? word : filled " " word
	if (word ~ /[.!?][)"]?$/ && word !~ /^(.*[^a-z])?[a-z]\.$/)
		end_line()
}

# A macro on a line of its own, with the marks that stood around the word.
function add_macro(macro, text, before, after,    line, i) {
	line = "." macro
	for (i = 1; i <= length(before); i++)
		line = line " " substr(before, i, 1)
	line = line " " argument(text)
	for (i = 1; i <= length(after); i++)
		line = line " " substr(after, i, 1)
	put(line)
}

function mark_up(word,    before, after) {
	before = after = ""
	if (match(word, /^[(]+/)) {
		before = substr(word, 1, RLENGTH)
		word = substr(word, RLENGTH + 1)
	}
	if (match(word, /[).,:;!?]+$/) && word !~ /^[^`]*\(\)$/) {
		after = substr(word, RSTART)
		word = substr(word, 1, RSTART - 1)
	}
	# The parentheses of a call are no punctuation.
	if (word ~ /^stemma_[a-z0-9_]+\($/ || \
	    (word ~ /^stemma_[a-z0-9_]+\(\)?$/ && after ~ /^\)/)) {
		if (word !~ /\)$/)
			after = substr(after, 2)
		sub(/\(\)?$/, "", word)
		add_macro("Fn", word, before, after)
	} else if (word ~ /^stemma_[a-z0-9_]+\(\)$/) {
		sub(/\(\)$/, "", word)
		add_macro("Fn", word, before, after)
	} else if (word ~ /^`[^`]+`$/) {
		word = substr(word, 2, length(word) - 2)
		gsub(/\001/, " ", word)
		add_macro(code_macro, word, before, after)
	} else if (word ~ /^(STEMMA_[A-Z0-9_]+|NULL)$/) {
		add_macro("Dv", word, before, after)
	} else {
		word = before word after
		gsub(/\001/, " ", word)
		add_word(word)
	}
}

# Blanks inside of `code` hold it together.
function hold_code(text,    done, code) {
	done = ""
	while (match(text, /`[^`]+`/)) {
		code = substr(text, RSTART, RLENGTH)
		gsub(/ /, "\001", code)
		done = done substr(text, 1, RSTART - 1) code
		text = substr(text, RSTART + RLENGTH)
	}
	return done text
}

function say(text,    words, count, i) {
	count = split(hold_code(text), words, /[ \t\n]+/)
	for (i = 1; i <= count; i++) {
		if (words[i] != "")
			mark_up(words[i])
	}
}

function flush() {
	end_line()
}

# Lines that stand as they are.
function literal(text) {
	text = plain(text)
	gsub(/\n\./, "\n\\\\\\&.", text)
	gsub(/\n'/, "\n\\\\\\&'", text)
	put(".Bd -literal -offset indent")
	print text
	print ".Ed"
}

function page_head(name, section, source, date) {
	print ".\\\" Made from " source ", which is the place to change it."
	print ".\\\" SPDX-License-Identifier: MIT"
	print ".Dd " date
	print ".Dt " toupper(name) " " section
	print ".Os"
	print ".Sh NAME"
}

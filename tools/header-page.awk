# A public header becomes a page of section 3, so that the two never differ:
#
#     awk -f tools/manual-words.awk -f tools/header-page.awk \
#         -v date='March 8, 2025' include/stemma/text.h >stemma_text.3
#
# Its notes become the description, its prototypes the synopsis, its types and
# constants stand as they are. A function without a note is an error.
#
# SPDX-License-Identifier: MIT

BEGIN { code_macro = "Fa" }

# The first comment: "text.h - what it is", and what there is to say of it.
NR == 1 { part = "head"; note = ""; next }
part == "head" {
	if ($0 ~ /\*\//) {
		head = note
		note = ""
		part = "start"
	} else if ($0 !~ /SPDX/)
		note = note bare($0) "\n"
	next
}
/^#pragma GCC visibility push/ { part = "body"; next }
/^#pragma GCC visibility pop/ { end_item(); part = "end" }
part != "body" { next }

/^\/\* ----/ {
	end_item()
	title = $0
	gsub(/^\/\* -+ | -+ \*\/$/, "", title)
	kind[++items] = "section"
	text[items] = title
	next
}
declaration == "" && (comment || /^\/\*/) {
	if (!comment) {
		# A note right behind a declaration is about the next one.
		end_item()
		note = ""
	}
	comment = $0 !~ /\*\/$/
	line = $0
	sub(/ *\*\/$/, "", line)
	line = bare(line)
	note = note (note == "" ? "" : "\n") line
	next
}
declaration == "" && /^$/ {
	end_item()
	next
}
{
	declaration = declaration (declaration == "" ? "" : "\n") $0
	line = $0
	gsub(/\/\*.*\*\//, "", line)
	braces += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
	if (declaration ~ /^#/ ? $0 !~ /\\$/ : braces == 0 && line ~ /; *$/ ||
	    braces == 0 && declaration ~ /;[ \t]*\/\*[^;]*\*\/$/)
		end_declaration()
}

function bare(line) {
	sub(/^ ?\/?\*+ ?/, "", line)
	sub(/ +$/, "", line)
	return line
}

# Keep a declaration with the note above it, several functions with one.
function end_declaration(    name, flat) {
	flat = declaration
	gsub(/__attribute__\(\(.*\)\)/, "", flat)
	if (flat !~ /^(#|enum [a-z_]+ \{|enum \{|struct [a-z_]+ \{)/ &&
	    match(flat, /stemma_[a-z0-9_]+ *\(/)) {
		name = substr(flat, RSTART, RLENGTH)
		sub(/ *\($/, "", name)
		functions[++function_count] = name
		prototype[function_count] = flat
		if (note == "" && kind[items] == "function" && open)
			text[items] = text[items] " " name
		else {
			if (note == "") {
				print FILENAME ": " name " has no note" \
					>"/dev/stderr"
				wrong = 1
			}
			kind[++items] = "function"
			text[items] = name
			notes[items] = note
		}
	} else if (note == "" && kind[items] == "code" && open)
		text[items] = text[items] "\n" declaration
	else {
		kind[++items] = "code"
		text[items] = declaration
		notes[items] = note
	}
	open = 1
	note = declaration = ""
	braces = 0
}

function end_item() {
	if (note != "") {
		kind[++items] = "note"
		notes[items] = note
	}
	open = 0
	note = ""
}

# A note in its paragraphs, lists and drawings.
function tell(note,    lines, count, i, drawing, list, first) {
	count = split(note, lines, "\n")
	drawing = ""
	first = 1
	for (i = 1; i <= count; i++) {
		if (drawing != "" && (lines[i] ~ /^ / || lines[i] == "")) {
			drawing = drawing "\n" lines[i]
			continue
		}
		if (drawing != "") {
			sub(/\n+$/, "", drawing)
			literal(drawing)
			drawing = ""
			first = 1
		}
		if (lines[i] == "") {
			end_line()
			if (list && lines[i + 1] !~ /^  - /) {
				put(".El")
				list = 0
				first = 1
			}
			if (!list)
				wanted = 1
		} else if (lines[i] ~ /^  - /) {
			if (!list)
				put(".Bl -bullet")
			list = 1
			wanted = 0
			put(".It")
			say(substr(lines[i], 5))
		} else if (lines[i] ~ /^    / && !list) {
			end_line()
			wanted = 0
			drawing = lines[i]
		} else {
			if (wanted)
				put(".Pp")
			wanted = 0
			say(lines[i])
		}
	}
	if (drawing != "") {
		sub(/\n+$/, "", drawing)
		literal(drawing)
	}
	if (list)
		put(".El")
	flush()
	wanted = 0
}

function synopsis(declared,    name, type, list, count, i, depth, c, one) {
	gsub(/[ \t\n]+/, " ", declared)
	sub(/ *; *(\/\*.*)?$/, "", declared)
	match(declared, /stemma_[a-z0-9_]+ *\(/)
	type = substr(declared, 1, RSTART - 1)
	name = substr(declared, RSTART, RLENGTH)
	list = substr(declared, RSTART + RLENGTH)
	sub(/ *\($/, "", name)
	sub(/\) *$/, "", list)
	sub(/ +$/, "", type)
	put(".Ft " argument(type))
	put(".Fo " name)
	depth = 0
	one = ""
	for (i = 1; i <= length(list); i++) {
		c = substr(list, i, 1)
		depth += (c == "(") - (c == ")")
		if (c == "," && depth == 0) {
			put(".Fa " argument(one))
			one = ""
		} else if (c != " " || one != "")
			one = one c
	}
	put(".Fa " argument(one))
	put(".Fc")
}

function open_list(yes) {
	if (yes && !listing)
		put(".Bl -tag -width Ds")
	if (!yes && listing)
		put(".El")
	listing = yes
}

END {
	file = FILENAME
	sub(/.*\//, "", file)
	name = "stemma_" file
	sub(/\.h$/, "", name)
	page_head(name, 3, "include/stemma/" file, date)
	print ".Nm " name (function_count ? " ," : "")
	for (i = 1; i <= function_count; i++)
		print ".Nm " functions[i] (i < function_count ? " ," : "")
	sub(/^[a-z]+\.h - /, "", head)
	summary = head
	sub(/\n\n.*/, "", summary)
	rest = substr(head, length(summary) + 1)
	sub(/^\n+/, "", rest)
	gsub(/\n/, " ", summary)
	sub(/\.$/, "", summary)
	print ".Nd " plain(summary)
	print ".Sh LIBRARY"
	print "libstemma"
	print ".Pq Fl l Ns Cm stemma"
	print ".Sh SYNOPSIS"
	print ".In stemma/" file
	for (i = 1; i <= function_count; i++)
		synopsis(prototype[i])
	print ".Sh DESCRIPTION"
	tell(rest)
	for (i = 1; i <= items; i++) {
		open_list(kind[i] == "function")
		if (kind[i] == "section")
			put(".Ss " toupper(substr(text[i], 1, 1)) \
				substr(text[i], 2))
		else if (kind[i] == "function") {
			count = split(text[i], names, " ")
			tag = ".It"
			for (n = 1; n <= count; n++)
				tag = tag " Fn " names[n] (n < count ? " ," : "")
			put(tag)
			tell(notes[i])
		} else {
			if (notes[i] != "" && kind[i - 1] != "section")
				put(".Pp")
			if (notes[i] != "")
				tell(notes[i])
			if (kind[i] == "code")
				literal(text[i])
		}
	}
	open_list(0)
	print ".Sh SEE ALSO"
	print ".Xr libstemma 3"
	exit wrong
}

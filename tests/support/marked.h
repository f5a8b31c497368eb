/*
 * marked.h - readers of the two marked formats, as render.h describes them:
 * both texts out of one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_MARKED_H
#define STEMMA_TESTS_MARKED_H

#include <string.h>

#include <stemma/base.h>

static inline bool
starts(struct stemma_view text, size_t at, const char *mark)
{
	size_t size = strlen(mark);

	return text.size - at >= size &&
	       memcmp(text.bytes + at, mark, size) == 0;
}

/* What a mark does: read from `from` on in one state, it leads to another. */
struct mark {
	const char *bytes;
	char from, to; /* ' ' both texts, '-' the old one, '+' the new one */
};

/* Part `text` by `marks`; comments of CriticMarkup are dropped. */
static inline void
read_marked(struct stemma_view text, const struct mark *marks, size_t count,
	bool comments, struct stemma_out parts[2])
{
	char state = ' ';

	for (size_t at = 0; at < text.size;) {
		size_t k = 0;

		if (comments && starts(text, at, "{>>")) {
			while (at < text.size && !starts(text, at, "<<}"))
				at++;
			at += strlen("<<}");
			continue;
		}
		while (k < count && (marks[k].from != state ||
					    !starts(text, at, marks[k].bytes)))
			k++;
		if (k < count) {
			state = marks[k].to;
			at += strlen(marks[k].bytes);
			continue;
		}
		if (strchr(" -~", state))
			stemma_out_char(&parts[0], text.bytes[at]);
		if (strchr(" +>", state))
			stemma_out_char(&parts[1], text.bytes[at]);
		at++;
	}
}

static inline void
read_criticmarkup(struct stemma_view text, struct stemma_out parts[2])
{
	static const struct mark marks[] = {{"{--", ' ', '-'},
		{"--}", '-', ' '}, {"{++", ' ', '+'}, {"++}", '+', ' '},
		{"{~~", ' ', '~'}, {"~>", '~', '>'}, {"~~}", '>', ' '}};

	read_marked(text, marks, sizeof marks / sizeof *marks, true, parts);
}

/* True of texts without these marks alone: the format has no escape. */
static inline void
read_wdiff(struct stemma_view text, struct stemma_out parts[2])
{
	static const struct mark marks[] = {{"[-", ' ', '-'}, {"-]", '-', ' '},
		{"{+", ' ', '+'}, {"+}", '+', ' '}};

	read_marked(text, marks, sizeof marks / sizeof *marks, false, parts);
}

#endif

/* SPDX-License-Identifier: MIT */
#include "article.h"

#include <string.h>

#include "trouble.h"

const struct stemma_word_choice stemma_layout_words[] = {
	{"auto", "look at the text", STEMMA_LAYOUT_AUTO},
	{"blank-line", "a line each, blank lines between them",
		STEMMA_LAYOUT_BLANK_LINE},
	{"newline", "a line each", STEMMA_LAYOUT_NEWLINE},
	{"wrapped", "of wrapped lines, a blank line or an indent between them",
		STEMMA_LAYOUT_WRAPPED},
	{"mixed", "some one way, some another", STEMMA_LAYOUT_MIXED},
	{0},
};

bool
stemma_article_encoding(const char **picked, const char *encoding, int side,
	struct stemma_arena *arena)
{
	const char *comma = encoding ? strchr(encoding, ',') : NULL;
	struct stemma_view part = stemma_view_of(encoding);

	*picked = NULL;
	if (comma && side == STEMMA_OLD)
		part.size = (size_t)(comma - encoding);
	else if (comma)
		part = stemma_view_of(comma + 1);
	if (part.size)
		*picked = stemma_arena_string(arena, part);
	return !part.size || *picked;
}

int
stemma_article_split(struct stemma_doc *doc, struct stemma_view bytes,
	const char *name, const char *encoding, int side,
	struct stemma_text_options options, struct stemma_arena *arena)
{
	struct stemma_error error = {0};
	enum stemma_code code = STEMMA_NOMEM;

	if (stemma_article_encoding(&options.encoding, encoding, side, arena))
		code = stemma_doc_split(doc, bytes, &options, arena, &error);
	if (code == STEMMA_OK)
		return STEMMA_EXIT_SAME;
	return stemma_trouble_code(name, code, &error);
}

/* SPDX-License-Identifier: MIT */
#include "article.h"

#include <string.h>

#include "trouble.h"

static const struct stemma_word_choice layout_words[] = {
	{"auto", "look at the text", STEMMA_LAYOUT_AUTO},
	{"blank-line", "a line each, blank lines between them",
		STEMMA_LAYOUT_BLANK_LINE},
	{"newline", "a line each", STEMMA_LAYOUT_NEWLINE},
	{"wrapped", "of wrapped lines, a blank line or an indent between them",
		STEMMA_LAYOUT_WRAPPED},
	{"mixed", "some one way, some another", STEMMA_LAYOUT_MIXED},
	{0},
};

#define LOOKED_AT "Without it: a byte order mark, else UTF-8, else windows-1252"

const struct stemma_option stemma_encoding_options[] = {
	{.name = "encoding",
		.value = STEMMA_VALUE_ENCODING,
		.metavar = "NAME",
		.help = "read what is given in this encoding, as iconv calls "
			"it. " LOOKED_AT,
		.at = offsetof(struct stemma_article_settings, encoding)},
	{0},
};

const struct stemma_option stemma_encodings_options[] = {
	{.name = "encoding",
		.value = STEMMA_VALUE_ENCODING,
		.metavar = "NAME",
		.help = "read both texts in this encoding, as iconv calls it; "
			"OLD,NEW for two. " LOOKED_AT,
		.most = 2,
		.at = offsetof(struct stemma_article_settings, encoding)},
	{0},
};

const struct stemma_option stemma_layout_options[] = {
	{.name = "layout",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "LAYOUT",
		.help = "how paragraphs are told apart",
		.words = layout_words,
		.at = offsetof(struct stemma_article_settings, layout)},
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
	const char *name, const struct stemma_article_settings *settings,
	int side, enum stemma_unit_type unit, struct stemma_arena *arena)
{
	struct stemma_text_options options = {
		.layout = (enum stemma_layout)settings->layout, .unit = unit};
	struct stemma_error error = {0};
	enum stemma_code code = STEMMA_NOMEM;

	if (stemma_article_encoding(
		    &options.encoding, settings->encoding, side, arena))
		code = stemma_doc_split(doc, bytes, &options, arena, &error);
	if (code == STEMMA_OK)
		return STEMMA_EXIT_SAME;
	return stemma_trouble_code(name, code, &error);
}

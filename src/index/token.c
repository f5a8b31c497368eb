/* SPDX-License-Identifier: MIT */
#include "print.h"

#include <stemma/text.h>

#include "text/utf8.h"

#define HASH_START UINT64_C(0xcbf29ce484222325)
#define HASH_FACTOR UINT64_C(0x100000001b3)

enum kind {
	BREAK,  /* between words */
	SIMPLE, /* a letter or digit that is folded on the spot */
	LETTER, /* one that is not */
	LONE,   /* of a script without spaces: a word by itself */
	SILENT  /* apostrophes and what cannot be seen: not there */
};

struct range {
	uint32_t first, last;
	enum kind kind;
};

/* Sorted; what is not in it is a letter. */
static const struct range ranges[] = {
	{0x0080, 0x00a9, BREAK},
	{0x00ab, 0x00ac, BREAK},
	{0x00ad, 0x00ad, SILENT},
	{0x00ae, 0x00b4, BREAK},
	{0x00b6, 0x00b9, BREAK},
	{0x00bb, 0x00bf, BREAK},
	{0x00c0, 0x00d6, SIMPLE},
	{0x00d7, 0x00d7, BREAK},
	{0x00d8, 0x00de, SIMPLE},
	{0x00e0, 0x00f6, SIMPLE},
	{0x00f7, 0x00f7, BREAK},
	{0x00f8, 0x00fe, SIMPLE},
	{0x02bc, 0x02bc, SILENT},
	{0x0e00, 0x0eff, LONE},
	{0x1000, 0x109f, LONE},
	{0x1780, 0x17ff, LONE},
	{0x2000, 0x200a, BREAK},
	{0x200b, 0x200f, SILENT},
	{0x2010, 0x2017, BREAK},
	{0x2018, 0x2019, SILENT},
	{0x201a, 0x205f, BREAK},
	{0x2060, 0x2064, SILENT},
	{0x2065, 0x2bff, BREAK},
	{0x3000, 0x303f, BREAK},
	{0x3040, 0x30ff, LONE},
	{0x3400, 0x4dbf, LONE},
	{0x4e00, 0x9fff, LONE},
	{0xf900, 0xfaff, LONE},
	{0xfeff, 0xfeff, SILENT},
	{0xff01, 0xff0f, BREAK},
	{0xff1a, 0xff20, BREAK},
	{0xff3b, 0xff40, BREAK},
	{0xff5b, 0xff65, BREAK},
	{0xfff0, 0xffff, BREAK},
	{0x20000, 0x3ffff, LONE},
};

static enum kind
kind_of(uint32_t c)
{
	size_t low = 0, high = sizeof ranges / sizeof *ranges;

	if (c < 0x80) {
		uint32_t letter = c | 0x20u;

		if ((letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9'))
			return SIMPLE;
		return c == '\'' ? SILENT : BREAK;
	}
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > ranges[middle].last)
			low = middle + 1;
		else if (c < ranges[middle].first)
			high = middle;
		else
			return ranges[middle].kind;
	}
	return LETTER;
}

static uint64_t
hash_on(uint64_t hash, uint32_t c)
{
	return (hash ^ c) * HASH_FACTOR;
}

/* Small letters of ASCII and Latin-1, whose capitals are 32 before them. */
static uint32_t
small(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde))
		return c + 0x20;
	return c;
}

/* The hash of a word that has other letters: of what folding makes of it. */
static uint64_t
hash_folded(struct stemma_tokens *tokens, size_t start, size_t end)
{
	struct stemma_mark mark = stemma_arena_mark(tokens->scratch);
	struct stemma_view folded, word = stemma_view_cut(tokens->text,
					   (struct stemma_span){start, end});
	uint64_t hash = HASH_START;

	tokens->code = stemma_fold(&folded, word,
		STEMMA_FOLD_TYPOGRAPHY | STEMMA_FOLD_CASE, tokens->scratch);
	if (tokens->code == STEMMA_OK)
		for (size_t at = 0, size; at < folded.size; at += size) {
			uint32_t c = stemma_utf8_read(folded, at, &size);

			if (kind_of(c) != SILENT)
				hash = hash_on(hash, small(c));
		}
	stemma_arena_rewind(tokens->scratch, mark);
	return hash;
}

bool
stemma_tokens_next(struct stemma_tokens *tokens, struct stemma_token *token)
{
	uint64_t hash = HASH_START;
	size_t at = tokens->at, size = 0;
	bool begun = false, folded = false;

	for (; at < tokens->text.size; at += size) {
		uint32_t c = stemma_utf8_read(tokens->text, at, &size);
		enum kind kind = kind_of(c);

		if (kind == SILENT)
			continue;
		if (begun && (kind == BREAK || kind == LONE))
			break;
		if (kind == BREAK)
			continue;
		if (!begun)
			token->start = at;
		begun = true;
		token->end = at + size;
		hash = hash_on(hash, small(c));
		folded = folded || kind == LETTER;
		if (kind == LONE) {
			at += size;
			break;
		}
	}
	tokens->at = at;
	if (begun)
		token->hash =
			folded ? hash_folded(tokens, token->start, token->end)
			       : hash;
	return begun && tokens->code == STEMMA_OK;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "page.h"

/* Bytes of text for each spelling that is new, in an article; and for how many
   spellings there is room from the beginning. */
#define SPELLING_BYTES 10
#define SPELLINGS_MOST ((size_t)4096)

/*
 * Whether nothing but blanks and a line break lie between two paragraphs, so
 * that no word stands there, and what stands in front of it tells nothing of
 * the words behind, nor the other way around - but for whether the last one
 * ends a sentence, which nobody asks of the last word of a paragraph.
 */
static bool
is_gap(const char *bytes, const char *end)
{
	bool line = false;

	for (; bytes < end; bytes++) {
		line |= *bytes == '\n';
		if (*bytes != '\n' && *bytes != ' ' && *bytes != '\t' &&
			*bytes != '\r')
			return false;
	}
	return line;
}

/* Whether the paragraph's words do not depend on what stands around it. */
static bool
is_apart(const struct stemma_page *page, size_t k)
{
	const struct stemma_paragraph *p = &page->paragraphs[k];
	const char *text = page->doc->text.bytes;
	const char *start = text + p->span.start, *end = text + p->span.end;

	if (k > 0) {
		if (!is_gap(text + p[-1].span.end, start))
			return false;
		/* A mark may combine with the blank in front of it. */
		if (start[-1] == ' ' && (unsigned char)*start >= 0x80)
			return false;
	}
	if (k + 1 == page->paragraph_count)
		return true;
	/* … and one that is put before others with the blank behind it. */
	return is_gap(end, text + p[1].span.start) &&
	       !(*end == ' ' && (unsigned char)end[-1] >= 0x80);
}

/* Where paragraph `k` of the page is found on the one before. */
static size_t
twin_of(const struct stemma_page *page, const struct stemma_page *before,
	size_t k)
{
	return (size_t)(page->paragraphs[k].twin - before->paragraphs);
}

/* The page's words in pieces: copies, and what was split between them. */
struct pieces {
	struct stemma_words *fresh;
	size_t fresh_count;
	size_t words; /* of all pieces */
};

/* The end of the paragraphs in a row from `k` on that are not copied. */
static size_t
fresh_end(const struct stemma_page *page, size_t k)
{
	while (k < page->paragraph_count && !page->copied[k])
		k++;
	return k;
}

static enum stemma_code
split_fresh(struct pieces *pieces, struct stemma_page *page,
	const struct stemma_page *before, struct stemma_arena *arena)
{
	size_t count = page->paragraph_count, end;

	pieces->fresh = stemma_arena_alloc(arena, count, sizeof *pieces->fresh);
	if (!pieces->fresh)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < count; k = end) {
		const struct stemma_paragraph *p = &page->paragraphs[k];
		struct stemma_span span = p->span;
		enum stemma_code code;

		end = k + 1;
		if (page->copied[k]) {
			const uint32_t *first =
				&before->first_words[twin_of(page, before, k)];

			pieces->words += first[1] - first[0];
			continue;
		}
		end = fresh_end(page, k);
		if (k > 0)
			span.start = p[-1].span.end;
		/* With the gap behind them, which a word may reach into. */
		span.end = end < page->paragraph_count
				   ? page->paragraphs[end].span.start
				   : page->paragraphs[end - 1].span.end;
		code = stemma_words_split(&pieces->fresh[pieces->fresh_count],
			page->doc, span, page->spellings, arena);
		if (code != STEMMA_OK)
			return code;
		pieces->words += pieces->fresh[pieces->fresh_count++].count;
	}
	return STEMMA_OK;
}

/* Append `count` words that lie `shift` bytes further on. */
static void
append(struct stemma_words *words, const struct stemma_word *from, size_t count,
	size_t shift)
{
	struct stemma_word *to = &words->words[words->count];

	memcpy(to, from, count * sizeof *to);
	for (size_t k = 0; k < count; k++) {
		to[k].start = (uint32_t)(to[k].start + shift);
		to[k].end = (uint32_t)(to[k].end + shift);
	}
	words->count += count;
}

static void
join(struct stemma_page *page, const struct stemma_page *before,
	const struct pieces *pieces)
{
	const struct stemma_words *fresh = pieces->fresh;
	struct stemma_words *words = &page->words;

	for (size_t k = 0; k < page->paragraph_count;) {
		const struct stemma_paragraph *p = &page->paragraphs[k];
		const struct stemma_paragraph *twin =
			page->copied[k] ? p->twin : NULL;
		const uint32_t *first;

		if (!twin) {
			append(words, fresh->words, fresh->count,
				fresh->base - words->base);
			fresh++;
			k = fresh_end(page, k);
			continue;
		}
		first = &before->first_words[twin_of(page, before, k)];
		append(words, &before->words.words[first[0]],
			first[1] - first[0],
			(p->span.start - words->base) -
				(twin->span.start - before->words.base));
		k++;
	}
}

/* Number the spellings in the order in which they come on this page. */
static bool
number_spellings(struct stemma_page *page, struct stemma_arena *arena)
{
	size_t count = stemma_intern_count(page->spellings);
	uint32_t *lexemes = stemma_arena_zalloc(arena, count, sizeof *lexemes);
	uint32_t number = 0;

	page->spelled = stemma_arena_alloc(arena, count, sizeof *page->spelled);
	if (!lexemes || !page->spelled)
		return false;
	for (size_t k = 0; k < page->words.count; k++) {
		uint32_t *id = &page->words.words[k].id;

		if (!lexemes[*id]) {
			page->spelled[number++] = *id;
			lexemes[*id] = number;
		}
		*id = lexemes[*id] - 1;
	}
	page->lexeme_count = number;
	return true;
}

static enum stemma_code
take_words(struct stemma_page *page, const struct stemma_page *before,
	struct stemma_span span, struct stemma_arena *arena)
{
	struct pieces pieces = {0};
	enum stemma_code code;

	if (span.end - span.start > UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	for (size_t k = 0; k < page->paragraph_count; k++)
		page->copied[k] = page->paragraphs[k].twin &&
				  is_apart(page, k) &&
				  is_apart(before, twin_of(page, before, k));
	page->spellings = before->spellings;
	code = split_fresh(&pieces, page, before, arena);
	if (code != STEMMA_OK)
		return code;
	page->words.base = span.start;
	page->words.words = stemma_arena_alloc(
		arena, pieces.words, sizeof *page->words.words);
	if (!page->words.words)
		return STEMMA_NOMEM;
	join(page, before, &pieces);
	return number_spellings(page, arena) ? STEMMA_OK : STEMMA_NOMEM;
}

enum stemma_code
stemma_page_words(struct stemma_page *page, const struct stemma_page *before,
	struct stemma_arena *arena)
{
	struct stemma_span span = {0, 0};
	size_t count = page->paragraph_count;
	enum stemma_code code;

	page->copied = stemma_arena_zalloc(arena, count, sizeof *page->copied);
	if (!page->copied)
		return STEMMA_NOMEM;
	if (count)
		span = (struct stemma_span){page->paragraphs[0].span.start,
			page->paragraphs[count - 1].span.end};
	if (before)
		return take_words(page, before, span, arena);
	page->spellings = stemma_intern_new_for(
		span.end - span.start < SPELLINGS_MOST * SPELLING_BYTES
			? (span.end - span.start) / SPELLING_BYTES
			: SPELLINGS_MOST,
		arena);
	if (!page->spellings)
		return STEMMA_NOMEM;
	code = stemma_words_split(
		&page->words, page->doc, span, page->spellings, arena);
	if (code == STEMMA_OK)
		page->lexeme_count = stemma_intern_count(page->spellings);
	return code;
}

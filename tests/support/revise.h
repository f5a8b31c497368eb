/*
 * revise.h - what editors do to a page: words changed, sentences cut, paragraphs
 * moved, split, merged, copied, removed, added, set in other typography.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_REVISE_H
#define STEMMA_TESTS_REVISE_H

#include <stemma/base.h>

#include "pages.h"

/* Open or close a gap of `count` paragraphs at `at`. */
static inline bool
open_gap(struct page *page, uint32_t at, uint32_t count)
{
	if (page->count + count > MOST_PARAGRAPHS)
		return false;
	memmove(&page->paragraphs[at + count], &page->paragraphs[at],
		(page->count - at) * sizeof *page->paragraphs);
	page->count += count;
	return true;
}

static inline void
close_gap(struct page *page, uint32_t at)
{
	page->count--;
	memmove(&page->paragraphs[at], &page->paragraphs[at + 1],
		(page->count - at) * sizeof *page->paragraphs);
}

static inline void
revise_words(struct paragraph *paragraph, const struct script *script,
	uint32_t touches, uint64_t *seed)
{
	while (touches--) {
		uint32_t at = random_below(seed, paragraph->count);
		struct piece *piece = &paragraph->pieces[at];
		size_t after = (paragraph->count - at) * sizeof *piece;

		switch (random_below(seed, 3)) {
		case 0:
			make_piece(piece, script, seed);
			break;
		case 1:
			if (paragraph->count == MOST_PIECES)
				break;
			memmove(piece + 1, piece, after);
			make_piece(piece, script, seed);
			paragraph->count++;
			break;
		default:
			if (paragraph->count < 3)
				break;
			memmove(piece, piece + 1, after - sizeof *piece);
			paragraph->count--;
		}
	}
}

static inline void
revise_move(struct page *page, uint32_t from, uint32_t to)
{
	struct paragraph moving = page->paragraphs[from];

	close_gap(page, from);
	(void)open_gap(page, to, 1);
	page->paragraphs[to] = moving;
}

/* Cut paragraph `at` after a sentence; false when it has only one. */
static inline bool
revise_split(struct page *page, uint32_t at, uint64_t *seed)
{
	struct paragraph *paragraph = &page->paragraphs[at];
	uint32_t cut = 1 + random_below(seed, paragraph->count), tries = 0;

	while (cut >= paragraph->count ||
		!paragraph->pieces[cut - 1].ends_sentence) {
		cut = cut >= paragraph->count ? 1 : cut + 1;
		if (tries++ > paragraph->count)
			return false;
	}
	if (!open_gap(page, at, 1))
		return false;
	memmove(paragraph[1].pieces, paragraph[1].pieces + cut,
		(paragraph[1].count - cut) * sizeof *paragraph->pieces);
	paragraph[1].count -= cut;
	paragraph[0].count = cut;
	return true;
}

static inline bool
revise_merge(struct page *page, uint32_t at)
{
	struct paragraph *paragraph = &page->paragraphs[at];

	if (at + 1 >= page->count ||
		paragraph[0].count + paragraph[1].count > MOST_PIECES)
		return false;
	memcpy(paragraph->pieces + paragraph->count, paragraph[1].pieces,
		paragraph[1].count * sizeof *paragraph->pieces);
	paragraph->count += paragraph[1].count;
	close_gap(page, at + 1);
	return true;
}

/* Other quotation marks: the same words. */
static inline bool
revise_typography(struct paragraph *paragraph)
{
	bool changed = false;

	for (uint32_t k = 0; k < paragraph->count; k++) {
		char *bytes = paragraph->pieces[k].bytes, *mark;

		while ((mark = strstr(bytes, "“")) ||
			(mark = strstr(bytes, "”"))) {
			*mark = '"';
			memmove(mark + 1, mark + 3, strlen(mark + 3) + 1);
			changed = true;
		}
	}
	return changed;
}

/* One step of a revision, of any kind. */
static inline void
revise_once(struct page *page, const struct script *script, uint64_t *seed)
{
	uint32_t at = random_below(seed, page->count);
	struct paragraph *paragraph = &page->paragraphs[at];

	switch (random_below(seed, 10)) {
	case 0:
	case 1:
		revise_words(
			paragraph, script, 1 + random_below(seed, 4), seed);
		break;
	case 2:
		revise_words(paragraph, script, 1 + paragraph->count / 3, seed);
		break;
	case 3:
		revise_move(page, at, random_below(seed, page->count));
		break;
	case 4:
		(void)revise_split(page, at, seed);
		break;
	case 5:
		(void)revise_merge(page, at);
		break;
	case 6:
		if (page->count > 1)
			close_gap(page, at);
		break;
	case 7:
		if (open_gap(page, at, 1))
			make_paragraph(paragraph, script, seed);
		break;
	case 8:
		if (open_gap(page, at, 1))
			*paragraph = page->paragraphs[random_below(
				seed, page->count)];
		break;
	default:
		(void)revise_typography(paragraph);
	}
}

#endif

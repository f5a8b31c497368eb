/*
 * generated.h - generated histories: few names for many words, so that nothing is
 * certain by its words alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_GENERATED_H
#define STEMMA_TESTS_GENERATED_H

#include "history.h"

#define REVISIONS 24
#define PARAGRAPHS 10
#define WORDS 60

struct page {
	unsigned words[PARAGRAPHS][WORDS];
	size_t counts[PARAGRAPHS];
	size_t count;
	uint64_t state;
};

static inline unsigned
roll(struct page *p, size_t sides)
{
	p->state = p->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((p->state >> 33) % sides);
}

static inline void
write_paragraph(struct page *p, size_t at)
{
	p->counts[at] = 5 + roll(p, WORDS - 10);
	for (size_t k = 0; k < p->counts[at]; k++)
		p->words[at][k] = roll(p, 50);
}

static inline void
copy_paragraph(struct page *p, size_t to, size_t from)
{
	p->counts[to] = p->counts[from];
	memmove(p->words[to], p->words[from], sizeof p->words[to]);
}

static inline void
revise(struct page *p)
{
	size_t at = roll(p, p->count), other = roll(p, p->count), word;

	switch (roll(p, 6)) {
	case 0:
		write_paragraph(p, at);
		break;
	case 1:
		copy_paragraph(p, at, other);
		break;
	case 2:
		if (p->count < PARAGRAPHS)
			write_paragraph(p, p->count++);
		break;
	case 3:
		if (p->count > 2)
			p->count--;
		break;
	default:
		word = roll(p, p->counts[at]);
		p->words[at][word] = roll(p, 50);
	}
}

/* The page as text, with `tail` after it, in the history's memory. */
static inline struct stemma_view
write_page(struct history *h, const struct page *p, const char *tail)
{
	struct stemma_out out = {0};
	struct stemma_view text = {0};
	char *bytes;

	for (size_t k = 0; k < p->count; k++) {
		for (size_t i = 0; i < p->counts[k]; i++) {
			stemma_out_string(&out, i % 9 ? " w" : ". W");
			stemma_out_number(&out, p->words[k][i]);
		}
		stemma_out_string(&out, ".\n\n");
	}
	stemma_out_string(&out, tail);
	assert_int_equal(out.code, STEMMA_OK);
	bytes = stemma_arena_alloc(h->arena, out.size + 1, 1);
	assert_non_null(bytes);
	memcpy(bytes, out.bytes, out.size);
	text = (struct stemma_view){bytes, out.size};
	stemma_out_free(&out);
	return text;
}

static inline void
feed(struct history *h, struct stemma_view text)
{
	const char *wrong = history_feed(h, text);

	if (wrong)
		fail_msg("revision %zu: %s", h->count, wrong);
}

/* Make a history of `revisions`, which ends with `page`. */
static inline void
make(struct history *h, struct page *page, uint64_t seed, size_t revisions)
{
	assert_true(history_open(h));
	*page = (struct page){.state = seed, .count = 4};
	for (size_t k = 0; k < page->count; k++)
		write_paragraph(page, k);
	while (h->count < revisions) {
		if (h->count)
			revise(page);
		feed(h, write_page(h, page, ""));
	}
}

#endif

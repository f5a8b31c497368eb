/*
 * history.h - revisions fed to a trace one after the other, and what holds of
 * the origins of every history.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_HISTORY_H
#define STEMMA_TESTS_HISTORY_H

#include <string.h>

#include <stemma/trace.h>

#define HISTORY_MOST 64

struct history {
	struct stemma_arena *arena, *scratch;
	struct stemma_trace *trace;
	struct stemma_doc docs[HISTORY_MOST];        /* from revision 1 on */
	struct stemma_origins origins[HISTORY_MOST]; /* as first told */
	size_t count;
};

static inline bool
history_open(struct history *h)
{
	*h = (struct history){.arena = stemma_arena_new((size_t)512 << 20),
		.scratch = stemma_arena_new((size_t)512 << 20),
		.trace = stemma_trace_new(0)};
	return h->arena && h->scratch && h->trace;
}

static inline void
history_close(struct history *h)
{
	stemma_arena_free(h->arena);
	stemma_arena_free(h->scratch);
	stemma_trace_free(h->trace);
}

static inline bool
history_is_ascii(struct stemma_view text)
{
	for (size_t k = 0; k < text.size; k++) {
		if ((unsigned char)text.bytes[k] >= 0x80)
			return false;
	}
	return true;
}

/* Whether the word at `w->at` of the revision that it is from is this one. */
static inline bool
history_word_stood(const struct history *h, const struct stemma_word_origin *w)
{
	struct stemma_view from = h->docs[w->revision - 1].raw;
	struct stemma_view now = h->docs[h->count - 1].raw;

	if (w->at.end > from.size || w->at.start > w->at.end)
		return false;
	if (w->reformatted || !history_is_ascii(from) || !history_is_ascii(now))
		return true;
	return stemma_view_equal(
		stemma_view_cut(from, w->at), stemma_view_cut(now, w->span));
}

/* What is wrong with the newest revision's origins, or NULL. */
static inline const char *
history_check(const struct history *h)
{
	const struct stemma_origins *o = &h->origins[h->count - 1];
	const struct stemma_doc *doc = &h->docs[h->count - 1];

	if (o->unit_count != doc->unit_count ||
		o->firsts[o->unit_count] != o->count)
		return "not all words have an origin";
	for (size_t k = 0; k < o->count; k++) {
		const struct stemma_word_origin *w = &o->words[k];

		if (w->revision < 1 || w->revision > h->count)
			return "an origin that is no revision";
		if (w->reformatted > h->count ||
			(w->reformatted && w->reformatted <= w->revision))
			return "reformatted before it was there";
		if (!history_word_stood(h, w))
			return "the word did not stand at its origin";
	}
	return NULL;
}

/* Feed the next revision; what is wrong, or NULL. */
static inline const char *
history_feed(struct history *h, struct stemma_view text)
{
	const struct stemma_text_options options = {
		.encoding = "UTF-8", .layout = STEMMA_LAYOUT_BLANK_LINE};
	struct stemma_doc *doc = &h->docs[h->count];

	if (stemma_doc_split(doc, text, &options, h->arena, NULL) !=
			STEMMA_OK ||
		stemma_trace_add(h->trace, doc, h->scratch) != STEMMA_OK ||
		stemma_trace_tell(&h->origins[h->count], h->trace,
			(uint32_t)h->count + 1, doc, h->arena,
			h->scratch) != STEMMA_OK)
		return "no answer";
	h->count++;
	if (stemma_arena_used(h->scratch))
		return "scratch is left used";
	return history_check(h);
}

/* Whether the first words of revision `b`, from 1, are from where those of
   revision `a` are: all of `a`'s. */
static inline bool
history_agrees(const struct history *h, size_t a, size_t b)
{
	const struct stemma_origins *was = &h->origins[a - 1];
	const struct stemma_origins *is = &h->origins[b - 1];

	if (is->count < was->count)
		return false;
	for (size_t k = 0; k < was->count; k++) {
		const struct stemma_word_origin *x = &was->words[k];
		const struct stemma_word_origin *y = &is->words[k];

		if (x->revision != y->revision || x->at.start != y->at.start ||
			x->at.end != y->at.end ||
			x->reformatted != y->reformatted)
			return false;
	}
	return true;
}

#endif

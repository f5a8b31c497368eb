/*
 * What became of the text that vanished with this revision: sentences that
 * stand elsewhere now, then words in blocks.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "state.h"

static uint32_t
gone_word(const struct stemma_addition *a, size_t k)
{
	return stemma_stream_word(a->trace, a->gone[k]);
}

/* A sentence that vanished. */
struct sentence {
	uint32_t tag;   /* of its hash */
	uint32_t first; /* its place in `gone` */
	uint32_t next;  /* of those with alike hashes, plus one */
};

/* Those that vanished, found by their words: the first of a text first. */
struct sentences {
	struct sentence *items;
	uint32_t count;
	uint32_t *heads; /* plus one */
	size_t capacity;
};

static bool
sentences_make(struct sentences *s, const struct stemma_addition *a)
{
	*s = (struct sentences){.capacity = 16};
	while (s->capacity < a->gone_count)
		s->capacity *= 2;
	s->items =
		stemma_arena_alloc(a->scratch, a->gone_count, sizeof *s->items);
	s->heads =
		stemma_arena_zalloc(a->scratch, s->capacity, sizeof *s->heads);
	return s->items && s->heads;
}

/* In lists, so that what stands very often is found and taken at once. */
static bool
gather(struct stemma_addition *a, struct sentences *s)
{
	uint64_t hash = 0;

	if (!sentences_make(s, a))
		return false;
	for (size_t k = 0, first = 0; k < a->gone_count; k++) {
		hash = stemma_words_hash(hash, gone_word(a, k));
		if (!stemma_stream_ends(a->trace, a->gone[k]))
			continue;
		s->items[s->count++] = (struct sentence){
			.tag = (uint32_t)(hash >> 32),
			.first = (uint32_t)first,
			.next = (uint32_t)hash & (uint32_t)(s->capacity - 1)};
		first = k + 1;
		hash = 0;
	}
	for (uint32_t k = s->count; k-- > 0;) {
		uint32_t *head = &s->heads[s->items[k].next];

		s->items[k].next = *head;
		*head = k + 1;
	}
	return true;
}

/* Whether the sentence in `gone` from `k` on is `count` words of `f`. */
static bool
is_gone_sentence(const struct stemma_addition *a, size_t k,
	const struct stemma_fresh *f, size_t count)
{
	if (a->taken[k] || k + count > a->gone_count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (gone_word(a, k + i) != f[i].word ||
			stemma_stream_ends(a->trace, a->gone[k + i]) !=
				(i + 1 == count))
			return false;
	}
	return true;
}

/* Take the first like it of the sentences that vanished. */
static bool
take_gone(struct stemma_addition *a, struct sentences *s,
	struct stemma_fresh *f, size_t count, uint64_t hash)
{
	uint32_t *link = &s->heads[(size_t)hash & (s->capacity - 1)];

	for (; *link; link = &s->items[*link - 1].next) {
		const struct sentence *item = &s->items[*link - 1];
		size_t k = item->first;

		if (item->tag != (uint32_t)(hash >> 32) ||
			!is_gone_sentence(a, k, f, count))
			continue;
		for (size_t i = 0; i < count; i++) {
			f[i].token =
				stemma_stream_token(a->trace, a->gone[k + i]);
			f[i].stood = a->gone[k + i];
			f[i].run = (uint32_t)count;
			a->taken[k + i] = 1;
		}
		*link = item->next;
		return true;
	}
	return false;
}

static bool
is_known_sentence(const struct stemma_trace *trace, uint32_t at,
	const struct stemma_fresh *f, size_t count)
{
	if (at + count > trace->stream.count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (stemma_stream_word(trace, at + (uint32_t)i) != f[i].word)
			return false;
	}
	return stemma_stream_ends(trace, at + (uint32_t)count - 1);
}

/* Take it from anywhere in the past of the story. */
static void
take_known(struct stemma_addition *a, struct stemma_fresh *f, size_t count,
	uint64_t hash)
{
	const struct stemma_trace *trace = a->trace;
	uint32_t at;
	size_t cursor = 0;

	if (count < STEMMA_SENTENCE_LEAST)
		return;
	while ((at = stemma_table_next(&trace->sentences, hash, &cursor)) !=
		STEMMA_NONE) {
		if (!is_known_sentence(trace, at, f, count))
			continue;
		for (uint32_t i = 0; i < count; i++) {
			f[i].token = stemma_stream_token(trace, at + i);
			f[i].stood = at + i;
			f[i].run = (uint32_t)count;
		}
		return;
	}
}

bool
stemma_match_sentences(struct stemma_addition *a)
{
	struct sentences s;
	uint64_t hash = 0;

	if (!gather(a, &s))
		return false;
	for (size_t k = 0, first = 0; k < a->fresh_count; k++) {
		struct stemma_fresh *f = &a->fresh[first];

		hash = stemma_words_hash(hash, a->fresh[k].word);
		if (!a->fresh[k].end)
			continue;
		if (!take_gone(a, &s, f, k + 1 - first, hash))
			take_known(a, f, k + 1 - first, hash);
		first = k + 1;
		hash = 0;
	}
	return true;
}

/* What is left of one side, and where it stands. */
struct side {
	uint32_t *words;
	uint32_t *at;
	size_t count;
};

static bool
side_make(struct side *side, size_t most, struct stemma_arena *scratch)
{
	*side = (struct side){
		.words = stemma_arena_alloc(scratch, most, sizeof *side->words),
		.at = stemma_arena_alloc(scratch, most, sizeof *side->at)};
	return side->words && side->at;
}

static void
side_add(struct side *side, uint32_t word, size_t at)
{
	side->words[side->count] = word;
	side->at[side->count++] = (uint32_t)at;
}

/* The words of a block that stands on both sides. */
static void
take_run(struct stemma_addition *a, const struct side sides[2],
	const struct stemma_run *run)
{
	for (uint32_t i = 0; i < run->length; i++) {
		uint32_t gone = sides[0].at[run->at[0] + i];
		struct stemma_fresh *f = &a->fresh[sides[1].at[run->at[1] + i]];

		f->token = stemma_stream_token(a->trace, a->gone[gone]);
		f->stood = a->gone[gone];
		f->run = run->length;
		a->taken[gone] = 1;
	}
}

bool
stemma_match_words(struct stemma_addition *a)
{
	struct side sides[2];
	struct stemma_run *runs;
	size_t count;

	if (!side_make(&sides[0], a->gone_count, a->scratch) ||
		!side_make(&sides[1], a->fresh_count, a->scratch))
		return false;
	for (size_t k = 0; k < a->gone_count; k++) {
		if (!a->taken[k])
			side_add(&sides[0], gone_word(a, k), k);
	}
	for (size_t k = 0; k < a->fresh_count; k++) {
		if (a->fresh[k].token == STEMMA_NONE)
			side_add(&sides[1], a->fresh[k].word, k);
	}
	if (!sides[0].count || !sides[1].count)
		return true;
	if (!stemma_blocks_make(&runs, &count,
		    (const uint32_t *const[]){sides[0].words, sides[1].words},
		    (const size_t[]){sides[0].count, sides[1].count},
		    a->scratch, a->trace->spare))
		return false;
	for (size_t k = 0; k < count; k++)
		take_run(a, sides, &runs[k]);
	return true;
}

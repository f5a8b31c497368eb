/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/below.h"
#include "state.h"

struct stemma_trace *
stemma_trace_new(size_t limit)
{
	struct stemma_trace *trace = calloc(1, sizeof *trace);

	if (!trace)
		return NULL;
	trace->account.limit = limit;
	trace->arena = stemma_arena_new(limit);
	trace->spare = stemma_arena_new(limit);
	if (trace->arena && trace->spare)
		trace->words = stemma_intern_new(trace->arena);
	if (trace->words)
		return trace;
	stemma_trace_free(trace);
	return NULL;
}

void
stemma_trace_free(struct stemma_trace *trace)
{
	if (!trace)
		return;
	stemma_arena_free(trace->arena);
	stemma_arena_free(trace->spare);
	stemma_list_free(&trace->tokens);
	stemma_list_free(&trace->stream);
	stemma_list_free(&trace->passages);
	stemma_list_free(&trace->now);
	stemma_list_free(&trace->sets);
	stemma_list_free(&trace->members);
	stemma_list_free(&trace->turns);
	stemma_table_free(&trace->keys);
	stemma_table_free(&trace->sentences);
	stemma_table_free(&trace->grams);
	stemma_table_free(&trace->set_keys);
	free(trace);
}

uint32_t
stemma_trace_count(const struct stemma_trace *trace)
{
	return trace->revision;
}

size_t
stemma_trace_used(const struct stemma_trace *trace)
{
	return trace->account.used + stemma_arena_used(trace->arena);
}

/* Find the units that are known, and make room for all there is to say. */
static bool
look_up(struct stemma_addition *a)
{
	const struct stemma_doc *doc = a->doc;
	size_t count = doc->unit_count;

	a->passages =
		stemma_arena_alloc(a->scratch, count, sizeof *a->passages);
	a->places = stemma_arena_alloc(a->scratch, count, sizeof *a->places);
	a->sizes = stemma_arena_alloc(a->scratch, count, sizeof *a->sizes);
	if (!a->passages || !a->places || !a->sizes)
		return false;
	for (size_t k = 0; k < count; k++) {
		const struct stemma_unit *unit = &doc->units[k];
		uint32_t p = stemma_passage_find(
			a->trace, unit->key, unit->end - unit->start);

		a->passages[k] = p;
		a->sizes[k] = p == STEMMA_NONE
				      ? 0
				      : stemma_passages(a->trace)[p].count;
	}
	return true;
}

/* Ids of one revision's own table, and what the trace calls them. */
struct naming {
	struct stemma_intern *own;
	uint32_t *names;
	size_t capacity;
};

/* Whether folding would change nothing, as of most words. */
static bool
is_folded(struct stemma_view word)
{
	for (size_t k = 0; k < word.size; k++) {
		if (word.bytes[k] < 'a' || word.bytes[k] > 'z')
			return false;
	}
	return true;
}

/* The trace's id for the word that the revision's table calls `id`: one for
   all cases of its letters, since a word that comes to stand first in its
   sentence is no other word. */
static uint32_t
name_of(struct stemma_addition *a, struct naming *naming, uint32_t id)
{
	struct stemma_view word;

	if (naming->names[id] != STEMMA_NO_ID)
		return naming->names[id];
	word = stemma_intern_string(naming->own, id);
	if (is_folded(word) || stemma_fold(&word, word, STEMMA_FOLD_CASE,
				       a->scratch) == STEMMA_OK)
		naming->names[id] = stemma_intern_copy(a->trace->words, word);
	return naming->names[id];
}

/* Add the words of fresh unit `unit`, which `words` holds. */
static bool
add_words(struct stemma_addition *a, struct naming *naming,
	const struct stemma_words *words, size_t unit)
{
	for (size_t k = 0; k < words->count; k++) {
		const struct stemma_word *w = &words->words[k];
		struct stemma_span span = {
			words->base + w->start, words->base + w->end};
		size_t start = stemma_doc_offset(a->doc, span.start);
		size_t end = stemma_doc_offset(a->doc, span.end);
		struct stemma_fresh *f = &a->fresh[a->fresh_count++];

		*f = (struct stemma_fresh){.word = name_of(a, naming, w->id),
			.look = (uint32_t)stemma_hash(
				stemma_view_cut(a->doc->text, span)),
			.start = (uint32_t)start,
			.size = (uint32_t)(end - start),
			.unit = (uint32_t)unit,
			.token = STEMMA_NONE,
			.from = STEMMA_NONE,
			.stood = STEMMA_NONE,
			.end = w->sentence_end};
		a->sentence_count += w->sentence_end;
		if (f->word == STEMMA_NO_ID)
			return false;
	}
	return true;
}

/* Split the fresh units into words. */
static enum stemma_code
split_fresh(struct stemma_addition *a)
{
	const struct stemma_doc *doc = a->doc;
	struct naming naming = {.own = stemma_intern_new(a->scratch)};
	struct stemma_words *words =
		stemma_arena_alloc(a->scratch, doc->unit_count, sizeof *words);
	size_t total = 0, names;

	if (!naming.own || !words)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_unit *unit = &doc->units[k];
		enum stemma_code code;

		if (a->passages[k] != STEMMA_NONE)
			continue;
		code = stemma_words_split(&words[k], doc,
			(struct stemma_span){unit->start, unit->end},
			naming.own, a->scratch);
		if (code != STEMMA_OK)
			return code;
		a->sizes[k] = (uint32_t)words[k].count;
		total += words[k].count;
	}
	names = stemma_intern_count(naming.own);
	a->fresh = stemma_arena_alloc(a->scratch, total, sizeof *a->fresh);
	naming.names =
		stemma_arena_alloc(a->scratch, names, sizeof *naming.names);
	if (!a->fresh || !naming.names)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < names; k++)
		naming.names[k] = STEMMA_NO_ID;
	for (size_t k = 0; k < doc->unit_count; k++) {
		if (a->passages[k] == STEMMA_NONE &&
			!add_words(a, &naming, &words[k], k))
			return STEMMA_NOMEM;
	}
	return STEMMA_OK;
}

static int
compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The passages of the revision that comes in, the known ones, sorted; of one
   that stands twice, both. */
static uint32_t *
sort_passages(const struct stemma_addition *a)
{
	size_t count = a->doc->unit_count;
	uint32_t *sorted =
		stemma_arena_alloc(a->scratch, count, sizeof *sorted);

	if (!sorted)
		return NULL;
	for (size_t k = 0; k < count; k++)
		sorted[k] = a->passages[k];
	qsort(sorted, count, sizeof *sorted, compare_numbers);
	return sorted;
}

/* How many of them are `id`, which may be nearly all. */
static size_t
count_of(const uint32_t *sorted, size_t count, uint32_t id)
{
	return stemma_count_below(sorted, count, (uint64_t)id + 1) -
	       stemma_count_below(sorted, count, id);
}

/* Mark the words of known passages that come in anew, or take the marks away:
   what went with another passage did not vanish if it stands in one of them. */
static void
mark_known(struct stemma_addition *a, uint32_t mark)
{
	const struct stemma_trace *trace = a->trace;

	for (size_t k = 0; k < a->doc->unit_count; k++) {
		const struct stemma_passage *p;

		if (a->passages[k] == STEMMA_NONE)
			continue;
		p = &stemma_passages(trace)[a->passages[k]];
		for (uint32_t i = 0; p->last < trace->revision && i < p->count;
			i++)
			stemma_stream_root(trace, p->first + i)->holder = mark;
	}
}

/* Gather the words of the newest revision that this one no longer has. Of a
   passage that stood three times and stands once, two are gone. */
static bool
gather_gone(struct stemma_addition *a)
{
	const struct stemma_trace *trace = a->trace;
	const struct stemma_passage *passages = stemma_passages(trace);
	const uint32_t *now = trace->now.items;
	size_t count = a->doc->unit_count, most = 0;
	uint32_t *stay = sort_passages(a);
	uint32_t *left =
		stemma_arena_alloc(a->scratch, trace->now.count, sizeof *left);

	if (!stay || !left)
		return false;
	for (size_t k = 0; k < trace->now.count; k++)
		most += passages[now[k]].count;
	a->gone = stemma_arena_alloc(a->scratch, most, sizeof *a->gone);
	if (!a->gone)
		return false;
	for (size_t k = 0; k < trace->now.count; k++)
		left[k] = now[k];
	qsort(left, trace->now.count, sizeof *left, compare_numbers);
	mark_known(a, STEMMA_NONE);
	for (size_t k = 0; k < trace->now.count; k++) {
		const struct stemma_passage *p = &passages[now[k]];

		if (count_of(stay, count, now[k]) >=
			count_of(left, trace->now.count, now[k]))
			continue;
		for (uint32_t i = 0; i < p->count; i++) {
			if (!stemma_stream_root(trace, p->first + i)->holder)
				a->gone[a->gone_count++] = p->first + i;
		}
	}
	mark_known(a, 0);
	a->taken = stemma_arena_zalloc(
		a->scratch, a->gone_count, sizeof *a->taken);
	return a->taken;
}

static bool
any_fresh(const struct stemma_addition *a)
{
	for (size_t k = 0; k < a->doc->unit_count; k++) {
		if (a->passages[k] == STEMMA_NONE)
			return true;
	}
	return false;
}

static enum stemma_code
match(struct stemma_addition *a)
{
	enum stemma_code code;
	size_t place = 0;

	if (a->doc->raw.size > UINT32_MAX || a->doc->text.size > UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	if (!look_up(a))
		return STEMMA_NOMEM;
	if (any_fresh(a)) {
		code = split_fresh(a);
		if (code != STEMMA_OK)
			return code;
		if (a->trace->stream.count + a->fresh_count >=
			STEMMA_SENTENCE_END)
			return STEMMA_UNSUPPORTED;
		if (!gather_gone(a) || !stemma_match_sentences(a) ||
			!stemma_match_words(a) || !stemma_match_grams(a))
			return STEMMA_NOMEM;
	}
	for (size_t k = 0; k < a->doc->unit_count; k++) {
		a->places[k] = (uint32_t)place;
		place += a->sizes[k];
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_trace_add(struct stemma_trace *trace, const struct stemma_doc *doc,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_mark spare = stemma_arena_mark(trace->spare);
	struct stemma_addition addition = {
		.trace = trace, .doc = doc, .scratch = scratch};
	enum stemma_code code = match(&addition);

	if (code == STEMMA_OK && !stemma_addition_reserve(&addition))
		code = STEMMA_NOMEM;
	if (code == STEMMA_OK)
		stemma_addition_commit(&addition);
	stemma_arena_rewind(scratch, mark);
	stemma_arena_rewind(trace->spare, spare);
	return code;
}

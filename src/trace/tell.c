/* SPDX-License-Identifier: MIT */
#include "state.h"

/* Whether `b` followed `a` at its origin too, and is like it. */
static bool
joins(const struct stemma_token *a, const struct stemma_token *b)
{
	return a->revision == b->revision && a->place + 1 == b->place &&
	       a->reformatted == b->reformatted && a->restored == b->restored;
}

/* The origins of one unit's words, which are those of `p`. */
static void
tell_unit(struct stemma_origins *origins, const struct stemma_trace *trace,
	const struct stemma_doc *doc, const struct stemma_passage *p,
	const struct stemma_words *words)
{
	const struct stemma_token *before = NULL;

	for (uint32_t k = 0; k < p->count; k++) {
		const struct stemma_word *w = &words->words[k];
		const struct stemma_token *t = &stemma_tokens(
			trace)[stemma_stream_token(trace, p->first + k)];
		struct stemma_word_origin *o =
			&origins->words[origins->count++];

		*o = (struct stemma_word_origin){
			.text = {words->base + w->start, words->base + w->end},
			.at = {t->start, (size_t)t->start + t->size},
			.revision = t->revision,
			.reformatted = t->reformatted,
			.restored = t->restored,
			.joins = before && joins(before, t)};
		o->span.start = stemma_doc_offset(doc, o->text.start);
		o->span.end = stemma_doc_offset(doc, o->text.end);
		before = t;
	}
}

/* Whether `doc` is the newest revision; `*words` of them it has. */
static bool
is_newest(const struct stemma_trace *trace, const struct stemma_doc *doc,
	size_t *words)
{
	const uint32_t *now = trace->now.items;

	if (doc->unit_count != trace->now.count)
		return false;
	*words = 0;
	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_passage *p =
			&stemma_passages(trace)[now[k]];
		const struct stemma_unit *u = &doc->units[k];

		if (p->key != u->key || p->bytes != u->end - u->start)
			return false;
		*words += p->count;
	}
	return true;
}

static enum stemma_code
tell(struct stemma_origins *origins, const struct stemma_trace *trace,
	const struct stemma_doc *doc, struct stemma_intern *ids,
	struct stemma_arena *scratch)
{
	const uint32_t *now = trace->now.items;

	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_passage *p =
			&stemma_passages(trace)[now[k]];
		struct stemma_span span = {
			doc->units[k].start, doc->units[k].end};
		struct stemma_words words;
		enum stemma_code code;

		origins->firsts[k] = origins->count;
		origins->seen[k] = p->seen;
		origins->edited[k] = p->revision;
		origins->edits[k] = p->edits;
		code = stemma_words_split(&words, doc, span, ids, scratch);
		if (code != STEMMA_OK)
			return code;
		/* Other bytes of the same hash and length. */
		if (words.count != p->count)
			return STEMMA_INVALID;
		tell_unit(origins, trace, doc, p, &words);
	}
	origins->firsts[doc->unit_count] = origins->count;
	origins->unit_count = doc->unit_count;
	return STEMMA_OK;
}

enum stemma_code
stemma_trace_tell(struct stemma_origins *origins,
	const struct stemma_trace *trace, const struct stemma_doc *doc,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark marks[2] = {
		stemma_arena_mark(arena), stemma_arena_mark(scratch)};
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_intern *ids;
	size_t units = doc->unit_count, words;

	*origins = (struct stemma_origins){0};
	if (!is_newest(trace, doc, &words))
		return STEMMA_INVALID;
	origins->words =
		stemma_arena_alloc(arena, words, sizeof *origins->words);
	origins->firsts =
		stemma_arena_alloc(arena, units + 1, sizeof *origins->firsts);
	origins->seen = stemma_arena_alloc(arena, units, sizeof *origins->seen);
	origins->edited =
		stemma_arena_alloc(arena, units, sizeof *origins->edited);
	origins->edits =
		stemma_arena_alloc(arena, units, sizeof *origins->edits);
	if (origins->words && origins->firsts && origins->seen &&
		origins->edited && origins->edits) {
		marks[1] = stemma_arena_mark(scratch);
		ids = stemma_intern_new(scratch);
		if (ids)
			code = tell(origins, trace, doc, ids, scratch);
	}
	stemma_arena_rewind(scratch, marks[1]);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, marks[0]);
		*origins = (struct stemma_origins){0};
	}
	return code;
}

enum stemma_code
stemma_trace_life(struct stemma_wording **life, size_t *count,
	const struct stemma_trace *trace, size_t unit,
	struct stemma_arena *arena)
{
	const struct stemma_passage *passages = stemma_passages(trace);
	uint32_t id, first;

	*life = NULL;
	*count = 0;
	if (unit >= trace->now.count)
		return STEMMA_INVALID;
	first = ((const uint32_t *)trace->now.items)[unit];
	for (id = first; id != STEMMA_NONE; id = passages[id].parent)
		++*count;
	*life = stemma_arena_alloc(arena, *count, sizeof **life);
	if (!*life) {
		*count = 0;
		return STEMMA_NOMEM;
	}
	id = first;
	for (size_t k = *count; k-- > 0; id = passages[id].parent) {
		const struct stemma_passage *p = &passages[id];

		(*life)[k] = (struct stemma_wording){.revision = p->revision,
			.last = p->last,
			.unit = p->unit,
			.words = p->count,
			.kept = p->kept,
			.brought = p->brought,
			.returns = p->returns};
	}
	return STEMMA_OK;
}

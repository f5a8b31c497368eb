/* SPDX-License-Identifier: MIT */
#include "state.h"

/* What there is to know to tell of one revision. */
struct telling {
	struct stemma_origins *origins;
	const struct stemma_trace *trace;
	const struct stemma_doc *doc;
	struct stemma_arena *scratch;
};

static bool
is_restored(const struct telling *telling, const struct stemma_token *t)
{
	uint32_t restored = stemma_tokens(telling->trace)[t->root].restored;

	return restored && restored <= telling->origins->revision;
}

/* Whether `b` followed `a` at its origin too, and is like it. */
static bool
joins(const struct telling *telling, const struct stemma_token *a,
	const struct stemma_token *b)
{
	return a->revision == b->revision && a->place + 1 == b->place &&
	       a->reformatted == b->reformatted &&
	       is_restored(telling, a) == is_restored(telling, b);
}

/* The origins of one unit's words, which are those of `p`. */
static void
tell_unit(struct telling *telling, const struct stemma_passage *p,
	const struct stemma_words *words)
{
	const struct stemma_doc *doc = telling->doc;
	const struct stemma_token *before = NULL;

	for (uint32_t k = 0; k < p->count; k++) {
		const struct stemma_word *w = &words->words[k];
		const struct stemma_token *t =
			&stemma_tokens(telling->trace)[stemma_stream_token(
				telling->trace, p->first + k)];
		struct stemma_word_origin *o =
			&telling->origins->words[telling->origins->count++];

		*o = (struct stemma_word_origin){
			.text = {words->base + w->start, words->base + w->end},
			.at = {t->start, (size_t)t->start + t->size},
			.revision = t->revision,
			.reformatted = t->reformatted,
			.restored = is_restored(telling, t),
			.joins = before && joins(telling, before, t)};
		o->span.start = stemma_doc_offset(doc, o->text.start);
		o->span.end = stemma_doc_offset(doc, o->text.end);
		before = t;
	}
}

/* Whether `doc` can be the revision: its wordings, and `*words` of them all. */
static bool
find_wordings(const struct telling *telling, size_t *words)
{
	const struct stemma_trace *trace = telling->trace;
	const struct stemma_doc *doc = telling->doc;
	uint32_t revision = telling->origins->revision;
	bool newest = revision == trace->revision;

	if (!revision || revision > trace->revision ||
		(newest && doc->unit_count != trace->now.count))
		return false;
	*words = 0;
	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_unit *u = &doc->units[k];
		uint32_t id =
			stemma_passage_find(trace, u->key, u->end - u->start);

		if (id == STEMMA_NONE ||
			stemma_passages(trace)[id].revision > revision ||
			(newest && id != ((uint32_t *)trace->now.items)[k]))
			return false;
		telling->origins->wordings[k] = id;
		*words += stemma_passages(trace)[id].count;
	}
	return true;
}

static enum stemma_code
tell(struct telling *telling, struct stemma_intern *ids)
{
	struct stemma_origins *origins = telling->origins;
	const struct stemma_doc *doc = telling->doc;

	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_passage *p =
			&stemma_passages(telling->trace)[origins->wordings[k]];
		struct stemma_span span = {
			doc->units[k].start, doc->units[k].end};
		struct stemma_words words;
		enum stemma_code code;

		origins->firsts[k] = origins->count;
		origins->seen[k] = p->seen;
		origins->edited[k] = p->revision;
		origins->edits[k] = p->edits;
		code = stemma_words_split(
			&words, doc, span, ids, telling->scratch);
		if (code != STEMMA_OK)
			return code;
		/* Other bytes of the same hash and length. */
		if (words.count != p->count)
			return STEMMA_INVALID;
		tell_unit(telling, p, &words);
	}
	origins->firsts[doc->unit_count] = origins->count;
	origins->unit_count = doc->unit_count;
	return STEMMA_OK;
}

/* Room for what is told of the units. */
static bool
make_room(struct stemma_origins *origins, size_t units,
	struct stemma_arena *arena)
{
	origins->firsts =
		stemma_arena_alloc(arena, units + 1, sizeof *origins->firsts);
	origins->seen = stemma_arena_alloc(arena, units, sizeof *origins->seen);
	origins->edited =
		stemma_arena_alloc(arena, units, sizeof *origins->edited);
	origins->edits =
		stemma_arena_alloc(arena, units, sizeof *origins->edits);
	origins->wordings =
		stemma_arena_alloc(arena, units, sizeof *origins->wordings);
	return origins->firsts && origins->seen && origins->edited &&
	       origins->edits && origins->wordings;
}

enum stemma_code
stemma_trace_tell(struct stemma_origins *origins,
	const struct stemma_trace *trace, uint32_t revision,
	const struct stemma_doc *doc, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_mark marks[2] = {
		stemma_arena_mark(arena), stemma_arena_mark(scratch)};
	struct telling telling = {origins, trace, doc, scratch};
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_intern *ids = NULL;
	size_t words = 0;

	*origins = (struct stemma_origins){.revision = revision};
	if (make_room(origins, doc->unit_count, arena))
		code = find_wordings(&telling, &words) ? STEMMA_OK
						       : STEMMA_INVALID;
	if (code == STEMMA_OK) {
		origins->words = stemma_arena_alloc(
			arena, words, sizeof *origins->words);
		marks[1] = stemma_arena_mark(scratch);
		ids = stemma_intern_new(scratch);
		code = ids && origins->words ? tell(&telling, ids)
					     : STEMMA_NOMEM;
	}
	stemma_arena_rewind(scratch, marks[1]);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, marks[0]);
		*origins = (struct stemma_origins){0};
	}
	return code;
}

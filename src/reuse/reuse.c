/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/reuse.h>

#include "near.h"
#include "pairs.h"
#include "screen.h"

const char *
stemma_passage_kind_name(enum stemma_passage_kind kind)
{
	return kind == STEMMA_PASSAGE_VERBATIM ? "verbatim" : "near";
}

/* What is being written, and from what. */
struct writing {
	struct stemma_reuse *reuse;
	const struct stemma_matches *matches;
	const struct stemma_corpus *corpus;
	const struct stemma_doc *const *docs; /* by the corpus's numbers */
	bool swapped; /* the corpus has the second document first */
};

/* The bytes of the words [from, to), or the place between them, in a text. */
static struct stemma_span
words_span(const struct writing *w, uint32_t unit, uint32_t from, uint32_t to)
{
	const struct stemma_corpus_word *words = w->corpus->words;
	const struct stemma_corpus_unit *u = &w->corpus->units[unit];
	size_t base = w->corpus->bases[u->doc];

	if (from < to)
		return (struct stemma_span){
			base + words[from].start, base + words[to - 1].end};
	/* Before the word behind, as there always is one in a passage. */
	return (struct stemma_span){
		base + words[to].start, base + words[to].start};
}

static struct stemma_passage_place
place_of(const struct writing *w, uint32_t unit, uint32_t from, uint32_t to)
{
	const struct stemma_corpus_unit *u = &w->corpus->units[unit];

	return (struct stemma_passage_place){
		.doc = w->swapped ? !u->doc : u->doc,
		.unit = u->unit,
		.span = words_span(w, unit, from, to)};
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_inside_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/*
 * How far back from a word marks belong to it: to the white space in front, so
 * that nobody else claims them; without any not at all.
 */
static size_t
floor_of(const struct writing *w, const struct stemma_corpus_unit *u,
	uint32_t word)
{
	const struct stemma_corpus_word *words = w->corpus->words;
	const struct stemma_doc *doc = w->docs[u->doc];
	size_t base = w->corpus->bases[u->doc], at = base + words[word].start;
	size_t end = word > u->first ? base + words[word - 1].end
				     : doc->units[u->unit].start;

	for (; at > end; at--)
		if (is_space(doc->text.bytes[at - 1]))
			return at;
	return word > u->first ? base + words[word].start : end;
}

/* How far on, likewise. */
static size_t
ceiling_of(const struct writing *w, const struct stemma_corpus_unit *u,
	uint32_t word)
{
	const struct stemma_corpus_word *words = w->corpus->words;
	const struct stemma_doc *doc = w->docs[u->doc];
	size_t base = w->corpus->bases[u->doc], at = base + words[word].end;
	size_t end = word + 1 < u->end ? base + words[word + 1].start
				       : doc->units[u->unit].end;

	for (; at < end; at++)
		if (is_space(doc->text.bytes[at]))
			return at;
	return word + 1 < u->end ? base + words[word].end : end;
}

/* How many bytes are the same in front of two places, or from them on; whole
   characters only. */
static size_t
same_before(const char *x, size_t x_most, const char *y, size_t y_most)
{
	size_t n = 0, whole = 0;

	for (; n < x_most && n < y_most; n++) {
		if (*--x != *--y)
			break;
		if (!is_inside_character(*x))
			whole = n + 1;
	}
	return whole;
}

static size_t
same_behind(const char *x, size_t x_most, const char *y, size_t y_most)
{
	size_t n = 0;

	while (n < x_most && n < y_most && x[n] == y[n])
		n++;
	while (n && ((n < x_most && is_inside_character(x[n])) ||
			    (n < y_most && is_inside_character(y[n]))))
		n--;
	return n;
}

/*
 * Take in the marks that stand around a passage on both sides: its quotation
 * marks, its full stop.
 */
static void
take_marks(const struct writing *w, const struct stemma_match *match,
	struct stemma_span *source, struct stemma_span *target)
{
	const struct stemma_match_run *first =
		&w->matches->runs[match->first_run];
	const struct stemma_match_run *last = &first[match->run_count - 1];
	const struct stemma_corpus_unit
		*a = &w->corpus->units[match->source_unit],
		*b = &w->corpus->units[match->target_unit];
	const char *x = w->docs[a->doc]->text.bytes;
	const char *y = w->docs[b->doc]->text.bytes;
	size_t size = same_before(x + source->start,
		source->start - floor_of(w, a, first->source),
		y + target->start,
		target->start - floor_of(w, b, first->target));

	source->start -= size;
	target->start -= size;
	size = same_behind(x + source->end,
		ceiling_of(w, a, last->source + last->size - 1) - source->end,
		y + target->end,
		ceiling_of(w, b, last->target + last->size - 1) - target->end);
	source->end += size;
	target->end += size;
}

static void
write_edits(struct writing *w, const struct stemma_match *match)
{
	const struct stemma_match_run *runs =
		&w->matches->runs[match->first_run];

	for (uint32_t k = 1; k < match->run_count; k++) {
		const struct stemma_match_run *last = &runs[k - 1];
		struct stemma_span source, target;

		source = words_span(w, match->source_unit,
			last->source + last->size, runs[k].source);
		target = words_span(w, match->target_unit,
			last->target + last->size, runs[k].target);
		w->reuse->edits[w->reuse->edit_count++] =
			(struct stemma_passage_edit){
				.source = w->swapped ? target : source,
				.target = w->swapped ? source : target};
	}
}

static void
write_passage(struct writing *w, const struct stemma_match *match)
{
	const struct stemma_match_run *first =
		&w->matches->runs[match->first_run];
	const struct stemma_match_run *last = &first[match->run_count - 1];
	uint32_t source_end = last->source + last->size;
	uint32_t target_end = last->target + last->size;
	uint32_t words =
		source_end - first->source + target_end - first->target;
	struct stemma_passage passage = {
		.source = place_of(
			w, match->source_unit, first->source, source_end),
		.target = place_of(
			w, match->target_unit, first->target, target_end),
		.words = match->matched,
		.first_edit = (uint32_t)w->reuse->edit_count,
		.edit_count = match->run_count - 1,
		.similarity = 2.0f * (float)match->matched / (float)words,
		.kind = match->run_count > 1 ? STEMMA_PASSAGE_NEAR
					     : STEMMA_PASSAGE_VERBATIM};

	take_marks(w, match, &passage.source.span, &passage.target.span);
	if (w->swapped) {
		struct stemma_passage_place swap = passage.source;

		passage.source = passage.target;
		passage.target = swap;
	}
	write_edits(w, match);
	w->reuse->passages[w->reuse->passage_count++] = passage;
}

/* The order in which passages are told: by target, then by source. */
static struct stemma_sortable *
order(const struct writing *w, struct stemma_arena *arena)
{
	const struct stemma_matches *m = w->matches;
	struct stemma_sortable *items =
		stemma_arena_alloc(arena, m->count, sizeof *items);
	struct stemma_sortable *spare =
		stemma_arena_alloc(arena, m->count, sizeof *spare);

	if (!items || !spare)
		return NULL;
	for (size_t k = 0; k < m->count; k++) {
		const struct stemma_match_run *run =
			&m->runs[m->matches[k].first_run];
		uint64_t source = run->source, target = run->target;

		items[k] = (struct stemma_sortable){
			.key = w->swapped ? source << 32 | target
					  : target << 32 | source,
			.first = (uint32_t)k};
	}
	stemma_sort_keys(items, spare, m->count);
	return items;
}

static enum stemma_code
write_all(struct writing *w, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	const struct stemma_matches *m = w->matches;
	struct stemma_sortable *items = order(w, scratch);
	struct stemma_mark mark = stemma_arena_mark(arena);
	size_t edits = m->run_count - m->count;

	w->reuse->passages =
		stemma_arena_alloc(arena, m->count, sizeof *w->reuse->passages);
	w->reuse->edits =
		stemma_arena_alloc(arena, edits, sizeof *w->reuse->edits);
	if (!items || !w->reuse->passages || !w->reuse->edits) {
		stemma_arena_rewind(arena, mark);
		return STEMMA_NOMEM;
	}
	for (size_t k = 0; k < m->count; k++)
		write_passage(w, &m->matches[items[k].first]);
	w->reuse->approximate = m->approximate;
	return STEMMA_OK;
}

/* Whether the second document is to be read first: one order for both ways of
   asking, so that their answers mirror each other. */
static bool
is_swapped(const struct stemma_doc *const docs[], size_t count)
{
	if (count < 2)
		return false;
	if (docs[0]->text.size != docs[1]->text.size)
		return docs[0]->text.size > docs[1]->text.size;
	return docs[0]->text.size &&
	       memcmp(docs[0]->text.bytes, docs[1]->text.bytes,
		       docs[0]->text.size) > 0;
}

/* Match the units that are `worth` reading, and write what was found. */
static enum stemma_code
find(struct writing *w, uint8_t *worth[2], size_t count,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_corpus corpus;
	struct stemma_matches matches;
	enum stemma_code code = stemma_corpus_read(
		&corpus, w->docs, worth, count, scratch, arena);

	if (code != STEMMA_OK)
		return code;
	if (!stemma_pairs_match(&matches, &corpus, NULL, scratch))
		return STEMMA_NOMEM;
	w->corpus = &corpus;
	w->matches = &matches;
	code = write_all(w, arena, scratch);
	w->corpus = NULL;
	w->matches = NULL;
	return code;
}

enum stemma_code
stemma_reuse_find(struct stemma_reuse *reuse,
	const struct stemma_doc *const docs[], size_t count,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	bool swapped = is_swapped(docs, count);
	const struct stemma_doc *ordered[2] = {
		docs[swapped], count > 1 ? docs[!swapped] : NULL};
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct writing w = {
		.reuse = reuse, .docs = ordered, .swapped = swapped};
	enum stemma_code code = STEMMA_NOMEM;
	uint8_t *worth[2];

	*reuse = (struct stemma_reuse){0};
	if (stemma_screen(worth, ordered, count, scratch, arena))
		code = find(&w, worth, count, arena, scratch);
	stemma_arena_rewind(scratch, mark);
	if (code != STEMMA_OK)
		*reuse = (struct stemma_reuse){0};
	return code;
}

enum stemma_code
stemma_reuse_find_of(struct stemma_reuse *reuse, const struct stemma_doc *doc,
	const uint8_t *wanted, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	const struct stemma_doc *docs[2] = {doc, NULL};
	struct writing w = {.reuse = reuse, .docs = docs};
	uint8_t *worth[2] = {
		stemma_arena_alloc(scratch, doc->unit_count, 1), NULL};
	enum stemma_code code = STEMMA_NOMEM;

	*reuse = (struct stemma_reuse){0};
	if (worth[0] && stemma_near_find(worth[0], doc, wanted, scratch))
		code = find(&w, worth, 1, arena, scratch);
	stemma_arena_rewind(scratch, mark);
	if (code != STEMMA_OK)
		*reuse = (struct stemma_reuse){0};
	return code;
}

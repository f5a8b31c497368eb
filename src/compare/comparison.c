/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/changes.h"
#include "compare/digest.h"
#include "compare/links.h"
#include "compare/pages.h"
#include "compare/pieces.h"
#include "text/fold.h"

/* Steps that any two documents may take, and more for each unit: enough for
   the exact answer on anything that was once the same text. */
#define LEAST_BUDGET (UINT64_C(1) << 27)
#define BUDGET_PER_UNIT 4096
/* Of them, what the search for a shortest script may take for each word, or
   unit, that it searches: one that has not met by then is of texts in which
   nothing stands once. */
#define BUDGET_EACH 64

struct context {
	struct stemma_comparison *comparison;
	struct stemma_pairing pairing;
	const struct stemma_doc *docs[2]; /* in the order of the search */
	bool flip; /* the search has the new document first */
	unsigned ignore;
	struct stemma_budget budget;
	struct stemma_lexicon *lexicon; /* for the weights */
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

/*
 * Whether the search should take the new document first. Where a text gives no
 * reason for one answer over another the search takes the first it finds; so
 * that swapping the documents mirrors even that, they are put into an order
 * that depends on what they say alone.
 */
static bool
must_flip(const struct stemma_doc *old_doc, const struct stemma_doc *new_doc)
{
	size_t count = old_doc->unit_count < new_doc->unit_count
			       ? old_doc->unit_count
			       : new_doc->unit_count;

	for (size_t u = 0; u < count; u++)
		if (old_doc->units[u].key != new_doc->units[u].key)
			return old_doc->units[u].key > new_doc->units[u].key;
	return old_doc->unit_count > new_doc->unit_count;
}

static bool
has_word_edits(const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	for (uint32_t k = 0; k < link->change_count; k++)
		if (!comparison->changes[link->first_change + k].reformat)
			return true;
	return false;
}

/* Whether nothing but typography differs: between words white space came or
   went, or what folding drops made other words of the same text. */
static enum stemma_code
tell_reformatted(bool *reformatted, struct context *context,
	const struct stemma_link *link)
{
	const struct stemma_comparison *comparison = context->comparison;

	*reformatted = !has_word_edits(comparison, link);
	if (*reformatted)
		return STEMMA_OK;
	return stemma_fold_alike(reformatted,
		stemma_doc_unit(comparison->docs[0], link->units[0].first),
		stemma_doc_unit(comparison->docs[1], link->units[1].first),
		context->scratch);
}

/* Tokens of both sides of a link, and how many of each are paired. */
struct tally {
	uint64_t tokens, paired;
};

static enum stemma_code
append_edits(struct context *context, struct stemma_change_list *list,
	const struct stemma_edits *edits, struct tally *tally)
{
	tally->tokens +=
		(uint64_t)edits->sides[0].count + edits->sides[1].count;
	tally->paired += edits->paired;
	return stemma_changes_append(list, edits, context->lexicon,
		context->flip, context->ignore, context->scratch);
}

/* A long paragraph, piece by piece. */
static enum stemma_code
edit_pieces(struct context *context, struct stemma_change_list *list,
	const struct stemma_span spans[2], struct tally *tally)
{
	struct stemma_intern *intern = stemma_intern_new(context->scratch);
	struct stemma_pieces pieces;
	enum stemma_code code;

	if (!intern)
		return STEMMA_NOMEM;
	code = stemma_pieces_find(&pieces, context->docs, spans,
		&context->budget, context->scratch, context->arena);
	for (size_t k = 0; code == STEMMA_OK && k < pieces.count; k++) {
		struct stemma_edits edits;

		code = stemma_edits_make_piece(&edits, context->docs,
			pieces.pieces[k], intern, &context->budget,
			context->scratch, context->arena);
		if (code == STEMMA_OK)
			code = append_edits(context, list, &edits, tally);
	}
	tally->tokens += 2 * pieces.kept_words;
	tally->paired += pieces.kept_words;
	return code;
}

static enum stemma_code
edit_whole(struct context *context, struct stemma_change_list *list,
	const struct stemma_pair_link *pair, struct tally *tally)
{
	struct stemma_edits edits;
	enum stemma_code code = stemma_edits_make(&edits, &context->pairing,
		context->docs, pair, &context->budget, context->scratch,
		context->arena);

	return code == STEMMA_OK ? append_edits(context, list, &edits, tally)
				 : code;
}

/* Find the word edits of one link. */
static enum stemma_code
edit_link(struct context *context, struct stemma_change_list *list,
	struct stemma_link *link, uint32_t number)
{
	const struct stemma_pair_link *pair = &context->pairing.links[number];
	struct stemma_mark mark = stemma_arena_mark(context->scratch);
	struct tally tally = {0, 0};
	size_t first = list->count;
	struct stemma_span spans[2];
	bool reformatted = false;
	enum stemma_code code;

	for (int side = 0; side < 2; side++) {
		const struct stemma_unit *unit =
			&context->docs[side]->units[pair->first[side]];

		spans[side] = (struct stemma_span){unit->start, unit->end};
	}
	if (link->op == STEMMA_EDITED &&
		spans[0].end - spans[0].start >= STEMMA_PIECES_FROM &&
		spans[1].end - spans[1].start >= STEMMA_PIECES_FROM)
		code = edit_pieces(context, list, spans, &tally);
	else
		code = edit_whole(context, list, pair, &tally);
	stemma_arena_rewind(context->scratch, mark);
	if (code != STEMMA_OK || list->count > UINT32_MAX)
		return STEMMA_NOMEM;
	link->similarity = tally.tokens ? (float)(2 * (double)tally.paired /
						  (double)tally.tokens)
					: 1.0f;
	link->first_change = (uint32_t)first;
	link->change_count = (uint32_t)(list->count - first);
	for (size_t k = first; k < list->count; k++)
		link->weights |= list->changes[k].weights;
	context->comparison->changes = list->changes;
	if (link->op == STEMMA_EDITED)
		code = tell_reformatted(&reformatted, context, link);
	if (reformatted) {
		link->op = STEMMA_REFORMATTED;
		link->similarity = 1;
		link->weights = 0;
		link->change_count = 0;
		list->count = first;
	}
	return code;
}

static enum stemma_code
edit_links(struct context *context, const uint32_t *pairs)
{
	struct stemma_comparison *comparison = context->comparison;
	struct stemma_change_list list = {.arena = context->arena};

	for (size_t k = 0; k < comparison->link_count; k++) {
		struct stemma_link *link = &comparison->links[k];
		enum stemma_code code;

		link->first_change = (uint32_t)list.count;
		if (pairs[k] == STEMMA_NO_PAIR ||
			context->pairing.links[pairs[k]].kind !=
				STEMMA_PAIR_SIMILAR)
			continue;
		code = edit_link(context, &list, link, pairs[k]);
		if (code != STEMMA_OK)
			return code;
	}
	comparison->changes = list.changes;
	comparison->change_count = list.count;
	return STEMMA_OK;
}

/* Whether words of the link differ, and all that does is ignored. */
static bool
is_hidden(const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	if (link->op != STEMMA_EDITED)
		return false;
	for (uint32_t k = 0; k < link->change_count; k++) {
		const struct stemma_change *change =
			&comparison->changes[link->first_change + k];

		if (!change->hidden && !change->reformat)
			return false;
	}
	return true;
}

/* Whether a reader would see anything of the link beyond what is ignored. */
static bool
is_seen(const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	return link->moved ||
	       (link->op != STEMMA_UNCHANGED && !is_hidden(comparison, link));
}

static void
count(struct stemma_comparison *comparison)
{
	struct stemma_stats *stats = &comparison->stats;

	for (size_t k = 0; k < comparison->link_count; k++) {
		const struct stemma_link *link = &comparison->links[k];

		stats->units[is_hidden(comparison, link) ? STEMMA_UNCHANGED
							 : link->op]++;
		stats->moved += link->moved;
		comparison->different |= is_seen(comparison, link);
	}
	for (size_t k = 0; k < comparison->change_count; k++) {
		const struct stemma_change *change = &comparison->changes[k];

		if (change->reformat)
			continue;
		stats->hidden += change->hidden;
		if (change->hidden)
			continue;
		stats->changes++;
		stats->words_removed += change->words[STEMMA_OLD];
		stats->words_added += change->words[STEMMA_NEW];
	}
}

static bool
has_edits(const struct context *context)
{
	for (size_t k = 0; k < context->pairing.count; k++)
		if (context->pairing.links[k].kind == STEMMA_PAIR_SIMILAR)
			return true;
	return false;
}

/* What the texts tell of words, if any are to be weighed. */
static enum stemma_code
read_words(struct context *context)
{
	if (!has_edits(context))
		return STEMMA_OK;
	context->lexicon = stemma_arena_alloc(
		context->scratch, 1, sizeof *context->lexicon);
	if (!context->lexicon ||
		stemma_lexicon_make(context->lexicon, context->docs,
			context->scratch) != STEMMA_OK)
		return STEMMA_NOMEM;
	return stemma_lexicon_read(context->lexicon, context->scratch);
}

static enum stemma_code
run(struct context *context)
{
	struct stemma_comparison *comparison = context->comparison;
	enum stemma_code code;
	uint32_t *pairs;

	/* While the result is not being written, its arena serves as a second
	   stack for temporary work: all of it is rewound. */
	code = stemma_pairing_make(&context->pairing, context->docs,
		&context->budget, context->scratch, context->arena);
	if (code == STEMMA_OK)
		code = stemma_links_make(comparison, &pairs, &context->pairing,
			context->flip, context->arena, context->scratch);
	if (code == STEMMA_OK)
		code = read_words(context);
	if (code == STEMMA_OK)
		code = edit_links(context, pairs);
	if (code != STEMMA_OK)
		return code;
	comparison->approximate = context->budget.reached;
	count(comparison);
	return STEMMA_OK;
}

enum stemma_code
stemma_comparison_make(struct stemma_comparison *comparison,
	const struct stemma_doc *old_doc, const struct stemma_doc *new_doc,
	const struct stemma_compare_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	static const struct stemma_compare_options defaults;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct context context = {.comparison = comparison,
		.flip = must_flip(old_doc, new_doc),
		.arena = arena,
		.scratch = scratch};
	enum stemma_code code;

	if (!options)
		options = &defaults;
	*comparison = (struct stemma_comparison){.docs = {old_doc, new_doc}};
	comparison->identical = stemma_view_equal(old_doc->raw, new_doc->raw);
	context.docs[0] = comparison->docs[context.flip];
	context.docs[1] = comparison->docs[!context.flip];
	context.ignore = options->ignore;
	context.budget.left =
		options->budget
			? options->budget
			: LEAST_BUDGET +
				  BUDGET_PER_UNIT *
					  (uint64_t)(old_doc->unit_count +
						     new_doc->unit_count);
	context.budget.each = options->budget ? 0 : BUDGET_EACH;
	code = run(&context);
	stemma_arena_rewind(scratch, mark);
	if (code == STEMMA_OK)
		code = stemma_pages_read(comparison, options,
			context.flip ? STEMMA_OLD : STEMMA_NEW, arena, scratch);
	if (code == STEMMA_OK)
		code = stemma_digest_make(comparison, arena, scratch);
	if (code != STEMMA_OK)
		*comparison = (struct stemma_comparison){0};
	return code;
}

struct stemma_span
stemma_link_span(const struct stemma_comparison *comparison,
	const struct stemma_link *link, enum stemma_side side)
{
	const struct stemma_doc *doc = comparison->docs[side];
	struct stemma_range units = link->units[side];

	if (units.count)
		return (struct stemma_span){doc->units[units.first].start,
			doc->units[units.first + units.count - 1].end};
	if (units.first < doc->unit_count)
		return (struct stemma_span){doc->units[units.first].start,
			doc->units[units.first].start};
	return (struct stemma_span){doc->text.size, doc->text.size};
}

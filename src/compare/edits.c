/* SPDX-License-Identifier: MIT */
#include "compare/edits.h"

/* The words of `unit`, which stood in the rest that was not equal. */
static const struct stemma_words *
words_of(const struct stemma_pairing *pairing, int side, uint32_t unit)
{
	uint32_t low = 0, high = pairing->word_counts[side];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (pairing->words[side][middle].unit < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return &pairing->words[side][low].words;
}

static bool
is_space_before(
	const struct stemma_doc *doc, const struct stemma_token *previous,
	size_t start)
{
	/* Only white space and invisible characters stand between words. */
	for (size_t at = previous->end; at < start; at++) {
		unsigned char c = (unsigned char)doc->text.bytes[at];

		if (c <= ' ' || c == 0xe3 || (c == 0xc2 &&
			(unsigned char)doc->text.bytes[at + 1] == 0xa0))
			return true;
		if (c == 0xe2) {
			unsigned char d =
				(unsigned char)doc->text.bytes[at + 1];
			unsigned char e =
				(unsigned char)doc->text.bytes[at + 2];

			if ((d == 0x80 && (e < 0x8b || e == 0xa8 ||
				e == 0xa9 || e == 0xaf)) ||
				(d == 0x81 && e == 0x9f))
				return true;
		}
	}
	return false;
}

static void
append_words(struct stemma_tokens *side, const struct stemma_words *words)
{
	for (size_t k = 0; k < words->count; k++) {
		const struct stemma_word *word = &words->words[k];
		struct stemma_token *token = &side->tokens[side->count];

		*token = (struct stemma_token){
			.start = words->base + word->start,
			.end = words->base + word->end,
			.id = word->id,
			.type = word->type,
			.unit_start = k == 0,
			.sentence_end =
				word->sentence_end || k + 1 == words->count,
		};
		token->space_before = k == 0 ||
			is_space_before(side->doc, token - 1, token->start);
		side->ids[side->count++] = word->id;
	}
}

static enum stemma_code
list_tokens(struct stemma_tokens *tokens, const struct stemma_pairing *pairing,
	const struct stemma_doc *doc, const struct stemma_pair_link *link,
	int side, struct stemma_arena *scratch)
{
	uint32_t first = link->first[side], last = first + link->count[side];
	size_t total = 0;

	for (uint32_t u = first; u < last; u++)
		total += words_of(pairing, side, u)->count;
	if (total >= STEMMA_UNPAIRED)
		return STEMMA_NOMEM;
	*tokens = (struct stemma_tokens){.doc = doc,
		.unit_count = link->count[side],
		.span = {doc->units[first].start, doc->units[last - 1].end}};
	tokens->tokens =
		stemma_arena_alloc(scratch, total, sizeof *tokens->tokens);
	tokens->ids = stemma_arena_alloc(scratch, total, sizeof *tokens->ids);
	if (!tokens->tokens || !tokens->ids)
		return STEMMA_NOMEM;
	for (uint32_t u = first; u < last; u++)
		append_words(tokens, words_of(pairing, side, u));
	return STEMMA_OK;
}

/* What lies between the runs. */
static enum stemma_code
list_edits(struct stemma_edits *edits, const struct stemma_run *runs,
	size_t run_count, struct stemma_arena *scratch)
{
	uint32_t from[2] = {0, 0};

	edits->edits = stemma_arena_alloc(
		scratch, run_count + 1, sizeof *edits->edits);
	if (!edits->edits)
		return STEMMA_NOMEM;
	for (size_t r = 0; r <= run_count; r++) {
		struct stemma_edit *edit = &edits->edits[edits->count];

		for (int side = 0; side < 2; side++) {
			edit->from[side] = from[side];
			edit->to[side] = r < run_count
				? runs[r].at[side]
				: edits->sides[side].count;
			if (r < run_count)
				from[side] = runs[r].at[side] + runs[r].length;
		}
		edits->count += edit->to[0] > edit->from[0] ||
			edit->to[1] > edit->from[1];
		edits->paired += r < run_count ? runs[r].length : 0;
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_edits_make(struct stemma_edits *edits,
	const struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2],
	const struct stemma_pair_link *link, struct stemma_budget *budget,
	struct stemma_arena *scratch, struct stemma_arena *spare)
{
	enum stemma_code code = STEMMA_OK;
	struct stemma_run *runs;
	size_t count;

	*edits = (struct stemma_edits){0};
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = list_tokens(&edits->sides[side], pairing, docs[side],
			link, side, scratch);
	if (code == STEMMA_OK)
		code = stemma_diff_make(&runs, &count, edits->sides[0].ids,
			edits->sides[0].count, edits->sides[1].ids,
			edits->sides[1].count, budget, scratch, spare);
	if (code == STEMMA_OK)
		code = list_edits(edits, runs, count, scratch);
	if (code != STEMMA_OK)
		return code;
	stemma_edits_slide(edits);
	stemma_edits_absorb(edits);
	return STEMMA_OK;
}

/* SPDX-License-Identifier: MIT */
#include "compare/edits.h"

/* The words of `unit` if the search has split them already, or NULL. */
static const struct stemma_words *
find_words(const struct stemma_pairing *pairing, int side, uint32_t unit)
{
	uint32_t low = 0, high = pairing->word_counts[side];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (pairing->words[side][middle].unit < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low < pairing->word_counts[side] &&
			pairing->words[side][low].unit == unit
		? &pairing->words[side][low].words
		: NULL;
}

/* The words of a link's units, by side. */
struct unit_words {
	struct stemma_words *units[2];
	size_t totals[2];
};

/*
 * Gather the words of all units of a link: those of the search where it split
 * all of them, else they are split now, with numbers of their own.
 */
static enum stemma_code
gather_words(struct unit_words *words, const struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2],
	const struct stemma_pair_link *link, struct stemma_arena *scratch)
{
	bool known = find_words(pairing, 0, link->first[0]) &&
		find_words(pairing, 1, link->first[1]);
	struct stemma_intern *intern =
		known ? pairing->intern : stemma_intern_new(scratch);

	*words = (struct unit_words){.totals = {0, 0}};
	if (!intern)
		return STEMMA_NOMEM;
	for (int side = 0; side < 2; side++) {
		words->units[side] = stemma_arena_alloc(scratch,
			link->count[side], sizeof *words->units[side]);
		if (!words->units[side])
			return STEMMA_NOMEM;
		for (uint32_t k = 0; k < link->count[side]; k++) {
			uint32_t u = link->first[side] + k;
			const struct stemma_unit *unit = &docs[side]->units[u];
			enum stemma_code code = STEMMA_OK;

			if (known)
				words->units[side][k] =
					*find_words(pairing, side, u);
			else
				code = stemma_words_split(
					&words->units[side][k], docs[side],
					(struct stemma_span){
						unit->start, unit->end},
					intern, scratch);
			if (code != STEMMA_OK)
				return code;
			words->totals[side] += words->units[side][k].count;
		}
	}
	return STEMMA_OK;
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
list_tokens(struct stemma_tokens *tokens, const struct unit_words *words,
	const struct stemma_doc *doc, const struct stemma_pair_link *link,
	int side, struct stemma_arena *scratch)
{
	uint32_t first = link->first[side], last = first + link->count[side];
	size_t total = words->totals[side];

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
	for (uint32_t k = 0; k < link->count[side]; k++)
		append_words(tokens, &words->units[side][k]);
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
	struct unit_words words;
	struct stemma_run *runs;
	size_t count;
	enum stemma_code code;

	*edits = (struct stemma_edits){0};
	code = gather_words(&words, pairing, docs, link, scratch);
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = list_tokens(&edits->sides[side], &words, docs[side],
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

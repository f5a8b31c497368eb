/* SPDX-License-Identifier: MIT */
#include "compare/edits.h"

#include "base/below.h"

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

/* The words of one or several spans, by side. */
struct span_words {
	struct stemma_words *spans[2];
	uint32_t counts[2];
	size_t totals[2];
};

static enum stemma_code
room_for_words(struct span_words *words, int side, uint32_t count,
	struct stemma_arena *scratch)
{
	words->counts[side] = count;
	words->totals[side] = 0;
	words->spans[side] =
		stemma_arena_alloc(scratch, count, sizeof *words->spans[side]);
	return words->spans[side] ? STEMMA_OK : STEMMA_NOMEM;
}

/*
 * Gather the words of all units of a link: those of the search where it split
 * all of them, else they are split now, with numbers of their own.
 */
static enum stemma_code
gather_words(struct span_words *words, const struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2],
	const struct stemma_pair_link *link, struct stemma_arena *scratch)
{
	bool known = find_words(pairing, 0, link->first[0]) &&
		     find_words(pairing, 1, link->first[1]);
	struct stemma_intern *intern =
		known ? pairing->intern : stemma_intern_new(scratch);
	enum stemma_code code = intern ? STEMMA_OK : STEMMA_NOMEM;

	for (int side = 0; side < 2 && code == STEMMA_OK; side++) {
		code = room_for_words(words, side, link->count[side], scratch);
		for (uint32_t k = 0; k < link->count[side] && code == STEMMA_OK;
			k++) {
			uint32_t u = link->first[side] + k;
			const struct stemma_unit *unit = &docs[side]->units[u];
			struct stemma_words *split = &words->spans[side][k];

			if (known)
				*split = *find_words(pairing, side, u);
			else
				code = stemma_words_split(split, docs[side],
					(struct stemma_span){
						unit->start, unit->end},
					intern, scratch);
			if (code == STEMMA_OK)
				words->totals[side] += split->count;
		}
	}
	return code;
}

bool
stemma_token_starts_unit(const struct stemma_tokens *tokens, uint32_t at)
{
	size_t place =
		stemma_count_below(tokens->unit_starts, tokens->unit_count, at);

	return place < tokens->unit_count && tokens->unit_starts[place] == at;
}

/* Between two words only white space and invisible characters stand, so a few
   lead bytes tell which. */
static bool
is_space(struct stemma_view text, size_t at)
{
	unsigned char c = (unsigned char)text.bytes[at];
	size_t size;
	uint32_t point;

	if (c < 0x80)
		return c <= ' ';
	if ((c & 0xc0) == 0x80)
		return false;
	point = stemma_code_point(text, at, &size);
	return point == 0x85 || point == 0xa0 || point == 0x1680 ||
	       (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
	       point == 0x2029 || point == 0x202f || point == 0x205f ||
	       point == 0x3000;
}

bool
stemma_token_has_space(const struct stemma_tokens *tokens, uint32_t at)
{
	if (at == 0 || stemma_token_starts_unit(tokens, at))
		return true;
	for (size_t k = stemma_token_end(tokens, at - 1);
		k < stemma_token_start(tokens, at); k++)
		if (is_space(tokens->doc->text, k))
			return true;
	return false;
}

/* The words of several units as if they were one's. */
static enum stemma_code
concatenate(struct stemma_tokens *tokens, const struct stemma_words *units,
	struct stemma_arena *scratch)
{
	struct stemma_word *words =
		stemma_arena_alloc(scratch, tokens->count, sizeof *words);
	uint32_t count = 0;

	if (!words)
		return STEMMA_NOMEM;
	if (tokens->span.end - tokens->span.start > UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	for (uint32_t u = 0; u < tokens->unit_count; u++) {
		uint32_t shift = (uint32_t)(units[u].base - tokens->span.start);

		tokens->unit_starts[u] = count;
		for (size_t k = 0; k < units[u].count; k++) {
			words[count] = units[u].words[k];
			words[count].start += shift;
			words[count++].end += shift;
		}
		if (units[u].count)
			words[count - 1].sentence_end = 1;
	}
	tokens->words = (struct stemma_words){
		.base = tokens->span.start, .words = words, .count = count};
	return STEMMA_OK;
}

static enum stemma_code
list_tokens(struct stemma_tokens *tokens, const struct span_words *words,
	int side, const struct stemma_doc *doc, struct stemma_span span,
	struct stemma_arena *scratch)
{
	uint32_t units = words->counts[side];
	enum stemma_code code = STEMMA_OK;

	if (words->totals[side] >= STEMMA_UNPAIRED)
		return STEMMA_NOMEM;
	*tokens = (struct stemma_tokens){.doc = doc,
		.words = words->spans[side][0],
		.count = (uint32_t)words->totals[side],
		.span = span,
		.unit_count = units};
	tokens->ids =
		stemma_arena_alloc(scratch, tokens->count, sizeof *tokens->ids);
	tokens->unit_starts = stemma_arena_zalloc(
		scratch, units, sizeof *tokens->unit_starts);
	if (!tokens->ids || !tokens->unit_starts)
		return STEMMA_NOMEM;
	if (units > 1)
		code = concatenate(tokens, words->spans[side], scratch);
	for (uint32_t k = 0; code == STEMMA_OK && k < tokens->count; k++)
		tokens->ids[k] = tokens->words.words[k].id;
	return code;
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

/* From words to what a reader sees. */
static enum stemma_code
find_edits(struct stemma_edits *edits, const struct span_words *words,
	const struct stemma_doc *const docs[2],
	const struct stemma_span spans[2], struct stemma_budget *budget,
	struct stemma_arena *scratch, struct stemma_arena *spare)
{
	enum stemma_code code = STEMMA_OK;
	struct stemma_run *runs;
	size_t count;

	*edits = (struct stemma_edits){0};
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = list_tokens(&edits->sides[side], words, side, docs[side],
			spans[side], scratch);
	if (code == STEMMA_OK)
		code = stemma_diff_make(&runs, &count, edits->sides[0].ids,
			edits->sides[0].count, edits->sides[1].ids,
			edits->sides[1].count, budget, scratch, spare);
	if (code == STEMMA_OK)
		code = list_edits(edits, runs, count, scratch);
	if (code != STEMMA_OK)
		return code;
	stemma_edits_slide(edits);
	stemma_edits_widen(edits);
	stemma_edits_absorb(edits);
	return STEMMA_OK;
}

enum stemma_code
stemma_edits_make(struct stemma_edits *edits,
	const struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2],
	const struct stemma_pair_link *link, struct stemma_budget *budget,
	struct stemma_arena *scratch, struct stemma_arena *spare)
{
	struct span_words words;
	struct stemma_span spans[2];
	enum stemma_code code =
		gather_words(&words, pairing, docs, link, scratch);

	for (int side = 0; side < 2; side++) {
		uint32_t first = link->first[side];

		spans[side] = (struct stemma_span){
			docs[side]->units[first].start,
			docs[side]->units[first + link->count[side] - 1].end};
	}
	return code == STEMMA_OK ? find_edits(edits, &words, docs, spans,
					   budget, scratch, spare)
				 : code;
}

enum stemma_code
stemma_edits_make_piece(struct stemma_edits *edits,
	const struct stemma_doc *const docs[2],
	const struct stemma_span spans[2], struct stemma_intern *intern,
	struct stemma_budget *budget, struct stemma_arena *scratch,
	struct stemma_arena *spare)
{
	enum stemma_code code = STEMMA_OK;
	struct span_words words;

	for (int side = 0; side < 2 && code == STEMMA_OK; side++) {
		code = room_for_words(&words, side, 1, scratch);
		if (code == STEMMA_OK)
			code = stemma_words_split(&words.spans[side][0],
				docs[side], spans[side], intern, scratch);
		if (code == STEMMA_OK)
			words.totals[side] = words.spans[side][0].count;
	}
	return code == STEMMA_OK ? find_edits(edits, &words, docs, spans,
					   budget, scratch, spare)
				 : code;
}

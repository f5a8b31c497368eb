/*
 * The words of a row in columns: readings are put in one after the other, each
 * by a diff against the one before it that it is most like.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "diff/diff.h"
#include "state.h"

#define NONE UINT32_MAX
/* So far ahead a place among columns is looked for, and so many readings are
   weighed as a model for the next: what has more is aligned, only worse. */
#define LOOK_AHEAD 256
#define MODELS 16

/* A column while they are made: a list, with what the column holds. */
struct column {
	uint32_t next;
	uint32_t held; /* the last entry */
	uint8_t type;
};

struct held {
	uint32_t id;
	uint32_t next;
};

struct aligner {
	struct stemma_row_words *words;
	uint32_t **ids; /* by reading */
	uint32_t **sorted;
	struct column *columns; /* the first is no column: the head */
	uint32_t column_count;
	struct held *held;
	uint32_t held_count;
	struct stemma_arena *arena; /* for diffs, and given back */
	struct stemma_arena *scratch;
};

/* ---- words -------------------------------------------------------------- */

/* The end of text before `end` without the white space there. */
static size_t
trim(struct stemma_view text, size_t start, size_t end)
{
	while (end > start) {
		size_t at = end - 1, size;
		uint32_t c;

		while (at > start && (text.bytes[at] & 0xc0) == 0x80)
			at--;
		c = stemma_code_point(text, at, &size);
		if (!(c == ' ' || (c >= 9 && c <= 13) || c == 0x85 ||
			    c == 0xa0 || c == 0x1680 ||
			    (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
			    c == 0x2029 || c == 0x202f || c == 0x205f ||
			    c == 0x3000))
			break;
		end = at;
	}
	return end;
}

/*
 * The tokens of one unit: each goes on to the next word, so that no character
 * between words is lost. A unit without words, of invisible characters, is one
 * token.
 */
static void
add_tokens(struct stemma_token *tokens, const struct stemma_doc *doc,
	const struct stemma_unit *unit, const struct stemma_words *words)
{
	size_t start = unit->start;

	for (size_t k = 0; k < words->count || k == 0; k++) {
		bool last = k + 1 >= words->count;
		size_t next = last ? unit->end
				   : words->base + words->words[k + 1].start;
		struct stemma_token *token = &tokens[k];

		token->start = start;
		token->end = trim(doc->text, start, next);
		token->id = k < words->count ? words->words[k].id : NONE;
		token->type = k < words->count ? words->words[k].type
					       : STEMMA_WORD_PUNCTUATION;
		token->space = token->end < next;
		token->column = NONE;
		start = next;
	}
}

/* The tokens of all readings, into scratch first: their number shows then. */
static enum stemma_code
split_cell(struct stemma_row_words *words, struct stemma_row_reading *reading,
	const struct stemma_collation *collation,
	const struct stemma_cell *cell, struct stemma_intern *intern,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	const struct stemma_doc *doc = collation->docs[cell->doc];
	struct stemma_words *split =
		stemma_arena_alloc(scratch, cell->count, sizeof *split);
	struct stemma_token *tokens;
	size_t count = 0;

	if (!split)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < cell->count; k++) {
		const struct stemma_unit *unit =
			&doc->units[collation->units[cell->first + k]];
		enum stemma_code code = stemma_words_split(&split[k], doc,
			(struct stemma_span){unit->start, unit->end}, intern,
			scratch);

		if (code != STEMMA_OK)
			return code;
		count += split[k].count ? split[k].count : 1;
	}
	/* Readings follow one another in the arena of the result. */
	tokens = stemma_arena_alloc(arena, count, sizeof *tokens);
	if (!tokens)
		return STEMMA_NOMEM;
	reading->token_count = count;
	memset(tokens, 0, count * sizeof *tokens);
	words->tokens = tokens;
	for (uint32_t k = 0; k < cell->count; k++) {
		add_tokens(tokens, doc,
			&doc->units[collation->units[cell->first + k]],
			&split[k]);
		tokens += split[k].count ? split[k].count : 1;
		if (k + 1 < cell->count)
			tokens[-1].space = true;
	}
	return STEMMA_OK;
}

/* ---- columns ------------------------------------------------------------ */

static uint32_t
add_column(struct aligner *aligner, uint32_t before, uint8_t type)
{
	uint32_t column = aligner->column_count++;

	aligner->columns[column] =
		(struct column){aligner->columns[before].next, NONE, type};
	aligner->columns[before].next = column;
	return column;
}

static bool
holds(const struct aligner *aligner, uint32_t column, uint32_t id)
{
	uint32_t at = aligner->columns[column].held;

	while (at != NONE && aligner->held[at].id != id)
		at = aligner->held[at].next;
	return at != NONE;
}

static void
put(struct aligner *aligner, struct stemma_token *token, uint32_t column)
{
	token->column = column;
	if (holds(aligner, column, token->id))
		return;
	aligner->held[aligner->held_count] =
		(struct held){token->id, aligner->columns[column].held};
	aligner->columns[column].held = aligner->held_count++;
}

/* Words that stand in no column yet, between two columns or behind the last:
   first to columns that hold the same word … */
static void
place_same(struct aligner *aligner, struct stemma_token *tokens, size_t count,
	uint32_t left, uint32_t right)
{
	for (size_t k = 0; k < count; k++) {
		uint32_t column = aligner->columns[left].next;

		for (int ahead = 0; ahead < LOOK_AHEAD && column != right;
			ahead++) {
			if (holds(aligner, column, tokens[k].id)) {
				put(aligner, &tokens[k], column);
				left = column;
				break;
			}
			column = aligner->columns[column].next;
		}
	}
}

static bool
alike(uint8_t a, uint8_t b)
{
	return (a == STEMMA_WORD_PUNCTUATION) == (b == STEMMA_WORD_PUNCTUATION);
}

/* … then in order to columns of others, words to words and marks to marks,
   and where there is none to one of its own. */
static void
place_rest(struct aligner *aligner, struct stemma_token *tokens, size_t count,
	uint32_t left, uint32_t right)
{
	for (size_t k = 0, fixed = 0; k < count; k++) {
		uint32_t end = right, column;
		int ahead = 0;

		if (tokens[k].column != NONE) {
			left = tokens[k].column;
			continue;
		}
		if (fixed < k)
			fixed = k;
		while (fixed < count && tokens[fixed].column == NONE)
			fixed++;
		if (fixed < count)
			end = tokens[fixed].column;
		column = aligner->columns[left].next;
		while (column != end && ahead++ < LOOK_AHEAD &&
			!alike(aligner->columns[column].type, tokens[k].type))
			column = aligner->columns[column].next;
		if (column == end || ahead > LOOK_AHEAD)
			column = add_column(aligner, left, tokens[k].type);
		put(aligner, &tokens[k], column);
		left = column;
	}
}

/* Put a reading in: `runs` are the words it has in common with its model. */
static void
place_reading(struct aligner *aligner, const struct stemma_row_reading *reading,
	const struct stemma_row_reading *model, const struct stemma_run *runs,
	size_t run_count)
{
	struct stemma_token *tokens =
		aligner->words->tokens + reading->first_token;
	const struct stemma_token *others =
		model ? aligner->words->tokens + model->first_token : NULL;
	uint32_t left = 0;
	size_t at = 0;

	for (size_t i = 0; i <= run_count; i++) {
		bool end = i == run_count;
		size_t next = end ? reading->token_count : runs[i].at[1];
		uint32_t right = end ? NONE : others[runs[i].at[0]].column;

		place_same(aligner, tokens + at, next - at, left, right);
		place_rest(aligner, tokens + at, next - at, left, right);
		for (uint32_t k = 0; !end && k < runs[i].length; k++) {
			left = others[runs[i].at[0] + k].column;
			put(aligner, &tokens[next + k], left);
		}
		at = end ? next : next + runs[i].length;
	}
}

/* ---- which reading is the model ----------------------------------------- */

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static size_t
words_in_common(const struct aligner *aligner, uint32_t a, uint32_t b)
{
	const uint32_t *x = aligner->sorted[a], *y = aligner->sorted[b];
	size_t m = aligner->words->readings[a].token_count;
	size_t n = aligner->words->readings[b].token_count, common = 0;

	for (size_t i = 0, j = 0; i < m && j < n;) {
		bool step = x[i] <= y[j];

		common += x[i] == y[j];
		j += y[j] <= x[i];
		i += step;
	}
	return common;
}

static uint32_t
choose_model(const struct aligner *aligner, uint32_t reading)
{
	uint32_t best = 0;
	size_t most = 0;

	for (uint32_t r = 0; r < reading && r < MODELS; r++) {
		size_t common = words_in_common(aligner, r, reading);

		if (common > most) {
			most = common;
			best = r;
		}
	}
	return best;
}

static enum stemma_code
align(struct aligner *aligner, uint32_t reading)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->arena);
	struct stemma_row_words *words = aligner->words;
	struct stemma_budget budget = {0};
	const struct stemma_row_reading *model;
	struct stemma_run *runs;
	enum stemma_code code;
	uint32_t chosen;
	size_t count;

	if (reading == 0) {
		place_reading(aligner, &words->readings[0], NULL, NULL, 0);
		return STEMMA_OK;
	}
	chosen = choose_model(aligner, reading);
	model = &words->readings[chosen];
	budget.left = 64 * ((uint64_t)model->token_count +
				   words->readings[reading].token_count) +
		      1000000;
	code = stemma_diff_make(&runs, &count, aligner->ids[chosen],
		model->token_count, aligner->ids[reading],
		words->readings[reading].token_count, &budget, aligner->arena,
		aligner->scratch);
	if (code == STEMMA_OK)
		place_reading(
			aligner, &words->readings[reading], model, runs, count);
	stemma_arena_rewind(aligner->arena, mark);
	return code;
}

/* ---- a row -------------------------------------------------------------- */

/* The first cell of each reading, and how many there are. */
static enum stemma_code
find_readings(struct stemma_row_words *words,
	const struct stemma_collation *collation, const struct stemma_row *row,
	const struct stemma_cell **firsts, struct stemma_arena *arena)
{
	words->reading_count = row->reading_count;
	words->readings = stemma_arena_zalloc(
		arena, row->reading_count, sizeof *words->readings);
	if (!words->readings)
		return STEMMA_NOMEM;
	for (uint32_t i = row->cell_count; i-- > 0;) {
		const struct stemma_cell *cell =
			&collation->cells[row->first_cell + i];

		firsts[cell->reading] = cell;
		words->readings[cell->reading].doc = cell->doc;
		words->readings[cell->reading].support++;
	}
	return STEMMA_OK;
}

static enum stemma_code
split_readings(struct stemma_row_words *words,
	const struct stemma_collation *collation, const struct stemma_row *row,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	const struct stemma_cell **firsts =
		stemma_arena_alloc(scratch, row->reading_count, sizeof *firsts);
	struct stemma_intern *intern = stemma_intern_new(scratch);
	struct stemma_token **tokens =
		stemma_arena_alloc(scratch, row->reading_count, sizeof *tokens);
	enum stemma_code code = STEMMA_NOMEM;

	if (!firsts || !intern || !tokens)
		return STEMMA_NOMEM;
	code = find_readings(words, collation, row, firsts, arena);
	for (uint32_t r = 0; r < words->reading_count && code == STEMMA_OK;
		r++) {
		code = split_cell(words, &words->readings[r], collation,
			firsts[r], intern, scratch, scratch);
		tokens[r] = words->tokens;
		words->readings[r].first_token = words->token_count;
		words->token_count += words->readings[r].token_count;
	}
	if (code != STEMMA_OK)
		return code;
	words->tokens = stemma_arena_alloc(
		arena, words->token_count, sizeof *words->tokens);
	if (!words->tokens || words->token_count >= NONE)
		return STEMMA_NOMEM;
	for (uint32_t r = 0; r < words->reading_count; r++)
		memcpy(words->tokens + words->readings[r].first_token,
			tokens[r],
			words->readings[r].token_count * sizeof *tokens[r]);
	return STEMMA_OK;
}

/* The ids of each reading, as they stand and in order of number. */
static enum stemma_code
gather_ids(struct aligner *aligner)
{
	const struct stemma_row_words *words = aligner->words;
	size_t count = words->token_count;
	uint32_t *ids =
		stemma_arena_alloc(aligner->scratch, count, 2 * sizeof *ids);
	uint32_t *sorted;

	aligner->ids = stemma_arena_alloc(
		aligner->scratch, words->reading_count, sizeof *aligner->ids);
	aligner->sorted = stemma_arena_alloc(aligner->scratch,
		words->reading_count, sizeof *aligner->sorted);
	if (!ids || !aligner->ids || !aligner->sorted)
		return STEMMA_NOMEM;
	sorted = ids + count;
	for (size_t k = 0; k < count; k++)
		ids[k] = sorted[k] = words->tokens[k].id;
	for (uint32_t r = 0; r < words->reading_count; r++) {
		const struct stemma_row_reading *reading = &words->readings[r];

		aligner->ids[r] = ids + reading->first_token;
		aligner->sorted[r] = sorted + reading->first_token;
		qsort(aligner->sorted[r], reading->token_count, sizeof *sorted,
			by_number);
	}
	return STEMMA_OK;
}

static enum stemma_code
align_all(struct stemma_row_words *words, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct aligner aligner = {.words = words,
		.column_count = 1,
		.arena = arena,
		.scratch = scratch};
	enum stemma_code code = gather_ids(&aligner);
	uint32_t *numbers;

	aligner.columns = stemma_arena_alloc(
		scratch, words->token_count + 1, sizeof *aligner.columns);
	aligner.held = stemma_arena_alloc(
		scratch, words->token_count, sizeof *aligner.held);
	numbers = stemma_arena_alloc(
		scratch, words->token_count + 1, sizeof *numbers);
	if (code != STEMMA_OK || !aligner.columns || !aligner.held || !numbers)
		return STEMMA_NOMEM;
	aligner.columns[0] = (struct column){NONE, NONE, 0};
	for (uint32_t r = 0; r < words->reading_count && code == STEMMA_OK; r++)
		code = align(&aligner, r);
	if (code != STEMMA_OK)
		return code;
	for (uint32_t column = aligner.columns[0].next; column != NONE;
		column = aligner.columns[column].next)
		numbers[column] = words->column_count++;
	for (size_t k = 0; k < words->token_count; k++)
		words->tokens[k].column = numbers[words->tokens[k].column];
	return STEMMA_OK;
}

enum stemma_code
stemma_collation_words(struct stemma_row_words *words,
	const struct stemma_collation *collation, size_t row,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark start = stemma_arena_mark(arena);
	struct stemma_mark mark = stemma_arena_mark(scratch);
	enum stemma_code code;

	*words = (struct stemma_row_words){0};
	code = split_readings(
		words, collation, &collation->rows[row], arena, scratch);
	if (code == STEMMA_OK)
		code = align_all(words, arena, scratch);
	stemma_arena_rewind(scratch, mark);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, start);
		*words = (struct stemma_row_words){0};
	}
	return code;
}

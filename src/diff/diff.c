/* SPDX-License-Identifier: MIT */
#include "diff/search.h"

struct context {
	uint32_t *partners; /* of a's positions */
	struct stemma_budget *budget;
	struct stemma_arena *scratch;
};

static enum stemma_code
solve(const struct context *context, struct stemma_piece piece, int level);

/* Pair what is equal at both ends, and cut it off. */
static void
trim(const struct context *context, struct stemma_piece *piece)
{
	while (piece->counts[0] && piece->counts[1] &&
		piece->ids[0][0] == piece->ids[1][0]) {
		context->partners[piece->places[0][0]] = piece->places[1][0];
		for (int side = 0; side < 2; side++) {
			piece->ids[side]++;
			piece->places[side]++;
			piece->counts[side]--;
		}
	}
	while (piece->counts[0] && piece->counts[1]) {
		uint32_t i = piece->counts[0] - 1, j = piece->counts[1] - 1;

		if (piece->ids[0][i] != piece->ids[1][j])
			break;
		context->partners[piece->places[0][i]] = piece->places[1][j];
		piece->counts[0]--;
		piece->counts[1]--;
	}
}

static size_t
slot_of(const uint32_t *keys, size_t mask, uint32_t id)
{
	uint32_t hash = id * 2654435769u;
	size_t at = (hash ^ hash >> 15) & mask;

	while (keys[at] && keys[at] != id + 1)
		at = (at + 1) & mask;
	return at;
}

/* Keep of `side` only what stands in the other side too. */
static enum stemma_code
reduce_side(struct stemma_piece *piece, int side, struct stemma_arena *scratch)
{
	const uint32_t *other = piece->ids[!side];
	uint32_t count = piece->counts[side], kept = 0;
	uint32_t *ids = stemma_arena_alloc(scratch, count, sizeof *ids);
	uint32_t *places = stemma_arena_alloc(scratch, count, sizeof *places);
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t size = 16;
	uint32_t *keys;

	while (size < (size_t)piece->counts[!side] * 2)
		size *= 2;
	keys = stemma_arena_zalloc(scratch, size, sizeof *keys);
	if (!ids || !places || !keys)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < piece->counts[!side]; k++)
		keys[slot_of(keys, size - 1, other[k])] = other[k] + 1;
	for (uint32_t k = 0; k < count; k++)
		if (keys[slot_of(keys, size - 1, piece->ids[side][k])]) {
			ids[kept] = piece->ids[side][k];
			places[kept++] = piece->places[side][k];
		}
	piece->ids[side] = ids;
	piece->places[side] = places;
	piece->counts[side] = kept;
	stemma_arena_rewind(scratch, mark);
	return STEMMA_OK;
}

static struct stemma_piece
cut(const struct stemma_piece *piece, const uint32_t from[2],
	const uint32_t to[2])
{
	struct stemma_piece part;

	for (int side = 0; side < 2; side++) {
		part.ids[side] = piece->ids[side] + from[side];
		part.places[side] = piece->places[side] + from[side];
		part.counts[side] = to[side] - from[side];
	}
	return part;
}

/* Pair the runs, and solve what lies between them. */
static enum stemma_code
split_at(const struct context *context, const struct stemma_piece *piece,
	const struct stemma_run *runs, size_t count, int level)
{
	uint32_t from[2] = {0, 0};

	for (size_t r = 0; r <= count; r++) {
		const uint32_t *to = r < count ? runs[r].at : piece->counts;
		enum stemma_code code =
			solve(context, cut(piece, from, to), level);

		if (code != STEMMA_OK || r == count)
			return code;
		for (uint32_t k = 0; k < runs[r].length; k++)
			context->partners[piece->places[0][runs[r].at[0] + k]] =
				piece->places[1][runs[r].at[1] + k];
		from[0] = runs[r].at[0] + runs[r].length;
		from[1] = runs[r].at[1] + runs[r].length;
	}
	return STEMMA_OK;
}

/*
 * Where one number fills most of a text, the few others make poor anchors: one
 * that has moved would tear all else apart. There the number of edits tends to
 * be small, and Myers' search is exact at the cost of a few looks at each
 * number. True when it answered within that.
 */
static enum stemma_code
try_few_edits(const struct context *context, const struct stemma_piece *piece,
	bool *answered)
{
	struct stemma_budget few = {
		.left = 4 * ((uint64_t)piece->counts[0] + piece->counts[1])};
	enum stemma_code code = stemma_diff_myers(
		piece, context->partners, &few, context->scratch);

	*answered = !few.reached;
	for (uint32_t k = 0; !*answered && k < piece->counts[0]; k++)
		context->partners[piece->places[0][k]] = STEMMA_UNPAIRED;
	return code;
}

/* Myers' search, with what the piece may take of the budget. */
static enum stemma_code
search_bounded(const struct context *context, const struct stemma_piece *piece)
{
	struct stemma_budget *budget = context->budget;
	uint64_t most =
		budget->each * ((uint64_t)piece->counts[0] + piece->counts[1]);
	struct stemma_budget own = {
		.left = most && most < budget->left ? most : budget->left};
	uint64_t before = own.left;
	enum stemma_code code = stemma_diff_myers(
		piece, context->partners, &own, context->scratch);

	budget->left -= before - own.left;
	budget->reached |= own.reached;
	return code;
}

static bool
covers_most(const struct stemma_piece *piece, const struct stemma_run *runs,
	size_t count)
{
	uint64_t covered = 0;
	uint32_t least = piece->counts[0] < piece->counts[1] ? piece->counts[0]
							     : piece->counts[1];

	for (size_t r = 0; r < count; r++)
		covered += runs[r].length;
	return covered >= least - least / 5;
}

/*
 * Long grams first: they hardly ever stand twice by chance. Shorter ones only
 * where the long ones left a piece too large for the exact search.
 */
static enum stemma_code
solve_large(const struct context *context, const struct stemma_piece *piece,
	int level)
{
	static const uint32_t grams[] = {8, 3, 1};
	bool answered = false, tried = false;
	enum stemma_code code;

	for (; level < 3; level++) {
		struct stemma_run *runs;
		size_t count;

		code = stemma_diff_anchors(
			&runs, &count, piece, grams[level], context->scratch);
		if (code == STEMMA_OK && !tried &&
			!covers_most(piece, runs, count)) {
			code = try_few_edits(context, piece, &answered);
			tried = true;
		}
		if (code != STEMMA_OK || answered)
			return code;
		if (count)
			return split_at(context, piece, runs, count, level);
	}
	return search_bounded(context, piece);
}

static enum stemma_code
solve(const struct context *context, struct stemma_piece piece, int level)
{
	struct stemma_mark mark = stemma_arena_mark(context->scratch);
	enum stemma_code code = STEMMA_OK;

	trim(context, &piece);
	if (!piece.counts[0] || !piece.counts[1])
		return STEMMA_OK;
	if (!stemma_diff_bits_fit(piece.counts[0], piece.counts[1])) {
		code = reduce_side(&piece, 0, context->scratch);
		if (code == STEMMA_OK && piece.counts[0])
			code = reduce_side(&piece, 1, context->scratch);
		trim(context, &piece);
	}
	if (code == STEMMA_OK && piece.counts[0] && piece.counts[1]) {
		if (stemma_diff_bits_fit(piece.counts[0], piece.counts[1]))
			code = stemma_diff_bits(
				&piece, context->partners, context->scratch);
		else
			code = solve_large(context, &piece, level);
	}
	stemma_arena_rewind(context->scratch, mark);
	return code;
}

/* Turn partners into runs; two passes, so that one allocation does. */
static enum stemma_code
gather(struct stemma_run **runs, size_t *count, const uint32_t *partners,
	size_t n, struct stemma_arena *arena)
{
	struct stemma_run *run = NULL;

	*count = 0;
	for (size_t i = 0; i < n; i++)
		*count += partners[i] != STEMMA_UNPAIRED &&
			  (i == 0 || partners[i - 1] == STEMMA_UNPAIRED ||
				  partners[i] != partners[i - 1] + 1);
	*runs = stemma_arena_alloc(arena, *count, sizeof **runs);
	if (!*runs)
		return STEMMA_NOMEM;
	for (size_t i = 0; i < n; i++) {
		if (partners[i] == STEMMA_UNPAIRED)
			continue;
		if (i && partners[i - 1] != STEMMA_UNPAIRED &&
			partners[i] == partners[i - 1] + 1) {
			run->length++;
			continue;
		}
		run = run ? run + 1 : *runs;
		*run = (struct stemma_run){{(uint32_t)i, partners[i]}, 1};
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_diff_make(struct stemma_run **runs, size_t *count, const uint32_t *a,
	size_t n, const uint32_t *b, size_t m, struct stemma_budget *budget,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	enum stemma_code code = STEMMA_NOMEM;
	struct context context = {.budget = budget, .scratch = scratch};
	size_t longest = n > m ? n : m;
	uint32_t *places;

	*runs = NULL;
	*count = 0;
	context.partners = stemma_arena_alloc(scratch, n, sizeof *a);
	places = stemma_arena_alloc(scratch, longest, sizeof *places);
	if (!context.partners || !places || longest >= STEMMA_UNPAIRED)
		goto out;
	for (size_t i = 0; i < n; i++)
		context.partners[i] = STEMMA_UNPAIRED;
	for (size_t i = 0; i < longest; i++)
		places[i] = (uint32_t)i;
	code = solve(&context,
		(struct stemma_piece){.ids = {a, b},
			.places = {places, places},
			.counts = {(uint32_t)n, (uint32_t)m}},
		0);
	if (code == STEMMA_OK)
		code = gather(runs, count, context.partners, n, arena);
out:
	stemma_arena_rewind(scratch, mark);
	return code;
}

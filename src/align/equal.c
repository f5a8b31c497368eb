/* SPDX-License-Identifier: MIT */
#include "align/state.h"

static bool
is_free(const struct stemma_aligner *aligner, int side, uint32_t unit)
{
	return aligner->link_of[side][unit] == STEMMA_UNPAIRED &&
	       !aligner->weak[side][unit];
}

static void
pair(struct stemma_aligner *aligner, uint32_t i, uint32_t j,
	enum stemma_pair_kind kind, bool moved)
{
	static const uint32_t one[2] = {1, 1};

	stemma_align_link(aligner, (const uint32_t[2]){i, j}, one, kind, moved);
}

/* Pair ids that stand once among the free units of each side. */
static enum stemma_code
pair_unique(struct stemma_aligner *aligner, enum stemma_pair_kind kind)
{
	size_t total = (size_t)aligner->counts[0] + aligner->counts[1];
	uint32_t *place =
		stemma_arena_alloc(aligner->scratch, total, sizeof *place);
	uint8_t *seen[2];

	for (int side = 0; side < 2; side++)
		seen[side] = stemma_arena_zalloc(aligner->scratch, total, 1);
	if (!place || !seen[0] || !seen[1])
		return STEMMA_NOMEM;
	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < aligner->counts[side]; u++) {
			uint32_t id = aligner->ids[side][u];

			if (!is_free(aligner, side, u))
				continue;
			seen[side][id] = (uint8_t)(seen[side][id] ? 2 : 1);
			if (side)
				place[id] = u;
		}
	for (uint32_t u = 0; u < aligner->counts[0]; u++) {
		uint32_t id = aligner->ids[0][u];

		if (is_free(aligner, 0, u) && seen[0][id] == 1 &&
			seen[1][id] == 1)
			pair(aligner, u, place[id], kind, false);
	}
	return STEMMA_OK;
}

/* Whether i and j are free neighbours-to-be with the same id. */
static bool
may_join(const struct stemma_aligner *aligner, uint32_t i, uint32_t j)
{
	return i < aligner->counts[0] && j < aligner->counts[1] &&
	       is_free(aligner, 0, i) && is_free(aligner, 1, j) &&
	       aligner->ids[0][i] == aligner->ids[1][j];
}

/* A repeated unit belongs to the copy beside its neighbour's partner. Links
   that are in order speak first. */
static void
pair_neighbours(
	struct stemma_aligner *aligner, enum stemma_pair_kind kind, bool moved)
{
	for (uint32_t k = 0; k < aligner->order_count; k++) {
		struct stemma_pair_link link =
			aligner->links[aligner->order[k]];
		uint32_t i = link.first[0], j = link.first[1];

		if (link.moved != moved)
			continue;
		/* Below 0 wraps past every count. */
		while (may_join(aligner, i - 1, j - 1))
			pair(aligner, --i, --j, kind, moved);
		i = link.first[0] + link.count[0];
		j = link.first[1] + link.count[1];
		while (may_join(aligner, i, j))
			pair(aligner, i++, j++, kind, moved);
	}
}

/* The units of `gap` on `side` that may be paired by id now. */
static uint32_t
gather(const struct stemma_aligner *aligner, const struct stemma_gap *gap,
	int side, bool weak, uint32_t *units, uint32_t *ids)
{
	uint32_t count = 0;

	for (uint32_t u = gap->from[side]; u < gap->to[side]; u++)
		if (aligner->link_of[side][u] == STEMMA_UNPAIRED &&
			aligner->weak[side][u] == weak) {
			units[count] = u;
			ids[count++] = aligner->ids[side][u];
		}
	return count;
}

static enum stemma_code
pair_gap(struct stemma_aligner *aligner, const struct stemma_gap *gap,
	bool weak, enum stemma_pair_kind kind)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	struct stemma_mark kept = stemma_arena_mark(aligner->arena);
	uint32_t *units[2], *ids[2], counts[2];
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_run *runs;
	size_t count;

	for (int side = 0; side < 2; side++) {
		size_t size = gap->to[side] - gap->from[side];

		units[side] = stemma_arena_alloc(
			aligner->scratch, size, sizeof **units);
		ids[side] = stemma_arena_alloc(
			aligner->scratch, size, sizeof **ids);
		if (!units[side] || !ids[side])
			goto out;
		counts[side] = gather(
			aligner, gap, side, weak, units[side], ids[side]);
	}
	code = STEMMA_OK;
	if (!counts[0] || !counts[1])
		goto out;
	code = stemma_diff_make(&runs, &count, ids[0], counts[0], ids[1],
		counts[1], aligner->budget, aligner->arena, aligner->scratch);
	for (size_t r = 0; code == STEMMA_OK && r < count; r++)
		for (uint32_t k = 0; k < runs[r].length; k++)
			pair(aligner, units[0][runs[r].at[0] + k],
				units[1][runs[r].at[1] + k], kind, false);
out:
	stemma_arena_rewind(aligner->arena, kept);
	stemma_arena_rewind(aligner->scratch, mark);
	return code;
}

static enum stemma_code
pair_in_gaps(
	struct stemma_aligner *aligner, bool weak, enum stemma_pair_kind kind)
{
	struct stemma_gap gap = {{0, 0}, {0, 0}};
	uint32_t k = 0;

	while (stemma_align_next_gap(aligner, &k, &gap)) {
		enum stemma_code code;

		if (gap.from[0] >= gap.to[0] || gap.from[1] >= gap.to[1])
			continue;
		code = pair_gap(aligner, &gap, weak, kind);
		if (code != STEMMA_OK)
			return code;
	}
	return STEMMA_OK;
}

/* What is left with equal ids has moved: first with first, and so on. */
static enum stemma_code
pair_rest(struct stemma_aligner *aligner, enum stemma_pair_kind kind)
{
	size_t total = (size_t)aligner->counts[0] + aligner->counts[1];
	uint32_t *head =
		stemma_arena_alloc(aligner->scratch, total, sizeof *head);
	uint32_t *next = stemma_arena_alloc(
		aligner->scratch, aligner->counts[1], sizeof *next);

	if (!head || !next)
		return STEMMA_NOMEM;
	for (size_t id = 0; id < total; id++)
		head[id] = STEMMA_UNPAIRED;
	for (uint32_t u = aligner->counts[1]; u-- > 0;)
		if (is_free(aligner, 1, u)) {
			next[u] = head[aligner->ids[1][u]];
			head[aligner->ids[1][u]] = u;
		}
	for (uint32_t u = 0; u < aligner->counts[0]; u++) {
		uint32_t *first = &head[aligner->ids[0][u]];

		if (is_free(aligner, 0, u) && *first != STEMMA_UNPAIRED) {
			pair(aligner, u, *first, kind, true);
			*first = next[*first];
		}
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_align_equal(struct stemma_aligner *aligner, enum stemma_pair_kind kind)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	enum stemma_code code = pair_unique(aligner, kind);

	stemma_arena_rewind(aligner->scratch, mark);
	if (code == STEMMA_OK)
		code = stemma_align_order(aligner);
	if (code != STEMMA_OK)
		return code;
	pair_neighbours(aligner, kind, false);
	pair_neighbours(aligner, kind, true);
	code = stemma_align_order(aligner);
	if (code == STEMMA_OK)
		code = pair_in_gaps(aligner, false, kind);
	if (code == STEMMA_OK)
		code = pair_rest(aligner, kind);
	stemma_arena_rewind(aligner->scratch, mark);
	return code == STEMMA_OK ? stemma_align_order(aligner) : code;
}

enum stemma_code
stemma_align_weak(struct stemma_aligner *aligner)
{
	/* Weak units fill gaps in order: what has moved is settled before. */
	enum stemma_code code = stemma_align_finish(aligner);

	if (code == STEMMA_OK)
		code = pair_in_gaps(aligner, true, STEMMA_PAIR_EQUAL);
	/* They are in order with all that is: the heaviest set stays so. */
	stemma_align_sort(aligner);
	return code;
}

/* SPDX-License-Identifier: MIT */
#include <stemma/structure.h>

#include <string.h>

/* A unit without a partner. */
#define ALONE UINT32_MAX

struct agreement {
	uint32_t *partner[2]; /* by side and unit */
	bool *starts[2];      /* by side and unit: a story starts here */
	bool changed[2];      /* by side */
};

static enum stemma_code
prepare(struct agreement *agreement, const struct stemma_outline outlines[2],
	const struct stemma_unit_pair *pairs, size_t pair_count,
	struct stemma_arena *scratch)
{
	for (int side = 0; side < 2; side++) {
		const struct stemma_outline *outline = &outlines[side];
		uint32_t *partner = stemma_arena_alloc(
			scratch, outline->unit_count, sizeof *partner);
		bool *starts = stemma_arena_zalloc(
			scratch, outline->unit_count, sizeof *starts);

		if (!partner || !starts)
			return STEMMA_NOMEM;
		memset(partner, 0xff, outline->unit_count * sizeof *partner);
		for (size_t k = 0; k < pair_count; k++)
			partner[pairs[k].units[side]] = pairs[k].units[!side];
		for (size_t k = 0; k < outline->story_count; k++)
			starts[outline->stories[k].first] = true;
		agreement->partner[side] = partner;
		agreement->starts[side] = starts;
	}
	return STEMMA_OK;
}

/* Whether the unit and the one before it follow each other in the other
   version as well, which sees no start there. */
static bool
is_refuted(const struct agreement *agreement, int side, uint32_t unit)
{
	const uint32_t *partner = agreement->partner[side];

	return unit && partner[unit] != ALONE && partner[unit] &&
	       partner[unit - 1] == partner[unit] - 1 &&
	       !agreement->starts[!side][partner[unit]];
}

/* The outline again, with the starts that are left and how sure they were. */
static enum stemma_code
make_anew(struct stemma_outline *outline, const struct stemma_doc *doc,
	const bool *starts, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	const struct stemma_outline before = *outline;
	struct stemma_outline_options options = {
		.stories = STEMMA_STORIES_GIVEN};
	uint32_t *given =
		stemma_arena_alloc(scratch, before.story_count, sizeof *given);
	enum stemma_code code;
	size_t count = 0;

	if (!given)
		return STEMMA_NOMEM;
	options.starts = given;
	for (size_t k = 0; k < before.story_count; k++)
		if (starts[before.stories[k].first])
			given[options.start_count++] = before.stories[k].first;
	code = stemma_outline_make(outline, doc, &options, arena, scratch);
	if (code != STEMMA_OK)
		return code;
	for (size_t k = 0; k < before.story_count; k++)
		if (starts[before.stories[k].first])
			outline->stories[count++].confidence =
				before.stories[k].confidence;
	return STEMMA_OK;
}

enum stemma_code
stemma_stories_agree(struct stemma_outline outlines[2],
	const struct stemma_doc *const docs[2],
	const struct stemma_unit_pair *pairs, size_t pair_count,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct agreement agreement = {.changed = {false, false}};
	enum stemma_code code =
		prepare(&agreement, outlines, pairs, pair_count, scratch);

	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		for (size_t k = 0; k < outlines[side].story_count; k++) {
			uint32_t first = outlines[side].stories[k].first;

			if (is_refuted(&agreement, side, first)) {
				agreement.starts[side][first] = false;
				agreement.changed[side] = true;
			}
		}
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		if (agreement.changed[side])
			code = make_anew(&outlines[side], docs[side],
				agreement.starts[side], arena, scratch);
	stemma_arena_rewind(scratch, mark);
	return code;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cues.h"
#include "decode.h"
#include "lede.h"
#include "model.h"
#include "stories.h"

/*
 * What explicit delimiters and knowledge from elsewhere add to a start. A rule,
 * or a heading with a byline below it where there are several, outweighs that
 * stories of one or two paragraphs are rare (7 points each), but not that both
 * sides speak of the same.
 */
#define RULE_BONUS 17.0f
#define SIGNED_BONUS 17.0f
#define BYLINE_BONUS 6.0f
#define OTHERS_MALUS 2.0f
/*
 * A paragraph that opens with "but" or "meanwhile" goes on from what was said:
 * of 1,147 such in the training pages 6 start a story. There other features
 * tell most of them as well, so that the model learns too little of it for
 * pages that are unlike these.
 */
#define CONNECTIVE_MALUS 3.0f
#define HINT_BONUS 4.0f
/*
 * How sure the only cut of a page must be. Most pages of the world are one
 * story, more than of those that the model was made with: of 335 such pages of
 * sources held out this leaves 3 cut instead of 10, and elsewhere changes
 * nothing that can be measured.
 */
#define ONLY_CUT 0.75f
#define NEVER (-60.0f)

/* The range in which a bonus for every start is looked for, and its steps. */
#define BONUS_MAX 64.0f
#define BONUS_STEPS 24

static bool
has_hint(const struct stemma_block *block, const uint8_t *hints, uint8_t hint)
{
	return hints[block->first_unit] == hint || hints[block->unit] == hint;
}

static bool
goes_on(const struct stemma_page *page, const struct stemma_block *block)
{
	const struct stemma_token *first = &page->tokens[block->first_token];

	return block->token_count > 0 &&
	       page->lexemes[first->lexeme].cues & STEMMA_CUE_CONNECTIVE;
}

/* How many blocks have one of these in front. */
struct marks {
	unsigned rules, signatures, bylines, dates;
};

static struct marks
count_marks(const struct stemma_page *page)
{
	struct marks marks = {0};

	for (size_t b = 0; b < page->block_count; b++) {
		uint16_t flags = page->blocks[b].flags;

		marks.rules += b > 0 && flags & STEMMA_BLOCK_RULE;
		marks.signatures += (flags & STEMMA_BLOCK_SIGNED) != 0;
		marks.bylines += (flags & STEMMA_BLOCK_BYLINE) != 0;
		marks.dates += (flags & STEMMA_BLOCK_DATED) != 0;
	}
	return marks;
}

/* What the lines in front of a block say of a start. */
static float
bonus_of(const struct stemma_block *block, const struct marks *marks)
{
	float bonus = 0;

	if (block->flags & STEMMA_BLOCK_RULE)
		bonus += RULE_BONUS;
	else if (marks->rules)
		bonus -= OTHERS_MALUS;
	if (block->flags & STEMMA_BLOCK_SIGNED && marks->signatures > 1)
		bonus += SIGNED_BONUS;
	else if ((block->flags & STEMMA_BLOCK_BYLINE && marks->bylines > 1) ||
		 (block->flags & STEMMA_BLOCK_DATED && marks->dates > 1))
		bonus += BYLINE_BONUS;
	return bonus;
}

/* Let rules, repeated bylines, openings and hints have their say. */
static void
adjust(struct stemma_scores *scores, const struct stemma_page *page,
	const uint8_t *hints)
{
	const struct marks marks = count_marks(page);

	for (size_t b = 1; b < page->block_count; b++) {
		const struct stemma_block *block = &page->blocks[b];
		float *start = &scores->starts[b];

		*start += bonus_of(block, &marks);
		if (goes_on(page, block))
			*start -= CONNECTIVE_MALUS;
		if (hints && has_hint(block, hints, STEMMA_HINT_START))
			*start += HINT_BONUS;
		else if (hints && has_hint(block, hints, STEMMA_HINT_INSIDE))
			*start = NEVER;
	}
}

/* Cut into `wanted` stories, or as close as a bonus for all starts comes,
   rather too many; how many. 0 without memory. */
static size_t
cut_often(uint8_t *cuts, const struct stemma_scores *scores, size_t wanted,
	struct stemma_arena *scratch)
{
	float low = -BONUS_MAX, high = BONUS_MAX;

	for (int k = 0; k < BONUS_STEPS; k++) {
		float middle = (low + high) / 2;

		if (stemma_scores_cut(cuts, scores, middle, scratch) < wanted)
			low = middle;
		else
			high = middle;
	}
	return stemma_scores_cut(cuts, scores, high, scratch);
}

/* Drop the least sure starts: so many. */
static void
drop_least(uint8_t *cuts, const float *chances, size_t blocks, size_t count)
{
	while (count--) {
		size_t least = 0;

		for (size_t b = 1; b < blocks; b++) {
			if (cuts[b] && (!least || chances[b] < chances[least]))
				least = b;
		}
		cuts[least] = 0;
	}
}

/* Drop the starts that are not sure enough. */
static void
drop_unsure(uint8_t *cuts, const float *chances, size_t blocks)
{
	size_t count = 0, last = 0;

	for (size_t b = 1; b < blocks; b++) {
		cuts[b] = cuts[b] && chances[b] >= stemma_model_threshold;
		if (cuts[b])
			last = b;
		count += cuts[b];
	}
	if (count == 1 && chances[last] < ONLY_CUT)
		cuts[last] = 0;
}

/* How block `b` is worded. */
static void
weigh(struct stemma_reading *reading, const struct stemma_reading *before,
	size_t b)
{
	const struct stemma_page *page = &reading->page;
	uint32_t twin = page->twins[b];

	if (before && twin != STEMMA_NONE) {
		reading->manners[b] = before->manners[twin];
		reading->ledes[b] = before->ledes[twin];
	} else {
		reading->manners[b] =
			stemma_traits_weigh(page, &page->blocks[b]);
		reading->ledes[b] = stemma_lede_weigh(page, &page->blocks[b]);
	}
}

/* Read what paragraphs say on their own. */
static enum stemma_code
read_page(struct stemma_reading *reading,
	const struct stemma_paragraphs *paragraphs,
	const struct stemma_reading *before, struct stemma_arena *arena)
{
	struct stemma_page *page = &reading->page;
	enum stemma_code code = stemma_page_read(page, paragraphs->doc,
		paragraphs->items, paragraphs->count,
		before ? &before->page : NULL, arena);

	if (code != STEMMA_OK)
		return code;
	reading->manners = stemma_arena_alloc(
		arena, page->block_count, sizeof *reading->manners);
	reading->ledes = stemma_arena_alloc(
		arena, page->block_count, sizeof *reading->ledes);
	if (!reading->manners || !reading->ledes)
		return STEMMA_NOMEM;
	for (size_t b = 0; b < page->block_count; b++)
		weigh(reading, before, b);
	return STEMMA_OK;
}

/* Read what they say together. */
static enum stemma_code
read_together(struct stemma_reading *reading, struct stemma_arena *arena)
{
	const struct stemma_page *page = &reading->page;
	enum stemma_code code = stemma_names_find(&reading->names, page, arena);

	if (code == STEMMA_OK)
		code = stemma_ties_make(&reading->ties, page, arena);
	return code;
}

/* The cuts of a page that was read, as the options want them. How sure a start
   is costs as much as to find it, and is asked of none where there is none. */
static enum stemma_code
cut_page(uint8_t *cuts, float *chances, const struct stemma_reading *reading,
	const struct stemma_outline_options *options,
	struct stemma_arena *scratch)
{
	bool counted = options->stories == STEMMA_STORIES_COUNT;
	size_t wanted = options->count ? options->count : 1, count;
	struct stemma_scores scores;
	enum stemma_code code = stemma_scores_make(&scores, reading, scratch);

	if (code != STEMMA_OK)
		return code;
	adjust(&scores, &reading->page, options->hints);
	count = counted ? cut_often(cuts, &scores, wanted, scratch)
			: stemma_scores_cut(cuts, &scores, 0, scratch);
	if (count <= 1)
		return count ? STEMMA_OK : STEMMA_NOMEM;
	code = stemma_scores_chances(chances, &scores, scratch);
	if (code != STEMMA_OK)
		return code;
	if (counted)
		drop_least(cuts, chances, scores.blocks,
			count > wanted ? count - wanted : 0);
	else
		drop_unsure(cuts, chances, scores.blocks);
	return STEMMA_OK;
}

/* The cuts of a page whose paragraphs were read. */
static enum stemma_code
find(uint32_t *starts, float *chances, size_t *count,
	struct stemma_reading *reading,
	const struct stemma_outline_options *options,
	struct stemma_arena *scratch)
{
	size_t blocks = reading->page.block_count;
	uint8_t *cuts = stemma_arena_zalloc(scratch, blocks, 1);
	float *all_chances =
		stemma_arena_alloc(scratch, blocks, sizeof *all_chances);
	enum stemma_code code = read_together(reading, scratch);

	if (code == STEMMA_OK && (!cuts || !all_chances))
		code = STEMMA_NOMEM;
	if (code == STEMMA_OK && blocks)
		code = cut_page(cuts, all_chances, reading, options, scratch);
	if (code != STEMMA_OK)
		return code;
	starts[0] = 0;
	chances[0] = 1;
	*count = 1;
	for (size_t b = 1; b < blocks; b++) {
		if (!cuts[b])
			continue;
		starts[*count] = reading->page.blocks[b].first_unit;
		chances[*count] = all_chances[b];
		++*count;
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_stories_find(uint32_t *starts, float *chances, size_t *count,
	const struct stemma_paragraphs *paragraphs,
	const struct stemma_outline_options *options,
	struct stemma_reading *reading, const struct stemma_reading *before,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark;
	enum stemma_code code;

	*count = 0;
	code = read_page(reading, paragraphs, before, scratch);
	if (code != STEMMA_OK)
		return code;
	mark = stemma_arena_mark(scratch);
	code = find(starts, chances, count, reading, options, scratch);
	stemma_arena_rewind(scratch, mark);
	return code;
}

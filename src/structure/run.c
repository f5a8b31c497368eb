/* SPDX-License-Identifier: MIT */
#include "run.h"

/* Words of an item without a mark; of one that only has a number. */
#define ITEM_WORDS 25
#define NUMBER_WORDS 9

/* Lines that are alike: of any list, of one that nothing else tells. */
#define ALIKE_LINES 2
#define SURE_LINES 3
#define PAIR_LINES 2

/* Lines at the top of a page. */
#define FRONT_LINES 3

/* What lines of a list have in common. */
static const unsigned traits[] = {
	STEMMA_TRAIT_LEADING, STEMMA_TRAIT_LABEL, STEMMA_TRAIT_NUMBER};

#define TRAITS (sizeof traits / sizeof *traits)

/* A short line with a label, or one that ends in an abbreviation, may be an
   item though it ends with a full stop. */
static bool
is_loose_item(const struct stemma_paragraph *p)
{
	return p->shape == STEMMA_SHAPE_BODY && p->words > 0 &&
	       p->words <= ITEM_WORDS &&
	       !(p->traits & (STEMMA_TRAIT_QUOTES | STEMMA_TRAIT_MARKED)) &&
	       (p->traits & (STEMMA_TRAIT_LABEL | STEMMA_TRAIT_MEASURE));
}

bool
stemma_run_takes(const struct stemma_paragraph *p)
{
	return (p->shape == STEMMA_SHAPE_HEADING || is_loose_item(p)) &&
	       !(p->traits & (STEMMA_TRAIT_CREDIT | STEMMA_TRAIT_KICKER));
}

/* "When: Saturday, 20:30" is an item like others. */
static bool
is_labelled_date(const struct stemma_paragraph *p)
{
	return p->shape == STEMMA_SHAPE_DATELINE &&
	       (p->traits & STEMMA_TRAIT_LABEL);
}

static bool
has_trait(const struct stemma_paragraph *p, unsigned trait)
{
	return (p->traits & trait) &&
	       (trait != STEMMA_TRAIT_NUMBER || p->words <= NUMBER_WORDS);
}

unsigned
stemma_run_trait(const struct stemma_run *run)
{
	size_t count = (size_t)(run->end - run->first);

	for (size_t k = 0; k < TRAITS; k++) {
		size_t having = 0;

		for (struct stemma_paragraph *p = run->first; p < run->end; p++)
			having += has_trait(p, traits[k]);
		if (having >= ALIKE_LINES && having * 3 >= count * 2 - 2)
			return traits[k];
	}
	return 0;
}

/* Make items of the lines from `k` on that have the trait, if they are
   enough; returns where they end. */
static size_t
tell_run(struct stemma_paragraph *paragraphs, size_t count, size_t k,
	unsigned trait)
{
	bool label = trait == STEMMA_TRAIT_LABEL;
	size_t end = k, lines = 0;

	for (; end < count && (has_trait(&paragraphs[end], trait)); end++) {
		const struct stemma_paragraph *p = &paragraphs[end];
		bool takes = stemma_run_takes(p) &&
			     !(p->traits & STEMMA_TRAIT_QUESTION);

		if (!takes && !(label && is_labelled_date(p)))
			break;
		lines += takes;
	}
	/* The first lines of a page are headlines, whatever they look like. */
	if (lines == 0 ||
		end - k < (label && k >= FRONT_LINES ? PAIR_LINES : SURE_LINES))
		return k;
	for (; k < end; k++) {
		paragraphs[k].shape = STEMMA_SHAPE_LIST;
		paragraphs[k].sure = STEMMA_SURE_LIKELY;
	}
	return end;
}

void
stemma_runs_tell(struct stemma_paragraph *paragraphs, size_t count)
{
	for (size_t k = 0; k < count;) {
		size_t end =
			tell_run(paragraphs, count, k, STEMMA_TRAIT_LEADING);

		if (end == k)
			end = tell_run(
				paragraphs, count, k, STEMMA_TRAIT_LABEL);
		k = end + (end == k);
	}
}

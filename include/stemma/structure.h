/*
 * structure.h - what each unit of a page is, and where one story of it ends
 * and the next begins.
 *
 *     unit   kind        story
 *      0     headline  ┐
 *      1     byline    │ 0   title 0, confidence 1
 *      2     body      │
 *      3     body      ┘
 *      4     body      ┐ 1   no title, confidence 0.93
 *      5     subhead   │
 *      6     body      ┘
 *
 * Kinds come from shape, position and cue words (src/structure/cues.def:
 * English, German, French, Spanish, Russian, Arabic, Persian, Chinese).
 *
 * Stories come from explicit delimiters where a page has them, else from a
 * semi-Markov model over paragraphs: how coherent a stretch is (Utiyama and
 * Isahara 2001, Eisenstein and Barzilay 2008), how much a paragraph reads like
 * the first of a story, and how names are introduced; the best cut is found
 * exactly (dynamic programming), and the probability of each start over all
 * cuts (forward-backward, as in Sarawagi and Cohen 2004) is its confidence.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STRUCTURE_H
#define STEMMA_STRUCTURE_H

#include <stemma/base.h>
#include <stemma/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* What a unit is on its page (the words of formats.md). */
enum stemma_kind {
	STEMMA_KIND_BODY = 0,
	STEMMA_KIND_HEADLINE,
	STEMMA_KIND_BYLINE,     /* who wrote it */
	STEMMA_KIND_DATELINE,   /* when or where, in a line of its own */
	STEMMA_KIND_CAPTION,    /* of a picture, with or without a credit */
	STEMMA_KIND_SUBHEAD,    /* a heading inside a story */
	STEMMA_KIND_LIST,       /* an item of a list */
	STEMMA_KIND_QUOTE,      /* a quotation that stands alone */
	STEMMA_KIND_CORRECTION, /* a correction, clarification, editor's note */
	STEMMA_KIND_BOILERPLATE /* "Read more", "Advertisement", share bars */
};

#define STEMMA_KIND_COUNT 10

/* "body", "headline", …; static. */
const char *stemma_kind_name(enum stemma_kind kind);

/* A value of `title` that is no unit's: the story has no headline. */
#define STEMMA_NO_TITLE UINT32_MAX

/* One story: units `first` to `last`, both included. */
struct stemma_story {
	uint32_t first;
	uint32_t last;
	uint32_t title; /* the unit that is its headline, or STEMMA_NO_TITLE */
	float confidence; /* 0..1: that a story starts here; 1 for the first */
};

struct stemma_outline {
	uint8_t *kinds; /* enum stemma_kind, one per unit */
	size_t unit_count;
	struct stemma_story
		*stories; /* in order; together they hold all units */
	size_t story_count;
	uint8_t *sure; /* of each unit's kind, in percent */
};

/* How a page is cut into stories. */
enum stemma_story_mode {
	STEMMA_STORIES_AUTO = 0, /* as many as there seem to be */
	STEMMA_STORIES_OFF,      /* the page is one story */
	STEMMA_STORIES_COUNT,    /* exactly `count`, or as many as fit */
	STEMMA_STORIES_GIVEN     /* they start at `starts` */
};

/* What is known about a unit from elsewhere, such as another version. */
enum stemma_story_hint {
	STEMMA_HINT_NONE = 0,
	STEMMA_HINT_INSIDE, /* no story starts here */
	STEMMA_HINT_START   /* a story may well start here */
};

/* Zeros mean: find them, nothing is known from elsewhere. */
struct stemma_outline_options {
	enum stemma_story_mode stories;
	uint32_t count;         /* for STEMMA_STORIES_COUNT */
	const uint32_t *starts; /* for STEMMA_STORIES_GIVEN: units, ascending */
	size_t start_count;
	const uint8_t
		*hints; /* enum stemma_story_hint, one per unit, or NULL */
};

/*
 * The outline of `doc`. The result lives in `arena`; `scratch` is left as it
 * was found. `options` may be NULL. A document without units has no story.
 *
 * STEMMA_NOMEM leaves `outline` all zeros. STEMMA_UNSUPPORTED past 4 GiB of
 * text. O(bytes + units × 90).
 */
enum stemma_code stemma_outline_make(struct stemma_outline *outline,
	const struct stemma_doc *doc,
	const struct stemma_outline_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/*
 * The outlines of two versions, each as stemma_outline_make has it: what both
 * have word for word is looked at once, so that the second costs about half of
 * the first. `options` are those of each, or NULL. On failure both are all
 * zeros.
 */
enum stemma_code stemma_outlines_make(struct stemma_outline outlines[2],
	const struct stemma_doc *const docs[2],
	const struct stemma_outline_options *const options[2],
	struct stemma_arena *arena, struct stemma_arena *scratch);

/*
 * The kinds alone, one per unit of `doc`, into `kinds`, and how sure each is,
 * in percent, into `sure` (which may be NULL); the stories are taken to be
 * `stories` (which may be NULL: one story). At a tenth of the cost of an
 * outline: it looks at words only in units that are not plainly body text.
 *
 * `wanted` (which may be NULL: all are) has a byte for each unit: where it is
 * 0, a paragraph of more than a line that ends a sentence is taken for body
 * text unread, so that the cost follows what is wanted.
 */
enum stemma_code
stemma_kinds_tell(uint8_t *kinds, uint8_t *sure, const struct stemma_doc *doc,
	const uint8_t *wanted, const struct stemma_story *stories,
	size_t story_count, struct stemma_arena *scratch);

/* One version, with its kinds and how sure they are, one per unit. */
struct stemma_kinds_side {
	const struct stemma_doc *doc;
	uint8_t *kinds;
	uint8_t *sure;
};

/*
 * The kinds of two versions, each as stemma_kinds_tell has them for one story,
 * into both sides; `wanted` is that of each, or NULL. What both have word for
 * word is looked at once. STEMMA_NOMEM.
 */
enum stemma_code stemma_kinds_tell_both(const struct stemma_kinds_side sides[2],
	const uint8_t *const wanted[2], struct stemma_arena *scratch);

/* A unit of the old version, and the one of the new that it became. */
struct stemma_unit_pair {
	uint32_t units[2];
};

/*
 * Let the kinds of two versions inform each other: where the units of a pair
 * are of different kinds and one is plainly surer, the other takes its kind,
 * with all units of its paragraph. Kinds of which both are sure stay: such a
 * line did change. O(pairs + units of their paragraphs).
 */
void stemma_kinds_agree(const struct stemma_kinds_side sides[2],
	const struct stemma_unit_pair *pairs, size_t pair_count);

/*
 * Let the stories of two versions inform each other: a story starts between
 * two units that follow each other in both versions only if both outlines say
 * so. What is one story in one version and stands unbroken in the other is one
 * there too. `pairs` are in the order of the new side. Outlines whose stories
 * change are made anew in `arena`, kinds and titles with them; `scratch` is
 * left as it was found. STEMMA_NOMEM. O(units), and bytes where they change.
 */
enum stemma_code stemma_stories_agree(struct stemma_outline outlines[2],
	const struct stemma_doc *const docs[2],
	const struct stemma_unit_pair *pairs, size_t pair_count,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

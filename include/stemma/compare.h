/*
 * compare.h - two documents in, one comparison out: all that renderers read
 * about a change.
 *
 *     old units   0   1   2 3   4      5
 *                 │   │    ╲│    ╲
 *     links     edited │  merged  moved  removed   … and added
 *                 │   │     │    ╱
 *     new units   0   1     3   2      4
 *
 * Every unit of both sides stands in exactly one link. Links are in reading
 * order of the new side, removed units where they used to stand. A link whose
 * words differ has changes: word edits, in order.
 *
 * Swapping the two documents mirrors the comparison: split and merged, added
 * and removed, insert and delete change places and nothing else changes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_COMPARE_H
#define STEMMA_COMPARE_H

#include <stemma/base.h>
#include <stemma/reuse.h>
#include <stemma/structure.h>
#include <stemma/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* The two sides of everything here; index arrays of two with them. */
enum stemma_side { STEMMA_OLD = 0, STEMMA_NEW = 1 };

/* What became of units (the words of formats.md). */
enum stemma_op {
	STEMMA_UNCHANGED,   /* 1:1, the same characters */
	STEMMA_REFORMATTED, /* 1:1, the same words in other typography */
	STEMMA_EDITED,      /* 1:1, words differ */
	STEMMA_SPLIT,       /* 1:n */
	STEMMA_MERGED,      /* n:1 */
	STEMMA_REGROUPED,   /* n:m, both over one */
	STEMMA_ADDED,       /* 0:1 */
	STEMMA_REMOVED      /* 1:0 */
};

#define STEMMA_OP_COUNT 8

/* "unchanged", "reformatted", …; static. */
const char *stemma_op_name(enum stemma_op op);

/* `count` units from unit `first` on. Adjacent by construction. */
struct stemma_range {
	uint32_t first;
	uint32_t count;
};

struct stemma_link {
	struct stemma_range units[2]; /* by side; where a side has no unit,
	                                 `first` is the unit before which it would stand */
	uint32_t first_change;        /* index into the comparison's changes */
	uint32_t change_count;
	float similarity; /* 0..1: share of words in common, 1 when unchanged */
	uint8_t op;       /* enum stemma_op */
	bool moved;       /* stands at another place relative to the rest */
	uint16_t weights; /* all weights of its changes together */
};

enum stemma_change_op { STEMMA_DELETE, STEMMA_INSERT, STEMMA_REPLACE };

/* "delete", "insert", "replace"; static. */
const char *stemma_change_op_name(enum stemma_change_op op);

/* Why a change matters to a reader: a set of bits. docs/weights.md says what
   each means. */
enum {
	STEMMA_WEIGHT_NUMBER = 1,
	STEMMA_WEIGHT_DATE = 2,
	STEMMA_WEIGHT_NAME = 4,
	STEMMA_WEIGHT_NEGATION = 8,
	STEMMA_WEIGHT_QUOTE = 16,
	STEMMA_WEIGHT_ATTRIBUTION = 32
};

/* "number", "date", … for a single bit; static. */
const char *stemma_weight_name(unsigned weight);

/*
 * One edit of words. Its spans are bytes of each document's text and start and
 * end at word edges; an empty one gives the place. Outside of changes the two
 * sides of a 1:1 link are equal byte for byte, so that applying the changes to
 * the old unit gives the new one. (Between the units of a split, merged or
 * regrouped link only white space differs otherwise.)
 */
struct stemma_change {
	struct stemma_span at[2]; /* by side */
	uint32_t words[2];        /* how many words each span holds */
	uint8_t op;               /* enum stemma_change_op */
	bool reformat; /* typography or white space only: never counted as words */
	bool hidden; /* the caller's `ignore` profile covers it */
	uint8_t reserved;
	uint16_t weights;
};

struct stemma_stats {
	uint32_t units
		[STEMMA_OP_COUNT]; /* links by op; an n:m link counts once, and
		                      one whose every change is hidden counts as
		                      unchanged */
	uint32_t moved;            /* links with the flag */
	uint64_t words_added; /* words that edits brought, punctuation aside;
	                           words of added units are not counted here */
	uint64_t words_removed;
	uint32_t changes; /* word edits that are neither reformat nor hidden */
	uint32_t hidden;  /* changes that the ignore profile covers */
};

/* How much is read of the pages besides what became of their units. */
enum stemma_reading {
	STEMMA_READ_NOTHING = 0, /* links and changes alone */
	STEMMA_READ_CHANGED,     /* kinds where the documents differ, long units
	                        elsewhere taken for body text; stories where
	                        units came, went or moved; what stands twice
	                        where units came */
	STEMMA_READ_ALL /* kinds and stories of both, and what stands twice
	                        in the new one */
};

/*
 * Pages of more bytes or more units than this, both together, are not read,
 * whatever is asked: `unread` says so.
 */
#define STEMMA_READ_MOST (8u << 20)
#define STEMMA_READ_MOST_UNITS (512u << 10)

/* Whether two documents are past one of these limits. O(1). */
bool stemma_compare_is_too_long(
	const struct stemma_doc *old_doc, const struct stemma_doc *new_doc);

/* What became of a story (the words of formats.md). */
enum stemma_story_op {
	STEMMA_STORY_KEPT = 0, /* stands in both, changed or not */
	STEMMA_STORY_REPLACED, /* another one stands in its place */
	STEMMA_STORY_ADDED,
	STEMMA_STORY_REMOVED
};

/* "kept", "replaced", …; static. */
const char *stemma_story_op_name(enum stemma_story_op op);

/* No story on that side. */
#define STEMMA_NO_STORY UINT32_MAX

/* Stories of both pages that belong together, or one that stands alone. */
struct stemma_story_link {
	uint32_t story[2]; /* by side, into its outline; or STEMMA_NO_STORY */
	uint8_t op;        /* enum stemma_story_op */
	bool moved;  /* kept, at another place relative to the other stories */
	bool at_end; /* added or removed behind all that was kept */
};

/* What a line of a digest is about, in the order of its lines. */
enum stemma_about {
	STEMMA_ABOUT_HEADLINE = 0,
	STEMMA_ABOUT_CORRECTION,
	STEMMA_ABOUT_NEGATION,
	STEMMA_ABOUT_NUMBER,
	STEMMA_ABOUT_NAME,
	STEMMA_ABOUT_QUOTE,
	STEMMA_ABOUT_ATTRIBUTION,
	STEMMA_ABOUT_DATE,
	STEMMA_ABOUT_STORIES,
	STEMMA_ABOUT_UNITS, /* paragraphs that came and went */
	STEMMA_ABOUT_MOVES,
	STEMMA_ABOUT_REST,   /* the rest, as counts */
	STEMMA_ABOUT_NOTHING /* that there is nothing to tell */
};

/* "headline", "correction", …; static. */
const char *stemma_about_name(enum stemma_about about);

/* A digest has no more lines than this. */
#define STEMMA_DIGEST_MOST 12

/*
 * One thing that happened: "headline: rejects → shoots down". UTF-8 without a
 * line break, with words of the documents in it as they are: whoever shows it
 * makes controls harmless (stemma_out_visible()).
 */
struct stemma_digest_line {
	struct stemma_view text;
	enum stemma_about about;
	uint32_t link; /* the (first) link it is about, or STEMMA_NO_LINK */
};

/* A digest's line has no place: there is no difference to lead to. */
#define STEMMA_NO_LINK UINT32_MAX

/* Zeros mean: nothing ignored, the default budget, nothing read. */
struct stemma_compare_options {
	unsigned ignore; /* STEMMA_FOLD_CASE | _PUNCTUATION | _NUMBERS: changes
	                    that vanish under this folding are marked hidden */
	uint64_t budget; /* steps the search may take; 0: the default, which
	                    grows with the input. Past it answers get coarser */
	enum stemma_reading reading;
	const struct stemma_outline_options *
		stories[2]; /* by side: overrule where stories start; or NULL */
	const struct stemma_reuse *reuse; /* what stands twice in the new
	                                     document, found before; taken as it
	                                     is, borrowed, where that is read.
	                                     NULL: it is found */
};

struct stemma_comparison {
	const struct stemma_doc *docs[2]; /* borrowed, by side */
	struct stemma_link *links;
	size_t link_count;
	struct stemma_change *changes;
	size_t change_count;
	struct stemma_stats stats;
	struct stemma_outline outlines[2]; /* by side; without kinds and stories
	                                      where they were not read */
	struct stemma_story_link *stories; /* in reading order of the new side,
	                                      removed ones where they stood */
	size_t story_count;
	struct stemma_reuse reuse; /* what stands twice in the new document */
	struct stemma_digest_line *digest; /* what matters most comes first;
	                                      never empty. Headlines, corrections
	                                      and stories only as far as read */
	size_t digest_count;
	bool unread; /* too long for kinds, stories and what stands twice */
	bool approximate; /* the budget was reached somewhere */
	bool identical;   /* the raw bytes are the same */
	bool different;   /* something is to be seen beyond what is ignored
	                     (exit status 1) */
};

/*
 * Compare `old_doc` with `new_doc`, which must outlive the result. The result
 * lives in `arena`; `scratch` is left as it was found. `options` may be NULL.
 * STEMMA_NOMEM leaves `comparison` all zeros.
 *
 * Near-linear where most units are alike; else bounded by the budget.
 */
enum stemma_code stemma_comparison_make(struct stemma_comparison *comparison,
	const struct stemma_doc *old_doc, const struct stemma_doc *new_doc,
	const struct stemma_compare_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/* The text of `link`'s units on `side`, first to last, in the doc's text. */
struct stemma_span stemma_link_span(const struct stemma_comparison *comparison,
	const struct stemma_link *link, enum stemma_side side);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

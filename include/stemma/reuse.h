/*
 * reuse.h - text that stands twice: inside one page, or in two documents.
 *
 *     source  … There are two ways: by force or through a deal. I prefer …
 *                 └──────────────── passage ─────────────────┘
 *     target    "There are two ways, by force or you make a deal," he said …
 *                └──────────────── passage ─────────────┘
 *
 * Words are compared without regard to case, typography and punctuation. Every
 * run of four words (for scripts without spaces, of ten characters) that stands
 * twice is a seed; seeds are drawn out to maximal runs, runs are chained over
 * small gaps, and a chain is a passage if there is enough of it to be no
 * coincidence:
 *
 *     the same words in one run       10 words, or 40 characters
 *     a whole sentence or so           8 words, or 32 characters, of which
 *                                     six, or 24, are the same
 *     anything else                   16 words, or 64 characters in common
 *
 * where in the latter two seven of ten words are the same and three of them say
 * something about a subject. A stretch of text is never in two passages of the
 * same two units; it may well stand in three places, and then it is in three
 * passages.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_REUSE_H
#define STEMMA_REUSE_H

#include <stemma/base.h>
#include <stemma/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

enum stemma_passage_kind {
	STEMMA_PASSAGE_VERBATIM = 0, /* the same words, from end to end */
	STEMMA_PASSAGE_NEAR          /* with word edits between them */
};

/* "verbatim" or "near"; static. */
const char *stemma_passage_kind_name(enum stemma_passage_kind kind);

/* A place in one of the documents. */
struct stemma_passage_place {
	uint8_t doc; /* 0 or 1: which of them */
	uint32_t unit;
	struct stemma_span span; /* of its text, inside the unit */
};

/* A passage, and the earlier one that it repeats. */
struct stemma_passage {
	struct stemma_passage_place source, target;
	uint32_t words;      /* how many are the same; a character of a script
	                        without spaces counts as one */
	uint32_t first_edit; /* into the edits */
	uint32_t edit_count;
	float similarity; /* 0..1: share of the words of both in common */
	uint8_t kind;     /* enum stemma_passage_kind */
};

/* Words of the source that the target has otherwise. Either span may be empty;
   then it is the place before the next word. */
struct stemma_passage_edit {
	struct stemma_span source, target;
};

struct stemma_reuse {
	struct stemma_passage
		*passages; /* by the first words of target, source */
	size_t passage_count;
	struct stemma_passage_edit *edits; /* of all passages, in their order */
	size_t edit_count;
	bool approximate; /* there was too much to look at: some are missing */
};

/*
 * Find the passages that stand twice. With `count` 1 inside docs[0], the source
 * before the target; with 2 the source in docs[0] and the target in docs[1],
 * and swapping the two mirrors the result. The result lives in `arena`;
 * `scratch` is left as it was found.
 *
 * What stands in many places is told for the first of them and each other, not
 * for all pairs.
 *
 * STEMMA_NOMEM leaves `reuse` all zeros; STEMMA_UNSUPPORTED past 4 GiB.
 * O(words): what one unit may cost is bounded by its words, past that bound
 * the result is `approximate`.
 */
enum stemma_code stemma_reuse_find(struct stemma_reuse *reuse,
	const struct stemma_doc *const docs[], size_t count,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/*
 * Find the passages inside `doc` that have to do with the units that are
 * `wanted` (one byte for each; 0: is not), which is quick where these are few.
 * As stemma_reuse_find, but that of a passage at least 23 bytes in a row must be
 * the same; passages between others may be among the result.
 */
enum stemma_code stemma_reuse_find_of(struct stemma_reuse *reuse,
	const struct stemma_doc *doc, const uint8_t *wanted,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

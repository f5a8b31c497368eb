/*
 * digest.h - a comparison in a dozen lines, what matters most first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_DIGEST_H
#define STEMMA_SRC_COMPARE_DIGEST_H

#include <stemma/compare.h>

/* Most bytes of a line; its pieces are cut long before. */
#define STEMMA_PHRASE_MAX 1024

/* A line being written; what does not fit is left out. */
struct stemma_phrase {
	char bytes[STEMMA_PHRASE_MAX];
	size_t size;
};

/* What is counted, not told one by one. */
struct stemma_digest_counts {
	uint32_t more[STEMMA_ABOUT_REST]; /* told of nowhere, by what about */
	uint32_t others;                  /* edits without a weight */
	uint32_t added, removed;          /* units outside of whole stories */
	uint32_t first[2];                /* by side: one of them, a unit */
	uint32_t moved;                   /* links outside of moved stories */
	uint32_t unit_link, moved_link;   /* the first of each of these */
	uint32_t rest_link; /* the first edit told of nowhere, or NO_LINK */
};

/* An item that is a link as a whole. */
#define STEMMA_NO_CHANGE UINT32_MAX

/* Something that may get a line. */
struct stemma_digest_item {
	uint64_t key; /* of the words, for the same edit elsewhere */
	uint32_t link;
	uint32_t change; /* or STEMMA_NO_CHANGE: the whole link */
	uint32_t times;
	uint8_t about;
};

/* A digest being made. */
struct stemma_digest {
	struct stemma_comparison *comparison;
	struct stemma_digest_item *items;
	size_t count;
	uint8_t *whole[2]; /* by side and unit: its story came, went or moved as
	                      a whole; NULL without stories */
	struct stemma_digest_counts counts;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

/* Make the digest of a comparison that is complete but for it. STEMMA_NOMEM.
   O(links + changes × log changes). */
enum stemma_code stemma_digest_make(struct stemma_comparison *comparison,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/* Append a line; those past the most are dropped. STEMMA_NOMEM. */
enum stemma_code
stemma_digest_add(struct stemma_comparison *comparison, enum stemma_about about,
	const struct stemma_phrase *phrase, struct stemma_arena *arena);

/* Append the line of an item. `next` may be NULL. STEMMA_NOMEM. */
enum stemma_code stemma_digest_tell(struct stemma_digest *digest,
	const struct stemma_digest_item *item,
	const struct stemma_digest_item *next);

/* Append one line for two texts that hardly differ. STEMMA_NOMEM. */
enum stemma_code stemma_digest_tell_nothing(struct stemma_digest *digest);

/* Whether `item` went and `next` stands in its place, or the other way: one
   line tells both. */
bool stemma_digest_is_replaced(const struct stemma_digest *digest,
	const struct stemma_digest_item *item,
	const struct stemma_digest_item *next);

/* Whether words differ, and nobody ignores it. */
bool stemma_change_is_visible(const struct stemma_change *change);

/* The lines that count, in order; `comparison->digest` has room. */
enum stemma_code stemma_digest_count(struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts, struct stemma_arena *arena);

/* How many lines stemma_digest_count() will add at most. */
size_t stemma_digest_count_lines(const struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts);

/* ---- words of a line (digest_phrase.c) --------------------------------- */

void stemma_phrase_string(struct stemma_phrase *phrase, const char *string);
void stemma_phrase_number(struct stemma_phrase *phrase, uint64_t number);

/* "1 paragraph", "7 paragraphs". */
void stemma_phrase_units(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison, uint64_t count);

/* Text on one line, white space made single and cut off at its ends, cut to so
   many graphemes with an ellipsis. */
void stemma_phrase_text(struct stemma_phrase *phrase, struct stemma_view text,
	size_t graphemes);

/* One edit: "9 → 12 dead", "will [-not-] close the". With so many words of
   what is around it. */
void stemma_phrase_change(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison,
	const struct stemma_link *link, const struct stemma_change *change,
	int words);

#endif

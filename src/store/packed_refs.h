/*
 * packed_refs.h - git's file packed-refs, read without libgit2 and written in
 * one go for refs in bulk.
 *
 *     # pack-refs with: peeled fully-peeled sorted
 *     <40 digits> refs/heads/story/a
 *     <40 digits> refs/heads/story/b
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_PACKED_REFS_H
#define STEMMA_STORE_PACKED_REFS_H

#include "archive.h"

/* The file, mapped. */
struct stemma_packed_refs {
	const char *bytes;
	size_t size;
	bool sorted; /* it says so */
};

/* False if there is none. */
bool
stemma_packed_refs_open(struct stemma_packed_refs *packed, const char *archive);

/* All zeros are allowed. */
void stemma_packed_refs_close(struct stemma_packed_refs *packed);

/* The line whose ref is the first that is not before `ref`: where it begins. */
size_t stemma_packed_refs_find(
	const struct stemma_packed_refs *packed, struct stemma_view ref);

/* The beginning of the line behind that at `at`. */
size_t
stemma_packed_refs_next(const struct stemma_packed_refs *packed, size_t at);

/* The ref that the line at `at` names; empty for other lines. */
struct stemma_view
stemma_packed_refs_name(const struct stemma_packed_refs *packed, size_t at);

/* As memcmp(), a shorter one before one that it begins. */
int stemma_view_order(struct stemma_view a, struct stemma_view b);

/* A ref that is to be changed. */
struct stemma_ref_change {
	const char *name;
	bool has_old;
	struct stemma_id old; /* where it should lead now */
	struct stemma_id next;
	bool done;  /* it leads there, safely on disk */
	bool moved; /* it led elsewhere and still does */
};

/*
 * Compare and swap many refs, as stemma_ref_swap() does with each; sorts them
 * by name. Where they are many, those that no file has yet are written to
 * packed-refs at once (refs.c). After a failure some may be done.
 */
enum stemma_code
stemma_refs_swap(struct stemma_store *store, struct stemma_ref_change *changes,
	size_t count, struct stemma_error *error);

/* All refs into packed-refs, and the files of stories' refs away
   (pack_refs.c). */
enum stemma_code
stemma_refs_pack(struct stemma_store *store, struct stemma_error *error);

#endif

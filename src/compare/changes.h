/*
 * changes.h - token edits become changes: spans of bytes such that all that
 * differs is inside one, for 1:1 links.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_CHANGES_H
#define STEMMA_SRC_COMPARE_CHANGES_H

#include "compare/edits.h"
#include "compare/weigh.h"

/* A growing list; old copies stay in the arena, half of it at most. */
struct stemma_change_list {
	struct stemma_change *changes;
	size_t count, capacity;
	struct stemma_arena *arena;
};

/*
 * Append the changes of a link. With `flip`, side 0 of the edits is the new
 * document. `ignore` as in the options; `lexicon` has read both documents, for
 * the weights. `scratch` is left with more in it. STEMMA_NOMEM.
 */
enum stemma_code stemma_changes_append(struct stemma_change_list *list,
	const struct stemma_edits *edits, struct stemma_lexicon *lexicon,
	bool flip, unsigned ignore, struct stemma_arena *scratch);

#endif

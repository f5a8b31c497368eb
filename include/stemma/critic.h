/*
 * critic.h - CriticMarkup read back: both versions of a text out of one.
 *
 *     It would {--not --}pay{++ at once++}.      {~~Monday~>Tuesday~~}
 *     old   It would not pay.                    Monday
 *     new   It would pay at once.                Tuesday
 *
 * The marks are those of criticmarkup.com: {--deleted--} {++inserted++}
 * {~~old~>new~~} {==highlighted==} {>>comment<<}. One scan from left to right:
 *
 *   - {--, {++ and {~~ start a mark, which ends at the first --}, ++}, ~~}; the
 *     old part of {~~ ends at the first ~>;
 *   - comments are dropped, inside of other marks as well, and so are {== and
 *     the ==} that ends it, with what is between them kept;
 *   - a mark that never ends is text, as it stands.
 *
 * So an empty comment inside of a mark's signs makes them text: {+{>><<}+ is
 * {++ in both versions. What stemma_render_criticmarkup() writes comes back
 * byte for byte, whatever the texts are: of a version that is not UTF-8 it
 * leaves the bytes in a comment (formats.md), which counts as long as the text
 * is the one it was written for.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CRITIC_H
#define STEMMA_CRITIC_H

#include <stemma/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* Two versions of a text, and what parted them. */
struct stemma_critic {
	struct stemma_view
		versions[2]; /* the old and the new one; in the arena */
	size_t edits;        /* deletions, insertions, replacements */
	size_t comments;     /* those that are for readers */
	size_t highlights;
	size_t unended; /* marks that never end, which are text */
};

/*
 * Read `marked`, any bytes. Lives in `arena`, and borrows nothing. STEMMA_NOMEM
 * leaves `critic` all zeros; nothing else can fail. O(bytes).
 */
enum stemma_code stemma_critic_read(struct stemma_critic *critic,
	struct stemma_view marked, struct stemma_arena *arena);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

/*
 * change.h - what one version changed against another, in short.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_CHANGE_H
#define STEMMA_CLI_CHANGE_H

#include <stemma.h>

struct stemma_told {
	struct stemma_stats stats;
	struct stemma_view *lines; /* the digest, a few words each */
	size_t line_count;
};

/*
 * Compare two versions, whose bytes are needed no longer than the call. The
 * lines live in `arena`; `scratch` is left as it was found.
 */
enum stemma_code stemma_change_tell(struct stemma_told *told,
	struct stemma_view before, struct stemma_view after,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/* The lines as one, "; " between them, made harmless for a terminal. */
void
stemma_change_write(struct stemma_out *out, const struct stemma_told *told);

/* As a JSON array of strings. */
void stemma_change_write_json(
	struct stemma_out *out, const struct stemma_told *told);

#endif

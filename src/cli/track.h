/*
 * track.h - what a file tells of itself: a name for its story, a title.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_TRACK_H
#define STEMMA_CLI_TRACK_H

#include <stemma.h>

/* A file's name without folders and its last suffix: "news/talks.html" is
   "talks". Empty if nothing is left. Part of `file`. */
struct stemma_view stemma_track_name(const char *file);

/* Its suffix, if that is a few letters and digits: "html". Else empty. */
struct stemma_view stemma_track_suffix(const char *file);

/* `text` in UTF-8 on one line without control characters, at most some 300
   bytes of it, in `arena`. */
enum stemma_code stemma_track_line(struct stemma_view *line,
	struct stemma_view text, struct stemma_arena *arena);

/*
 * The first headline of a text, on one line without control characters, in
 * `arena`; empty if it has none. STEMMA_NOMEM.
 */
enum stemma_code
stemma_track_title(struct stemma_view *title, struct stemma_view bytes,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#endif

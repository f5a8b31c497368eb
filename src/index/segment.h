/*
 * segment.h - writing segments, and which there are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INDEX_SEGMENT_H
#define INDEX_SEGMENT_H

#include "state.h"

struct stemma_segment {
	int64_t id, blocks, postings;
};

/* Writes postings, which come in order of their hashes, as a segment. */
struct stemma_writer {
	struct stemma_index *index;
	struct stemma_error *error;
	struct stemma_segment segment;
	int64_t block;         /* the one being filled */
	uint64_t hash;         /* of the last posting in it */
	struct stemma_out out; /* its bytes */
};

/* A new segment for about so many postings. */
void
stemma_writer_open(struct stemma_writer *writer, struct stemma_index *index,
	int64_t id, int64_t postings, struct stemma_error *error);

enum stemma_code stemma_writer_put(
	struct stemma_writer *writer, const struct stemma_posting *posting);

/* Write the rest, unless `code` says that it failed before; free. */
enum stemma_code
stemma_writer_close(struct stemma_writer *writer, enum stemma_code code);

/* All segments, oldest first, in memory that the caller frees. */
enum stemma_code stemma_segments_list(struct stemma_index *index,
	struct stemma_segment **segments, size_t *count,
	struct stemma_error *error);

/* An id for another. */
int64_t
stemma_segments_next(const struct stemma_segment *segments, size_t count);

#endif

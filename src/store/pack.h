/*
 * pack.h - a pack of git's while it is written, for revisions in bulk.
 *
 *     objects/pack/tmp_pack_…   header, objects one behind the other, SHA-1
 *          │ finish: flushed, named after that SHA-1
 *     objects/pack/pack-….pack, then its pack-….idx: where each object stands
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_PACK_H
#define STEMMA_STORE_PACK_H

#include "archive.h"
#include "delta.h"

/* An object that is in the pack. */
struct stemma_packed {
	struct stemma_id id;
	uint32_t crc;    /* of its bytes in the pack */
	uint64_t offset; /* where they begin */
	uint32_t depth;  /* how many deltas lead to it */
};

struct libdeflate_compressor;

struct stemma_pack {
	struct stemma_store *store;
	char temporary[PATH_MAX];
	int fd;
	uint64_t size; /* written or in `buffer` */
	struct stemma_out buffer;

	struct stemma_packed *objects;
	uint32_t count, room;
	uint32_t *slots; /* by id: the number of an object, + 1, or 0 */
	uint32_t mask;

	struct libdeflate_compressor *compressor;
	struct stemma_delta delta;
	struct stemma_out told; /* a delta */
	char *packed;           /* a compressed one */
	size_t packed_room;
};

/* No object. */
#define STEMMA_NO_OBJECT UINT32_MAX

/* The name that an object has. */
enum stemma_code stemma_object_name(struct stemma_id *id, git_object_t type,
	struct stemma_view bytes, struct stemma_error *error);

/* Begin one. Nothing is written before the first object. */
enum stemma_code stemma_pack_start(struct stemma_pack *pack,
	struct stemma_store *store, struct stemma_error *error);

/*
 * Add an object, called `id`, unless the pack has it. With `base` its number
 * and bytes may serve to tell it shorter. *number is where it is.
 */
enum stemma_code
stemma_pack_add(struct stemma_pack *pack, uint32_t *number, git_object_t type,
	const struct stemma_id *id, struct stemma_view bytes, uint32_t base,
	struct stemma_view base_bytes, struct stemma_error *error);

/*
 * Make the pack a part of the archive, safely on disk; the next object starts
 * another one. Without objects nothing happens.
 */
enum stemma_code
stemma_pack_finish(struct stemma_pack *pack, struct stemma_error *error);

/* Free it; what is not finished is gone. */
void stemma_pack_free(struct stemma_pack *pack);

/* The index of the pack with checksum `sum` into `out` (pack_index.c). Sorts
   the objects. */
void stemma_pack_index(struct stemma_out *out, struct stemma_packed *objects,
	uint32_t count, const unsigned char sum[20]);

/* The checksum of a file of `size` bytes, more than none. */
bool stemma_file_sum(unsigned char sum[20], int fd, uint64_t size);

#endif

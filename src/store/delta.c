/* SPDX-License-Identifier: MIT */
#include "delta.h"

#include <stdlib.h>
#include <string.h>

/*
 * What two revisions share at their beginnings and ends is found by looking;
 * between, blocks of the source are found by hash, and each that is found
 * grows both ways. Git's documentation, gitformat-pack(5), has the format.
 */
enum {
	BLOCK = 16,
	INSERT = 127,      /* most bytes that one insertion holds */
	COPY = 0xffffff,   /* most that one copy does */
	LARGEST = 16 << 20 /* of texts; others are stored whole */
};

static void
put_size(struct stemma_out *out, size_t size)
{
	for (; size >= 0x80; size >>= 7)
		stemma_out_char(out, (char)(size | 0x80));
	stemma_out_char(out, (char)size);
}

static void
put_insert(struct stemma_out *out, const char *bytes, size_t size)
{
	while (size > 0) {
		size_t part = size < INSERT ? size : INSERT;

		stemma_out_char(out, (char)part);
		stemma_out_bytes(out, bytes, part);
		bytes += part;
		size -= part;
	}
}

/* One byte says which of seven others, those that are not 0, follow. */
static void
put_one_copy(struct stemma_out *out, size_t at, size_t size)
{
	char code[8];
	size_t used = 1;
	unsigned flags = 0x80;

	for (unsigned k = 0; k < 4; k++) {
		if (at >> 8 * k & 0xff) {
			code[used++] = (char)(at >> 8 * k & 0xff);
			flags |= 1u << k;
		}
	}
	for (unsigned k = 0; k < 3; k++) {
		if (size >> 8 * k & 0xff) {
			code[used++] = (char)(size >> 8 * k & 0xff);
			flags |= 0x10u << k;
		}
	}
	code[0] = (char)flags;
	stemma_out_bytes(out, code, used);
}

static void
put_copy(struct stemma_out *out, size_t at, size_t size)
{
	while (size > 0) {
		size_t part = size < COPY ? size : COPY;

		put_one_copy(out, at, part);
		at += part;
		size -= part;
	}
}

static size_t
common_start(struct stemma_view a, struct stemma_view b)
{
	size_t most = a.size < b.size ? a.size : b.size, at = 0;

	while (at < most && a.bytes[at] == b.bytes[at])
		at++;
	return at;
}

static size_t
common_end(struct stemma_view a, struct stemma_view b)
{
	size_t most = a.size < b.size ? a.size : b.size, at = 0;

	while (at < most &&
		a.bytes[a.size - at - 1] == b.bytes[b.size - at - 1])
		at++;
	return at;
}

static uint32_t
block_hash(const char *bytes, unsigned bits)
{
	uint64_t one, two;

	memcpy(&one, bytes, sizeof one);
	memcpy(&two, bytes + sizeof one, sizeof two);
	one = (one ^ (two >> 29 | two << 35)) * 0x9e3779b97f4a7c15u;
	two = (two ^ one >> 32) * 0xc2b2ae3d27d4eb4fu;
	return (uint32_t)(two >> (64 - bits));
}

/* Blocks of the source by hash: the place of one, + 1, or 0. */
static bool
index_source(struct stemma_delta *delta, struct stemma_view source)
{
	size_t at, slots;
	unsigned bits = 6;

	while ((size_t)1 << bits < source.size / BLOCK * 2)
		bits++;
	slots = (size_t)1 << bits;
	if (slots > delta->room) {
		uint32_t *table = realloc(delta->slots, slots * sizeof *table);

		if (!table)
			return false;
		delta->slots = table;
		delta->room = slots;
	}
	memset(delta->slots, 0, slots * sizeof *delta->slots);
	delta->bits = bits;
	for (at = 0; at + BLOCK <= source.size; at += BLOCK) {
		uint32_t *slot =
			&delta->slots[block_hash(source.bytes + at, bits)];

		if (!*slot)
			*slot = (uint32_t)at + 1;
	}
	return true;
}

/* Describe target[start, end) by what the whole source has. */
static void
put_middle(struct stemma_delta *delta, struct stemma_out *out,
	struct stemma_view source, struct stemma_view target)
{
	size_t done = 0, at = 0;

	while (at + BLOCK <= target.size) {
		uint32_t slot = delta->slots[block_hash(
			target.bytes + at, delta->bits)];
		size_t from = slot ? slot - 1 : 0, back = 0, size;

		if (!slot ||
			memcmp(source.bytes + from, target.bytes + at, BLOCK)) {
			at++;
			continue;
		}
		while (back < at - done && back < from &&
			source.bytes[from - back - 1] ==
				target.bytes[at - back - 1])
			back++;
		size = BLOCK +
		       common_start(
			       (struct stemma_view){source.bytes + from + BLOCK,
				       source.size - from - BLOCK},
			       (struct stemma_view){target.bytes + at + BLOCK,
				       target.size - at - BLOCK});
		put_insert(out, target.bytes + done, at - back - done);
		put_copy(out, from - back, size + back);
		at += size;
		done = at;
	}
	put_insert(out, target.bytes + done, target.size - done);
}

bool
stemma_delta_make(struct stemma_delta *delta, struct stemma_out *out,
	struct stemma_view source, struct stemma_view target)
{
	struct stemma_view middle = target, rest = source;
	size_t start, end;

	if (!source.size || !target.size || source.size > LARGEST ||
		target.size > LARGEST)
		return false;
	start = common_start(source, target);
	rest.bytes += start;
	rest.size -= start;
	middle.bytes += start;
	middle.size -= start;
	end = common_end(rest, middle);
	middle.size -= end;
	put_size(out, source.size);
	put_size(out, target.size);
	put_copy(out, 0, start);
	if (middle.size < BLOCK) {
		put_insert(out, middle.bytes, middle.size);
	} else {
		if (!index_source(delta, source))
			return false;
		put_middle(delta, out, source, middle);
	}
	put_copy(out, source.size - end, end);
	return out->code == STEMMA_OK;
}

void
stemma_delta_free(struct stemma_delta *delta)
{
	free(delta->slots);
	*delta = (struct stemma_delta){0};
}

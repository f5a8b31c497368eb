/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/sum.h"

static int
by_id(const void *a, const void *b)
{
	const struct stemma_packed *one = a, *two = b;

	return memcmp(&one->id, &two->id, sizeof one->id);
}

static void
put_number(struct stemma_out *out, uint32_t number)
{
	const char bytes[4] = {(char)(number >> 24), (char)(number >> 16),
		(char)(number >> 8), (char)number};

	stemma_out_bytes(out, bytes, sizeof bytes);
}

/* How many objects have a first byte up to each of the 256. */
static void
put_fan_out(struct stemma_out *out, const struct stemma_packed *objects,
	uint32_t count)
{
	uint32_t at = 0;

	for (unsigned first = 0; first < 256; first++) {
		while (at < count && objects[at].id.bytes[0] == first)
			at++;
		put_number(out, at);
	}
}

/* Offsets that need more than 31 bits stand in a table of their own. */
static void
put_offsets(struct stemma_out *out, const struct stemma_packed *objects,
	uint32_t count)
{
	uint32_t at, large = 0;

	for (at = 0; at < count; at++) {
		if (objects[at].offset < 0x80000000u)
			put_number(out, (uint32_t)objects[at].offset);
		else
			put_number(out, 0x80000000u | large++);
	}
	for (at = 0; at < count; at++) {
		if (objects[at].offset < 0x80000000u)
			continue;
		put_number(out, (uint32_t)(objects[at].offset >> 32));
		put_number(out, (uint32_t)objects[at].offset);
	}
}

void
stemma_pack_index(struct stemma_out *out, struct stemma_packed *objects,
	uint32_t count, const unsigned char sum[20])
{
	static const char magic[] = {'\377', 't', 'O', 'c', 0, 0, 0, 2};
	unsigned char own[20];
	uint32_t at;

	qsort(objects, count, sizeof *objects, by_id);
	stemma_out_bytes(out, magic, sizeof magic);
	put_fan_out(out, objects, count);
	for (at = 0; at < count; at++)
		stemma_out_bytes(out, (const char *)objects[at].id.bytes,
			sizeof objects[at].id.bytes);
	for (at = 0; at < count; at++)
		put_number(out, objects[at].crc);
	put_offsets(out, objects, count);
	stemma_out_bytes(out, (const char *)sum, 20);
	if (out->code != STEMMA_OK)
		return;
	stemma_sha1(own, (struct stemma_view){out->bytes, out->size});
	stemma_out_bytes(out, (const char *)own, sizeof own);
}

bool
stemma_file_sum(unsigned char sum[20], int fd, uint64_t size)
{
	void *map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);

	if (map == MAP_FAILED)
		return false;
	stemma_sha1(sum, (struct stemma_view){map, size});
	munmap(map, size);
	return true;
}

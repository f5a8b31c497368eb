/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdeflate.h>

enum {
	HEADER = 12,     /* "PACK", version, number of objects */
	FLUSH = 1 << 20, /* bytes to gather before they are written */
	DEPTH = 50,      /* of deltas, as git has it */
	LEVEL = 4,       /* of libdeflate */
	OFFSET_DELTA = 6 /* a type of objects in packs */
};

enum stemma_code
stemma_object_name(struct stemma_id *id, git_object_t type,
	struct stemma_view bytes, struct stemma_error *error)
{
	git_oid oid;

	if (git_odb_hash(&oid, bytes.bytes ? bytes.bytes : "", bytes.size,
		    type) != 0)
		return stemma_git_trouble(error, -1, "hashing");
	memcpy(id->bytes, oid.id, sizeof id->bytes);
	return STEMMA_OK;
}

/* SHA-1 is a hash already. */
static uint32_t
slot_of(const struct stemma_pack *pack, const struct stemma_id *id)
{
	uint32_t slot;

	memcpy(&slot, id->bytes, sizeof slot);
	for (slot &= pack->mask; pack->slots[slot];
		slot = (slot + 1) & pack->mask) {
		if (!memcmp(&pack->objects[pack->slots[slot] - 1].id, id,
			    sizeof *id))
			break;
	}
	return slot;
}

static bool
grow(struct stemma_pack *pack)
{
	uint32_t room = pack->room ? pack->room * 2 : 1024, at;
	struct stemma_packed *objects;
	uint32_t *slots;

	if (pack->count < pack->room)
		return true;
	if (room > UINT32_MAX / 4)
		return false;
	objects = realloc(pack->objects, room * sizeof *objects);
	if (!objects)
		return false;
	pack->objects = objects;
	slots = calloc((size_t)room * 2, sizeof *slots);
	if (!slots)
		return false;
	free(pack->slots);
	pack->slots = slots;
	pack->mask = room * 2 - 1;
	pack->room = room;
	for (at = 0; at < pack->count; at++)
		slots[slot_of(pack, &objects[at].id)] = at + 1;
	return true;
}

enum stemma_code
stemma_pack_start(struct stemma_pack *pack, struct stemma_store *store,
	struct stemma_error *error)
{
	*pack = (struct stemma_pack){.store = store, .fd = -1};
	pack->compressor = libdeflate_alloc_compressor(LEVEL);
	return pack->compressor ? STEMMA_OK : stemma_memory_trouble(error);
}

static enum stemma_code
write_buffer(struct stemma_pack *pack, struct stemma_error *error)
{
	if (stemma_out_finish(&pack->buffer) != STEMMA_OK)
		return stemma_memory_trouble(error);
	if (stemma_file_write(
		    pack->fd, pack->buffer.bytes, pack->buffer.size) != 0)
		return stemma_system_trouble(error, "write", pack->temporary);
	pack->buffer.size = 0;
	return STEMMA_OK;
}

static enum stemma_code
open_file(struct stemma_pack *pack, struct stemma_error *error)
{
	char folder[PATH_MAX];

	if (pack->fd >= 0)
		return STEMMA_OK;
	if (!stemma_path_below(folder, pack->store, "objects/pack", ""))
		return stemma_system_trouble(error, "make", folder);
	pack->fd = stemma_temporary_open(
		pack->temporary, pack->store, folder, "pack");
	if (pack->fd < 0)
		return stemma_system_trouble(error, "make", pack->temporary);
	pack->size = HEADER;
	stemma_out_repeat(&pack->buffer, '\0', HEADER);
	return STEMMA_OK;
}

static bool
compress(struct stemma_pack *pack, size_t *size, struct stemma_view bytes)
{
	size_t most =
		libdeflate_zlib_compress_bound(pack->compressor, bytes.size);

	if (most > pack->packed_room) {
		char *packed = realloc(pack->packed, most);

		if (!packed)
			return false;
		pack->packed = packed;
		pack->packed_room = most;
	}
	*size = libdeflate_zlib_compress(pack->compressor,
		bytes.size ? bytes.bytes : "", bytes.size, pack->packed, most);
	return *size > 0;
}

/* The type and the size that its bytes have when they are not compressed. */
static size_t
type_header(char header[16], unsigned type, size_t size)
{
	size_t used = 0;
	unsigned byte = (unsigned)(type << 4 | (size & 15));

	for (size >>= 4; size; size >>= 7) {
		header[used++] = (char)(byte | 0x80);
		byte = size & 0x7f;
	}
	header[used++] = (char)byte;
	return used;
}

/* How far back the base is: groups of 7 bits, each but the last less one. */
static size_t
offset_header(char header[16], uint64_t distance)
{
	char reversed[16];
	size_t used = 0, at;

	reversed[used++] = (char)(distance & 0x7f);
	while (distance >>= 7)
		reversed[used++] = (char)(0x80 | (--distance & 0x7f));
	for (at = 0; at < used; at++)
		header[at] = reversed[used - 1 - at];
	return used;
}

/* Whether telling the object by its base is worth it; it is in pack->told. */
static bool
tell_delta(struct stemma_pack *pack, struct stemma_view bytes, uint32_t base,
	struct stemma_view base_bytes)
{
	pack->told.size = 0;
	pack->told.code = STEMMA_OK;
	if (base >= pack->count || pack->objects[base].depth >= DEPTH)
		return false;
	return stemma_delta_make(
		       &pack->delta, &pack->told, base_bytes, bytes) &&
	       pack->told.size < bytes.size / 4 * 3;
}

static enum stemma_code
put_object(struct stemma_pack *pack, git_object_t type,
	struct stemma_view bytes, uint32_t base, struct stemma_view base_bytes,
	struct stemma_error *error)
{
	struct stemma_packed *object = &pack->objects[pack->count];
	struct stemma_view stored = bytes;
	unsigned kind = (unsigned)type;
	char header[32];
	size_t head, size;

	object->offset = pack->size;
	object->depth = 0;
	if (tell_delta(pack, bytes, base, base_bytes)) {
		stored =
			(struct stemma_view){pack->told.bytes, pack->told.size};
		kind = OFFSET_DELTA;
		object->depth = pack->objects[base].depth + 1;
	}
	if (!compress(pack, &size, stored))
		return stemma_memory_trouble(error);
	head = type_header(header, kind, stored.size);
	if (kind == OFFSET_DELTA)
		head += offset_header(header + head,
			object->offset - pack->objects[base].offset);
	object->crc = libdeflate_crc32(
		libdeflate_crc32(0, header, head), pack->packed, size);
	stemma_out_bytes(&pack->buffer, header, head);
	stemma_out_bytes(&pack->buffer, pack->packed, size);
	pack->size += head + size;
	return pack->buffer.size < FLUSH ? STEMMA_OK
					 : write_buffer(pack, error);
}

enum stemma_code
stemma_pack_add(struct stemma_pack *pack, uint32_t *number, git_object_t type,
	const struct stemma_id *id, struct stemma_view bytes, uint32_t base,
	struct stemma_view base_bytes, struct stemma_error *error)
{
	enum stemma_code code;
	uint32_t slot;

	if (!grow(pack))
		return stemma_memory_trouble(error);
	slot = slot_of(pack, id);
	if (pack->slots[slot]) {
		*number = pack->slots[slot] - 1;
		return STEMMA_OK;
	}
	code = open_file(pack, error);
	if (code == STEMMA_OK)
		code = put_object(pack, type, bytes, base, base_bytes, error);
	if (code != STEMMA_OK)
		return code;
	pack->objects[pack->count].id = *id;
	*number = pack->count++;
	pack->slots[slot] = pack->count;
	return STEMMA_OK;
}

/* The number of objects is known at the end only. */
static enum stemma_code
finish_file(struct stemma_pack *pack, unsigned char sum[20],
	struct stemma_error *error)
{
	const char header[HEADER] = {'P', 'A', 'C', 'K', 0, 0, 0, 2,
		(char)(pack->count >> 24), (char)(pack->count >> 16),
		(char)(pack->count >> 8), (char)pack->count};

	if (write_buffer(pack, error) != STEMMA_OK)
		return STEMMA_IO;
	if (TEMP_FAILURE_RETRY(pwrite(pack->fd, header, HEADER, 0)) != HEADER ||
		!stemma_file_sum(sum, pack->fd, pack->size) ||
		stemma_file_write(pack->fd, (const char *)sum, 20) != 0 ||
		stemma_file_sync(pack->store, pack->fd) != 0)
		return stemma_system_trouble(error, "write", pack->temporary);
	return STEMMA_OK;
}

static enum stemma_code
write_index(struct stemma_pack *pack, char path[PATH_MAX],
	const unsigned char sum[20], struct stemma_error *error)
{
	struct stemma_out out = {0};
	enum stemma_code code = STEMMA_OK;
	char folder[PATH_MAX];
	int fd;

	if (!stemma_path_below(folder, pack->store, "objects/pack", ""))
		return stemma_system_trouble(error, "make", folder);
	stemma_pack_index(&out, pack->objects, pack->count, sum);
	if (stemma_out_finish(&out) != STEMMA_OK) {
		stemma_out_free(&out);
		return stemma_memory_trouble(error);
	}
	fd = stemma_temporary_open(path, pack->store, folder, "idx");
	if (fd < 0 || stemma_file_write(fd, out.bytes, out.size) != 0 ||
		stemma_file_sync(pack->store, fd) != 0)
		code = stemma_system_trouble(error, "write", path);
	if (fd >= 0 && close(fd) != 0 && code == STEMMA_OK)
		code = stemma_system_trouble(error, "write", path);
	if (code != STEMMA_OK && fd >= 0)
		unlink(path);
	stemma_out_free(&out);
	return code;
}

/* The index is what makes it a part of the archive, so it comes last. */
static enum stemma_code
publish(struct stemma_pack *pack, const unsigned char sum[20],
	struct stemma_error *error)
{
	char path[PATH_MAX], index[PATH_MAX], told[PATH_MAX], hex[41];
	struct stemma_id name;
	enum stemma_code code;

	memcpy(name.bytes, sum, sizeof name.bytes);
	stemma_id_hex(hex, &name);
	if (!stemma_path_below(path, pack->store, "objects/pack/pack-", hex) ||
		strlen(path) > sizeof path - 8)
		return stemma_system_trouble(error, "make", path);
	snprintf(index, sizeof index, "%.*s.idx", PATH_MAX - 8, path);
	memcpy(path + strlen(path), ".pack", sizeof ".pack");
	code = write_index(pack, told, sum, error);
	if (code != STEMMA_OK)
		return code;
	if (rename(pack->temporary, path) != 0 || rename(told, index) != 0) {
		code = stemma_system_trouble(error, "make", path);
		unlink(told);
		return code;
	}
	return stemma_folder_flush(pack->store, "objects/pack", error);
}

static void
reset(struct stemma_pack *pack)
{
	if (pack->fd >= 0) {
		close(pack->fd);
		unlink(pack->temporary);
	}
	pack->fd = -1;
	pack->count = 0;
	pack->buffer.size = 0;
	pack->buffer.code = STEMMA_OK;
	if (pack->slots)
		memset(pack->slots, 0,
			((size_t)pack->mask + 1) * sizeof *pack->slots);
}

enum stemma_code
stemma_pack_finish(struct stemma_pack *pack, struct stemma_error *error)
{
	unsigned char sum[20];
	enum stemma_code code;

	if (pack->fd < 0)
		return STEMMA_OK;
	code = finish_file(pack, sum, error);
	if (code == STEMMA_OK)
		code = publish(pack, sum, error);
	reset(pack);
	if (code == STEMMA_OK && git_odb_refresh(pack->store->odb) != 0)
		code = stemma_git_trouble(error, -1, "reading the new pack");
	return code;
}

void
stemma_pack_free(struct stemma_pack *pack)
{
	if (!pack->store)
		return;
	reset(pack);
	stemma_out_free(&pack->buffer);
	stemma_out_free(&pack->told);
	stemma_delta_free(&pack->delta);
	libdeflate_free_compressor(pack->compressor);
	free(pack->objects);
	free(pack->slots);
	free(pack->packed);
}

/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <stemma/base.h>

#define FIRST_CHUNK ((size_t)16 << 10)
#define LARGEST_CHUNK ((size_t)4 << 20)
#define ALIGNMENT (_Alignof(max_align_t))

struct chunk {
	struct chunk *previous;
	size_t capacity; /* bytes after this header */
	size_t at;       /* of them, handed out */
	max_align_t bytes[];
};

struct stemma_arena {
	struct chunk *last;
	struct chunk *spare; /* the largest that was given back, or NULL */
	size_t limit;
	size_t used;
};

struct stemma_arena *
stemma_arena_new(size_t limit)
{
	struct stemma_arena *arena = malloc(sizeof *arena);

	if (arena)
		*arena = (struct stemma_arena){.limit = limit};
	return arena;
}

/* One chunk is kept for the next: going back and forth over the end of one,
   or doing one small thing after the other, asks nothing of the system. */
static void
retire(struct stemma_arena *arena, struct chunk *chunk)
{
	struct chunk *spare = arena->spare;

	if (chunk->capacity <= LARGEST_CHUNK &&
		(!spare || spare->capacity < chunk->capacity)) {
		arena->spare = chunk;
		chunk = spare;
	}
	free(chunk);
}

static void
free_chunks(struct stemma_arena *arena, const struct chunk *until)
{
	while (arena->last != until) {
		struct chunk *previous = arena->last->previous;

		retire(arena, arena->last);
		arena->last = previous;
	}
}

void
stemma_arena_free(struct stemma_arena *arena)
{
	if (!arena)
		return;
	free_chunks(arena, NULL);
	free(arena->spare);
	free(arena);
}

/*
 * Chunks double up to a cap, so that a small comparison stays small and a
 * large one makes few of them. A request past the cap gets a chunk of its own,
 * which malloc maps and unmaps as a whole.
 */
static struct chunk *
add_chunk(struct stemma_arena *arena, size_t need)
{
	size_t capacity = FIRST_CHUNK;
	struct chunk *chunk = arena->spare;

	if (arena->last && arena->last->capacity < LARGEST_CHUNK)
		capacity = arena->last->capacity * 2;
	else if (arena->last)
		capacity = LARGEST_CHUNK;
	if (capacity > LARGEST_CHUNK)
		capacity = LARGEST_CHUNK;
	if (capacity < need)
		capacity = need;
	if (capacity > SIZE_MAX - sizeof *chunk)
		return NULL;
	if (chunk && chunk->capacity >= need) {
		arena->spare = NULL;
	} else {
		chunk = malloc(sizeof *chunk + capacity);
		if (!chunk)
			return NULL;
		chunk->capacity = capacity;
	}
	chunk->previous = arena->last;
	chunk->at = 0;
	arena->last = chunk;
	return chunk;
}

void *
stemma_arena_alloc(struct stemma_arena *arena, size_t count, size_t size)
{
	struct chunk *chunk = arena->last;
	size_t bytes;
	char *result;

	if (size && count > (SIZE_MAX - ALIGNMENT) / size)
		return NULL;
	bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (bytes > SIZE_MAX - arena->used ||
		(arena->limit && bytes > arena->limit - arena->used))
		return NULL;
	if (!chunk || bytes > chunk->capacity - chunk->at)
		chunk = add_chunk(arena, bytes);
	if (!chunk)
		return NULL;
	result = (char *)chunk->bytes + chunk->at;
	chunk->at += bytes;
	arena->used += bytes;
	return result;
}

void *
stemma_arena_zalloc(struct stemma_arena *arena, size_t count, size_t size)
{
	void *result = stemma_arena_alloc(arena, count, size);

	if (result && count && size)
		memset(result, 0, count * size);
	return result;
}

char *
stemma_arena_string(struct stemma_arena *arena, struct stemma_view view)
{
	char *copy;

	if (view.size == SIZE_MAX)
		return NULL;
	copy = stemma_arena_alloc(arena, view.size + 1, 1);
	if (!copy)
		return NULL;
	if (view.size)
		memcpy(copy, view.bytes, view.size);
	copy[view.size] = '\0';
	return copy;
}

size_t
stemma_arena_used(const struct stemma_arena *arena)
{
	return arena->used;
}

struct stemma_mark
stemma_arena_mark(const struct stemma_arena *arena)
{
	return (struct stemma_mark){
		.chunk = arena->last,
		.at = arena->last ? arena->last->at : 0,
		.used = arena->used,
	};
}

void
stemma_arena_rewind(struct stemma_arena *arena, struct stemma_mark mark)
{
	free_chunks(arena, mark.chunk);
	if (arena->last)
		arena->last->at = mark.at;
	arena->used = mark.used;
}

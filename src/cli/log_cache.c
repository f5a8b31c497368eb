/* SPDX-License-Identifier: MIT */
#include "log_cache.h"

#include <string.h>

#include "cache_file.h"
#include "input.h"
#include "trouble.h"

/* A line: two commits, the check of what follows, then that. */
#define HEAD_SIZE (40 + 1 + 40 + 1 + 16 + 1)

static const char version[] = "stemma-log 1\n";

/* The numbers of the statistics, in the order in which they are written. */
static size_t
numbers_of(uint64_t numbers[], const struct stemma_stats *stats)
{
	size_t count = 0;

	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		numbers[count++] = stats->units[op];
	numbers[count++] = stats->moved;
	numbers[count++] = stats->words_added;
	numbers[count++] = stats->words_removed;
	numbers[count++] = stats->changes;
	return count;
}

#define NUMBER_COUNT (STEMMA_OP_COUNT + 4)

/* After so many revisions that it does not know, a cache is of another story
   of versions, and not searched any further. */
#define MISSES_MAX 16

static void
set_numbers(struct stemma_stats *stats, const uint64_t numbers[])
{
	size_t count = 0;

	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		stats->units[op] = (uint32_t)numbers[count++];
	stats->moved = (uint32_t)numbers[count++];
	stats->words_added = numbers[count++];
	stats->words_removed = numbers[count++];
	stats->changes = (uint32_t)numbers[count++];
}

/* The first 16 digits of the SHA-256. */
static void
check_of(char check[17], struct stemma_view body)
{
	char hex[65];

	stemma_sha256_hex(hex, body);
	memcpy(check, hex, 16);
	check[16] = '\0';
}

/* One number and the byte behind it are taken off. */
static bool
take_number(struct stemma_view *body, uint64_t *number)
{
	size_t k = 0;

	*number = 0;
	for (; k < body->size && body->bytes[k] >= '0' && body->bytes[k] <= '9';
		k++)
		*number = *number * 10 + (uint64_t)(body->bytes[k] - '0');
	if (!k || k > 19 ||
		(k < body->size && body->bytes[k] != ' ' &&
			body->bytes[k] != '\t'))
		return false;
	k += k < body->size;
	body->bytes += k;
	body->size -= k;
	return true;
}

static bool
read_body(struct stemma_told *told, struct stemma_view body,
	struct stemma_arena *arena)
{
	uint64_t numbers[NUMBER_COUNT];
	size_t count = 0;

	for (size_t k = 0; k < NUMBER_COUNT; k++)
		if (!take_number(&body, &numbers[k]))
			return false;
	set_numbers(&told->stats, numbers);
	for (size_t k = 0; k < body.size; k++)
		count += body.bytes[k] == '\t';
	count += body.size > 0;
	told->lines = stemma_arena_alloc(arena, count, sizeof *told->lines);
	if (!told->lines)
		return false;
	while (told->line_count < count) {
		const char *tab = memchr(body.bytes, '\t', body.size);
		size_t size = tab ? (size_t)(tab - body.bytes) : body.size;

		told->lines[told->line_count++] =
			(struct stemma_view){body.bytes, size};
		body.bytes += size + (tab != NULL);
		body.size -= size + (tab != NULL);
	}
	return true;
}

/* The line about revision `k` (from 1) of the log. Numbers revisions have by
   their order in the file, mostly: so each search starts behind the last. */
static bool
find_line(struct stemma_view *body, struct stemma_view file, size_t *from,
	const struct stemma_log *log, size_t k)
{
	char head[82], hex[41], check[17];
	size_t start = *from;

	stemma_id_hex(hex, &log->revisions[k - 1].commit);
	memcpy(head, hex, 40);
	head[40] = ' ';
	stemma_id_hex(hex, &log->revisions[k].commit);
	memcpy(head + 41, hex, 41);
	while (start < file.size) {
		const char *line = file.bytes + start;
		const char *end = memchr(line, '\n', file.size - start);
		size_t size = end ? (size_t)(end - line) : 0;

		if (!end)
			return false;
		start += size + 1;
		if (size <= HEAD_SIZE || memcmp(line, head, 81) != 0)
			continue;
		*body = (struct stemma_view){
			line + HEAD_SIZE, size - HEAD_SIZE};
		check_of(check, *body);
		*from = start;
		return memcmp(line + 82, check, 16) == 0;
	}
	return false;
}

static void
write_line(struct stemma_out *out, const struct stemma_log *log, size_t k,
	const struct stemma_told *told)
{
	uint64_t numbers[NUMBER_COUNT];
	size_t count = numbers_of(numbers, &told->stats);
	struct stemma_out body = {0};
	char hex[41], check[17];

	for (size_t n = 0; n < count; n++) {
		if (n)
			stemma_out_char(&body, ' ');
		stemma_out_number(&body, numbers[n]);
	}
	for (size_t n = 0; n < told->line_count; n++) {
		stemma_out_char(&body, '\t');
		stemma_out_visible(&body, told->lines[n]);
	}
	if (body.code == STEMMA_OK) {
		stemma_id_hex(hex, &log->revisions[k - 1].commit);
		stemma_out_format(out, "%s ", hex);
		stemma_id_hex(hex, &log->revisions[k].commit);
		check_of(check, (struct stemma_view){body.bytes, body.size});
		stemma_out_format(out, "%s %s ", hex, check);
		stemma_out_bytes(out, body.bytes, body.size);
		stemma_out_char(out, '\n');
	}
	stemma_out_free(&body);
}

/* The cache's lines, in the archive's arena; empty if there are none. */
static struct stemma_view
read_lines(const char *path, struct stemma_arena *arena)
{
	struct stemma_view lines = stemma_cache_read(path, arena);

	if (lines.size < sizeof version - 1 ||
		memcmp(lines.bytes, version, sizeof version - 1) != 0)
		lines.size = 0;
	return lines;
}

static int
compute(struct stemma_archive *archive, const struct stemma_log *log, size_t k,
	struct stemma_told *told)
{
	struct stemma_arena *own = stemma_arena_new(0);
	struct stemma_error error = {0};
	struct stemma_view texts[2];
	enum stemma_code code = own ? STEMMA_OK : STEMMA_NOMEM;

	for (size_t side = 0; side < 2 && code == STEMMA_OK; side++)
		code = stemma_store_read(archive->store, &texts[side],
			&log->revisions[k - 1 + side], own, &error);
	if (code == STEMMA_OK)
		code = stemma_change_tell(told, texts[0], texts[1],
			archive->arena, archive->scratch);
	stemma_arena_free(own);
	return code == STEMMA_OK ? STEMMA_EXIT_SAME
				 : stemma_trouble_code("log", code, &error);
}

int
stemma_log_changes(struct stemma_archive *archive, const struct stemma_log *log,
	struct stemma_told **told)
{
	char *path = stemma_cache_path(
		archive->path, "log", log->story, archive->arena);
	struct stemma_view file = read_lines(path, archive->arena);
	size_t from = file.size ? sizeof version - 1 : 0, misses = 0;
	struct stemma_out out = {0};
	bool news = false;
	int trouble = 0;

	*told = stemma_arena_zalloc(archive->arena, log->count, sizeof **told);
	if (!*told)
		return stemma_trouble("out of memory");
	stemma_out_string(&out, version);
	for (size_t k = 1; k < log->count && !trouble; k++) {
		struct stemma_view body;

		if (misses > MISSES_MAX ||
			!find_line(&body, file, &from, log, k) ||
			!read_body(&(*told)[k], body, archive->arena)) {
			(*told)[k] = (struct stemma_told){0};
			trouble = compute(archive, log, k, &(*told)[k]);
			news = true;
			misses++;
		}
		write_line(&out, log, k, &(*told)[k]);
	}
	if (!trouble && news && path && stemma_out_finish(&out) == STEMMA_OK)
		stemma_cache_write(path, &out);
	stemma_out_free(&out);
	return trouble;
}

/* The line that ends before `end`, and where it starts. */
static size_t
line_before(struct stemma_view file, size_t end)
{
	const char *feed = end > 1 ? memrchr(file.bytes, '\n', end - 1) : NULL;

	return feed ? (size_t)(feed - file.bytes) + 1 : 0;
}

void
stemma_log_past_open(struct stemma_log_past *past, const char *archive,
	struct stemma_view story, struct stemma_arena *arena)
{
	past->file = read_lines(
		stemma_cache_path(archive, "log", story, arena), arena);
	past->until = past->file.size;
	past->misses = 0;
	past->arena = arena;
}

bool
stemma_log_past_find(struct stemma_log_past *past, struct stemma_told *told,
	const struct stemma_id *before, const struct stemma_id *after)
{
	char head[82], hex[41], check[17];
	size_t end = past->until;

	*told = (struct stemma_told){0};
	if (past->misses > MISSES_MAX)
		return false;
	stemma_id_hex(hex, before);
	memcpy(head, hex, 40);
	head[40] = ' ';
	stemma_id_hex(hex, after);
	memcpy(head + 41, hex, 41);
	while (end > sizeof version - 1) {
		size_t start = line_before(past->file, end);
		struct stemma_view body = {past->file.bytes + start + HEAD_SIZE,
			end - start - 1 - HEAD_SIZE};

		end = start;
		if (body.size > past->file.size ||
			memcmp(body.bytes - HEAD_SIZE, head, 81) != 0)
			continue;
		check_of(check, body);
		past->until = start;
		return memcmp(body.bytes - 17, check, 16) == 0 &&
		       read_body(told, body, past->arena);
	}
	past->misses++;
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "log_cache.h"

#include <stdio.h>
#include <string.h>

#include "cache_file.h"
#include "log_record.h"
#include "trouble.h"

/* Another version may tell other things of a change. */
static const char title[] = "stemma-log 2 " STEMMA_VERSION " ";

enum {
	TITLE = sizeof title - 1,
	HASH = 16,
	HEX = 40,
	START = STEMMA_LOG_START_SIZE - 1,
	/* After so many revisions that it does not know, a cache is of another
	   story of versions, and not searched any further. */
	MISSES_MAX = 16
};

/* ---- the file ----------------------------------------------------------- */

static void
hash_of(char hash[HASH + 1], struct stemma_view bytes)
{
	snprintf(hash, HASH + 1, "%016llx",
		(unsigned long long)stemma_hash(bytes));
}

struct cache {
	struct stemma_view head; /* in hexadecimal */
	struct stemma_view story;
	struct stemma_view records;
};

/* False if there is none that is whole. */
static bool
read_cache(struct cache *cache, const char *path, struct stemma_arena *arena)
{
	struct stemma_view file = stemma_cache_read(path, arena);
	char hash[HASH + 1];

	*cache = (struct cache){0};
	if (file.size < TITLE + HASH + 1 || memcmp(file.bytes, title, TITLE))
		return false;
	file.bytes += TITLE;
	file.size -= TITLE;
	hash_of(hash, (struct stemma_view){
			      file.bytes + HASH + 1, file.size - HASH - 1});
	if (memcmp(file.bytes, hash, HASH) != 0)
		return false;
	file.bytes += HASH + 1;
	file.size -= HASH + 1;
	cache->head = (struct stemma_view){file.bytes, HEX};
	if (file.size <= HEX + 1)
		return false;
	file.bytes += HEX + 1;
	file.size -= HEX + 1;
	if (!stemma_log_text_read(&cache->story, &file) || !file.size)
		return false;
	cache->records = (struct stemma_view){file.bytes + 1, file.size - 1};
	return true;
}

static bool
is_of(const struct cache *cache, const struct stemma_id *head)
{
	char hex[HEX + 1];

	stemma_id_hex(hex, head);
	return cache->head.size && !memcmp(cache->head.bytes, hex, HEX);
}

/* The cache of `log`, whose changes are `told`. */
static void
keep(const char *path, const struct stemma_log *log,
	const struct stemma_told *told)
{
	struct stemma_out body = {0}, out = {0};
	char hex[HEX + 1], hash[HASH + 1];

	stemma_id_hex(hex, &log->head);
	stemma_out_string(&body, hex);
	stemma_out_char(&body, ' ');
	stemma_log_text_write(&body, log->story);
	stemma_out_char(&body, '\n');
	for (uint32_t k = 0; k < log->count; k++)
		stemma_log_record_write(&body,
			k ? &log->revisions[k - 1].commit : NULL,
			&log->revisions[k], &told[k]);
	if (stemma_out_finish(&body) == STEMMA_OK) {
		hash_of(hash, (struct stemma_view){body.bytes, body.size});
		stemma_out_format(&out, "%s%s\n", title, hash);
		stemma_out_bytes(&out, body.bytes, body.size);
		if (stemma_out_finish(&out) == STEMMA_OK) {
			stemma_cache_write(path, &out);
		}
	}
	stemma_out_free(&body);
	stemma_out_free(&out);
}

/* ---- changes ------------------------------------------------------------ */

/* The record of revision `k`, from 1. Numbers revisions have by their order in
   the file, mostly: so each search starts behind the last. */
static bool
find_record(struct stemma_told *told, struct stemma_view records, size_t *from,
	const struct stemma_log *log, size_t k, struct stemma_arena *arena)
{
	char start[STEMMA_LOG_START_SIZE];
	struct stemma_revision revision;
	size_t at = *from;

	stemma_log_record_start(start, &log->revisions[k - 1].commit,
		&log->revisions[k].commit);
	while (at < records.size) {
		const char *line = records.bytes + at;
		const char *end = memchr(line, '\n', records.size - at);
		size_t size = end ? (size_t)(end - line) : 0;

		if (!end)
			return false;
		at += size + 1;
		if (size <= START || memcmp(line, start, START) != 0)
			continue;
		*from = at;
		return stemma_log_record_read(&revision, told,
			(struct stemma_view){line, size}, arena);
	}
	return false;
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
	size_t from = 0, misses = 0;
	struct cache cache;
	int trouble = 0;

	*told = stemma_arena_zalloc(archive->arena, log->count, sizeof **told);
	if (!*told)
		return stemma_trouble("out of memory");
	read_cache(&cache, path, archive->arena);
	for (size_t k = 1; k < log->count && !trouble; k++) {
		if (misses <= MISSES_MAX &&
			find_record(&(*told)[k], cache.records, &from, log, k,
				archive->arena))
			continue;
		(*told)[k] = (struct stemma_told){0};
		trouble = compute(archive, log, k, &(*told)[k]);
		misses++;
	}
	if (!trouble && path && (misses || !is_of(&cache, &log->head)))
		keep(path, log, *told);
	return trouble;
}

static uint32_t
count_lines(struct stemma_view text)
{
	uint32_t count = 0;
	const char *end;

	while (text.size && (end = memchr(text.bytes, '\n', text.size))) {
		size_t size = (size_t)(end - text.bytes) + 1;

		text.bytes += size;
		text.size -= size;
		count++;
	}
	return text.size ? 0 : count;
}

static bool
read_records(struct stemma_log *log, struct stemma_told **told,
	struct stemma_view records, struct stemma_arena *arena)
{
	struct stemma_revision *revisions;
	bool good = true;

	log->count = count_lines(records);
	revisions = stemma_arena_alloc(arena, log->count, sizeof *revisions);
	*told = stemma_arena_alloc(arena, log->count, sizeof **told);
	if (!log->count || !revisions || !*told)
		return false;
	for (uint32_t k = 0; k < log->count && good; k++) {
		const char *end = memchr(records.bytes, '\n', records.size);
		size_t size = (size_t)(end - records.bytes);

		good = stemma_log_record_read(&revisions[k], &(*told)[k],
			(struct stemma_view){records.bytes, size}, arena);
		revisions[k].number = k + 1;
		records.bytes += size + 1;
		records.size -= size + 1;
	}
	log->revisions = revisions;
	return good;
}

bool
stemma_log_recall(struct stemma_log *log, struct stemma_told **told,
	const char *archive, struct stemma_view story,
	struct stemma_arena *arena)
{
	struct stemma_name name;
	struct cache cache;

	if (!stemma_store_is_known(archive) ||
		stemma_names_get(&name, archive, story, arena, NULL) !=
			STEMMA_OK ||
		!read_cache(&cache,
			stemma_cache_path(archive, "log", story, arena), arena))
		return false;
	*log = (struct stemma_log){.story = cache.story, .head = name.head};
	return is_of(&cache, &name.head) &&
	       read_records(log, told, cache.records, arena);
}

/* ---- without an archive ------------------------------------------------- */

/* Where the line that ends before `end` starts. */
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
	struct cache cache;

	read_cache(
		&cache, stemma_cache_path(archive, "log", story, arena), arena);
	past->records = cache.records;
	past->until = past->records.size;
	past->misses = 0;
	past->arena = arena;
}

bool
stemma_log_past_find(struct stemma_log_past *past, struct stemma_told *told,
	const struct stemma_id *before, const struct stemma_id *after)
{
	char start[STEMMA_LOG_START_SIZE];
	struct stemma_revision revision;
	size_t end = past->until;

	*told = (struct stemma_told){0};
	if (past->misses > MISSES_MAX)
		return false;
	stemma_log_record_start(start, before, after);
	while (end > 0) {
		size_t at = line_before(past->records, end);
		struct stemma_view line = {
			past->records.bytes + at, end - at - 1};

		end = at;
		if (line.size <= START || memcmp(line.bytes, start, START) != 0)
			continue;
		past->until = at;
		return stemma_log_record_read(
			&revision, told, line, past->arena);
	}
	past->misses++;
	return false;
}

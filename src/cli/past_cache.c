/* SPDX-License-Identifier: MIT */
#include "past_cache.h"

#include <string.h>

#include "cache_file.h"
#include "trouble.h"

#define MAGIC "stemma past 1\n\0"

/* What stands before the trace. */
struct head {
	char magic[16];
	char version[16]; /* another one may take other words for words */
	uint64_t count;   /* of the revisions */
	unsigned char commits[32]; /* the SHA-256 of their names */
};

static const char kind[] = "trace";

/* Tell the first `count` revisions from any others. */
static bool
make_head(struct head *head, const struct stemma_log *log, uint32_t count)
{
	struct stemma_out names = {0};
	bool good;

	*head = (struct head){
		.magic = MAGIC, .version = STEMMA_VERSION, .count = count};
	for (uint32_t k = 0; k < count; k++) {
		const struct stemma_id *id = &log->revisions[k].commit;

		stemma_out_bytes(
			&names, (const char *)id->bytes, sizeof id->bytes);
	}
	good = stemma_out_finish(&names) == STEMMA_OK;
	if (good)
		stemma_sha256(head->commits,
			(struct stemma_view){names.bytes, names.size});
	stemma_out_free(&names);
	return good;
}

/* The trace in what was read of the file. STEMMA_NOTFOUND: it is of another
   past. */
static enum stemma_code
read_trace(struct stemma_trace **trace, const struct stemma_log *log,
	struct stemma_view file)
{
	struct head head, wanted;

	if (file.size < sizeof head)
		return STEMMA_CORRUPT;
	memcpy(&head, file.bytes, sizeof head);
	if (memcmp(head.magic, MAGIC, sizeof head.magic) != 0)
		return STEMMA_CORRUPT;
	if (head.count > log->count)
		return STEMMA_NOTFOUND;
	if (!make_head(&wanted, log, (uint32_t)head.count))
		return STEMMA_NOMEM;
	if (memcmp(&head, &wanted, sizeof head) != 0)
		return STEMMA_NOTFOUND;
	file.bytes += sizeof head;
	file.size -= sizeof head;
	return stemma_trace_load(trace, file, 0);
}

struct stemma_trace *
stemma_past_load(struct stemma_archive *archive, const struct stemma_log *log,
	size_t *size)
{
	struct stemma_arena *own = stemma_arena_new(0);
	struct stemma_trace *trace = NULL;
	struct stemma_view file = {"", 0};
	enum stemma_code code = STEMMA_NOTFOUND;
	char *path;

	*size = 0;
	if (!own)
		return NULL;
	path = stemma_cache_path(archive->path, kind, log->story, own);
	file = stemma_cache_read(path, own);
	if (file.bytes)
		code = read_trace(&trace, log, file);
	if (code == STEMMA_CORRUPT || code == STEMMA_UNSUPPORTED)
		stemma_trouble("%s: what was kept of the story's past is "
			       "damaged; it is made again",
			path);
	if (code == STEMMA_OK && stemma_trace_count(trace) > log->count) {
		stemma_trace_free(trace);
		trace = NULL;
	}
	*size = trace ? file.size : 0;
	stemma_arena_free(own);
	return trace || code == STEMMA_NOMEM ? trace : stemma_trace_new(0);
}

void
stemma_past_save(struct stemma_archive *archive, const struct stemma_log *log,
	const struct stemma_trace *trace)
{
	char *path = stemma_cache_path(
		archive->path, kind, log->story, archive->scratch);
	struct stemma_out out = {0};
	struct head head;

	if (path && make_head(&head, log, stemma_trace_count(trace))) {
		stemma_out_bytes(&out, (const char *)&head, sizeof head);
		if (stemma_trace_save(trace, &out) == STEMMA_OK &&
			stemma_out_finish(&out) == STEMMA_OK)
			stemma_cache_write(path, &out);
	}
	stemma_out_free(&out);
}

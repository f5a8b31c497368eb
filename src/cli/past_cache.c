/* SPDX-License-Identifier: MIT */
#include "past_cache.h"

#include <string.h>

#include "cache_file.h"
#include "trouble.h"

#define MAGIC "stemma past 2\n\0"
#define MAGIC_SAME 12 /* bytes of it that another format has, too */

/* What stands before all. */
struct head {
	char magic[16];
	char version[16];     /* another one may take other words for words */
	uint32_t count;       /* of the revisions that follow */
	uint32_t fed;         /* to the trace, of them */
	uint64_t size;        /* of what is told of them */
	uint64_t check;       /* the hash of that */
	struct stemma_id top; /* the head of the story */
	uint32_t rest;
};

/* A revision, before the bytes of its source. */
struct record {
	int64_t date, retrieved;
	struct stemma_id commit, tree;
	uint32_t source;
	uint32_t rest;
};

static const char kind[] = "trace";

/* ---- reading ------------------------------------------------------------- */

/* The revisions as they were told; false if they are damaged. */
static bool
read_revisions(struct stemma_kept *kept, uint32_t count)
{
	struct stemma_view rest = kept->revisions;
	struct stemma_revision *revisions;

	if (!count || count > rest.size / sizeof(struct record))
		return false;
	revisions = stemma_arena_zalloc(kept->arena, count, sizeof *revisions);
	for (uint32_t k = 0; revisions && k < count; k++) {
		struct record record;

		if (rest.size < sizeof record)
			return false;
		memcpy(&record, rest.bytes, sizeof record);
		rest.bytes += sizeof record;
		rest.size -= sizeof record;
		if (record.source > rest.size)
			return false;
		revisions[k] = (struct stemma_revision){.number = k + 1,
			.commit = record.commit,
			.tree = record.tree,
			.date = record.date,
			.retrieved = record.retrieved,
			.source = {rest.bytes, record.source}};
		rest.bytes += record.source;
		rest.size -= record.source;
	}
	kept->log.revisions = revisions;
	kept->log.count = revisions ? count : 0;
	return !rest.size;
}

/* Part the file; false if it is damaged. */
static bool
read_file(struct stemma_kept *kept, struct stemma_view file)
{
	struct head head;

	if (file.size < sizeof head)
		return false;
	memcpy(&head, file.bytes, sizeof head);
	if (memcmp(head.magic, MAGIC, MAGIC_SAME) != 0)
		return false;
	if (memcmp(head.magic, MAGIC, sizeof head.magic) != 0 ||
		strncmp(head.version, STEMMA_VERSION, sizeof head.version) != 0)
		return true;
	file.bytes += sizeof head;
	file.size -= sizeof head;
	if (head.size > file.size || head.fed > head.count)
		return false;
	kept->revisions = (struct stemma_view){file.bytes, (size_t)head.size};
	if (stemma_hash(kept->revisions) != head.check ||
		!read_revisions(kept, head.count))
		return false;
	kept->log.head = head.top;
	kept->fed = head.fed;
	kept->trace = (struct stemma_view){
		file.bytes + head.size, file.size - (size_t)head.size};
	return true;
}

bool
stemma_kept_read(struct stemma_kept *kept, const struct stemma_archive *archive,
	struct stemma_view story)
{
	struct stemma_view file;

	*kept = (struct stemma_kept){.arena = stemma_arena_new(0)};
	if (!kept->arena)
		return false;
	kept->path = stemma_cache_path(archive->path, kind, story, kept->arena);
	file = stemma_cache_read(kept->path, kept->arena);
	kept->damaged = file.bytes && !read_file(kept, file);
	if (kept->damaged)
		kept->log = (struct stemma_log){0};
	kept->log.story = story;
	return true;
}

/* Whether the trace was fed with the first revisions of the log. */
static bool
is_of(const struct stemma_kept *kept, const struct stemma_log *log)
{
	if (!kept->fed || kept->fed > log->count)
		return false;
	for (uint32_t k = 0; k < kept->fed; k++) {
		if (memcmp(&kept->log.revisions[k].commit,
			    &log->revisions[k].commit,
			    sizeof(struct stemma_id)) != 0)
			return false;
	}
	return true;
}

struct stemma_trace *
stemma_kept_trace(
	struct stemma_kept *kept, const struct stemma_log *log, size_t *size)
{
	struct stemma_trace *trace = NULL;
	enum stemma_code code = STEMMA_OK;

	*size = 0;
	if (!kept->damaged && is_of(kept, log))
		code = stemma_trace_load(&trace, kept->trace, 0);
	if (trace && stemma_trace_count(trace) != kept->fed) {
		stemma_trace_free(trace);
		trace = NULL;
		code = STEMMA_CORRUPT;
	}
	if (kept->damaged || code == STEMMA_CORRUPT ||
		code == STEMMA_UNSUPPORTED)
		stemma_trouble("%s: what was kept of the story's past is "
			       "damaged; it is made again",
			kept->path);
	if (trace)
		*size = kept->trace.size;
	return trace || code == STEMMA_NOMEM ? trace : stemma_trace_new(0);
}

/* ---- writing ------------------------------------------------------------- */

static void
write_revisions(struct stemma_out *out, const struct stemma_log *log)
{
	for (uint32_t k = 0; k < log->count; k++) {
		const struct stemma_revision *r = &log->revisions[k];
		struct record record;

		memset(&record, 0, sizeof record);
		record.date = r->date;
		record.retrieved = r->retrieved;
		record.commit = r->commit;
		record.tree = r->tree;
		record.source = (uint32_t)r->source.size;
		stemma_out_bytes(out, (const char *)&record, sizeof record);
		stemma_out_bytes(out, r->source.bytes, record.source);
	}
}

void
stemma_kept_write(const struct stemma_kept *kept, const struct stemma_log *log,
	const struct stemma_trace *trace)
{
	struct stemma_out revisions = {0}, out = {0};
	struct head head;

	memset(&head, 0, sizeof head);
	write_revisions(&revisions, log);
	memcpy(head.magic, MAGIC, sizeof head.magic);
	memcpy(head.version, STEMMA_VERSION, sizeof STEMMA_VERSION);
	head.count = log->count;
	head.fed = stemma_trace_count(trace);
	head.size = revisions.size;
	head.top = log->head;
	if (kept->path && stemma_out_finish(&revisions) == STEMMA_OK) {
		const struct stemma_view told = {
			revisions.bytes, revisions.size};

		head.check = stemma_hash(told);
		stemma_out_bytes(&out, (const char *)&head, sizeof head);
		stemma_out_view(&out, told);
		if (stemma_trace_save(trace, &out) == STEMMA_OK &&
			stemma_out_finish(&out) == STEMMA_OK)
			stemma_cache_write(kept->path, &out);
	}
	stemma_out_free(&revisions);
	stemma_out_free(&out);
}

void
stemma_kept_free(struct stemma_kept *kept)
{
	stemma_arena_free(kept->arena);
	*kept = (struct stemma_kept){0};
}

_Static_assert(sizeof(struct record) == 64 && sizeof(struct head) == 80 &&
		       sizeof STEMMA_VERSION <= 16,
	"no padding is written");

/* SPDX-License-Identifier: MIT */
#include "import.h"
#include "trouble.h"

extern char **environ;

static int
add_revision(struct stemma_import *import, struct stemma_store *from,
	const struct stemma_revision *revision)
{
	struct stemma_arena *arena = import->archive.arena;
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_entry entry = {.story = revision->story,
		.title = revision->title,
		.source = revision->source,
		.type = revision->type,
		.collector = revision->collector,
		.tool = revision->tool,
		.notes = revision->notes,
		.note_count = revision->note_count,
		.dated = true,
		.date = revision->date};
	struct stemma_error error = {0};
	int trouble = STEMMA_EXIT_SAME;
	char commit[41];

	stemma_id_hex(commit, &revision->commit);
	if (stemma_store_suffix(from, &entry.suffix, revision, arena, &error) ==
			STEMMA_OK &&
		stemma_store_read(from, &entry.bytes, revision, arena,
			&error) == STEMMA_OK)
		trouble = stemma_import_add(import, &entry, commit, 0);
	else
		stemma_import_bad(import, commit, 0, "%s", error.message);
	stemma_arena_rewind(arena, mark);
	return trouble;
}

static int
add_story(struct stemma_import *import, struct stemma_store *from,
	const struct stemma_name *name)
{
	struct stemma_arena *arena = import->archive.arena;
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_error error = {0};
	struct stemma_revision newest = {.story = name->name};
	enum stemma_code code = STEMMA_OK;
	struct stemma_log log;
	int trouble = STEMMA_EXIT_SAME;

	if (!name->name.size)
		code = stemma_store_describe(
			from, &newest, &name->head, arena, &error);
	if (code == STEMMA_OK)
		code = stemma_store_log(from, &log, newest.story, arena,
			import->archive.scratch, &error);
	if (code != STEMMA_OK) {
		char *key = stemma_arena_string(arena, name->key);

		stemma_import_bad(
			import, key ? key : "a story", 0, "%s", error.message);
		log.count = 0;
	}
	for (uint32_t k = 0; k < log.count && !trouble; k++)
		trouble = add_revision(import, from, &log.revisions[k]);
	stemma_arena_rewind(arena, mark);
	return trouble;
}

int
stemma_import_archive(struct stemma_import *import, const char *path)
{
	const struct stemma_store_options options = {.environment = environ};
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_store *from = NULL;
	struct stemma_error error = {0};
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_name *names = NULL;
	size_t count = 0;
	int trouble = STEMMA_EXIT_SAME;

	if (arena)
		code = stemma_store_open(&from, path, &options, &error);
	if (code == STEMMA_OK)
		code = stemma_names_list(&names, &count, path,
			(struct stemma_view){"", 0}, 0, arena, &error);
	if (code != STEMMA_OK)
		trouble = stemma_trouble_code(path, code, &error);
	for (size_t k = 0; k < count && !trouble; k++)
		trouble = add_story(import, from, &names[k]);
	stemma_store_close(from);
	stemma_arena_free(arena);
	return trouble;
}

/* SPDX-License-Identifier: MIT */
#include "version.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "trouble.h"

static bool
is_file(const char *operand)
{
	struct stat status;

	return !strcmp(operand, "-") || stat(operand, &status) == 0 ||
	       (errno != ENOENT && errno != ENOTDIR);
}

/* "STORY@NUMBER" */
static const char *
name_of(const struct stemma_log *log, const struct stemma_revision *revision,
	struct stemma_arena *arena)
{
	struct stemma_out out = {0};
	const char *name = NULL;

	stemma_out_view(&out, log->story);
	stemma_out_format(&out, "@%lu", (unsigned long)revision->number);
	if (stemma_out_finish(&out) == STEMMA_OK)
		name = stemma_arena_string(
			arena, (struct stemma_view){out.bytes, out.size});
	stemma_out_free(&out);
	return name;
}

bool
stemma_version_describe(struct stemma_page_version *page,
	const struct stemma_log *log, const struct stemma_revision *revision,
	struct stemma_arena *arena)
{
	char *date = stemma_arena_alloc(arena, STEMMA_TIME_SIZE, 1);

	if (date)
		stemma_time_write(date, revision->retrieved);
	*page = (struct stemma_page_version){
		.name = name_of(log, revision, arena),
		.sha256 = revision->sha256,
		.size = revision->size,
		.title = revision->title,
		.story = log->story,
		.date = stemma_view_of(date),
		.source = revision->source,
		.revision = revision->number};
	return date && page->name;
}

static int
read_revision(struct stemma_versions *versions, int side,
	const struct stemma_log *log, const struct stemma_revision *revision)
{
	struct stemma_page_version *page = &versions->pages[side];
	struct stemma_archive *archive = &versions->archive;
	int trouble =
		stemma_archive_read(archive, &versions->bytes[side], revision);

	if (trouble)
		return trouble;
	if (!stemma_version_describe(page, log, revision, archive->arena))
		return stemma_trouble("out of memory");
	/* Told is what was read. */
	page->sha256.size = 0;
	versions->names[side] = page->name;
	return STEMMA_EXIT_SAME;
}

static int
read_file(struct stemma_versions *versions, int side, const char *name)
{
	int trouble = stemma_input_read(&versions->inputs[side], name);

	versions->bytes[side] = versions->inputs[side].bytes;
	versions->names[side] = name;
	return trouble;
}

/* Whether there is an archive to look into, without a word if not. */
static bool
has_archive(const struct stemma_versions *versions)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	const char *path =
		arena ? stemma_archive_path(versions->settings, arena) : NULL;
	bool has = path && stemma_store_probe(path);

	stemma_arena_free(arena);
	return has;
}

/* Open the archive unless it is open; for an operand that is no file. */
static int
need_archive(struct stemma_versions *versions, const char *operand)
{
	int missing = errno;

	if (versions->archive.store)
		return STEMMA_EXIT_SAME;
	/* What looks like a file's name is one that is missing, unless this
	   command names an archive to look into. */
	if (!strchr(operand, '@') && !versions->settings->path &&
		!has_archive(versions))
		return stemma_trouble("%s: %s", operand, strerror(missing));
	return stemma_archive_open(
		&versions->archive, versions->settings, false);
}

/* Find the revision that an operand names which is no file. */
static int
select_revision(struct stemma_versions *versions, struct stemma_log *log,
	const struct stemma_revision **revision, const char *operand)
{
	struct stemma_view name = stemma_view_of(operand);
	struct stemma_archive *archive = &versions->archive;
	enum stemma_code code;

	*revision = NULL;
	if (need_archive(versions, operand))
		return STEMMA_EXIT_TROUBLE;
	if (strchr(operand, '@'))
		return stemma_archive_select(archive, log, revision, operand);
	code = stemma_store_log(archive->store, log, name, archive->arena,
		archive->scratch, NULL);
	if (code == STEMMA_INVALID) /* It cannot be a story's name. */
		return stemma_trouble("%s: %s", operand, strerror(ENOENT));
	if (code == STEMMA_NOTFOUND)
		return stemma_archive_no_story(archive, name, true);
	if (code != STEMMA_OK && stemma_archive_log(archive, log, name))
		return STEMMA_EXIT_TROUBLE;
	*revision = &log->revisions[log->count - 1];
	return STEMMA_EXIT_SAME;
}

static int
read_one(struct stemma_versions *versions, int side, const char *operand)
{
	const struct stemma_revision *revision;
	struct stemma_log log;

	if (is_file(operand))
		return read_file(versions, side, operand);
	if (select_revision(versions, &log, &revision, operand) || !revision)
		return STEMMA_EXIT_TROUBLE;
	return read_revision(versions, side, &log, revision);
}

/* A revision, and the one before it. */
static int
read_latest(struct stemma_versions *versions, const char *operand)
{
	const struct stemma_revision *revision;
	struct stemma_log log;
	int trouble;

	if (is_file(operand) && !strchr(operand, '@'))
		return stemma_trouble("%s: what should it be compared with? "
				      "For example: stemma compare %s new.txt",
			operand, operand);
	if (select_revision(versions, &log, &revision, operand) || !revision)
		return STEMMA_EXIT_TROUBLE;
	if (revision->number == 1)
		return stemma_trouble("%s: it is the first revision: there is "
				      "none before it to compare with",
			operand);
	trouble = read_revision(versions, STEMMA_OLD, &log, revision - 1);
	return trouble ? trouble
		       : read_revision(versions, STEMMA_NEW, &log, revision);
}

int
stemma_versions_read(
	struct stemma_versions *versions, char **operands, size_t count)
{
	if (count == 1)
		return read_latest(versions, operands[0]);
	for (int side = 0; side < 2; side++)
		if (read_one(versions, side, operands[side]))
			return STEMMA_EXIT_TROUBLE;
	return STEMMA_EXIT_SAME;
}

int
stemma_versions_verify(const struct stemma_versions *versions)
{
	for (int side = 0; side < 2; side++)
		if (stemma_input_verify(&versions->inputs[side]))
			return STEMMA_EXIT_TROUBLE;
	return STEMMA_EXIT_SAME;
}

void
stemma_versions_close(struct stemma_versions *versions)
{
	for (int side = 0; side < 2; side++)
		stemma_input_close(&versions->inputs[side]);
	if (versions->archive.arena)
		stemma_archive_close(&versions->archive);
}

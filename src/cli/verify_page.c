/* SPDX-License-Identifier: MIT */
#include "verify_page.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "input.h"
#include "output.h"
#include "page_data.h"
#include "report.h"
#include "trouble.h"
#include "version.h"

/* A version of the page, and what the archive has of it. */
struct held {
	struct stemma_log log;
	const struct stemma_revision *revision; /* NULL: nothing */
	struct stemma_view bytes;
};

struct job {
	const struct stemma_archive_settings *settings;
	struct stemma_archive archive;
	struct stemma_input page;
	struct stemma_page_data data;
	struct held *held; /* by version */
	struct stemma_out out;
	size_t missing;
};

bool
stemma_page_is(const char *operand)
{
	const char *end = strrchr(operand, '.');
	struct stat status;

	return end && (!strcmp(end, ".html") || !strcmp(end, ".htm")) &&
	       stat(operand, &status) == 0;
}

/* ---- looking for versions ------------------------------------------------ */

/* Whether a revision says that it has the hash, and its bytes do. */
static bool
is_it(struct job *job, struct held *held,
	const struct stemma_revision *revision, struct stemma_view sha256)
{
	struct stemma_view bytes;
	char hex[65];

	if (!stemma_view_equal(revision->sha256, sha256) ||
		stemma_store_read(job->archive.store, &bytes, revision,
			job->archive.arena, NULL) != STEMMA_OK)
		return false;
	stemma_sha256_hex(hex, bytes);
	if (!stemma_view_equal(stemma_view_of(hex), sha256))
		return false;
	held->revision = revision;
	held->bytes = bytes;
	return true;
}

/* The one of that number first, for the same text may stand there twice. */
static bool
look_in(struct job *job, struct held *held,
	const struct stemma_page_claim *claim)
{
	uint64_t number = claim->revision;

	if (number && number <= held->log.count &&
		is_it(job, held, &held->log.revisions[number - 1],
			claim->sha256))
		return true;
	for (uint32_t k = 0; k < held->log.count; k++)
		if (is_it(job, held, &held->log.revisions[k], claim->sha256))
			return true;
	return false;
}

/* A version that was a file may be a revision of any story. */
static enum stemma_code
look_everywhere(struct job *job, struct held *held,
	const struct stemma_page_claim *claim)
{
	struct stemma_archive *archive = &job->archive;
	struct stemma_name *names;
	size_t count;
	enum stemma_code code = stemma_names_list(&names, &count, archive->path,
		(struct stemma_view){NULL, 0}, 0, archive->arena, NULL);

	for (size_t k = 0; k < count && code == STEMMA_OK; k++) {
		struct stemma_mark mark = stemma_arena_mark(archive->arena);

		code = stemma_store_log_name(archive->store, &held->log,
			&names[k], archive->arena, archive->scratch, NULL);
		if (code == STEMMA_OK && look_in(job, held, claim))
			return STEMMA_OK;
		if (code == STEMMA_CORRUPT)
			code = STEMMA_OK; /* Others may still be good. */
		stemma_arena_rewind(archive->arena, mark);
	}
	return code;
}

static enum stemma_code
look(struct job *job, struct held *held, const struct stemma_page_claim *claim)
{
	struct stemma_archive *archive = &job->archive;

	if (!claim->story.size)
		return look_everywhere(job, held, claim);
	if (stemma_store_log(archive->store, &held->log, claim->story,
		    archive->arena, archive->scratch, NULL) == STEMMA_OK)
		look_in(job, held, claim);
	return STEMMA_OK;
}

static void
tell(struct job *job, const struct held *held,
	const struct stemma_page_claim *claim)
{
	struct stemma_out *out = &job->out;

	stemma_out_visible(out, claim->name);
	if (!held->revision) {
		job->missing++;
		stemma_out_string(
			out, ": the archive does not hold this text\n");
		return;
	}
	stemma_out_string(out, ": the archive holds it");
	if (held->revision->number != claim->revision || !claim->story.size) {
		stemma_out_string(out, " as ");
		stemma_out_visible(out, held->log.story);
		stemma_out_format(
			out, "@%lu", (unsigned long)held->revision->number);
	}
	stemma_out_char(out, '\n');
}

static int
look_for_all(struct job *job)
{
	enum stemma_code code = STEMMA_OK;
	size_t count = job->data.count;

	job->held = stemma_arena_zalloc(
		job->archive.arena, count, sizeof *job->held);
	if (!job->held)
		return stemma_trouble("out of memory");
	for (size_t k = 0; k < count && code == STEMMA_OK; k++) {
		code = look(job, &job->held[k], &job->data.claims[k]);
		if (code == STEMMA_OK)
			tell(job, &job->held[k], &job->data.claims[k]);
	}
	return code == STEMMA_OK
		       ? STEMMA_EXIT_SAME
		       : stemma_trouble_code(job->archive.path, code, NULL);
}

/* ---- the page again ------------------------------------------------------ */

/* Read a text as the page says it was: as anybody would, or else as it was
   told to be. */
static enum stemma_code
split_again(struct job *job, struct stemma_doc *doc, int side)
{
	const struct stemma_page_claim *claim = &job->data.claims[side];
	struct stemma_text_options options = {.unit = job->data.unit};
	struct stemma_arena *arena = job->archive.arena;
	struct stemma_view bytes = job->held[side].bytes;
	enum stemma_code code =
		stemma_doc_split(doc, bytes, &options, arena, NULL);
	bool same = code == STEMMA_OK && doc->layout == claim->layout;

	if (!same)
		options.layout = claim->layout;
	if (*claim->encoding && code == STEMMA_OK &&
		strcmp(doc->encoding, claim->encoding) != 0) {
		options.encoding = claim->encoding;
		same = false;
	}
	return same ? code
		    : stemma_doc_split(doc, bytes, &options, arena, NULL);
}

/* What compare makes of the two texts as the page says it was asked. */
static enum stemma_code
compare_again(struct job *job, struct stemma_out *page)
{
	const struct stemma_compare_options asked = {.reading = STEMMA_READ_ALL,
		.ignore = job->data.ignore,
		.budget = job->data.budget,
		.stories = {&job->data.stories[STEMMA_OLD],
			&job->data.stories[STEMMA_NEW]}};
	struct stemma_arena *arena = job->archive.arena;
	struct stemma_page_version versions[2] = {0};
	struct stemma_render_options options = {
		.versions = versions, .asked = &asked};
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	enum stemma_code code = STEMMA_OK;

	for (int side = 0; side < 2 && code == STEMMA_OK; side++) {
		const struct stemma_page_claim *claim = &job->data.claims[side];
		const struct held *held = &job->held[side];

		options.names[side] = stemma_arena_string(arena, claim->name);
		if (claim->story.size &&
			!stemma_version_describe(&versions[side], &held->log,
				held->revision, arena))
			return STEMMA_NOMEM;
		versions[side].sha256.size = 0;
		code = split_again(job, &docs[side], side);
	}
	if (code == STEMMA_OK)
		code = stemma_comparison_make(&comparison, &docs[STEMMA_OLD],
			&docs[STEMMA_NEW], &asked, arena, job->archive.scratch);
	if (code == STEMMA_OK)
		code = stemma_render_html(
			page, &comparison, &options, job->archive.scratch);
	return code;
}

/* What report makes of the story up to the newest revision of the page. */
static int
report_again(struct job *job, struct stemma_out *page)
{
	const struct held *last = &job->held[job->data.count - 1];
	/* A page has no more in it than it is long, whatever it claims. */
	const struct stemma_report_options options = {.limit = job->data.limit,
		.room = job->data.limit < job->page.bytes.size
				? job->data.limit
				: job->page.bytes.size,
		.alone = job->data.alone,
		.until = job->data.until};
	struct stemma_out operand = {0};
	uint64_t left_out;
	int status;

	stemma_out_view(&operand, last->log.story);
	stemma_out_format(
		&operand, "@%lu", (unsigned long)last->revision->number);
	stemma_out_bytes(&operand, "", 1);
	status = operand.code == STEMMA_OK
			 ? stemma_report_write(page, &left_out, job->settings,
				   operand.bytes, &options)
			 : stemma_trouble("out of memory");
	stemma_out_free(&operand);
	return status;
}

/* Whether this program makes the same page of the same texts. */
static int
make_again(struct job *job)
{
	struct stemma_out page = {0};
	enum stemma_code code = STEMMA_OK;
	int status = STEMMA_EXIT_SAME;
	bool same;

	if (job->data.history)
		status = report_again(job, &page);
	else if (job->data.count == 2)
		code = compare_again(job, &page);
	if (code == STEMMA_OK)
		code = page.code;
	if (code != STEMMA_OK)
		status = stemma_trouble_code(job->page.name, code, NULL);
	if (!status) {
		same = stemma_view_equal(
			(struct stemma_view){page.bytes, page.size},
			job->page.bytes);
		stemma_out_string(&job->out,
			same ? "the page shows them as they are\n"
			     : "whether the page shows them as they are is not "
			       "proved: this stemma makes another page of "
			       "them\n");
		status = same ? STEMMA_EXIT_SAME : STEMMA_EXIT_DIFFERENT;
	}
	stemma_out_free(&page);
	return status;
}

/* ---- all of it ----------------------------------------------------------- */

static int
verify(struct job *job)
{
	struct stemma_error error = {0};
	int status, printed;

	if (stemma_archive_open(&job->archive, job->settings, false) ||
		stemma_input_read(&job->page, job->page.name))
		return STEMMA_EXIT_TROUBLE;
	if (!stemma_page_data_read(
		    &job->data, job->page.bytes, job->archive.arena, &error))
		return stemma_trouble_code(job->page.name, error.code, &error);
	status = look_for_all(job);
	if (!status && !job->missing)
		status = make_again(job);
	printed = stemma_output_print(&job->out);
	if (status == STEMMA_EXIT_TROUBLE || printed)
		return STEMMA_EXIT_TROUBLE;
	if (!job->missing)
		return status;
	return stemma_trouble(
		"the page tells of a text that the archive does not hold");
}

int
stemma_page_verify(
	const struct stemma_archive_settings *settings, const char *name)
{
	struct job job = {.settings = settings, .page = {.name = name}};
	int status = verify(&job);

	stemma_out_free(&job.out);
	stemma_input_close(&job.page);
	stemma_archive_close(&job.archive);
	return status;
}

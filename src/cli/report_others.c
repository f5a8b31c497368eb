/* SPDX-License-Identifier: MIT */
#include "report_others.h"

#include "origin.h"
#include "trouble.h"
#include "version.h"

/* Other stories that are named beside a paragraph. */
enum { MOST = 8 };

struct job {
	struct stemma_past *past;
	int64_t until;
	int64_t newest; /* of what was told */
};

static struct stemma_arena *
arena_of(const struct job *job)
{
	return job->past->archive.arena;
}

/* ---- which ones ---------------------------------------------------------- */

static size_t
size_of(const struct stemma_origin *origin)
{
	return origin->span.end - origin->span.start;
}

/* Whether `a` says more of a story than `b`: the earlier one, then the longer. */
static bool
is_better(const struct stemma_origin *a, const struct stemma_origin *b)
{
	if (a->revision->date != b->revision->date)
		return a->revision->date < b->revision->date;
	return size_of(a) > size_of(b);
}

/* One passage of each story. */
static size_t
choose(const struct job *job, const struct stemma_origin *chosen[MOST],
	size_t count, const struct stemma_origin *found, size_t found_count)
{
	for (size_t k = 0; k < found_count; k++) {
		const struct stemma_origin *origin = &found[k];
		size_t at = 0;

		if (stemma_view_equal(origin->story, job->past->log.story) ||
			origin->revision->date > job->until)
			continue;
		while (at < count &&
			!stemma_view_equal(chosen[at]->story, origin->story))
			at++;
		if (at == MOST)
			continue;
		if (at == count)
			chosen[count++] = origin;
		else if (is_better(origin, chosen[at]))
			chosen[at] = origin;
	}
	return count;
}

/* ---- what is told of them ------------------------------------------------ */

/* What the other story has, if that is not about all of the unit. */
static struct stemma_view
part_of(const struct job *job, size_t unit, const struct stemma_origin *origin)
{
	const struct stemma_doc *doc = &job->past->doc;
	const struct stemma_origins *words = &job->past->origins;
	const struct stemma_unit *u = &doc->units[unit];
	struct stemma_span text = {u->start, u->end};

	/* A passage is known by the bytes of the file; words know both. */
	for (size_t k = words->firsts[unit]; k < words->firsts[unit + 1]; k++) {
		const struct stemma_word_origin *word = &words->words[k];

		if (word->span.start <= origin->span.start)
			text.start = word->text.start;
		if (word->span.end <= origin->span.end)
			text.end = word->text.end;
	}
	if (text.end <= text.start ||
		(text.end - text.start) * 10 >= (u->end - u->start) * 9)
		return (struct stemma_view){NULL, 0};
	return stemma_view_cut(doc->text, text);
}

static bool
tell_other(struct job *job, struct stemma_history_other *other, size_t unit,
	const struct stemma_origin *origin, int64_t seen)
{
	const struct stemma_log log = {.story = origin->story};
	struct stemma_page_version version;

	if (!stemma_version_describe(
		    &version, &log, origin->revision, arena_of(job)))
		return false;
	*other = (struct stemma_history_other){.name = version.name,
		.date = version.date.bytes,
		.text = part_of(job, unit, origin),
		.nearly = origin->kind != STEMMA_PASSAGE_VERBATIM,
		.earlier = origin->revision->date < seen};
	if (origin->revision->date > job->newest)
		job->newest = origin->revision->date;
	return true;
}

static bool
tell_unit(struct job *job, struct stemma_history_life *life, size_t unit,
	const struct stemma_unit_origins *found)
{
	const struct stemma_origin *chosen[MOST];
	const struct stemma_revision *revisions = job->past->log.revisions;
	struct stemma_history_other *others;
	size_t count = choose(job, chosen, 0, found->origins, found->count);

	count = choose(job, chosen, count, found->later, found->later_count);
	if (!count)
		return true;
	others = stemma_arena_alloc(arena_of(job), count, sizeof *others);
	if (!others)
		return false;
	for (size_t k = 0; k < count; k++)
		if (!tell_other(job, &others[k], unit, chosen[k],
			    revisions[life->events[0].revision - 1].date))
			return false;
	life->others = others;
	life->other_count = count;
	return true;
}

int
stemma_report_others(struct stemma_past *past,
	struct stemma_history_life *lives, const char **newest, int64_t until)
{
	struct job job = {
		.past = past, .until = until, .newest = past->revision->date};
	const struct stemma_origin_options options = {
		.boilerplate = STEMMA_BOILERPLATE, .all = true};
	struct stemma_origin_page page = {.name = "report",
		.text = {&past->doc, past->log.story, past->revision}};
	char *date = stemma_arena_alloc(arena_of(&job), STEMMA_TIME_SIZE, 1);

	if (!date)
		return stemma_trouble("out of memory");
	if (stemma_origin_ask(&page, &past->archive, &options, false))
		return STEMMA_EXIT_TROUBLE;
	for (size_t k = 0; k < past->doc.unit_count; k++)
		if (!tell_unit(&job, &lives[k], k, &page.units[k]))
			return stemma_trouble("out of memory");
	if (page.approximate)
		stemma_origin_warn();
	stemma_time_write(date, job.newest);
	*newest = date;
	return STEMMA_EXIT_SAME;
}

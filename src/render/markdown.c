/*
 * A comparison as Markdown (formats.md): a summary, the digest, then what
 * changed in reading order, each paragraph a quotation under a line that says
 * which it is.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "markdown_text.h"
#include "runs.h"
#include "summary.h"
#include "walk.h"

struct page {
	struct stemma_out *out;
	const struct stemma_comparison *comparison;
	const struct stemma_render_options *options;
	struct stemma_arena *scratch;
	bool failed; /* scratch gave no more */
};

/* ---- labels ------------------------------------------------------------- */

/* "¶7", "¶7–9" or "sentences 7–9" */
static void
write_place(struct page *page, struct stemma_range range)
{
	struct stemma_out *out = page->out;

	if (page->comparison->docs[STEMMA_NEW]->unit == STEMMA_UNIT_PARAGRAPH)
		stemma_out_string(out, "¶");
	else
		stemma_out_string(
			out, range.count == 1 ? "sentence " : "sentences ");
	stemma_out_number(out, (uint64_t)range.first + 1);
	if (range.count > 1) {
		stemma_out_string(out, "–");
		stemma_out_number(out, (uint64_t)range.first + range.count);
	}
}

/* Whether a step is the same to the reader, and may be left out. */
static bool
is_quiet(const struct page *page, const struct stemma_step *step)
{
	if (step->kind != STEMMA_STEP_BOTH)
		return false;
	return step->link->op == STEMMA_UNCHANGED ||
	       (step->link->op == STEMMA_EDITED &&
		       !stemma_link_is_seen(page->comparison, step->link));
}

static void
write_old_label(struct page *page, const struct stemma_step *step)
{
	stemma_out_string(page->out, "*");
	write_place(page, step->units[STEMMA_OLD]);
	if (step->moved) {
		stemma_out_string(page->out, " moved to ");
		write_place(page, step->link->units[STEMMA_NEW]);
	} else {
		stemma_out_string(page->out, " removed");
	}
	stemma_out_string(page->out, "*\n\n");
}

/* "*¶7 → ¶9, moved, edited*", "*¶7 added*" */
static void
write_label(struct page *page, const struct stemma_step *step)
{
	const struct stemma_link *link = step->link;
	struct stemma_out *out = page->out;

	stemma_out_string(out, "*");
	if (link->op == STEMMA_ADDED) {
		write_place(page, link->units[STEMMA_NEW]);
		stemma_out_string(out, " added*\n\n");
		return;
	}
	write_place(page, link->units[STEMMA_OLD]);
	stemma_out_string(out, " → ");
	write_place(page, link->units[STEMMA_NEW]);
	if (step->moved)
		stemma_out_string(out, ", moved");
	if (!is_quiet(page, step) && link->op != STEMMA_UNCHANGED) {
		stemma_out_string(out, ", ");
		stemma_out_string(
			out, stemma_op_name((enum stemma_op)link->op));
	}
	stemma_out_string(out, "*\n\n");
}

/* ---- paragraphs --------------------------------------------------------- */

/* A unit of one side, as a whole between marks or without. */
static void
write_unit(struct page *page, enum stemma_side side, uint32_t unit,
	const char *mark)
{
	struct stemma_markdown markdown = {.out = page->out};
	struct stemma_view text =
		stemma_doc_unit(page->comparison->docs[side], unit);

	stemma_out_string(page->out, "> ");
	if (mark)
		stemma_markdown_marked(&markdown, text, mark);
	else
		stemma_markdown_text(&markdown, text);
	stemma_out_string(page->out, "\n\n");
}

static void
write_range(struct page *page, enum stemma_side side, struct stemma_range range,
	const char *mark)
{
	for (uint32_t u = 0; u < range.count; u++)
		write_unit(page, side, range.first + u, mark);
}

static void
write_runs(struct page *page, const struct stemma_runs *runs)
{
	struct stemma_markdown markdown = {.out = page->out};

	stemma_out_string(page->out, "> ");
	for (size_t i = 0; i < runs->count; i++) {
		const struct stemma_run *run = &runs->runs[i];

		if (run->style == STEMMA_STYLE_DELETED)
			stemma_markdown_marked(&markdown, run->text, "~~");
		else if (run->style == STEMMA_STYLE_INSERTED)
			stemma_markdown_marked(&markdown, run->text, "**");
		else
			stemma_markdown_text(&markdown, run->text);
	}
	stemma_out_string(page->out, "\n\n");
}

/* The units of a link, edits inside the new text. */
static void
write_changed(struct page *page, const struct stemma_link *link)
{
	struct stemma_mark mark = stemma_arena_mark(page->scratch);
	struct stemma_runs runs = {.arena = page->scratch, .unmarked = true};
	struct stemma_units units = stemma_units_start(
		page->comparison, link, STEMMA_RUNS_INLINE, true);

	while (page->out->code == STEMMA_OK && stemma_units_next(&units, &runs))
		write_runs(page, &runs);
	page->failed |= runs.failed;
	stemma_arena_rewind(page->scratch, mark);
}

static void
write_step(struct page *page, const struct stemma_step *step)
{
	if (step->kind == STEMMA_STEP_OLD) {
		write_old_label(page, step);
		/* What moved is shown where it went. */
		if (!step->moved)
			write_range(page, STEMMA_OLD, step->units[STEMMA_OLD],
				"~~");
		return;
	}
	write_label(page, step);
	if (step->link->op == STEMMA_ADDED)
		write_range(page, STEMMA_NEW, step->units[STEMMA_NEW], "**");
	else if (step->link->change_count)
		write_changed(page, step->link);
	else
		write_range(page, STEMMA_NEW, step->units[STEMMA_NEW], NULL);
}

/* ---- page --------------------------------------------------------------- */

/* From here on so many quiet steps; `last`: nothing comes after them. */
static size_t
count_quiet(const struct page *page, struct stemma_walk walk, bool *last)
{
	struct stemma_step step;
	size_t count = 0;

	while (stemma_walk_next(&walk, &step)) {
		if (!is_quiet(page, &step)) {
			*last = false;
			return count;
		}
		count++;
	}
	*last = true;
	return count;
}

/* Quiet steps: the context of what is around them, the rest counted. */
static void
write_quiet(struct page *page, struct stemma_walk *walk, size_t count,
	bool first, bool last)
{
	size_t context = page->options->context;
	size_t head = first ? 0 : context, tail = last ? 0 : context;
	struct stemma_step step;

	if (context == STEMMA_CONTEXT_ALL || head + tail >= count) {
		head = count;
		tail = 0;
	}
	for (size_t i = 0; i < count && stemma_walk_next(walk, &step); i++) {
		if (i < head || i >= count - tail)
			write_step(page, &step);
		if (i == head) {
			stemma_out_string(page->out, "*… ");
			stemma_summary_units(page->out, page->comparison,
				count - head - tail);
			stemma_out_string(page->out, " unchanged*\n\n");
		}
	}
}

static void
write_name(struct page *page, const char *before, const char *name)
{
	struct stemma_markdown markdown = {.out = page->out, .begun = true};

	stemma_out_string(page->out, before);
	stemma_markdown_text(&markdown, stemma_view_of(name));
}

static bool
write_head(struct page *page)
{
	const struct stemma_comparison *comparison = page->comparison;
	const char *const *names = page->options->names;
	struct stemma_out *out = page->out;

	stemma_out_string(out, "**");
	stemma_summary_write(out, comparison);
	stemma_out_string(out, "**\n\n");
	for (size_t k = 0;
		comparison->digest_count > 1 && k < comparison->digest_count;
		k++) {
		struct stemma_markdown markdown = {.out = out};

		if (comparison->digest[k].about >= STEMMA_ABOUT_UNITS)
			continue;
		stemma_out_string(out, "- ");
		stemma_markdown_text(&markdown, comparison->digest[k].text);
		stemma_out_char(out, '\n');
	}
	if (comparison->digest_count > 1)
		stemma_out_char(out, '\n');
	if (names[STEMMA_OLD] && names[STEMMA_NEW]) {
		write_name(page, "From ", names[STEMMA_OLD]);
		write_name(page, " to ", names[STEMMA_NEW]);
		stemma_out_string(out, ": ~~deleted~~, **inserted**.\n\n");
	}
	return out->code == STEMMA_OK;
}

enum stemma_code
stemma_render_markdown(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct page page = {.out = out,
		.comparison = comparison,
		.options = options,
		.scratch = scratch};
	bool first = true, last = false;
	struct stemma_walk walk;
	struct stemma_step step;

	if (stemma_walk_start(&walk, comparison, scratch) != STEMMA_OK)
		return stemma_walk_fail(out, scratch, mark);
	write_head(&page);
	while ((comparison->different ||
		       options->context == STEMMA_CONTEXT_ALL) &&
		!last && !page.failed && out->code == STEMMA_OK) {
		size_t quiet = count_quiet(&page, walk, &last);

		write_quiet(&page, &walk, quiet, first, last);
		first = false;
		if (!last && stemma_walk_next(&walk, &step))
			write_step(&page, &step);
	}
	if (page.failed)
		return stemma_walk_fail(out, scratch, mark);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}

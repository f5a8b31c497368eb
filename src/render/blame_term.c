/*
 * The text of a revision for a terminal, with who brought what.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma/render.h>

#include "absences.h"
#include "runs.h"
#include "wrap.h"

/* Columns of the margin, and from how many on there is one. */
#define MARGIN 20
#define MARGIN_FROM 50

struct telling {
	struct stemma_out *out;
	const struct stemma_blame *blame;
	const struct stemma_render_options *options;
	struct stemma_arena *scratch;
	size_t width;
	uint32_t *counts;   /* words by revision in the unit, from 1 */
	uint32_t *absences; /* room for all of them */
};

/* What is told of a word, and so of a run of words that are like it. */
struct told {
	uint32_t revision;
	uint32_t other;       /* which had it earlier, from 1; 0: none had */
	uint32_t reformatted; /* the revision, if that is told, or 0 */
	uint32_t absence;     /* the last one, if that is told, or 0 */
};

/* Newest as what was added, the newer half plain, what is older faint. */
static enum stemma_style
style_of(const struct telling *t, uint32_t revision)
{
	uint32_t newest = t->blame->revision;

	if (revision == newest && newest > 1)
		return STEMMA_STYLE_ADDED;
	return revision > newest / 2 ? STEMMA_STYLE_PLAIN : STEMMA_STYLE_DIM;
}

/* What a word's origin counts as: all before `since` are one. */
static uint32_t
origin_of(const struct telling *t, const struct stemma_word_origin *word)
{
	return word->revision < t->blame->since ? 0 : word->revision;
}

/* Count the unit's words by revision; the one that has most of them. */
static uint32_t
count_unit(struct telling *t, size_t unit)
{
	const struct stemma_origins *o = t->blame->origins;
	uint32_t most = 0;

	memset(t->counts, 0,
		((size_t)t->blame->revision + 1) * sizeof *t->counts);
	for (size_t k = o->firsts[unit]; k < o->firsts[unit + 1]; k++)
		t->counts[origin_of(t, &o->words[k])]++;
	for (uint32_t r = 0; r <= t->blame->revision; r++) {
		if (t->counts[r] > t->counts[most])
			most = r;
	}
	return most;
}

static void
write_margin(struct telling *t, uint32_t revision, bool first)
{
	bool color = t->options->color;
	enum stemma_style style = style_of(t, revision);

	if (t->width < MARGIN_FROM)
		return;
	stemma_out_string(t->out, stemma_style_start(style, color));
	if (!first)
		stemma_out_repeat(t->out, ' ', 17);
	else if (!revision)
		stemma_out_string(t->out, "      older      ");
	else
		stemma_out_format(t->out, "%6lu %.10s", (unsigned long)revision,
			t->blame->revisions[revision - 1].date);
	stemma_out_string(t->out, stemma_style_end(style, color));
	stemma_out_string(t->out, " │ ");
}

static void
write_lines(struct telling *t, const struct stemma_runs *runs, uint32_t main,
	bool first)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	size_t width = t->width < MARGIN_FROM ? t->width : t->width - MARGIN;
	struct stemma_wrapped_line line;

	while (t->out->code == STEMMA_OK &&
		stemma_wrap_next(&wrap, width, &line)) {
		write_margin(t, main, first);
		first = false;
		stemma_wrap_write(t->out, &wrap, &line, t->options->color);
		stemma_out_char(t->out, '\n');
	}
}

/* Which of the others had the word earlier, from 1; 0: none had. */
static uint32_t
other_of(const struct telling *t, size_t word)
{
	const struct stemma_blame_across *across = t->blame->across;

	return across ? across->words[word].other : 0;
}

/* "5", "older", "talks@3" */
static void
write_origin(struct telling *t, struct stemma_out *out, uint32_t revision,
	uint32_t other)
{
	const struct stemma_blame_other *from;

	if (other) {
		from = &t->blame->across->others[other - 1];
		stemma_out_bytes(out, from->story.bytes, from->story.size);
		stemma_out_format(out, "@%lu", (unsigned long)from->number);
	} else if (revision) {
		stemma_out_number(out, revision);
	} else {
		stemma_out_string(out, "older");
	}
}

/* "-3+5": it was gone since 3, and back in 5. */
static void
write_absences(struct telling *t, struct stemma_out *out, uint32_t absence)
{
	const struct stemma_origins *origins = t->blame->origins;
	size_t count = stemma_absences_list(t->absences, origins, absence);

	for (size_t k = 0; k < count; k++)
		stemma_out_format(out, "-%lu+%lu",
			(unsigned long)origins->absences[t->absences[k]].gone,
			(unsigned long)origins->absences[t->absences[k]].back);
}

/* "{5:", in the arena, so that the run can borrow it. */
static void
add_mark(struct telling *t, struct stemma_runs *runs, const struct told *told,
	enum stemma_style style)
{
	struct stemma_out mark = {0};
	char *copy = NULL;

	stemma_out_char(&mark, '{');
	write_origin(t, &mark, told->revision, told->other);
	write_absences(t, &mark, told->absence);
	if (told->reformatted)
		stemma_out_format(
			&mark, "=%lu", (unsigned long)told->reformatted);
	stemma_out_char(&mark, ':');
	if (mark.code == STEMMA_OK)
		copy = stemma_arena_string(t->scratch,
			(struct stemma_view){mark.bytes, mark.size});
	stemma_out_free(&mark);
	if (copy)
		stemma_runs_add(runs, stemma_view_of(copy), style);
	else
		runs->failed = true;
}

static struct told
told_of(const struct telling *t, size_t word)
{
	const struct stemma_word_origin *w = &t->blame->origins->words[word];

	return (struct told){.revision = origin_of(t, w),
		.other = other_of(t, word),
		.reformatted = t->blame->reformatted ? w->reformatted : 0,
		.absence = t->blame->absences ? w->absence : 0};
}

static bool
is_like(const struct told *a, const struct told *b)
{
	return a->revision == b->revision && a->other == b->other &&
	       a->reformatted == b->reformatted && a->absence == b->absence;
}

/* Add the words from `k` on that are like it, and return the next. */
static size_t
add_run(struct telling *t, struct stemma_runs *runs, size_t k, size_t end,
	uint32_t main)
{
	const struct stemma_word_origin *words = t->blame->origins->words;
	struct stemma_view text = t->blame->doc->text;
	struct told told = told_of(t, k);
	enum stemma_style style = style_of(t, told.revision);
	/* Without a margin nothing else would tell. */
	bool marked = told.revision != main || told.reformatted || told.other ||
		      told.absence || t->width < MARGIN_FROM;
	struct stemma_span span = words[k].text;
	size_t next = k + 1;

	while (next < end && !(t->blame->words && marked)) {
		struct told after = told_of(t, next);

		if (!is_like(&told, &after))
			break;
		next++;
	}
	span.end = words[next - 1].text.end;
	if (marked)
		add_mark(t, runs, &told, style);
	stemma_runs_add(runs, stemma_view_cut(text, span), style);
	if (marked)
		stemma_runs_add(runs, stemma_view_of("}"), style);
	if (next < end) {
		span.start = span.end;
		span.end = words[next].text.start;
		stemma_runs_add(
			runs, stemma_view_cut(text, span), STEMMA_STYLE_PLAIN);
	}
	return next;
}

/* A line of our own under a paragraph; frees it. */
static void
write_line(struct telling *t, struct stemma_out *line)
{
	struct stemma_run run = {
		.style = STEMMA_STYLE_MOVED, .text = {line->bytes, line->size}};
	struct stemma_runs runs = {.runs = &run, .count = 1};

	if (line->code == STEMMA_OK)
		write_lines(t, &runs, 0, false);
	else
		t->out->code = line->code;
	stemma_out_free(line);
}

/* "; earlier in talks@3 80 %" */
static void
add_elsewhere(struct telling *t, struct stemma_out *line, size_t unit)
{
	const struct stemma_origins *o = t->blame->origins;
	size_t total = o->firsts[unit + 1] - o->firsts[unit];
	size_t others = t->blame->across ? t->blame->across->other_count : 0;
	const char *before = "; earlier in ";

	for (uint32_t other = 1; other <= others; other++) {
		size_t count = 0;

		for (size_t k = o->firsts[unit]; k < o->firsts[unit + 1]; k++)
			count += other_of(t, k) == other;
		if (!count)
			continue;
		stemma_out_string(line, before);
		write_origin(t, line, 0, other);
		stemma_out_format(
			line, " %zu %%", (200 * count + total) / (2 * total));
		before = ", ";
	}
}

static void
write_boilerplate(struct telling *t, size_t unit)
{
	const struct stemma_blame_across *across = t->blame->across;
	struct stemma_out line = {0};

	if (!across || !across->holders[unit])
		return;
	stemma_out_format(&line, "boilerplate: in %lu stories",
		(unsigned long)across->holders[unit]);
	write_line(t, &line);
}

/* "first seen in 1, last edited in 7, 3 edits; words: 1 90 %, 7 10 %" */
static void
write_sums(struct telling *t, size_t unit)
{
	const struct stemma_origins *o = t->blame->origins;
	size_t total = o->firsts[unit + 1] - o->firsts[unit], left = total;
	struct stemma_out line = {0};

	stemma_out_format(&line,
		"first seen in %lu, last edited in %lu, %lu edit%s; words:",
		(unsigned long)o->seen[unit], (unsigned long)o->edited[unit],
		(unsigned long)o->edits[unit], o->edits[unit] == 1 ? "" : "s");
	for (uint32_t r = 0; r <= t->blame->revision; r++) {
		if (!t->counts[r])
			continue;
		if (r)
			stemma_out_format(&line, " %lu", (unsigned long)r);
		else
			stemma_out_string(&line, " older");
		stemma_out_format(&line, " %lu %%",
			(unsigned long)((200 * (size_t)t->counts[r] + total) /
					(2 * total)));
		left -= t->counts[r];
		if (left)
			stemma_out_char(&line, ',');
	}
	add_elsewhere(t, &line, unit);
	write_line(t, &line);
}

static void
write_unit(struct telling *t, size_t unit)
{
	const struct stemma_origins *o = t->blame->origins;
	struct stemma_mark mark = stemma_arena_mark(t->scratch);
	struct stemma_runs runs = {.arena = t->scratch};
	size_t k = o->firsts[unit], end = o->firsts[unit + 1];
	uint32_t main = count_unit(t, unit);

	if (k == end || (t->blame->since && t->counts[0] == end - k))
		return;
	if (t->blame->paragraphs) {
		stemma_runs_add(&runs, stemma_doc_unit(t->blame->doc, unit),
			style_of(t, main));
	} else {
		while (k < end)
			k = add_run(t, &runs, k, end, main);
	}
	if (runs.failed)
		t->out->code = STEMMA_NOMEM;
	else
		write_lines(t, &runs, main, true);
	if (t->blame->paragraphs)
		write_sums(t, unit);
	write_boilerplate(t, unit);
	stemma_arena_rewind(t->scratch, mark);
}

enum stemma_code
stemma_render_blame_term(struct stemma_out *out,
	const struct stemma_blame *blame,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct telling t = {.out = out,
		.blame = blame,
		.options = options,
		.scratch = scratch,
		.width = options->width ? options->width : 80,
		.counts = stemma_arena_alloc(
			scratch, (size_t)blame->revision + 1, sizeof(uint32_t)),
		.absences = stemma_arena_alloc(scratch,
			blame->origins->absence_count, sizeof(uint32_t))};

	if (!t.counts || !t.absences)
		return STEMMA_NOMEM;
	for (size_t u = 0; u < blame->origins->unit_count; u++) {
		if (out->code != STEMMA_OK)
			break;
		write_unit(&t, u);
	}
	stemma_arena_rewind(scratch, mark);
	return out->code;
}

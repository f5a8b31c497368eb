/*
 * A comparison for a terminal: a summary, then what changed in reading order,
 * what did not folded away. The marks are explained in render.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "term.h"

#include "summary.h"
#include "walk.h"

/* Steps that are told alike and together when they follow one another. */
enum group {
	GROUP_ALONE,
	GROUP_QUIET,       /* unchanged, but for what is ignored */
	GROUP_REFORMATTED, /* other typography only */
	GROUP_LEFT,        /* moved away from here, to adjacent places */
	GROUP_STORY,       /* of a story that came or went as a whole */
	GROUP_ARRIVED      /* moved here from adjacent places, unchanged */
};

static enum group
group_of(const struct stemma_term *term, const struct stemma_step *step)
{
	if (stemma_term_story(term, step))
		return GROUP_STORY;
	if (step->kind == STEMMA_STEP_OLD)
		return step->moved ? GROUP_LEFT : GROUP_ALONE;
	if (step->kind == STEMMA_STEP_NEW)
		return step->moved && step->link->op == STEMMA_UNCHANGED
			       ? GROUP_ARRIVED
			       : GROUP_ALONE;
	if (step->link->op == STEMMA_UNCHANGED)
		return GROUP_QUIET;
	if (step->link->op == STEMMA_REFORMATTED)
		return GROUP_REFORMATTED;
	if (step->link->op == STEMMA_EDITED &&
		!stemma_link_is_seen(term->comparison, step->link))
		return GROUP_QUIET;
	return GROUP_ALONE;
}

static uint32_t
end_of(struct stemma_range range)
{
	return range.first + range.count;
}

/* Whether `step` goes on with the group that `before` is in. */
static bool
continues(const struct stemma_term *term, const struct stemma_step *before,
	const struct stemma_step *step)
{
	enum group group = group_of(term, step);
	enum stemma_side other = group == GROUP_LEFT ? STEMMA_NEW : STEMMA_OLD;

	if (group == GROUP_ALONE || group != group_of(term, before))
		return false;
	if (group == GROUP_QUIET || group == GROUP_REFORMATTED)
		return true;
	if (group == GROUP_STORY)
		return before->kind == step->kind &&
		       stemma_term_story(term, before) ==
			       stemma_term_story(term, step);
	return step->link->units[other].first ==
	       end_of(before->link->units[other]);
}

/* A stretch of steps of one group. */
struct stretch {
	struct stemma_walk walk; /* before its first step */
	struct stemma_step first;
	struct stemma_range units[2]; /* of the steps together */
	struct stemma_range other; /* moved: their places on the other side */
	enum group group;
	size_t count;  /* of steps */
	size_t hidden; /* steps with changes that are ignored */
	bool last;     /* nothing comes after it */
};

static void
extend(struct stretch *stretch, const struct stemma_step *step)
{
	stretch->units[0].count += step->units[0].count;
	stretch->units[1].count += step->units[1].count;
	if (step->moved)
		stretch->other.count +=
			step->link->units[step->kind == STEMMA_STEP_OLD].count;
	stretch->hidden += step->link && step->link->op == STEMMA_EDITED;
	stretch->count++;
}

/* The next stretch, and `walk` after it; false at the end. */
static bool
next_stretch(const struct stemma_term *term, struct stemma_walk *walk,
	struct stretch *stretch)
{
	struct stemma_step before, step;
	struct stemma_walk ahead;

	*stretch = (struct stretch){.walk = *walk};
	if (!stemma_walk_next(walk, &before))
		return false;
	stretch->first = before;
	stretch->group = group_of(term, &before);
	stretch->units[0].first = before.units[0].first;
	stretch->units[1].first = before.units[1].first;
	if (before.moved)
		stretch->other.first =
			before.link->units[before.kind == STEMMA_STEP_OLD]
				.first;
	extend(stretch, &before);
	for (ahead = *walk; stemma_walk_next(&ahead, &step); before = step) {
		if (!continues(term, &before, &step))
			return true;
		extend(stretch, &step);
		*walk = ahead;
	}
	stretch->last = true;
	return true;
}

/* Tell `count` steps from the walk on, each with its text. */
static void
tell_steps(struct stemma_term *term, struct stemma_walk *walk, size_t count)
{
	struct stemma_step step;

	while (count-- && term->out->code == STEMMA_OK &&
		stemma_walk_next(walk, &step))
		stemma_term_tell(term, &step);
}

/* Unchanged units: the context of what is around them, the rest folded. */
static void
tell_quiet(struct stemma_term *term, const struct stretch *stretch, bool first)
{
	size_t context = term->options->context;
	size_t head = first ? 0 : context, tail = stretch->last ? 0 : context;
	struct stemma_walk walk = stretch->walk;
	struct stemma_step step;
	size_t folded;

	if (context == STEMMA_CONTEXT_ALL || head + tail >= stretch->count) {
		tell_steps(term, &walk, stretch->count);
		return;
	}
	folded = stretch->count - head - tail;
	tell_steps(term, &walk, head);
	stemma_term_tell_folded(term, folded, stretch->hidden > 0);
	while (folded-- && stemma_walk_next(&walk, &step))
		;
	tell_steps(term, &walk, tail);
}

static void
tell_arrived(struct stemma_term *term, const struct stretch *stretch)
{
	struct stemma_walk walk = stretch->walk;
	struct stemma_step step;

	stemma_term_tell_arrived(term, stretch->other);
	for (size_t i = 0; i < stretch->count; i++) {
		if (!stemma_walk_next(&walk, &step))
			return;
		stemma_term_tell_unlabelled(term, &step);
	}
}

static void
tell_story(struct stemma_term *term, const struct stretch *stretch)
{
	enum stemma_side side = stretch->first.kind == STEMMA_STEP_OLD
					? STEMMA_OLD
					: STEMMA_NEW;

	stemma_term_tell_story(term, stemma_term_story(term, &stretch->first),
		side, stretch->units[side]);
}

static void
tell_stretch(
	struct stemma_term *term, const struct stretch *stretch, bool first)
{
	switch (stretch->group) {
	case GROUP_ALONE:
		stemma_term_tell(term, &stretch->first);
		break;
	case GROUP_QUIET:
		tell_quiet(term, stretch, first);
		break;
	case GROUP_REFORMATTED:
		stemma_term_tell_reformatted(term, stretch->units);
		break;
	case GROUP_LEFT:
		stemma_term_tell_left(
			term, stretch->units[STEMMA_OLD], stretch->other);
		break;
	case GROUP_STORY:
		tell_story(term, stretch);
		break;
	case GROUP_ARRIVED:
		tell_arrived(term, stretch);
		break;
	}
}

/* "--- old.txt": the name, and with it what the mark stands for. */
static void
write_name(const struct stemma_term *term, const char *mark,
	enum stemma_style style, enum stemma_side side)
{
	struct stemma_out *out = term->out;
	const char *name = term->options->names[side];

	if (!name)
		return;
	stemma_out_string(out, stemma_style_start(style, term->options->color));
	stemma_out_string(out, mark);
	stemma_out_visible(out, stemma_view_of(name));
	stemma_out_string(out, stemma_style_end(style, term->options->color));
	stemma_out_char(out, '\n');
}

/* What matters most, but for what the summary counts already. */
static void
write_digest(const struct stemma_term *term)
{
	const struct stemma_comparison *comparison = term->comparison;

	/* One thing alone is plain to see. */
	if (comparison->digest_count == 1)
		return;
	for (size_t k = 0; k < comparison->digest_count; k++) {
		const struct stemma_digest_line *line = &comparison->digest[k];
		struct stemma_run run[2] = {
			{stemma_view_of("· "), STEMMA_STYLE_DIM},
			{line->text, STEMMA_STYLE_PLAIN}};
		struct stemma_runs runs = {.runs = run, .count = 2};

		if (line->about < STEMMA_ABOUT_UNITS)
			stemma_term_flush(term, &runs);
	}
}

static void
write_head(struct stemma_term *term)
{
	struct stemma_out line = {0};

	stemma_summary_write(&line, term->comparison);
	if (line.code == STEMMA_OK) {
		struct stemma_run run = {
			{line.bytes, line.size}, STEMMA_STYLE_EDITED};
		struct stemma_runs runs = {.runs = &run, .count = 1};

		stemma_term_flush(term, &runs);
	} else {
		term->failed = true;
	}
	stemma_out_free(&line);
	write_digest(term);
	write_name(term, "--- ", STEMMA_STYLE_REMOVED, STEMMA_OLD);
	write_name(term, "+++ ", STEMMA_STYLE_ADDED, STEMMA_NEW);
}

enum stemma_code
stemma_render_term(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_term term =
		stemma_term_start(out, comparison, options, scratch);
	struct stretch stretch;
	struct stemma_walk walk;
	bool first = true;

	if (stemma_walk_start(&walk, comparison, scratch) != STEMMA_OK ||
		!stemma_folds_start(&term.folds, comparison, scratch))
		return stemma_walk_fail(out, scratch, mark);
	write_head(&term);
	while (comparison->different && out->code == STEMMA_OK &&
		!term.failed && next_stretch(&term, &walk, &stretch)) {
		tell_stretch(&term, &stretch, first);
		first = false;
	}
	if (term.failed)
		return stemma_walk_fail(out, scratch, mark);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}

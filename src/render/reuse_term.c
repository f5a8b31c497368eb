/*
 * Passages for a terminal: a summary, then each with its two places and its
 * text, edits inside.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "atom.h"
#include "runs.h"
#include "space.h"
#include "wrap.h"

/* From so many columns on the text is indented. */
#define INDENT_FROM 24
#define INDENT 2

struct telling {
	struct stemma_out *out;
	const struct stemma_reuse_page *page;
	const struct stemma_render_options *options;
	size_t width, indent;
};

/* Lines of runs behind an indent. */
static void
write_lines(
	const struct telling *t, const struct stemma_runs *runs, size_t indent)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;

	while (t->out->code == STEMMA_OK &&
		stemma_wrap_next(&wrap, t->width - indent, &line)) {
		stemma_out_repeat(t->out, ' ', indent);
		stemma_wrap_write(t->out, &wrap, &line, t->options->color);
		stemma_out_char(t->out, '\n');
	}
}

/* One wrapped line of words of ours; empties them. */
static void
write_words(
	struct telling *t, struct stemma_out *words, enum stemma_style style)
{
	struct stemma_run run = {{words->bytes, words->size}, style};
	struct stemma_runs runs = {.runs = &run, .count = 1};

	if (words->code == STEMMA_OK)
		write_lines(t, &runs, 0);
	else if (t->out->code == STEMMA_OK)
		t->out->code = words->code;
	stemma_out_free(words);
}

static void
say_count(struct stemma_out *out, uint64_t count, const char *noun)
{
	stemma_out_number(out, count);
	stemma_out_char(out, ' ');
	stemma_out_string(out, noun);
	if (count != 1)
		stemma_out_char(out, 's');
}

/* "3 passages stand again: 1 verbatim, 2 with edits" */
static void
write_summary(struct telling *t)
{
	const struct stemma_reuse *reuse = t->page->reuse;
	const char *again = t->page->doc_count == 2 ? "in both texts" : "again";
	struct stemma_out line = {0};
	uint64_t verbatim = 0;

	for (size_t k = 0; k < reuse->passage_count; k++)
		verbatim += reuse->passages[k].kind == STEMMA_PASSAGE_VERBATIM;
	if (reuse->passage_count == 0) {
		stemma_out_format(&line, "nothing stands %s", again);
	} else {
		say_count(&line, reuse->passage_count, "passage");
		stemma_out_format(&line,
			" stand%s %s: ", reuse->passage_count == 1 ? "s" : "",
			again);
		if (verbatim)
			stemma_out_format(&line, "%llu verbatim",
				(unsigned long long)verbatim);
		if (verbatim && verbatim < reuse->passage_count)
			stemma_out_string(&line, ", ");
		if (verbatim < reuse->passage_count)
			stemma_out_format(&line, "%llu with edits",
				(unsigned long long)(reuse->passage_count -
						     verbatim));
	}
	if (reuse->approximate)
		stemma_out_string(&line, "; some may be missing");
	write_words(t, &line, STEMMA_STYLE_EDITED);
}

static void
write_names(const struct telling *t)
{
	static const enum stemma_style styles[] = {
		STEMMA_STYLE_REMOVED, STEMMA_STYLE_ADDED};
	bool color = t->options->color, two = t->page->doc_count == 2;

	for (size_t k = 0; k < t->page->doc_count; k++) {
		const char *name = t->options->names[k];
		enum stemma_style style = two ? styles[k] : STEMMA_STYLE_PLAIN;

		if (!name)
			continue;
		stemma_out_string(t->out, stemma_style_start(style, color));
		if (two)
			stemma_out_string(t->out, k ? "+++ " : "--- ");
		stemma_out_visible(t->out, stemma_view_of(name));
		stemma_out_string(t->out, stemma_style_end(style, color));
		stemma_out_char(t->out, '\n');
	}
}

/* "¶7 (line 13)" */
static void
say_place(struct stemma_out *out, const struct telling *t,
	const struct stemma_passage_place *place)
{
	const struct stemma_unit *unit =
		&t->page->docs[place->doc]->units[place->unit];

	stemma_out_format(out, "¶%llu (line %llu)",
		(unsigned long long)unit->paragraph + 1,
		(unsigned long long)unit->line);
}

/* What is counted: words, or characters of a script without spaces. */
static const char *
noun_of(const struct telling *t, const struct stemma_passage *passage)
{
	struct stemma_view text = t->page->docs[passage->target.doc]->text;
	size_t at = passage->target.span.start, size;

	for (; at < passage->target.span.end; at += size) {
		if (stemma_is_spaceless(stemma_code_point(text, at, &size)))
			return "character";
		if (stemma_space_at(text, at))
			break;
	}
	return "word";
}

/* "¶7 (line 13) → ¶44 (line 87): 19 words, 1 edit, 92 % alike" */
static void
write_heading(struct telling *t, const struct stemma_passage *passage)
{
	struct stemma_out line = {0};

	say_place(&line, t, &passage->source);
	stemma_out_string(&line, " → ");
	say_place(&line, t, &passage->target);
	stemma_out_string(&line, ": ");
	say_count(&line, passage->words, noun_of(t, passage));
	if (passage->kind == STEMMA_PASSAGE_VERBATIM) {
		stemma_out_string(&line, ", verbatim");
	} else {
		stemma_out_string(&line, ", ");
		say_count(&line, passage->edit_count, "edit");
		stemma_out_format(&line, ", %u %% alike",
			(unsigned)(passage->similarity * 100));
	}
	write_words(t, &line, STEMMA_STYLE_MOVED);
}

/* Whether what was deleted in front of a word needs a space behind it: where it
   had one. */
static bool
needs_space(struct stemma_span gap, struct stemma_view text,
	struct stemma_span deleted)
{
	return gap.start == gap.end && stemma_space_at(text, deleted.end);
}

static void
write_text(struct telling *t, const struct stemma_passage *passage,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_runs runs = {.arena = scratch};
	struct stemma_view source = t->page->docs[passage->source.doc]->text;
	struct stemma_view target = t->page->docs[passage->target.doc]->text;
	bool whole = t->options->context == STEMMA_CONTEXT_ALL;
	struct stemma_span same = passage->target.span;

	for (uint32_t k = 0; k < passage->edit_count; k++) {
		const struct stemma_passage_edit *edit =
			&t->page->reuse->edits[passage->first_edit + k];

		same.end = edit->target.start;
		stemma_runs_add_same(
			&runs, stemma_view_cut(target, same), whole);
		stemma_runs_add_change(&runs,
			stemma_view_cut(source, edit->source),
			stemma_view_cut(target, edit->target));
		if (needs_space(edit->target, source, edit->source))
			stemma_runs_add(
				&runs, stemma_view_of(" "), STEMMA_STYLE_PLAIN);
		same.start = edit->target.end;
	}
	same.end = passage->target.span.end;
	stemma_runs_add_same(&runs, stemma_view_cut(target, same), whole);
	if (!runs.failed)
		write_lines(t, &runs, t->indent);
	else if (t->out->code == STEMMA_OK)
		t->out->code = STEMMA_NOMEM;
	stemma_arena_rewind(scratch, mark);
}

enum stemma_code
stemma_render_reuse_term(struct stemma_out *out,
	const struct stemma_reuse_page *page,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct telling t = {.out = out,
		.page = page,
		.options = options,
		.width = options->width ? options->width : 80};

	t.indent = t.width >= INDENT_FROM ? INDENT : 0;
	write_summary(&t);
	write_names(&t);
	for (size_t k = 0; k < page->reuse->passage_count; k++) {
		if (out->code != STEMMA_OK)
			break;
		write_heading(&t, &page->reuse->passages[k]);
		write_text(&t, &page->reuse->passages[k], scratch);
	}
	return out->code;
}

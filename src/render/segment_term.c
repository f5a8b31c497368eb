/*
 * A page for a terminal: its stories, and what each paragraph is.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include <string.h>

#include "wrap.h"

/* From so many columns on kinds stand beside the paragraphs. */
#define KIND_FROM 40
#define KIND_COLUMNS 13

struct telling {
	struct stemma_out *out;
	const struct stemma_doc *doc;
	const struct stemma_outline *outline;
	const struct stemma_render_options *options;
	size_t width;
	size_t digits; /* columns of the numbers of units */
};

/* The start of a text on one line, "…" where more would follow. */
static void
write_cut(const struct telling *t, struct stemma_view text,
	enum stemma_style style, size_t columns)
{
	const struct stemma_run run = {text, style};
	struct stemma_wrap wrap = stemma_wrap_start(&run, 1);
	struct stemma_wrapped_line line;

	if (columns < 2 || !stemma_wrap_next(&wrap, columns - 1, &line))
		return;
	stemma_wrap_write(t->out, &wrap, &line, t->options->color);
	if (!stemma_wrap_done(&wrap))
		stemma_out_string(t->out, "…");
}

static void
write_styled(const struct telling *t, const char *text, enum stemma_style style)
{
	stemma_out_string(t->out, stemma_style_start(style, t->options->color));
	stemma_out_string(t->out, text);
	stemma_out_string(t->out, stemma_style_end(style, t->options->color));
}

static size_t
digits_of(uint64_t number)
{
	size_t digits = 1;

	for (; number > 9; number /= 10)
		digits++;
	return digits;
}

/* "story 2, ¶14–26, confidence 0.93" over its paragraphs. */
static void
write_head(const struct telling *t, size_t k)
{
	const struct stemma_story *story = &t->outline->stories[k];
	struct stemma_out line = {0};

	stemma_out_format(&line, "story %zu, ", k + 1);
	stemma_out_string(&line,
		t->doc->unit == STEMMA_UNIT_PARAGRAPH ? "¶" : "sentences ");
	stemma_out_number(&line, (uint64_t)story->first + 1);
	if (story->last > story->first) {
		stemma_out_string(&line, "–");
		stemma_out_number(&line, (uint64_t)story->last + 1);
	}
	if (k)
		stemma_out_format(
			&line, ", confidence %.2f", (double)story->confidence);
	if (line.code == STEMMA_OK) {
		stemma_out_string(t->out, k ? "\n" : "");
		write_cut(t, (struct stemma_view){line.bytes, line.size},
			STEMMA_STYLE_EDITED, t->width + 1);
		stemma_out_char(t->out, '\n');
	} else if (t->out->code == STEMMA_OK) {
		t->out->code = line.code;
	}
	stemma_out_free(&line);
}

/* "  14 headline     Choir wins valley prize" */
static void
write_unit(const struct telling *t, size_t k)
{
	const char *kind =
		stemma_kind_name((enum stemma_kind)t->outline->kinds[k]);
	bool body = t->outline->kinds[k] == STEMMA_KIND_BODY;
	size_t left = t->width, digits = digits_of(k + 1);

	if (left > t->digits + 12) {
		stemma_out_repeat(t->out, ' ', 1 + t->digits - digits);
		stemma_out_number(t->out, k + 1);
		stemma_out_char(t->out, ' ');
		left -= t->digits + 2;
	}
	if (t->width >= KIND_FROM) {
		write_styled(
			t, kind, body ? STEMMA_STYLE_DIM : STEMMA_STYLE_MOVED);
		stemma_out_repeat(t->out, ' ', KIND_COLUMNS - strlen(kind));
		left -= KIND_COLUMNS;
	}
	write_cut(t, stemma_doc_unit(t->doc, k),
		t->outline->kinds[k] == STEMMA_KIND_HEADLINE
			? STEMMA_STYLE_EDITED
			: STEMMA_STYLE_PLAIN,
		left + 1);
	stemma_out_char(t->out, '\n');
}

enum stemma_code
stemma_render_segment_term(struct stemma_out *out, const struct stemma_doc *doc,
	const struct stemma_outline *outline,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	const struct telling t = {.out = out,
		.doc = doc,
		.outline = outline,
		.options = options,
		.width = options->width ? options->width : 80,
		.digits = digits_of(doc->unit_count)};
	size_t story = 0;

	(void)scratch;
	if (!doc->unit_count)
		stemma_out_string(out, "nothing stands on the page\n");
	for (size_t k = 0; k < doc->unit_count && out->code == STEMMA_OK; k++) {
		if (story < outline->story_count &&
			outline->stories[story].first == k)
			write_head(&t, story++);
		write_unit(&t, k);
	}
	return out->code;
}

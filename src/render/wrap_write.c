/* SPDX-License-Identifier: MIT */
#include "atom.h"
#include "base/show.h"
#include "wrap.h"

/* SGR parameters: blue and yellow, which most people tell apart, and never
   colour alone. */
static const char *
sgr_of(enum stemma_style style)
{
	switch (style) {
	case STEMMA_STYLE_PLAIN:
		break;
	case STEMMA_STYLE_DELETED:
		return "\033[9;33m";
	case STEMMA_STYLE_INSERTED:
		return "\033[1;4;34m";
	case STEMMA_STYLE_DIM:
		return "\033[2m";
	case STEMMA_STYLE_MOVED:
		return "\033[35m";
	case STEMMA_STYLE_REMOVED:
		return "\033[1;33m";
	case STEMMA_STYLE_ADDED:
		return "\033[1;34m";
	case STEMMA_STYLE_EDITED:
		return "\033[1m";
	}
	return "";
}

const char *
stemma_style_start(enum stemma_style style, bool color)
{
	return color ? sgr_of(style) : "";
}

const char *
stemma_style_end(enum stemma_style style, bool color)
{
	return color && style != STEMMA_STYLE_PLAIN ? "\033[0m" : "";
}

/* Write bytes [at, end) of a run; `*spaced` tells of a space just written. */
static void
write_text(struct stemma_out *out, struct stemma_view text, size_t at,
	size_t end, bool *spaced)
{
	size_t from = at;

	while (at < end) {
		struct stemma_atom atom = stemma_atom_at(text, at);
		char form[STEMMA_SHOW_SIZE];
		size_t size;

		if (atom.kind != STEMMA_ATOM_SPACE &&
			atom.kind != STEMMA_ATOM_CONTROL) {
			at += atom.size;
			*spaced = false;
			continue;
		}
		stemma_out_bytes(out, text.bytes + from, at - from);
		at += atom.size;
		from = at;
		if (atom.kind == STEMMA_ATOM_CONTROL) {
			stemma_show_control(form, &size, atom.first);
			stemma_out_bytes(out, form, size);
		} else if (!*spaced) {
			stemma_out_char(out, ' ');
		}
		*spaced = atom.kind == STEMMA_ATOM_SPACE;
	}
	if (from < end)
		stemma_out_bytes(out, text.bytes + from, end - from);
}

void
stemma_wrap_write(struct stemma_out *out, const struct stemma_wrap *wrap,
	const struct stemma_wrapped_line *line, bool color)
{
	bool rtl = wrap->direction == STEMMA_RIGHT_TO_LEFT;
	bool spaced = false;

	if (rtl || line->has_rtl) /* RLI or LRI */
		stemma_out_string(out, rtl ? "\xe2\x81\xa7" : "\xe2\x81\xa6");
	for (size_t run = line->start.run;
		run <= line->end.run && run < wrap->count; run++) {
		const struct stemma_run *part = &wrap->runs[run];
		size_t at = run == line->start.run ? line->start.at : 0;
		size_t end =
			run == line->end.run ? line->end.at : part->text.size;

		if (at == end)
			continue;
		stemma_out_string(out, stemma_style_start(part->style, color));
		if (line->rewritten)
			write_text(out, part->text, at, end, &spaced);
		else
			stemma_out_bytes(out, part->text.bytes + at, end - at);
		stemma_out_string(out, stemma_style_end(part->style, color));
	}
	if (rtl || line->has_rtl) /* PDI */
		stemma_out_string(out, "\xe2\x81\xa9");
}

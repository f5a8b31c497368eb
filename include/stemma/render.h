/*
 * render.h - a comparison written out: for people at a terminal, for other
 * programs, and in the plain-text formats of the field. One function per
 * format; all take the same options and write to a stemma_out.
 *
 * Renderers get labels, widths and colours in their options; they never look
 * at the environment, the clock or a file, so the same input gives the same
 * bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_H
#define STEMMA_RENDER_H

#include <stemma/base.h>
#include <stemma/compare.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* `context` value: show every unchanged unit. */
#define STEMMA_CONTEXT_ALL UINT32_MAX

/* Zeros mean: no names, 80 columns, no context, no colour, one line of JSON. */
struct stemma_render_options {
	const char *names[2]; /* by side: what to call the documents; untrusted */
	uint32_t width;       /* terminal columns; 0: 80 */
	uint32_t context;     /* unchanged units shown around a change */
	bool color;           /* may use colour; marks are readable without */
	bool side_by_side;    /* term: two columns, from 100 columns on */
	bool pretty;          /* json: indented over many lines */
};

/*
 * Each returns what stemma_out_finish() will: failure is sticky in `out`.
 * `scratch` is left as it was found. O(size of the output + changed text).
 */

/* For a terminal: wrapped by grapheme width, inline edits, folded stretches. */
enum stemma_code stemma_render_term(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* A stemma.compare/1 document (formats.md). */
enum stemma_code stemma_render_json(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* The new text with [-deleted-] and {+inserted+} words, as GNU wdiff. */
enum stemma_code stemma_render_wdiff(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* CriticMarkup: {--deleted--} {++inserted++} {~~old~>new~~}. */
enum stemma_code stemma_render_criticmarkup(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* A unified diff of the texts with one paragraph a line. */
enum stemma_code stemma_render_unified(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* A short summary: counts of what happened, one thing a line. */
enum stemma_code stemma_render_stat(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

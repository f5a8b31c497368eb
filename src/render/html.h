/*
 * html.h - a comparison as a page: what its parts share.
 *
 *     html.c        the page as a whole
 *     html_head.c   what stands above the text: digest, names, buttons
 *     html_flow.c   the text of a row
 *     html_rows.c   rows
 *     html_margin.c what stands beside them
 *     html_page.c   what every page is
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_HTML_H
#define STEMMA_RENDER_HTML_H

#include <stemma/render.h>

#include "folds.h"
#include "walk.h"

struct stemma_html {
	struct stemma_out *out;
	const struct stemma_comparison *comparison;
	const struct stemma_render_options *options;
	const char *prefix; /* of the anchors, where a page has more than one
	                       comparison; or "" */
	struct stemma_folds folds;
	const struct stemma_story_link *story; /* that is open, or NULL */
	uint32_t *
		again; /* by new unit: where it stands again, from 1; or NULL */
	uint64_t same; /* unchanged units since the last change */
	bool changes;  /* rows in which something changed, and no others */
	bool plain;    /* for readers without our style: no anchor, no link */
	bool large;    /* rows stand in groups … */
	unsigned
		grouped; /* … and so many in the one that is open; 0: none is */
};

/* "n7", "o7": where a unit stands on the page. */
void stemma_html_anchor(
	const struct stemma_html *html, enum stemma_side side, uint32_t unit);

/* Whether a reader sees a change in the step's text or that it came or went. */
bool stemma_html_is_seen(
	const struct stemma_html *html, const struct stemma_step *step);

/*
 * All rows, or those alone in which something changed: of the former place of
 * what moved just that it was there. `out`, `comparison` and
 * `prefix` are to be set. STEMMA_NOMEM. O(bytes of both texts).
 */
enum stemma_code stemma_html_rows(
	struct stemma_html *html, bool changes, struct stemma_arena *scratch);

/* The first headline of a version, or nothing. */
struct stemma_view stemma_html_title(
	const struct stemma_comparison *comparison, enum stemma_side side);

/* The beginning of a text, which need not be UTF-8: whole characters. */
struct stemma_view stemma_html_cut(struct stemma_view text);

/* The same written out, with an ellipsis if that is not all. */
void stemma_html_excerpt(struct stemma_out *out, struct stemma_view text);

/* Everything above the text. */
void stemma_html_head(struct stemma_html *html);

/* The digest alone, as a list of links to the rows. O(lines). */
void stemma_html_digest(const struct stemma_html *html);

struct stemma_html_key {
	const char *name, *does;
};

/* The keys, for those who ask with "?"; up to one without a name. */
void
stemma_html_help(struct stemma_out *out, const struct stemma_html_key *keys);

#endif

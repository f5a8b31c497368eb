/*
 * html_flow.h - the text of a link as paragraphs of HTML, in which every
 * character of both versions stands once:
 *
 *     <p>The bank <del>rejects</del><ins>shoots down</ins> the plan.</p>
 *
 * What is outside of ins and del stands in both. Edits of typography alone have
 * the class "rf". Where two old paragraphs became one a pilcrow stands.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_HTML_FLOW_H
#define STEMMA_RENDER_HTML_FLOW_H

#include "html.h"

/* Both sides of a link that has units on both, as the new one's paragraphs.
   O(bytes). */
void stemma_html_both(
	const struct stemma_html *html, const struct stemma_link *link);

/* How units of one side are told. */
enum stemma_html_side {
	STEMMA_HTML_PLAIN,
	STEMMA_HTML_INSERTED,
	STEMMA_HTML_DELETED,
	STEMMA_HTML_COPY /* of what moved: shown with the old text alone */
};

/* Units of one side, a paragraph each. O(bytes). */
void stemma_html_units(const struct stemma_html *html, enum stemma_side side,
	struct stemma_range units, enum stemma_html_side how);

#endif

/*
 * html_margin.h - what stands beside the text of a row.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_HTML_MARGIN_H
#define STEMMA_RENDER_HTML_MARGIN_H

#include "html.h"

/* <a class=mv href="#n7">moved to ¶7</a> */
void stemma_html_pointer(struct stemma_html *html, const char *class,
	const char *words, enum stemma_side side, struct stemma_range range);

/* What a reader is told of a step: "edited", "unchanged" … */
const char *stemma_html_label(
	const struct stemma_html *html, const struct stemma_step *step);

/* Number, label, weights, moves and twins of a row. */
void
stemma_html_margin(struct stemma_html *html, const struct stemma_step *step);

#endif

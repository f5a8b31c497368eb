/*
 * html_text.h - text that is data in HTML, whatever it holds.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_HTML_TEXT_H
#define STEMMA_RENDER_HTML_TEXT_H

#include <stemma/base.h>

/*
 * Text as the content of an element. What is no character of text (controls,
 * what turns the reading direction, bytes that are no UTF-8) is shown as
 * <span class=x>; line breaks and tabs stay.
 */
void stemma_html_text(struct stemma_out *out, struct stemma_view text);

/* The same for an attribute between quotation marks or a title: no element is
   written, and white space becomes blanks. */
void stemma_html_plain(struct stemma_out *out, struct stemma_view text);

/* A string of JSON, its quotation marks with it, which ends no script. */
void stemma_html_json(struct stemma_out *out, struct stemma_view text);

#endif

/*
 * html_page.h - what every page is: one file that asks for nothing, with its
 * style and script inside, which alone are allowed to run.
 *
 *     stemma_page_start      <html> … <body>
 *     …                      what the page shows
 *     stemma_page_end        data for programs, the script, </html>
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_HTML_PAGE_H
#define STEMMA_RENDER_HTML_PAGE_H

#include <stemma/render.h>

/* src/render/page/, as tools/page-files writes it. */
extern const struct stemma_view stemma_page_css, stemma_page_js;
extern const struct stemma_view stemma_history_css, stemma_history_js;
extern const struct stemma_view stemma_table_css;

/* How a version's file was read, to be told of it; NULL: nothing. */
struct stemma_page_reading {
	const char *encoding, *layout;
};

/* Everything up to <body>. `title` is untrusted; `style` and `script` are the
   page's own, and their hashes all that its policy lets through. An empty
   script: there is none. */
void stemma_page_start(struct stemma_out *out, struct stemma_view title,
	struct stemma_view style, struct stemma_view script);

/* Where the versions stand under the page: names, sizes and hashes. */
void stemma_page_footer(struct stemma_out *out,
	const struct stemma_page_version *versions, size_t count);

/* Its title, style and policy alone, up to <body>. */
void stemma_page_head(struct stemma_out *out, struct stemma_view title,
	struct stemma_view style, struct stemma_view script);

/* The versions (and their readings, if not NULL) as JSON-LD (schema.org) and as
   stemma.page/1 (formats.md), with
   further members of its object, `,"name":value`; the script, and the end of
   the page. */
void stemma_page_end(struct stemma_out *out, const char *kind,
	const struct stemma_page_version *versions,
	const struct stemma_page_reading *readings, size_t count,
	const char *members, struct stemma_view script);

#endif

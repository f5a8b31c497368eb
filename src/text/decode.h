/*
 * decode.h - raw bytes to UTF-8, with the way back.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include <stemma/text.h>

#include "lines.h"

/*
 * Set raw, text, encoding and segments of `doc`, and say which line
 * ends the text may have beside LF. `encoding` is an iconv name, or NULL to look at the
 * bytes. STEMMA_NOMEM, STEMMA_UNSUPPORTED.
 */
enum stemma_code
stemma_doc_decode(struct stemma_doc *doc, struct stemma_view raw,
	const char *encoding, struct stemma_breaks *breaks,
	struct stemma_arena *arena, struct stemma_error *error);

#endif

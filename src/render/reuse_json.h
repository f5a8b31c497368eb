/*
 * reuse_json.h - passages as they stand in every JSON document that has some.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_REUSE_JSON_H
#define STEMMA_RENDER_REUSE_JSON_H

#include <stemma/reuse.h>

#include "json_writer.h"

/*
 * The member "reuse": an array of passages. A place names its document by the
 * string `sides[doc]` as "side" or, with NULL, by its number as "file".
 */
void
stemma_json_reuse(struct stemma_json *json, const struct stemma_reuse *reuse,
	const struct stemma_doc *const docs[], const char *const sides[]);

#endif

/*
 * outline_json.h - what a page is made of, as members of a JSON object.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_OUTLINE_JSON_H
#define STEMMA_RENDER_OUTLINE_JSON_H

#include <stemma/structure.h>

#include "json_writer.h"

/* "units": […], with kinds and stories where they were read. */
void stemma_json_units(struct stemma_json *json, const struct stemma_doc *doc,
	const struct stemma_outline *outline);

/* "stories": […] */
void stemma_json_stories(
	struct stemma_json *json, const struct stemma_outline *outline);

#endif

/*
 * near.h - the units of a document that have bytes in common with some of them:
 * a look at every eighth byte, where few units are asked about.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_NEAR_H
#define REUSE_NEAR_H

#include <stemma/base.h>
#include <stemma/text.h>

/*
 * Set `worth`, by unit, for those that are `wanted`, and for those with 23
 * bytes in a row that stand in one of them, but for the case of ASCII letters;
 * now and then for another. False without memory. O(bytes).
 */
bool stemma_near_find(uint8_t *worth, const struct stemma_doc *doc,
	const uint8_t *wanted, struct stemma_arena *scratch);

#endif

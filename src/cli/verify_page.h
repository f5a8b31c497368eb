/*
 * verify_page.h - a page against an archive: whether the archive holds the
 * texts that the page tells of, and whether the page shows them as they are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_VERIFY_PAGE_H
#define STEMMA_CLI_VERIFY_PAGE_H

#include <stdbool.h>

#include "archive.h"

/* Whether `operand` is a page to verify: a file that is there and is called so,
   not a story. */
bool stemma_page_is(const char *operand);

/*
 * Tell of each version whether the archive holds it, and whether this program
 * makes the same page of them. Returns the exit status: 0 if all of it is true,
 * STEMMA_EXIT_DIFFERENT if only the page may be another one.
 */
int stemma_page_verify(
	const struct stemma_archive_settings *settings, const char *name);

#endif

/*
 * version.h - what compare is given: a file, or a revision of a story.
 *
 *     old.txt        a file that exists, or -
 *     talks@2        a revision; its name becomes STORY@NUMBER
 *     talks          the latest revision, where no file has that name
 *     talks@         the same, even if one has
 *
 * The archive is opened when the first revision is asked for: files alone pay
 * nothing for it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_VERSION_H
#define STEMMA_CLI_VERSION_H

#include "archive.h"
#include "input.h"

struct stemma_versions {
	const struct stemma_archive_settings *settings;
	struct stemma_archive archive; /* all zeros until it is needed */
	struct stemma_input inputs[2]; /* files, by side */
	struct stemma_view bytes[2];
	const char *names[2]; /* what to call them */
	/* what is known of revisions, in the archive's arena */
	struct stemma_page_version pages[2];
};

/*
 * What a page tells of a revision: its name STORY@NUMBER, dates and hash, in
 * `arena`. False without memory.
 */
bool stemma_version_describe(struct stemma_page_version *page,
	const struct stemma_log *log, const struct stemma_revision *revision,
	struct stemma_arena *arena);

/*
 * Read two versions; with one operand, a revision and the one before it.
 * Returns 0, or STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_versions_read(
	struct stemma_versions *versions, char **operands, size_t count);

/* As stemma_input_verify(). */
int stemma_versions_verify(const struct stemma_versions *versions);

/* Give everything back. All zeros are allowed. */
void stemma_versions_close(struct stemma_versions *versions);

#endif

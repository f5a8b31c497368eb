/*
 * compare.h - what stemma compare can be told.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMPARE_H
#define STEMMA_CLI_COMPARE_H

#include <stemma.h>

#include "archive.h"
#include "article.h"
#include "command.h"
#include "output.h"
#include "terminal.h"

/* No --context given: what suits the format. */
#define STEMMA_CONTEXT_UNSET UINT64_MAX

struct stemma_compare_settings {
	unsigned unit;   /* enum stemma_unit_type */
	unsigned ignore; /* STEMMA_FOLD_… */
	struct stemma_article_settings article;
	const char *stories; /* as for stemma_stories_read_pair() */
	uint64_t budget;     /* in steps; 0: the library's */
	unsigned format;     /* enum stemma_format */
	uint64_t context;    /* in units */
	bool unfold;
	bool digest; /* this alone, whatever the format */
	bool side_by_side;
	bool pretty;
	struct stemma_terminal_settings terminal;
	const char *names[2]; /* by side; NULL: the operands */
	bool quiet;
	bool all;           /* every change of an archive */
	const char *since;  /* of them, those from then on; NULL: all */
	const char *cursor; /* a file that says what was told; NULL: none */
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

enum stemma_format {
	STEMMA_FORMAT_TERM,
	STEMMA_FORMAT_JSON,
	STEMMA_FORMAT_NDJSON,
	STEMMA_FORMAT_WDIFF,
	STEMMA_FORMAT_CRITICMARKUP,
	STEMMA_FORMAT_UNIFIED,
	STEMMA_FORMAT_STAT,
	STEMMA_FORMAT_CSV,
	STEMMA_FORMAT_MARKDOWN,
	STEMMA_FORMAT_TEI,
	STEMMA_FORMAT_COLLATEX,
	STEMMA_FORMAT_HTML,
	STEMMA_FORMAT_DIGEST /* --digest */
};

/*
 * Compare two operands, or one and the revision before it, and write the
 * answer. Returns the exit status of a comparison.
 */
int stemma_compare_run(const struct stemma_compare_settings *settings,
	char **operands, size_t count);

/* --all: write every change of the archive. Returns 0, or
   STEMMA_EXIT_TROUBLE after saying why. */
int stemma_compare_all(const struct stemma_compare_settings *settings);
extern const struct stemma_option stemma_compare_options_all[];

/* What settings start as. */
extern const struct stemma_compare_settings stemma_compare_defaults;

/* The options, in two groups of help. */
extern const struct stemma_option stemma_compare_options_what[];
extern const struct stemma_option stemma_compare_options_how[];

#endif

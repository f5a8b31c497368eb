/*
 * origin.h - where the passages of a text stood first, between the command
 * (origin.c), the search (origin_find.c) and the two ways to show what was
 * found (origin_show.c).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_ORIGIN_H
#define STEMMA_CLI_ORIGIN_H

#include <stemma.h>

#include "archive.h"

/* Most passages of one unit that are told apart. */
enum { STEMMA_ORIGINS_MAX = 64 };

/* Most revisions that are read for one text. */
enum { STEMMA_ORIGIN_READS = 256 };

/* What is boilerplate unless something else is asked for, in percent. */
enum { STEMMA_BOILERPLATE = 5 };

enum stemma_direction {
	STEMMA_DIRECTION_FROM, /* it stood there before, or the text has no
	                          time */
	STEMMA_DIRECTION_OWN,  /* it is the text's own story */
	STEMMA_DIRECTION_TO    /* it stands there since */
};

/* "from", "own", "to"; static. */
const char *stemma_direction_name(enum stemma_direction direction);

/* A passage of a unit, and a revision that holds it. */
struct stemma_origin {
	struct stemma_view story;
	const struct stemma_revision *revision;
	struct stemma_span span; /* in the text's bytes, as they were read */
	struct stemma_span at;   /* in the revision's bytes */
	float similarity;        /* 0..1 */
	uint8_t kind;            /* enum stemma_passage_kind */
	uint8_t direction;       /* enum stemma_direction */
};

/* What is known of a unit of the text. */
struct stemma_unit_origins {
	struct stemma_origin *origins; /* in reading order */
	size_t count;
	struct stemma_origin *later; /* other stories that hold it too */
	size_t later_count;
	uint32_t stories; /* that seem to hold all of it */
	bool boilerplate;
};

/* The text whose passages are looked for. */
struct stemma_origin_text {
	const struct stemma_doc *doc;
	struct stemma_view story; /* empty: it is a file */
	const struct stemma_revision *revision;
};

/* A revision that was read, and what the text has of it. */
struct stemma_origin_read {
	struct stemma_view story;
	const struct stemma_revision *revision;
	const struct stemma_doc *doc;
	const struct stemma_reuse *reuse;
};

struct stemma_origin_options {
	uint64_t boilerplate; /* percent of the stories that make it so */
	bool all;             /* also what stands in other stories */
	/* If set, called for each revision that is read, once. */
	enum stemma_code (*read)(
		void *cookie, const struct stemma_origin_read *read);
	void *cookie;
};

struct stemma_origin_page {
	struct stemma_origin_text text;
	const char *name; /* of the operand, for people */
	struct stemma_unit_origins *units;
	struct stemma_index_totals totals;
	bool approximate; /* some candidates were not read */
};

/*
 * Look for all passages of page->text. Results live in the archive's arena.
 * STEMMA_CORRUPT: the index is damaged and should be made again. Says nothing;
 * on failure `error` is set.
 */
enum stemma_code stemma_origin_find(struct stemma_origin_page *page,
	struct stemma_archive *archive, struct stemma_index *index,
	const struct stemma_origin_options *options,
	struct stemma_error *error);

/*
 * The same through the archive's index, which is brought up to date, made anew
 * with `rebuild` and where it turns out to be damaged. Returns 0, or
 * STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_origin_ask(struct stemma_origin_page *page,
	struct stemma_archive *archive,
	const struct stemma_origin_options *options, bool rebuild);

/* Say on stderr that page->approximate is set. */
void stemma_origin_warn(void);

/* One stemma.origin/1 document. */
void stemma_origin_write_json(
	struct stemma_out *out, const struct stemma_origin_page *page);

/* For a terminal. */
void stemma_origin_write_term(struct stemma_out *out,
	const struct stemma_origin_page *page, uint32_t width, bool color);

#endif

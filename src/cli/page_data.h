/*
 * page_data.h - what a page says of itself: stemma.page/1 (docs/formats.md).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_PAGE_DATA_H
#define STEMMA_CLI_PAGE_DATA_H

#include <stemma.h>

/* A version that the page says it shows. Untrusted, but for the hash's shape. */
struct stemma_page_claim {
	struct stemma_view name;
	struct stemma_view sha256; /* 64 lowercase hexadecimal digits */
	struct stemma_view story;  /* empty: none */
	uint64_t revision;         /* 0: none */
	const char *encoding;      /* "": it is not said */
	enum stemma_layout layout; /* AUTO: neither is that */
};

struct stemma_page_data {
	const struct stemma_page_claim *claims;
	size_t count;   /* of them; never 0 */
	bool history;   /* it is the page of a story, made with … */
	uint64_t limit; /* … so many bytes of pairs; 0: that is not said */
	int64_t until;  /* … no younger revisions of other stories */
	bool alone;     /* … or without any */
	enum stemma_unit_type unit; /* of a comparison */
	unsigned ignore;            /* as of stemma_compare_options … */
	uint64_t budget;            /* … and this, … */
	struct stemma_outline_options stories[2]; /* … and by side */
};

/* Read it out of the bytes of a page. Everything lives in `arena`. False with
   `error` set if it is no such page. O(bytes). */
bool
stemma_page_data_read(struct stemma_page_data *data, struct stemma_view page,
	struct stemma_arena *arena, struct stemma_error *error);

#endif

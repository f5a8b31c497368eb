/*
 * request.h - one line of stemma batch, read as what it asks for:
 *
 *     {"id": "…", "old": "text", "new_file": "path"}
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_REQUEST_H
#define STEMMA_CLI_REQUEST_H

#include <stemma.h>

/* A version that is to be compared. */
struct stemma_request_side {
	struct stemma_view text; /* the text, in UTF-8, or the file's name */
	bool given;
	bool file;
};

struct stemma_request {
	struct stemma_view id; /* a string's text, or a number as written */
	bool named;            /* there is an id */
	bool number;           /* it is a number */
	struct stemma_request_side sides[2];
};

/*
 * Read `bytes`, a line of JSON, which is checked to its last byte, into
 * `request`. Strings are made what they mean in the place where they stand, so
 * the line is written to, and views of the request lead into it. Nothing is
 * allocated.
 *
 * False with `error` set if it is no request; its id is there if it was read.
 * O(bytes).
 */
bool stemma_request_read(struct stemma_request *request, char *bytes,
	size_t size, struct stemma_error *error);

#endif

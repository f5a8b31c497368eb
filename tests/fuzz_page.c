/*
 * Any bytes are a page: what is read out of it has the shape that it is
 * promised to have.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "cli/page_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

static void
read_it(struct stemma_view page, struct stemma_arena *arena)
{
	struct stemma_page_data told;
	struct stemma_error error = {0};

	if (!stemma_page_data_read(&told, page, arena, &error)) {
		check(error.code != STEMMA_OK && *error.message);
		return;
	}
	check(told.count > 0);
	for (size_t k = 0; k < told.count; k++) {
		check(told.claims[k].sha256.size == 64);
		check(strlen(told.claims[k].sha256.bytes) == 64);
		check(told.claims[k].name.bytes != NULL);
		check(told.claims[k].layout <= STEMMA_LAYOUT_MIXED);
		/* What a converter of encodings is asked for. */
		check(strlen(told.claims[k].encoding) < 40);
		check(!strpbrk(told.claims[k].encoding, "/;, \n"));
	}
}

/* Alone, and as the data of a page. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_out page = {0};

	check(arena != NULL);
	read_it((struct stemma_view){(const char *)data, size}, arena);
	stemma_out_string(
		&page, "<p><script type=\"application/json\" id=stemma>");
	stemma_out_bytes(&page, (const char *)data, size);
	stemma_out_string(&page, "</script>");
	check(stemma_out_finish(&page) == STEMMA_OK);
	read_it((struct stemma_view){page.bytes, page.size}, arena);
	stemma_out_free(&page);
	stemma_arena_free(arena);
	return 0;
}

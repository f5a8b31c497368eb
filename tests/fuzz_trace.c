/*
 * Revisions from one input, parted by 0xff: trace them, hold the origins to all
 * that holds of every history (tests/support), then say the last one again,
 * blank the page and restore it, and go back to the first.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>

#include "support/history.h"

#define REVISIONS 48

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const char *message)
{
	if (!message)
		return;
	fprintf(stderr, "%s\n", message);
	abort();
}

static void
feed_all(struct history *h, const char *bytes, size_t size)
{
	while (h->count < REVISIONS) {
		const char *gap = memchr(bytes, 0xff, size);
		size_t length = gap ? (size_t)(gap - bytes) : size;

		check(history_feed(h, (struct stemma_view){bytes, length}));
		if (!gap)
			return;
		bytes += length + 1;
		size -= length + 1;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct history h;
	size_t last;

	if (!size)
		return 0;
	if (!history_open(&h))
		check("no memory");
	feed_all(&h, (const char *)data, size);
	last = h.count;
	check(history_feed(&h, h.docs[last - 1].raw));
	if (!history_agrees(&h, last, h.count))
		check("the same revision again has other origins");
	check(history_feed(&h, stemma_view_of("")));
	check(history_feed(&h, h.docs[last - 1].raw));
	if (!history_agrees(&h, last, h.count))
		check("blanked and restored, it has other origins");
	check(history_feed(&h, h.docs[0].raw));
	if (!history_agrees(&h, 1, h.count))
		check("the first revision restored has other origins");
	history_close(&h);
	return 0;
}

/*
 * fuzz_trace_load - a saved trace that somebody changed, with hashes that fit:
 * it is refused, or can be used like any other.
 *
 * The input is a list of changes of three bytes: where, and what.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/forge.h"
#include "support/history.h"

static const char *const texts[] = {
	"One went home. Two stayed where they were, and so did \"three\".",
	"One went home.\n\nTwo stayed where they were, and so did “three”.",
	"",
	"Two stayed where they were, and so did \"three\". Who was it then?",
};

enum { COUNT = sizeof texts / sizeof *texts };

static void
use(struct history *h, struct stemma_trace *trace)
{
	struct stemma_mark mark = stemma_arena_mark(h->arena);

	for (int k = 0; k < COUNT; k++) {
		struct stemma_origins o;

		stemma_trace_add(trace, &h->docs[k], h->scratch);
		if (stemma_trace_tell(&o, trace, stemma_trace_count(trace),
			    &h->docs[k], h->arena, h->scratch) != STEMMA_OK)
			continue;
		stemma_trace_tell_absences(&o, trace, h->arena, h->scratch);
		for (size_t u = 0; u < o.unit_count; u++) {
			struct stemma_wording *life;
			size_t count;

			stemma_trace_life(
				&life, &count, trace, &o, u, h->arena);
		}
	}
	stemma_arena_rewind(h->arena, mark);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_out saved = {0};
	struct stemma_trace *trace;
	struct history h;

	if (!history_open(&h))
		abort();
	for (int k = 0; k < COUNT; k++)
		if (history_feed(&h, stemma_view_of(texts[k])))
			abort();
	if (stemma_trace_save(h.trace, &saved) != STEMMA_OK)
		abort();
	for (size_t k = 0; k + 3 <= size; k += 3) {
		size_t at = (size_t)data[k] << 8 | data[k + 1];

		saved.bytes[at % saved.size] = (char)data[k + 2];
	}
	forge(&saved);
	if (stemma_trace_load(&trace,
		    (struct stemma_view){saved.bytes, saved.size},
		    (size_t)64 << 20) == STEMMA_OK)
		use(&h, trace);
	else if (trace)
		abort();
	stemma_trace_free(trace);
	stemma_out_free(&saved);
	history_close(&h);
	return 0;
}

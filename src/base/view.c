/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include <stemma/base.h>

struct stemma_view
stemma_view_of(const char *string)
{
	return (struct stemma_view){string, string ? strlen(string) : 0};
}

struct stemma_view
stemma_view_cut(struct stemma_view text, struct stemma_span span)
{
	assert(span.start <= span.end && span.end <= text.size);
	if (span.start == span.end)
		return (struct stemma_view){text.bytes, 0};
	return (struct stemma_view){
		text.bytes + span.start, span.end - span.start};
}

bool
stemma_view_equal(struct stemma_view a, struct stemma_view b)
{
	return a.size == b.size &&
	       (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

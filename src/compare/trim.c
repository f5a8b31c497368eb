/* SPDX-License-Identifier: MIT */
#include "compare/trim.h"

size_t
stemma_trim_start(
	const struct stemma_view texts[2], const size_t from[2], size_t most)
{
	const char *a = texts[0].bytes + from[0], *b = texts[1].bytes + from[1];
	size_t same = 0, edge = 0, gone[2] = {0, 0};

	while (same < most && a[same] == b[same])
		same++;
	for (;;) {
		int side = gone[1] < gone[0]; /* which is behind */

		if (gone[0] == gone[1])
			edge = gone[0];
		if (gone[side] == same || gone[!side] > same)
			return edge;
		gone[side] = stemma_grapheme_next(
				     texts[side], from[side] + gone[side]) -
			     from[side];
	}
}

size_t
stemma_trim_end(const struct stemma_view texts[2], const size_t from[2],
	const size_t to[2])
{
	size_t left[2] = {to[0] - from[0], to[1] - from[1]}, same = 0;
	size_t most = left[left[1] < left[0]];

	while (same < most && texts[0].bytes[to[0] - same - 1] ==
				      texts[1].bytes[to[1] - same - 1])
		same++;
	while (left[0] != left[1] || left[0] > same) {
		int side = left[1] > left[0]; /* which is further away */
		size_t next = stemma_grapheme_next(
			texts[side], to[side] - left[side]);

		left[side] = next < to[side] ? to[side] - next : 0;
	}
	return left[0];
}

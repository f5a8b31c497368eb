/* SPDX-License-Identifier: MIT */
#include <stemma/structure.h>

/* By how many percent one side has to be surer, and what the other one loses
   against it: it has not seen the evidence itself. */
#define MARGIN 15
#define LOSS 5

/* Give the paragraph of `unit` this kind. */
static void
overrule(const struct stemma_kinds_side *side, uint32_t unit, uint8_t kind,
	uint8_t sure)
{
	const struct stemma_unit *units = side->doc->units;
	uint32_t paragraph = units[unit].paragraph, first = unit, end = unit;

	while (first > 0 && units[first - 1].paragraph == paragraph)
		first--;
	while (end < side->doc->unit_count && units[end].paragraph == paragraph)
		end++;
	for (uint32_t u = first; u < end; u++) {
		side->kinds[u] = kind;
		side->sure[u] = sure;
	}
}

void
stemma_kinds_agree(const struct stemma_kinds_side sides[2],
	const struct stemma_unit_pair *pairs, size_t pair_count)
{
	for (size_t k = 0; k < pair_count; k++) {
		uint32_t unit[2] = {pairs[k].units[0], pairs[k].units[1]};
		uint8_t sure[2] = {
			sides[0].sure[unit[0]], sides[1].sure[unit[1]]};
		int surer = sure[1] > sure[0];

		if (sides[0].kinds[unit[0]] == sides[1].kinds[unit[1]] ||
			sure[surer] < sure[!surer] + MARGIN)
			continue;
		overrule(&sides[!surer], unit[!surer],
			sides[surer].kinds[unit[surer]],
			(uint8_t)(sure[surer] - LOSS));
	}
}

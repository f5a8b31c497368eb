/* SPDX-License-Identifier: MIT */
#include "twins.h"

/* Slots that are looked at for one paragraph. */
#define LOOKS 8

/* Paragraphs by the key of their first unit: which one, plus one; 0: none. */
struct table {
	const struct stemma_paragraphs *paragraphs;
	uint32_t *slots;
	uint32_t mask;
};

static uint32_t
slot_of(const struct stemma_paragraphs *paragraphs, size_t k)
{
	const struct stemma_paragraph *p = &paragraphs->items[k];

	return (uint32_t)(paragraphs->doc->units[p->first_unit].key >> 16);
}

static struct stemma_view
text_of(const struct stemma_paragraphs *paragraphs, size_t k)
{
	return stemma_view_cut(
		paragraphs->doc->text, paragraphs->items[k].span);
}

static bool
fill(struct table *table, const struct stemma_paragraphs *paragraphs,
	struct stemma_arena *scratch)
{
	uint32_t slots = 16;

	while (slots < paragraphs->count * 2)
		slots *= 2;
	*table = (struct table){paragraphs,
		stemma_arena_zalloc(scratch, slots, sizeof *table->slots),
		slots - 1};
	for (size_t k = 0; table->slots && k < paragraphs->count; k++) {
		uint32_t at = slot_of(paragraphs, k);

		for (unsigned looks = 0; looks < LOOKS; looks++, at++) {
			uint32_t *slot = &table->slots[at & table->mask];

			if (*slot)
				continue;
			*slot = (uint32_t)k + 1;
			break;
		}
	}
	return table->slots;
}

static const struct stemma_paragraph *
find(const struct table *table, const struct stemma_paragraphs *paragraphs,
	size_t k)
{
	struct stemma_view text = text_of(paragraphs, k);
	uint32_t at = slot_of(paragraphs, k);

	for (unsigned looks = 0; looks < LOOKS; looks++, at++) {
		uint32_t number = table->slots[at & table->mask];

		if (!number)
			break;
		if (stemma_view_equal(
			    text_of(table->paragraphs, number - 1), text))
			return &table->paragraphs->items[number - 1];
	}
	return NULL;
}

bool
stemma_twins_find(const struct stemma_paragraphs *paragraphs,
	const struct stemma_paragraphs *before, struct stemma_arena *scratch)
{
	struct table table;

	if (!fill(&table, before, scratch))
		return false;
	for (size_t k = 0; k < paragraphs->count; k++)
		paragraphs->items[k].twin = find(&table, paragraphs, k);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "saved.h"

/* What is written, in order. */
struct writing {
	struct stemma_saved_head head;
	struct stemma_view sections[STEMMA_SAVED_SECTIONS];
};

static void
add(struct writing *writing, size_t section, const void *bytes, size_t count,
	size_t size)
{
	struct stemma_view view = {bytes, count * size};

	if (!count)
		view.bytes = "";
	writing->sections[section] = view;
	writing->head.counts[section] = count;
	writing->head.checks[section] = stemma_hash(view);
}

/* The words' sizes and bytes, one after the other. */
static void
list_words(struct stemma_out *sizes, struct stemma_out *bytes,
	const struct stemma_intern *words)
{
	for (uint32_t id = 0; id < stemma_intern_count(words); id++) {
		struct stemma_view word = stemma_intern_string(words, id);
		uint32_t size = (uint32_t)word.size;

		stemma_out_bytes(sizes, (const char *)&size, sizeof size);
		stemma_out_view(bytes, word);
	}
}

enum stemma_code
stemma_trace_save(const struct stemma_trace *trace, struct stemma_out *out)
{
	struct stemma_trace known = *trace; /* for its lists' addresses */
	struct stemma_saved_list lists[STEMMA_SAVED_LISTS];
	struct stemma_table *tables[STEMMA_SAVED_TABLES];
	struct stemma_out sizes = {0}, bytes = {0};
	struct writing writing = {.head = {.magic = STEMMA_SAVED_MAGIC,
					  .order = STEMMA_SAVED_ORDER,
					  .revision = trace->revision}};

	list_words(&sizes, &bytes, trace->words);
	stemma_saved_lists(lists, &known);
	stemma_saved_tables(tables, &known);
	for (size_t k = 0; k < STEMMA_SAVED_LISTS; k++)
		add(&writing, k, lists[k].list->items, lists[k].list->count,
			lists[k].size);
	for (size_t k = 0; k < STEMMA_SAVED_TABLES; k++)
		add(&writing, STEMMA_SAVED_LISTS + k, tables[k]->slots,
			tables[k]->capacity, sizeof *tables[k]->slots);
	add(&writing, STEMMA_SAVED_SIZES, sizes.bytes,
		sizes.size / sizeof(uint32_t), sizeof(uint32_t));
	add(&writing, STEMMA_SAVED_BYTES, bytes.bytes, bytes.size, 1);
	writing.head.check = stemma_saved_check(&writing.head);
	stemma_out_bytes(out, (const char *)&writing.head, sizeof writing.head);
	for (size_t k = 0; k < STEMMA_SAVED_SECTIONS; k++)
		stemma_out_view(out, writing.sections[k]);
	if (sizes.code != STEMMA_OK || bytes.code != STEMMA_OK)
		out->code = STEMMA_NOMEM;
	stemma_out_free(&sizes);
	stemma_out_free(&bytes);
	return out->code;
}

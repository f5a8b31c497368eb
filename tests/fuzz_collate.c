/*
 * Up to eight versions from one input, parted by 0xff: in their table every
 * unit of every version stands once, whatever their order, and each format can
 * be written.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma.h>

#include "support/demand.h"

#define VERSIONS 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct versions {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[VERSIONS];
	const struct stemma_doc *order[VERSIONS];
	size_t count;
};

static void
read_all(struct versions *versions, const char *bytes, size_t size)
{
	while (versions->count < VERSIONS) {
		const char *gap = size ? memchr(bytes, 0xff, size) : NULL;
		size_t length = gap ? (size_t)(gap - bytes) : size;
		struct stemma_doc *doc = &versions->docs[versions->count];

		check(stemma_doc_split(doc, (struct stemma_view){bytes, length},
			      NULL, versions->arena, NULL) == STEMMA_OK,
			"no document");
		versions->order[versions->count++] = doc;
		if (!gap)
			return;
		bytes += length + 1;
		size -= length + 1;
	}
}

static void
check_units(const struct stemma_collation *table, struct stemma_arena *arena)
{
	size_t total = 0;

	for (size_t doc = 0; doc < table->doc_count; doc++) {
		size_t units = table->docs[doc]->unit_count;
		uint8_t *seen = stemma_arena_zalloc(arena, units, 1);

		check(seen != NULL, "no memory");
		for (size_t k = 0; k < table->cell_count; k++) {
			const struct stemma_cell *cell = &table->cells[k];

			if (cell->doc != doc)
				continue;
			check(cell->count > 0, "a cell is empty");
			for (uint32_t u = 0; u < cell->count; u++) {
				uint32_t unit = table->units[cell->first + u];

				check(unit < units && !seen[unit]++,
					"a unit is none, or stands twice");
				total++;
			}
		}
		total -= units;
	}
	check(total == 0, "a unit is in no row");
}

static void
write_all(const struct stemma_collation *table, struct stemma_arena *scratch)
{
	const struct stemma_table_options options = {.width = 60};
	struct stemma_out out = {0};

	stemma_render_table_term(&out, table, &options, scratch);
	stemma_render_table_json(&out, table, &options, scratch);
	stemma_render_table_csv(&out, table, &options, scratch);
	stemma_render_table_html(&out, table, &options, scratch);
	stemma_render_table_tei(&out, table, &options, scratch);
	stemma_render_table_collatex(&out, table, &options, scratch);
	check(out.code == STEMMA_OK, "a format cannot be written");
	stemma_out_free(&out);
}

static struct stemma_collation
collate(struct versions *versions)
{
	struct stemma_collation table;

	check(stemma_collation_make(&table, versions->order, versions->count,
		      NULL, versions->arena, versions->scratch) == STEMMA_OK,
		"no table");
	check(stemma_arena_used(versions->scratch) == 0,
		"scratch is left in use");
	check_units(&table, versions->arena);
	return table;
}

/* The versions the other way round have as many rows, cells and readings. */
static void
check_order(struct versions *versions, const struct stemma_collation *table)
{
	struct stemma_collation other;
	size_t readings[2] = {0, 0};

	for (size_t k = 0; k < versions->count; k++)
		versions->order[k] = &versions->docs[versions->count - 1 - k];
	other = collate(versions);
	check(other.row_count == table->row_count &&
			other.cell_count == table->cell_count,
		"the order of the versions makes another table");
	for (size_t k = 0; k < table->row_count; k++) {
		readings[0] += table->rows[k].reading_count;
		readings[1] += other.rows[k].reading_count;
	}
	check(readings[0] == readings[1],
		"the order of the versions makes other readings");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct versions versions = {
		.arena = stemma_arena_new(0), .scratch = stemma_arena_new(0)};
	struct stemma_collation table;

	check(versions.arena && versions.scratch, "no memory");
	read_all(&versions, (const char *)data, size);
	table = collate(&versions);
	write_all(&table, versions.scratch);
	check_order(&versions, &table);
	stemma_arena_free(versions.arena);
	stemma_arena_free(versions.scratch);
	return 0;
}

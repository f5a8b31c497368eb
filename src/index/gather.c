/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT = 10, BUCKETS = 1 << DIGIT };

/* Sort from one array to the other by one digit, keeping the order else. */
static void
sort_digit(struct stemma_gathered *to, const struct stemma_gathered *from,
	uint32_t count, int shift)
{
	uint32_t places[BUCKETS] = {0}, place = 0;

	for (uint32_t k = 0; k < count; k++)
		places[from[k].hash >> shift & (BUCKETS - 1)]++;
	for (uint32_t k = 0; k < BUCKETS; k++) {
		uint32_t size = places[k];

		places[k] = place;
		place += size;
	}
	for (uint32_t k = 0; k < count; k++)
		to[places[from[k].hash >> shift & (BUCKETS - 1)]++] = from[k];
}

/* An even number of digits, so that the result ends where it was. */
void
stemma_gathered_sort(struct stemma_gathered *hashes,
	struct stemma_gathered *spare, uint32_t count)
{
	_Static_assert(STEMMA_PRINT_BITS == 4 * DIGIT, "four digits");
	for (int shift = 0; shift < STEMMA_PRINT_BITS; shift += 2 * DIGIT) {
		sort_digit(spare, hashes, count, shift);
		sort_digit(hashes, spare, count, shift + DIGIT);
	}
}

struct dated {
	int64_t time;
	uint32_t revision;
};

static int
by_time(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->revision > y->revision) - (x->revision < y->revision);
}

/* When a revision was retrieved; one that was forgotten, never. */
static enum stemma_code
read_time(struct stemma_index *index, struct dated *dated,
	struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code;
	bool row;

	if (dated->revision >= index->first && dated->revision < index->next) {
		dated->time = index->times[dated->revision - index->first];
		return STEMMA_OK;
	}
	code = stemma_sql_get(index, &statement, STEMMA_SQL_REVISION, error);
	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, dated->revision);
	code = stemma_sql_step(index, statement, &row, error);
	dated->time = row ? sqlite3_column_int64(statement, 1) : INT64_MAX;
	sqlite3_reset(statement);
	return code;
}

enum stemma_code
stemma_listed_cut(struct stemma_index *index, uint32_t *revisions,
	uint32_t *count, struct stemma_error *error)
{
	struct dated *dated = malloc(*count * sizeof *dated);
	enum stemma_code code = STEMMA_OK;

	if (!dated)
		return stemma_error_set(error, STEMMA_NOMEM, "no memory");
	for (uint32_t k = 0; k < *count && code == STEMMA_OK; k++) {
		dated[k].revision = revisions[k];
		code = read_time(index, &dated[k], error);
	}
	if (code == STEMMA_OK) {
		qsort(dated, *count, sizeof *dated, by_time);
		*count = STEMMA_LISTED;
		for (uint32_t k = 0; k < *count; k++)
			revisions[k] = dated[k].revision;
	}
	free(dated);
	return code;
}

/* SPDX-License-Identifier: MIT */
#include "align/state.h"

/* A unit that stands again and has fewer code points than this is weak: it
   may be a "Advertisement" line that says nothing about where it belongs. */
#define WEAK_CODE_POINTS 40

/* One hash table over the units of both sides; units are numbered through. */
struct table {
	uint32_t *slots; /* number + 1; 0 when empty */
	size_t mask;
	struct stemma_view *texts; /* by number, or NULL: units as they are */
	uint64_t *keys;            /* by number, beside texts */
};

static struct stemma_view
text_of(const struct stemma_aligner *aligner, const struct table *table,
	uint32_t number)
{
	int side = number >= aligner->counts[0];

	if (table->texts)
		return table->texts[number];
	return stemma_doc_unit(aligner->docs[side],
		side ? number - aligner->counts[0] : number);
}

static uint64_t
key_of(const struct stemma_aligner *aligner, const struct table *table,
	uint32_t number)
{
	int side = number >= aligner->counts[0];

	if (table->keys)
		return table->keys[number];
	return aligner->docs[side]
		->units[side ? number - aligner->counts[0] : number]
		.key;
}

/* The first unit with the same text as unit `number`, maybe itself. */
static uint32_t
first_like(const struct stemma_aligner *aligner, struct table *table,
	uint32_t number)
{
	uint64_t key = key_of(aligner, table, number);
	size_t at = (size_t)key & table->mask;

	while (table->slots[at]) {
		uint32_t other = table->slots[at] - 1;

		if (key_of(aligner, table, other) == key &&
			stemma_view_equal(text_of(aligner, table, other),
				text_of(aligner, table, number)))
			return other;
		at = (at + 1) & table->mask;
	}
	table->slots[at] = number + 1;
	return number;
}

static bool
table_make(struct table *table, const struct stemma_aligner *aligner)
{
	size_t total = (size_t)aligner->counts[0] + aligner->counts[1];
	size_t size = 16;

	while (size < total + total / 2)
		size *= 2;
	*table = (struct table){.mask = size - 1};
	table->slots = stemma_arena_zalloc(
		aligner->scratch, size, sizeof *table->slots);
	return table->slots != NULL;
}

static bool
is_short(struct stemma_view text)
{
	size_t points = 0;

	if (text.size >= (size_t)4 * WEAK_CODE_POINTS)
		return false;
	for (size_t k = 0; k < text.size; k++)
		points += ((unsigned char)text.bytes[k] & 0xc0) != 0x80;
	return points < WEAK_CODE_POINTS;
}

/* How often each id occurs on each side, up to two. */
static void
tell_weak(struct stemma_aligner *aligner, uint8_t *seen)
{
	size_t total = (size_t)aligner->counts[0] + aligner->counts[1];

	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < aligner->counts[side]; u++) {
			uint8_t *n = &seen[(size_t)side * total +
					   aligner->ids[side][u]];

			*n = (uint8_t)(*n ? 2 : 1);
		}
	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < aligner->counts[side]; u++) {
			uint32_t id = aligner->ids[side][u];

			aligner->weak[side][u] =
				(seen[id] == 2 || seen[total + id] == 2) &&
				is_short(stemma_doc_unit(
					aligner->docs[side], u));
		}
}

enum stemma_code
stemma_align_number(struct stemma_aligner *aligner)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	size_t total = (size_t)aligner->counts[0] + aligner->counts[1];
	enum stemma_code code = STEMMA_NOMEM;
	struct table table;
	uint8_t *seen;

	seen = stemma_arena_zalloc(aligner->scratch, total, 2);
	if (!seen || !table_make(&table, aligner))
		goto out;
	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < aligner->counts[side]; u++)
			aligner->ids[side][u] = first_like(aligner, &table,
				side ? aligner->counts[0] + u : u);
	tell_weak(aligner, seen);
	code = STEMMA_OK;
out:
	stemma_arena_rewind(aligner->scratch, mark);
	return code;
}

/* The ids of a unit's words, as bytes to hash and compare. */
static bool
word_ids(struct stemma_view *ids, const struct stemma_words *words,
	struct stemma_arena *scratch)
{
	uint32_t *list =
		stemma_arena_alloc(scratch, words->count, sizeof *list);

	for (size_t k = 0; list && k < words->count; k++)
		list[k] = words->words[k].id;
	*ids = (struct stemma_view){
		(const char *)list, words->count * sizeof *list};
	return list != NULL;
}

enum stemma_code
stemma_align_number_words(
	struct stemma_aligner *aligner, const struct stemma_pairing *pairing)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	size_t total = (size_t)aligner->counts[0] + aligner->counts[1];
	enum stemma_code code = STEMMA_NOMEM;
	struct table table;

	if (!table_make(&table, aligner))
		goto out;
	table.texts = stemma_arena_alloc(
		aligner->scratch, total, sizeof *table.texts);
	table.keys =
		stemma_arena_alloc(aligner->scratch, total, sizeof *table.keys);
	if (!table.texts || !table.keys)
		goto out;
	for (int side = 0; side < 2; side++)
		for (uint32_t r = 0; r < pairing->word_counts[side]; r++) {
			const struct stemma_unit_words *entry =
				&pairing->words[side][r];
			uint32_t u = entry->unit;
			uint32_t number = side ? aligner->counts[0] + u : u;

			if (!word_ids(&table.texts[number], &entry->words,
				    aligner->scratch))
				goto out;
			table.keys[number] = stemma_hash(table.texts[number]);
			aligner->ids[side][u] =
				first_like(aligner, &table, number);
		}
	code = STEMMA_OK;
out:
	stemma_arena_rewind(aligner->scratch, mark);
	return code;
}

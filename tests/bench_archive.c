/*
 * bench_archive - an archive of very many stories, and an article that takes
 * from them.
 *
 *     bench_archive FOLDER STORIES REVISIONS ARTICLE
 *
 * Every story has about 4.9 KB in 16 paragraphs of made-up words, drawn by
 * Zipf's law; a quarter of the stories end with one of four stock paragraphs.
 * Each revision after the first has one paragraph more or another. ARTICLE is a
 * file of 10 KB: a third of its paragraphs stand in stories as they are, a
 * third with an edit, the rest is new. The same arguments give the same bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stemma.h>

enum {
	VOCABULARY = 20000,
	PARAGRAPHS = 16,
	WORDS = 50, /* in a paragraph */
	STOCK = 4,
	ROOM = 1 << 16
};

struct maker {
	char words[VOCABULARY][16];
	uint16_t wheel[1 << 16];
	char text[ROOM];
	size_t size;
};

static uint64_t
mix(uint64_t z)
{
	z += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* By Zipf's law without logarithms: each doubling of ranks has its turn. */
static void
make_words(struct maker *maker)
{
	static const char *const parts[] = {"ba", "de", "fo", "gu", "ha", "ke",
		"li", "mo", "nu", "pa", "ro", "si", "ta", "ve", "wo", "zen"};

	for (uint32_t k = 0; k < VOCABULARY; k++) {
		uint64_t bits = mix(k);
		int count = k < 100 ? 1 : 2 + (int)(bits >> 60 & 1);

		for (int part = 0; part <= count; part++)
			strcat(maker->words[k], parts[bits >> part * 4 & 15]);
	}
	for (uint32_t k = 0; k < 1 << 16; k++) {
		uint32_t rank = 1u << k % 15;

		maker->wheel[k] =
			(uint16_t)((rank + mix(k) % rank - 1) % VOCABULARY);
	}
}

/* The paragraph that belongs to a number; with `edit` two of its words are
   others. */
static void
put_paragraph(struct maker *maker, uint64_t number, bool edit)
{
	uint64_t state = mix(number);

	for (int k = 0; k < WORDS; k++) {
		const char *word;
		size_t size;

		state = mix(state);
		word = maker->words[maker->wheel[state & 0xffff]];
		if (edit && k % 25 == 12)
			word = "otherwise";
		size = strlen(word);
		memcpy(maker->text + maker->size, word, size);
		maker->size += size;
		maker->text[maker->size++] = k % 12 == 11 ? ',' : ' ';
	}
	memcpy(maker->text + maker->size - 1, ".\n\n", 3);
	maker->size += 2;
}

static void
put_story(struct maker *maker, uint64_t story, uint32_t revision)
{
	maker->size = 0;
	for (uint64_t k = 0; k < PARAGRAPHS; k++) {
		bool newer = revision && k == story % 7 + revision % 9;

		put_paragraph(maker,
			story * 100 + k + (newer ? 20 * revision : 0), false);
	}
	if (story % 4 == 0)
		put_paragraph(maker, UINT64_MAX - (uint64_t)(story / 4 % STOCK),
			false);
}

static void
put_article(struct maker *maker, uint64_t stories)
{
	maker->size = 0;
	for (uint64_t k = 0; k < 30; k++) {
		uint64_t story = mix(k) % stories;

		if (k % 3 == 2)
			put_paragraph(maker, (UINT64_C(1) << 60) + k, false);
		else
			put_paragraph(maker, story * 100 + k % 4, k % 3 == 1);
	}
	put_paragraph(maker, UINT64_MAX, false);
}

static enum stemma_code
fill(struct stemma_store *store, struct maker *maker, uint64_t stories,
	uint32_t revisions, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_bulk *bulk;
	enum stemma_code code = stemma_bulk_start(&bulk, store, scratch, error);

	for (uint64_t story = 0; story < stories; story++) {
		struct stemma_known known = {0};
		char name[48], title[64];

		snprintf(name, sizeof name, "desk-%02d/story-%07llu",
			(int)(mix(story) % 97), (unsigned long long)story);
		snprintf(title, sizeof title, "%s %s %s",
			maker->words[story % VOCABULARY],
			maker->words[mix(story) % VOCABULARY],
			maker->words[story % 311]);
		for (uint32_t k = 0; k < revisions && code == STEMMA_OK; k++) {
			struct stemma_entry entry = {
				.story = stemma_view_of(name),
				.title = stemma_view_of(title),
				.dated = true,
				.date = 1500000000 + (int64_t)story * 60 +
					3600 * (int64_t)k,
				.known = known};
			struct stemma_added added;

			put_story(maker, story, k);
			entry.bytes =
				(struct stemma_view){maker->text, maker->size};
			code = stemma_bulk_add(
				bulk, &entry, &added, scratch, error);
			known = added.known;
		}
	}
	if (code == STEMMA_OK)
		code = stemma_bulk_finish(bulk, scratch, error);
	stemma_bulk_free(bulk);
	return code;
}

int
main(int argc, char **argv)
{
	static struct maker maker;
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_error error = {0};
	struct stemma_store *store = NULL;
	enum stemma_code code;
	uint64_t stories;
	FILE *file;

	if (argc != 5 || !scratch)
		return 2;
	stories = strtoull(argv[2], NULL, 10);
	make_words(&maker);
	put_article(&maker, stories);
	file = fopen(argv[4], "w");
	if (!file || !fwrite(maker.text, maker.size, 1, file) || fclose(file))
		return 2;
	code = stemma_store_init(argv[1], NULL, &error);
	if (code == STEMMA_OK)
		code = stemma_store_open(&store, argv[1], NULL, &error);
	if (code == STEMMA_OK)
		code = fill(store, &maker, stories,
			(uint32_t)strtoul(argv[3], NULL, 10), scratch, &error);
	if (code != STEMMA_OK)
		fprintf(stderr, "bench_archive: %s\n", error.message);
	stemma_store_close(store);
	stemma_arena_free(scratch);
	return code == STEMMA_OK ? 0 : 2;
}

/*
 * bench_text - what reading a text costs, in megabytes a second of the
 * processor, beside copying and hashing the same bytes.
 *
 *     bench_text FILE [ROUNDS]
 *
 * The best of the rounds (5) counts. "Words" splits every unit and interns, and
 * keeps no more than the strings.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <stemma/text.h>

static struct stemma_view text;
static char *copy;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct stemma_doc
read_units(struct stemma_arena *arena, enum stemma_unit_type unit)
{
	struct stemma_text_options options = {.unit = unit};
	struct stemma_doc doc;

	if (stemma_doc_split(&doc, text, &options, arena, NULL) != STEMMA_OK)
		exit(2);
	return doc;
}

/* Each stage returns the time it took; setting up is not counted. */
static double
copying(struct stemma_arena *arena)
{
	double start = now();

	(void)arena;
	memcpy(copy, text.bytes, text.size);
	return now() - start;
}

static double
hashing(struct stemma_arena *arena)
{
	double start = now();
	uint64_t hash = stemma_hash(text);

	(void)arena;
	copy[0] = (char)hash;
	return now() - start;
}

static double
units(struct stemma_arena *arena)
{
	double start = now();

	read_units(arena, STEMMA_UNIT_PARAGRAPH);
	return now() - start;
}

static double
sentences(struct stemma_arena *arena)
{
	double start = now();

	read_units(arena, STEMMA_UNIT_SENTENCE);
	return now() - start;
}

static double
words(struct stemma_arena *arena)
{
	struct stemma_doc doc = read_units(arena, STEMMA_UNIT_PARAGRAPH);
	struct stemma_arena *kept = stemma_arena_new(0);
	struct stemma_intern *intern = kept ? stemma_intern_new(kept) : NULL;
	struct stemma_mark mark = stemma_arena_mark(arena);
	double start = now();

	for (size_t k = 0; k < doc.unit_count; k++) {
		struct stemma_span span = {
			doc.units[k].start, doc.units[k].end};
		struct stemma_words found;

		if (!intern || stemma_words_split(&found, &doc, span, intern,
				       arena) != STEMMA_OK)
			exit(2);
		stemma_arena_rewind(arena, mark);
	}
	start = now() - start;
	stemma_arena_free(kept);
	return start;
}

static double
folding(struct stemma_arena *arena)
{
	struct stemma_doc doc = read_units(arena, STEMMA_UNIT_PARAGRAPH);
	double start = now();

	for (size_t k = 0; k < doc.unit_count; k++) {
		struct stemma_view folded;

		if (stemma_fold(&folded, stemma_doc_unit(&doc, k),
			    STEMMA_FOLD_TYPOGRAPHY, arena) != STEMMA_OK)
			exit(2);
	}
	return now() - start;
}

static void
run(const char *name, double (*stage)(struct stemma_arena *), int rounds)
{
	double best = 1e9;

	for (int k = 0; k < rounds; k++) {
		struct stemma_arena *arena = stemma_arena_new(0);
		double took;

		if (!arena)
			exit(2);
		took = stage(arena);
		if (took < best)
			best = took;
		stemma_arena_free(arena);
	}
	printf("%-12s %8.0f MB/s\n", name, (double)text.size / 1e6 / best);
}

static void
read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	long size;
	char *bytes;

	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 1 ||
		fseek(file, 0, SEEK_SET) || !(bytes = malloc((size_t)size)) ||
		!(copy = malloc((size_t)size)) ||
		fread(bytes, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(2);
	}
	fclose(file);
	text = (struct stemma_view){bytes, (size_t)size};
}

int
main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[2]) : 5;

	if (argc < 2) {
		fprintf(stderr, "usage: bench_text FILE [ROUNDS]\n");
		return 2;
	}
	read_file(argv[1]);
	run("copy", copying, rounds);
	run("hash", hashing, rounds);
	run("units", units, rounds);
	run("sentences", sentences, rounds);
	run("words", words, rounds);
	run("fold", folding, rounds);
	free((char *)(uintptr_t)text.bytes);
	free(copy);
	return 0;
}

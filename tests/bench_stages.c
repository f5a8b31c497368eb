/*
 * bench_stages - where the time of a comparison goes.
 *
 *     bench_stages OLD NEW
 *
 * Prints the processor time of each stage in milliseconds for each megabyte of
 * both files, the best of five rounds, beside reading and hashing the same
 * bytes, which nothing that looks at all of them can beat. Pages are read at
 * the price of a comparison up to a size; see STEMMA_READ_MOST.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <stemma.h>

#include "align/align.h"

#define ROUNDS 5

enum stage {
	READ,
	HASH,
	SHA256,
	DECODE,
	WORDS,
	ALIGN,
	COMPARE,
	COMPARE_READ,
	SEGMENT,
	RENDER_TERM,
	RENDER_JSON,
	STAGE_COUNT
};

static const char *const names[] = {
	[READ] = "read",
	[HASH] = "hash (XXH3)",
	[SHA256] = "SHA-256",
	[DECODE] = "decode, paragraphs, keys",
	[WORDS] = "words, if all were split",
	[ALIGN] = "align",
	[COMPARE] = "align and word edits",
	[COMPARE_READ] = "the same, and pages read",
	[SEGMENT] = "kinds and stories of both",
	[RENDER_TERM] = "render term",
	[RENDER_JSON] = "render json, with SHA-256",
};

static double best[STAGE_COUNT];
static struct timespec started;

static void
start(void)
{
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &started);
}

static void
stop(enum stage stage)
{
	struct timespec now;
	double spent;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	spent = (double)(now.tv_sec - started.tv_sec) * 1e3 +
		(double)(now.tv_nsec - started.tv_nsec) / 1e6;
	if (best[stage] == 0 || spent < best[stage])
		best[stage] = spent;
}

static void
must(enum stemma_code code)
{
	if (code == STEMMA_OK)
		return;
	fprintf(stderr, "bench_stages: %s\n", stemma_code_message(code));
	exit(2);
}

static struct stemma_view
read_file(const char *name)
{
	FILE *file = fopen(name, "rb");
	long size = -1;
	char *bytes = NULL;

	if (file && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	if (size >= 0)
		bytes = malloc((size_t)size + 1);
	if (!bytes || fseek(file, 0, SEEK_SET) != 0 ||
		fread(bytes, 1, (size_t)size, file) != (size_t)size) {
		perror(name);
		exit(2);
	}
	fclose(file);
	return (struct stemma_view){bytes, (size_t)size};
}

static enum stemma_code
discard(void *cookie, const char *bytes, size_t size)
{
	(void)bytes;
	*(size_t *)cookie += size;
	return STEMMA_OK;
}

static void
render(enum stage stage, const struct stemma_comparison *comparison,
	struct stemma_arena *scratch)
{
	size_t written = 0;
	struct stemma_out out = {.sink = discard, .cookie = &written};
	struct stemma_render_options options = {
		.names = {"old", "new"}, .context = 1};

	start();
	must(stage == RENDER_TERM ? stemma_render_term(
					    &out, comparison, &options, scratch)
				  : stemma_render_json(&out, comparison,
					    &options, scratch));
	must(stemma_out_finish(&out));
	stop(stage);
	stemma_out_free(&out);
}

static void
split_words(const struct stemma_doc *docs, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_intern *intern = stemma_intern_new(scratch);

	must(intern ? STEMMA_OK : STEMMA_NOMEM);
	start();
	for (int side = 0; side < 2; side++)
		for (size_t k = 0; k < docs[side].unit_count; k++) {
			const struct stemma_unit *unit = &docs[side].units[k];
			struct stemma_words words;

			must(stemma_words_split(&words, &docs[side],
				(struct stemma_span){unit->start, unit->end},
				intern, scratch));
		}
	stop(WORDS);
	stemma_arena_rewind(scratch, mark);
}

static void
round_of(const struct stemma_view *raw)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_doc docs[2];
	const struct stemma_doc *const both[2] = {&docs[0], &docs[1]};
	struct stemma_comparison comparison, read;
	struct stemma_compare_options options = {
		.reading = STEMMA_READ_CHANGED};
	struct stemma_outline outline;
	struct stemma_pairing pairing;
	struct stemma_budget budget = {.left = UINT64_MAX};
	struct stemma_mark mark;
	volatile uint64_t sink = 0;
	char hex[65];

	must(arena && scratch ? STEMMA_OK : STEMMA_NOMEM);
	start();
	for (int side = 0; side < 2; side++)
		sink = sink + stemma_hash(raw[side]);
	stop(HASH);
	start();
	for (int side = 0; side < 2; side++)
		stemma_sha256_hex(hex, raw[side]);
	stop(SHA256);
	start();
	for (int side = 0; side < 2; side++)
		must(stemma_doc_split(
			&docs[side], raw[side], NULL, arena, NULL));
	stop(DECODE);
	split_words(docs, scratch);
	mark = stemma_arena_mark(arena);
	start();
	must(stemma_pairing_make(&pairing, both, &budget, arena, scratch));
	stop(ALIGN);
	stemma_arena_rewind(arena, mark);
	start();
	must(stemma_comparison_make(
		&comparison, &docs[0], &docs[1], NULL, arena, scratch));
	stop(COMPARE);
	mark = stemma_arena_mark(arena);
	start();
	must(stemma_comparison_make(
		&read, &docs[0], &docs[1], &options, arena, scratch));
	stop(COMPARE_READ);
	stemma_arena_rewind(arena, mark);
	start();
	for (int side = 0; side < 2; side++)
		must(stemma_outline_make(
			&outline, &docs[side], NULL, arena, scratch));
	stop(SEGMENT);
	render(RENDER_TERM, &comparison, scratch);
	render(RENDER_JSON, &comparison, scratch);
	stemma_arena_free(scratch);
	stemma_arena_free(arena);
}

int
main(int argc, char **argv)
{
	struct stemma_view raw[2];
	double megabytes;

	if (argc != 3) {
		fputs("usage: bench_stages OLD NEW\n", stderr);
		return 2;
	}
	for (int round = 0; round < ROUNDS; round++) {
		start();
		raw[0] = read_file(argv[1]);
		raw[1] = read_file(argv[2]);
		stop(READ);
		round_of(raw);
		megabytes = (double)(raw[0].size + raw[1].size) / 1e6;
		free((char *)raw[0].bytes);
		free((char *)raw[1].bytes);
	}
	for (int stage = 0; stage < STAGE_COUNT; stage++)
		printf("    %-26s %8.3f ms/MB %9.0f MB/s\n", names[stage],
			best[stage] / megabytes,
			best[stage] > 0 ? megabytes / best[stage] * 1e3 : 0.0);
	return 0;
}

/*
 * bench_trace - the origins of a history's words, without an archive.
 *
 *     bench_trace HISTORY [NUMBER...]
 *
 * HISTORY is made of revisions, oldest first, each "SIZE\n" and as many bytes.
 * Prints for each NUMBER, from 1, a line for each run of the revision's words
 * "NUMBER START END REVISION AT_START AT_END"; then seconds and memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <stemma/trace.h>

static double
seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
fail(const char *what)
{
	fprintf(stderr, "bench_trace: %s\n", what);
	exit(2);
}

static void
print(const struct stemma_trace *trace, const struct stemma_doc *doc,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_origins origins;

	if (stemma_trace_tell(&origins, trace, stemma_trace_count(trace), doc,
		    arena, scratch) != STEMMA_OK)
		fail("cannot tell");
	for (size_t k = 0, end; k < origins.count; k = end) {
		const struct stemma_word_origin *o = &origins.words[k];

		for (end = k + 1;
			end < origins.count && origins.words[end].joins; end++)
			;
		printf("%lu %zu %zu %lu %zu %zu\n",
			(unsigned long)stemma_trace_count(trace), o->span.start,
			origins.words[end - 1].span.end,
			(unsigned long)o->revision, o->at.start,
			origins.words[end - 1].at.end);
	}
}

static bool
is_wanted(char **numbers, uint32_t revision)
{
	for (; *numbers; numbers++) {
		if (strtoul(*numbers, NULL, 10) == revision)
			return true;
	}
	return false;
}

static void
feed(struct stemma_trace *trace, FILE *file, char **numbers)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	size_t size;

	while (fscanf(file, "%zu", &size) == 1 && fgetc(file) == '\n') {
		struct stemma_mark mark = stemma_arena_mark(arena);
		char *bytes = stemma_arena_alloc(arena, size, 1);
		struct stemma_doc doc;

		if (!bytes || fread(bytes, 1, size, file) != size)
			fail("the history is cut short");
		if (stemma_doc_split(&doc, (struct stemma_view){bytes, size},
			    NULL, arena, NULL) != STEMMA_OK ||
			stemma_trace_add(trace, &doc, scratch) != STEMMA_OK)
			fail("cannot add");
		if (is_wanted(numbers, stemma_trace_count(trace)))
			print(trace, &doc, arena, scratch);
		stemma_arena_rewind(arena, mark);
	}
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
}

int
main(int count, char **arguments)
{
	struct stemma_trace *trace = stemma_trace_new(0);
	double start = seconds();
	struct rusage usage;
	FILE *file;

	if (count < 2 || !trace)
		fail("usage: bench_trace HISTORY [NUMBER...]");
	file = fopen(arguments[1], "rb");
	if (!file)
		fail("cannot open the history");
	feed(trace, file, arguments + 2);
	fclose(file);
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "%lu revisions: %.3f s, %ld kB; trace %zu kB\n",
		(unsigned long)stemma_trace_count(trace), seconds() - start,
		usage.ru_maxrss, stemma_trace_used(trace) / 1024);
	stemma_trace_free(trace);
	return 0;
}

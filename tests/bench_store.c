/*
 * bench_store - archives of any size from a seed, for `make bench`.
 *
 *     bench_store stream STORIES REVISIONS SEED [ref]   for git fast-import
 *     bench_store import ARCHIVE STORIES REVISIONS SEED
 *     bench_store text SEED                             one article
 *
 * Stories are of about 4.4 KB; each revision changes a few sentences of the
 * one before. Both ways write the same texts, dates and messages.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stemma/base.h>
#include <stemma/store.h>

enum { SENTENCES = 44, SENTENCE = 100 };

/* 2024-01-01, and how far revisions are apart. */
enum { BIRTH = 1704067200, APART = 631, STEP = 7919 };

struct article {
	uint32_t seeds[SENTENCES];
	char bytes[SENTENCES * (SENTENCE + 80)];
	size_t size;
};

static uint32_t
random_number(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static size_t
append(char *bytes, const char *part)
{
	size_t size = 0;

	for (; part[size]; size++)
		bytes[size] = part[size];
	return size;
}

/* A sentence of made-up words, of few and often used ones mostly. */
static size_t
write_sentence(char *bytes, uint32_t seed)
{
	static const char *const parts[] = {"ba", "con", "der", "el", "fi",
		"gan", "hol", "in", "ju", "kar", "lo", "men", "no", "or", "pre",
		"qui", "ra", "se", "ti", "un", "ver", "wa", "xen", "yo", "zu",
		"the", "of", "to", "and", "a", "in", "that"};
	uint64_t state = seed * 2654435761u + 1;
	size_t size = 0;

	while (size < SENTENCE) {
		uint32_t word = random_number(&state) % 15625;
		uint32_t other = random_number(&state) % 15625;
		uint32_t count = 1 + word % 3;

		if (other % 8 < 3) {
			size += append(bytes + size, parts[25 + word % 7]);
			count = 0;
		}
		for (word = word < other ? word : other; count > 0; count--) {
			size += append(bytes + size, parts[word % 25]);
			word /= 25;
		}
		bytes[size++] = ' ';
	}
	bytes[0] = (char)(bytes[0] - 'a' + 'A');
	bytes[size - 1] = '.';
	bytes[size++] = seed % 3 ? ' ' : '\n';
	if (seed % 3 == 0)
		bytes[size++] = '\n';
	return size;
}

static void
write_article(struct article *article)
{
	article->size = 0;
	for (int at = 0; at < SENTENCES; at++)
		article->size += write_sentence(
			article->bytes + article->size, article->seeds[at]);
}

static void
start_article(struct article *article, uint64_t *state)
{
	for (int at = 0; at < SENTENCES; at++)
		article->seeds[at] = random_number(state);
	write_article(article);
}

static void
change_article(struct article *article, uint64_t *state)
{
	for (int changes = 3; changes > 0; changes--)
		article->seeds[random_number(state) % SENTENCES] =
			random_number(state);
	write_article(article);
}

/* One story after the other, to `bulk` or, if that is NULL, to stdout. */
struct job {
	unsigned stories, revisions;
	uint64_t seed;
	struct stemma_bulk *bulk;
	struct stemma_arena *scratch;
};

static void
name_story(char name[64], unsigned story)
{
	snprintf(name, 64, "story-%06u", story);
}

/* As of a newspaper: a story lives for hours, a hundred thousand are written in
   two years. */
static int64_t
date_of(unsigned story, unsigned revision)
{
	return BIRTH + (int64_t)story * APART + (int64_t)revision * STEP;
}

static void
stream(const char *name, const struct article *article, int64_t date,
	bool first)
{
	char message[512], time[STEMMA_TIME_SIZE], sha256[65];
	struct stemma_view bytes = {article->bytes, article->size};
	int size;

	stemma_time_write(time, date);
	stemma_sha256_hex(sha256, bytes);
	size = snprintf(message, sizeof message,
		"%s %s\n\nStory: %s\nRetrieved-At: %s\nContent-SHA256: %s\n"
		"Content-Length: %zu\nCollector: bench\nTool: "
		"stemma/" STEMMA_VERSION "\n",
		name, time, name, time, sha256, article->size);
	if (first)
		printf("reset refs/heads/story/%s\n", name);
	printf("commit refs/heads/story/%s\n"
	       "committer bench <stemma@bench> %lld +0000\n"
	       "data %d\n%s\n"
	       "M 644 inline %s.txt\ndata %zu\n",
		name, (long long)date, size, message, name, article->size);
	fwrite(article->bytes, 1, article->size, stdout);
	printf("\nM 644 inline .gitattributes\ndata 8\n* -text\n\n\n");
}

static int
add(const struct job *job, const char *name, const struct article *article,
	int64_t date)
{
	struct stemma_entry entry = {.story = stemma_view_of(name),
		.bytes = {article->bytes, article->size},
		.dated = true,
		.date = date};
	struct stemma_error error = {0};
	struct stemma_added added;

	if (stemma_bulk_add(job->bulk, &entry, &added, job->scratch, &error)) {
		fprintf(stderr, "%s: %s\n", name, error.message);
		return 2;
	}
	return 0;
}

static int
write_stories(const struct job *job)
{
	static struct article article;
	uint64_t state = job->seed;
	char name[64];

	for (unsigned story = 0; story < job->stories; story++) {
		name_story(name, story);
		for (unsigned at = 0; at < job->revisions; at++) {
			int64_t date = date_of(story, at);

			if (at == 0)
				start_article(&article, &state);
			else
				change_article(&article, &state);
			if (!job->bulk)
				stream(name, &article, date, at == 0);
			else if (add(job, name, &article, date))
				return 2;
		}
	}
	return 0;
}

static int
import(const char *path, struct job *job)
{
	struct stemma_store_options options = {.collector = "bench"};
	struct stemma_error error = {0};
	struct stemma_store *store = NULL;
	enum stemma_code code;
	int status = 2;

	job->scratch = stemma_arena_new(0);
	code = stemma_store_init(path, &options, &error);
	if (code == STEMMA_EXISTS) {
		error = (struct stemma_error){0};
		code = STEMMA_OK;
	}
	if (code == STEMMA_OK)
		code = stemma_store_open(&store, path, &options, &error);
	if (code == STEMMA_OK)
		code = stemma_bulk_start(
			&job->bulk, store, job->scratch, &error);
	if (code == STEMMA_OK)
		status = write_stories(job);
	if (status == 0 && stemma_bulk_finish(job->bulk, job->scratch, &error))
		status = 2;
	if (error.code)
		fprintf(stderr, "%s\n", error.message);
	stemma_bulk_free(job->bulk);
	stemma_store_close(store);
	stemma_arena_free(job->scratch);
	return status;
}

static int
text(uint64_t seed)
{
	static struct article article;

	start_article(&article, &seed);
	fwrite(article.bytes, 1, article.size, stdout);
	return 0;
}

int
main(int count, char **arguments)
{
	struct job job = {0};
	bool importing = count == 6 && !strcmp(arguments[1], "import");

	if (count == 3 && !strcmp(arguments[1], "text"))
		return text(strtoull(arguments[2], NULL, 10));
	if (!importing && !(count == 5 && !strcmp(arguments[1], "stream"))) {
		fprintf(stderr, "see the head of tests/bench_store.c\n");
		return 2;
	}
	job.stories = (unsigned)strtoul(arguments[2 + importing], NULL, 10);
	job.revisions = (unsigned)strtoul(arguments[3 + importing], NULL, 10);
	job.seed = strtoull(arguments[4 + importing], NULL, 10);
	return importing ? import(arguments[2], &job) : write_stories(&job);
}

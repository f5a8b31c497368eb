/*
 * Texts of what joins, parts, combines, folds to something else, shows nothing or
 * means something to a reader of markup: each round makes one input of them and
 * gives it to a fuzz target, with which this is linked. A fuzzer that changes
 * bytes needs minutes for what such texts find at once.
 *
 *     STEMMA_TEST_SEED    the first round; a failure names its round
 *     STEMMA_TEST_ROUNDS  how many of them
 *     STEMMA_TEST_KEEP    a folder for the input of a round that fails
 *
 * The texts are parted by 0xff, and the byte before them chooses the target's
 * options.
 *
 * SPDX-License-Identifier: MIT
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/trial.h"

#define ROUNDS 1500
#define MOST_BYTES 16384
#define MOST_LINES 12
#define MOST_LINE 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

/* Sanitizers end a program by a signal too. */
const char *
__asan_default_options(void)
{
	return "abort_on_error=1";
}

const char *
__ubsan_default_options(void)
{
	return "abort_on_error=1";
}

static const char *const pieces[] = {" ", " ", " ", " ", " ", "\n", "\n\n",
	"\t", "\r\n", "\f", "\u00a0", "\u3000", "\u2028", "\xc2\x85", "a", "b",
	"the", "said", "not ", "no one", "City library", "on Sunday",
	"Photo: Lind", "Advertisement", "Read more", "By Ilse Tandberg", "7",
	"1,5", "10 million", "2025", "March 3", "p.m.", ".", ".", ". ", "! ",
	"...", "\u2026", "\u2025", "\u3002", "-", "-", "--", " - ", "\u2013",
	"\u2014", "_", ",", ":", ";", "'", "`", "\u00b4", "\u2019", "\"",
	"\u201c", "\u201d", "\u00ab", "(", ")", "*", "#", "<", "&", "\\", "{++",
	"++}", "{--", "--}", "{~~", "~>", "~~}", "{>>", "<<}", "{==", "==}",
	"http://a.example/b", "\033[31m", "\a", "\u00ad", "\u200b", "\u200d",
	"\u200e", "\u202e", "\u2060", "\ufeff", "\ufe0f", "\u034f", "\u0300",
	"\u0301", "\u0345", "\u20e3", "e\u0301", "\u00e9", "\u212b", "\u0600",
	"\u06dd", "\u0d4e", "\u05d0", "\u05d1", "\u0628", "\u0915", "\u094d",
	"\u093f", "\u0e01", "\u0e31", "\u0e33", "\u6e2f", "\u53e3", "\u30ab",
	"\u3099", "\u309b", "\u1100", "\u1161", "\u11a8", "\uac00", "\u115f",
	"\u180b", "\u17b4", "\u2764", "\U0001f469", "\U0001f3fd", "\U0001f1e9",
	"\U0001f1ea", "\U000e0067", "\x80", "\xe2\x80", "\xc0"};

/* How many texts a target reads at most, by the end of the program's name. */
static const struct target {
	const char *name;
	uint32_t versions;
} targets[] = {{"collate", 8}, {"compare", 2}, {"reuse", 2}, {"trace", 8}};

/* The input of a round, where a signal finds it. */
static struct {
	uint64_t seed;
	size_t size;
	uint8_t bytes[MOST_BYTES];
} input;

static void
put(const void *bytes, size_t size)
{
	if (size <= sizeof input.bytes - input.size) {
		memcpy(input.bytes + input.size, bytes, size);
		input.size += size;
	}
}

static const char *
any_piece(uint64_t *seed)
{
	return pieces[random_below(seed, sizeof pieces / sizeof *pieces)];
}

static void
make_line(char line[MOST_LINE], uint32_t count, uint64_t *seed)
{
	size_t size = 0;

	while (count--) {
		const char *piece = any_piece(seed);

		if (size + strlen(piece) + 2 > MOST_LINE)
			break;
		size += strlen(strcpy(line + size, piece));
		if (random_chance(seed, 30))
			line[size++] = ' ';
	}
	line[size] = '\0';
}

/* A line as another version has it: something put in, or instead of a byte. */
static void
put_edited(const char *line, uint64_t *seed)
{
	size_t size = strlen(line);
	size_t at = random_below(seed, (uint32_t)size + 1);
	const char *piece = any_piece(seed);

	put(line, at);
	put(piece, strlen(piece));
	if (at < size)
		at += random_below(seed, 2);
	put(line + at, size - at);
}

static void
put_version(char lines[MOST_LINES][MOST_LINE], uint32_t pool, uint64_t *seed)
{
	uint32_t count = random_below(seed, random_chance(seed, 70) ? 5 : 20);

	while (count--) {
		const char *line = lines[random_below(seed, pool)];

		if (random_chance(seed, 25))
			put_edited(line, seed);
		else
			put(line, strlen(line));
		put(random_chance(seed, 80) ? "\n\n" : "  ",
			1 + random_below(seed, 2));
	}
}

/* Versions have their lines from one pool: lines stay, move, come back. */
static void
make_input(uint32_t versions, uint64_t seed)
{
	static char lines[MOST_LINES][MOST_LINE];
	uint32_t pool, count;
	uint8_t options;

	input.seed = seed;
	input.size = 0;
	options = (uint8_t)random_below(&seed, 256);
	put(&options, 1);
	pool = 1 + random_below(&seed, MOST_LINES);
	for (uint32_t k = 0; k < pool; k++)
		make_line(lines[k],
			1 + random_below(
				    &seed, random_chance(&seed, 60) ? 6 : 40),
			&seed);
	count = versions > 2 ? 1 + random_below(&seed, versions) : versions;
	for (uint32_t k = 0; k < count; k++) {
		if (k)
			put("\xff", 1);
		put_version(lines, pool, &seed);
	}
}

static void
tell(int number)
{
	const char *folder = getenv("STEMMA_TEST_KEEP");
	char path[500];
	FILE *file;

	fprintf(stderr, "STEMMA_TEST_SEED=%llu STEMMA_TEST_ROUNDS=1\n",
		(unsigned long long)input.seed);
	snprintf(path, sizeof path, "%s/%llu", folder ? folder : ".",
		(unsigned long long)input.seed);
	file = folder ? fopen(path, "wb") : NULL;
	if (file) {
		fwrite(input.bytes, 1, input.size, file);
		fclose(file);
	}
	signal(number, SIG_DFL);
	raise(number);
}

static uint32_t
versions_of(const char *program)
{
	const char *name = strrchr(program, '_');

	for (size_t k = 0; name && k < sizeof targets / sizeof *targets; k++)
		if (strcmp(name + 1, targets[k].name) == 0)
			return targets[k].versions;
	return 1;
}

int
main(int count, char **arguments)
{
	uint32_t versions = versions_of(count ? arguments[0] : "");
	uint64_t first = setting("STEMMA_TEST_SEED", 1);
	uint64_t rounds = setting("STEMMA_TEST_ROUNDS", ROUNDS);

	signal(SIGABRT, tell);
	signal(SIGSEGV, tell);
	for (uint64_t seed = first; seed < first + rounds; seed++) {
		make_input(versions, seed);
		LLVMFuzzerTestOneInput(input.bytes, input.size);
	}
	puts("1 passed, 0 failed");
	return 0;
}

/*
 * bench_texts - write the two texts of a row of the benchmark.
 *
 *     bench_texts KIND AMOUNT SEED OLD NEW
 *
 * The same arguments give the same bytes on every machine. Kinds, and what
 * AMOUNT counts:
 *
 *     light      bytes       5 % of paragraphs edited, 0.5 % each moved,
 *                            inserted and deleted
 *     rewritten  bytes       30 % of the words of every paragraph replaced,
 *                            10 % of paragraphs moved
 *     lines      lines       one short line again and again; ten differ, ten
 *                            are gone, ten are new
 *     unrelated  bytes       two texts with nothing in common but the language
 *     paragraph  bytes       one paragraph, 0.5 % of its words edited
 *     reversed   paragraphs  the same from last to first, of 200 bytes on average
 *     word       bytes       one word again and again; ten differ, ten are gone
 *
 * The prose is made of words by Zipf's law, in sentences with names, numbers,
 * commas and curly quotation marks, in paragraphs of 590 bytes on average that
 * all differ. On standard output, what became of the paragraphs of the first
 * two kinds and of the reversed ones, as "edited N added N removed N moved N".
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VOCABULARY 20000
#define WHEEL (1u << 16) /* a turn of it draws a word by its frequency */

static char words[VOCABULARY][24];
static uint16_t wheel[WHEEL];
static uint64_t seed;

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint32_t
draw(uint32_t below)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return (uint32_t)((z >> 32) * below >> 32);
}

static void
make_words(void)
{
	static const char *const common[] = {"the", "of", "to", "and", "a",
		"in", "that", "said", "for", "on", "is", "with", "was", "by",
		"it", "at", "as", "he", "has", "from", "be", "have", "its",
		"are", "an", "not", "will", "which", "but", "they", "after",
		"who", "she", "had", "this", "more", "been", "were", "would",
		"their", "up", "about", "one", "his", "when", "out", "also",
		"than", "or", "no", "her", "there", "could", "over", "last"};
	static const char *const starts[] = {"b", "c", "d", "f", "g", "h", "l",
		"m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr", "ch",
		"sh", "gr", "cl", "th", ""};
	static const char *const hearts[] = {
		"a", "e", "i", "o", "u", "ea", "a", "e", "i", "o"};
	static const char *const ends[] = {
		"", "", "", "", "n", "r", "t", "s", "l", "d", "ng", "st"};
	const uint32_t known = sizeof common / sizeof *common;

	for (uint32_t k = 0; k < VOCABULARY; k++) {
		uint32_t syllables = 1 + draw(k < 300 ? 2 : 3);

		words[k][0] = '\0';
		if (k < known)
			strcat(words[k], common[k]);
		for (; k >= known && syllables; syllables--) {
			strcat(words[k], starts[draw(24)]);
			strcat(words[k], hearts[draw(10)]);
			strcat(words[k], ends[draw(12)]);
		}
	}
}

static void
make_wheel(void)
{
	double all = 0, sum = 0;
	uint32_t at = 0;

	for (uint32_t k = 0; k < VOCABULARY; k++)
		all += 1.0 / (k + 2);
	for (uint32_t k = 0; k < VOCABULARY; k++) {
		sum += 1.0 / (k + 2);
		while (at < WHEEL && at < sum / all * WHEEL)
			wheel[at++] = (uint16_t)k;
	}
	while (at < WHEEL)
		wheel[at++] = (uint16_t)draw(VOCABULARY);
}

static const char *
any_word(void)
{
	/* The wheel is too coarse for the rarest words. */
	return words[draw(20) ? wheel[draw(WHEEL)] : draw(VOCABULARY)];
}

/* ---- text -------------------------------------------------------------- */

struct text {
	char *bytes;
	size_t size, capacity;
};

static void
add(struct text *text, const char *bytes, size_t size)
{
	if (size > text->capacity - text->size) {
		text->capacity = (text->capacity + size) * 2;
		text->bytes = realloc(text->bytes, text->capacity);
		if (!text->bytes) {
			fputs("bench_texts: out of memory\n", stderr);
			exit(2);
		}
	}
	if (size)
		memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
}

static void
add_string(struct text *text, const char *string)
{
	add(text, string, strlen(string));
}

static void
add_capital(struct text *text, const char *word)
{
	char first = (char)(word[0] - 'a' + 'A');

	add(text, &first, 1);
	add_string(text, word + 1);
}

static void
add_sentence(struct text *text)
{
	uint32_t count = 8 + draw(21), quoted = draw(8) == 0;

	if (quoted)
		add_string(text, "“");
	add_capital(text, any_word());
	for (uint32_t k = 1; k < count; k++) {
		char number[16];

		add_string(text, draw(14) || k + 1 == count ? " " : ", ");
		if (draw(40) == 0) {
			snprintf(number, sizeof number, "%u", draw(3000));
			add_string(text, number);
		} else if (draw(16) == 0)
			add_capital(text, words[200 + draw(800)]);
		else
			add_string(text, any_word());
		if (draw(60) == 0)
			add_string(text, "’s");
	}
	add_string(text, quoted ? ".”" : ".");
}

/* Paragraphs of `size` bytes on average, if no sentence has more. */
static void
add_paragraph(struct text *text, size_t size)
{
	size_t from = text->size, until = size / 2 + draw((uint32_t)size) - 60;

	do {
		if (text->size > from)
			add_string(text, " ");
		add_sentence(text);
	} while (text->size - from < until);
}

/* ---- revisions --------------------------------------------------------- */

/* The texts, and where their paragraphs start (and the last one ends). */
struct page {
	struct text text;
	size_t *starts;
	size_t count;
};

static void *
make_array(size_t count, size_t size)
{
	void *array = calloc(count ? count : 1, size);

	if (!array) {
		fputs("bench_texts: out of memory\n", stderr);
		exit(2);
	}
	return array;
}

/* Paragraphs of `mean` bytes: until there are `bytes`, or `count` of them. */
static struct page
make_page(size_t mean, size_t bytes, size_t count)
{
	struct page page = {
		.starts = make_array((bytes ? bytes / 100 : count) + 2,
			sizeof *page.starts)};

	while (bytes ? page.text.size < bytes : page.count < count) {
		page.starts[page.count++] = page.text.size;
		add_paragraph(&page.text, mean);
	}
	page.starts[page.count] = page.text.size;
	return page;
}

/*
 * Copy a paragraph, giving each word the chance of `edits` in 1,000 to be
 * replaced, or with `gentle` also of being dropped or followed by a new one.
 */
static void
add_edited(struct text *out, const char *bytes, size_t size, uint32_t edits,
	bool gentle)
{
	size_t at = 0;

	while (at < size) {
		const char *space = memchr(bytes + at, ' ', size - at);
		size_t end = space ? (size_t)(space - bytes) : size;
		uint32_t kind = gentle ? draw(4) : 0;

		if (draw(1000) >= edits)
			add(out, bytes + at, end - at);
		else if (kind == 3 && at) {
			add(out, bytes + at, end - at);
			add_string(out, " ");
			add_string(out, any_word());
		} else if (kind != 2)
			add_string(out, any_word());
		at = end + 1;
		if (at < size)
			add_string(out, " ");
	}
}

static void
swap(uint32_t *order, size_t a, size_t b)
{
	uint32_t kept = order[a];

	order[a] = order[b];
	order[b] = kept;
}

struct plan {
	uint32_t edited;  /* paragraphs in 1,000 */
	uint32_t words;   /* of each, in 1,000 */
	uint32_t moved;   /* in 10,000: taken out and put elsewhere */
	uint32_t renewed; /* in 10,000: dropped, and as many inserted */
};

enum { STAYS, MOVES, GOES, CHANGES };

/* The order of the new side: numbers of old paragraphs, UINT32_MAX for new. */
static size_t
make_order(uint32_t *order, uint8_t *fate, size_t count, struct plan plan)
{
	size_t movers = 0, made = 0, arrived = 0;
	uint32_t *moving = make_array(count, sizeof *moving);

	for (uint32_t k = 0; k < count; k++) {
		uint32_t at = draw(10000);

		fate[k] = k == 0                           ? STAYS
			  : at < plan.moved                ? MOVES
			  : at < plan.moved + plan.renewed ? GOES
			  : draw(1000) < plan.edited       ? CHANGES
							   : STAYS;
		if (fate[k] == MOVES)
			moving[movers++] = k;
	}
	for (size_t k = movers; k > 1; k--)
		swap(moving, k - 1, draw((uint32_t)k));
	for (uint32_t k = 0; k < count; k++) {
		if (fate[k] != MOVES && fate[k] != GOES)
			order[made++] = k;
		if (draw(10000) < plan.renewed)
			order[made++] = UINT32_MAX;
		while (arrived < movers &&
			arrived * count < (size_t)(k + 1) * movers &&
			(draw(4) || k + 1 == count))
			order[made++] = moving[arrived++];
	}
	free(moving);
	return made;
}

static void
revise(struct text *out, const struct page *old, struct plan plan)
{
	uint32_t *order = make_array(old->count * 2 + 2, sizeof *order);
	uint8_t *fate = make_array(old->count, sizeof *fate);
	size_t made = make_order(order, fate, old->count, plan);
	size_t edited = 0, added = 0, moved = 0, removed = 0;

	for (size_t k = 0; k < old->count; k++) {
		moved += fate[k] == MOVES;
		removed += fate[k] == GOES;
	}
	for (size_t k = 0; k < made; k++) {
		uint32_t from = order[k];
		size_t at = out->size, size;
		const char *bytes;
		bool touched;

		if (from == UINT32_MAX) {
			add_paragraph(out, 590);
			added++;
		} else {
			bytes = old->text.bytes + old->starts[from];
			size = old->starts[from + 1] - old->starts[from];
			touched = fate[from] == CHANGES || plan.edited == 1000;
			add_edited(out, bytes, size, touched ? plan.words : 0,
				plan.edited < 1000);
			/* What was drawn may be what stood there. */
			edited += out->size - at != size ||
				  memcmp(out->bytes + at, bytes, size) != 0;
		}
		add_string(out, "\n");
	}
	printf("edited %zu added %zu removed %zu moved %zu\n", edited, added,
		removed, moved);
	free(order);
	free(fate);
}

static void
add_lines(struct text *out, const struct page *page, bool backwards)
{
	for (size_t k = 0; k < page->count; k++) {
		size_t at = backwards ? page->count - 1 - k : k;

		add(out, page->text.bytes + page->starts[at],
			page->starts[at + 1] - page->starts[at]);
		add_string(out, "\n");
	}
}

/* `count` times `unit`; with `changes`, ten others, ten less, ten more. */
static void
repeat(struct text *out, const char *unit, const char *gap, size_t count,
	bool changes)
{
	size_t step = count / 30 + 1;

	for (size_t k = 0; k < count; k++) {
		size_t kind =
			changes && k % step == step / 2 ? 1 + k / step % 3 : 0;

		if (kind == 1 || kind == 2) {
			add_string(out, any_word());
			add_string(out, gap);
		}
		if (kind != 1 && kind != 3) {
			add_string(out, unit);
			add_string(out, gap);
		}
	}
	if (*gap == ' ')
		add_string(out, "\n");
}

/* The two texts of `kind`; false when there is no such kind. */
static bool
make_pair(struct text *old, struct text *new, const char *kind, size_t amount)
{
	static const struct plan light = {50, 40, 50, 50},
				 rewritten = {1000, 300, 1000, 0};
	bool gentle = strcmp(kind, "light") == 0;
	struct page page;

	if (gentle || strcmp(kind, "rewritten") == 0) {
		page = make_page(590, amount, 0);
		add_lines(old, &page, false);
		revise(new, &page, gentle ? light : rewritten);
	} else if (strcmp(kind, "lines") == 0) {
		repeat(old, "Advertisement", "\n", amount, false);
		repeat(new, "Advertisement", "\n", amount, true);
	} else if (strcmp(kind, "word") == 0) {
		repeat(old, "word", " ", amount / 5, false);
		repeat(new, "word", " ", amount / 5, true);
	} else if (strcmp(kind, "unrelated") == 0) {
		page = make_page(590, amount, 0);
		add_lines(old, &page, false);
		page = make_page(590, amount, 0);
		add_lines(new, &page, false);
	} else if (strcmp(kind, "paragraph") == 0) {
		add_paragraph(old, amount);
		while (old->size < amount) {
			add_string(old, " ");
			add_sentence(old);
		}
		add_edited(new, old->bytes, old->size, 5, true);
		add_string(old, "\n");
		add_string(new, "\n");
	} else if (strcmp(kind, "reversed") == 0) {
		page = make_page(200, 0, amount);
		add_lines(old, &page, false);
		add_lines(new, &page, true);
		printf("edited 0 added 0 removed 0 moved %zu\n",
			page.count - 1);
	} else
		return false;
	return true;
}

static bool
write_file(const char *name, const struct text *text)
{
	FILE *file = fopen(name, "wb");
	bool good;

	if (!file)
		return false;
	good = fwrite(text->bytes, 1, text->size, file) == text->size;
	return fclose(file) == 0 && good;
}

int
main(int argc, char **argv)
{
	struct text old = {0}, new = {0};

	if (argc != 6) {
		fputs("usage: bench_texts KIND AMOUNT SEED OLD NEW\n", stderr);
		return 2;
	}
	make_words();
	make_wheel();
	seed = strtoull(argv[3], NULL, 10);
	if (!make_pair(&old, &new, argv[1], strtoull(argv[2], NULL, 10))) {
		fprintf(stderr, "bench_texts: no such kind: %s\n", argv[1]);
		return 2;
	}
	if (!write_file(argv[4], &old) || !write_file(argv[5], &new)) {
		perror("bench_texts");
		return 2;
	}
	free(old.bytes);
	free(new.bytes);
	return 0;
}

/* CriticMarkup read back. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options no_options;

static void
assert_reads(const char *marked, const char *old, const char *new)
{
	const char *expected[2] = {old, new};
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_critic critic;

	assert_int_equal(
		stemma_critic_read(&critic, stemma_view_of(marked), arena),
		STEMMA_OK);
	for (int side = 0; side < 2; side++) {
		struct stemma_view version = critic.versions[side];

		assert_int_equal(version.size, strlen(expected[side]));
		assert_memory_equal(
			version.bytes, expected[side], version.size);
	}
	stemma_arena_free(arena);
}

static void
critic_parts_the_versions(void **state)
{
	(void)state;
	assert_reads("", "", "");
	assert_reads("It would {--not --}pay{++ at once++}.",
		"It would not pay.", "It would pay at once.");
	assert_reads("on {~~Monday~>Tuesday~~}.", "on Monday.", "on Tuesday.");
	assert_reads(
		"{==This==}{>>why?<<} is so.", "This is so.", "This is so.");
	assert_reads("{==This {--or that--}==} is.", "This or that is.",
		"This  is.");
	assert_reads("{--a{>>no--}<<}b--}", "ab", "");
	assert_reads("{~~a~>{>>x<<}b~~}", "a", "b");
	assert_reads("a {++b\n\nc++} d", "a  d", "a b\n\nc d");
}

static void
critic_takes_marks_that_never_end_as_text(void **state)
{
	static const char *const texts[] = {"{--", "a {++ b", "{~~a~~}",
		"{~~a~>b", "{>>c", "{==d", "++} --} ~~} ==} <<} ~>",
		"{--{--{--", "{", "{{{", "}", "{-", "{+-+}"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_reads(texts[i], texts[i], texts[i]);
	assert_reads("{--{--a--} {--", "{--a {--", " {--");
	assert_reads("{-- {++a++}", "{-- ", "{-- a");
	assert_reads("{==a {--b==} c--}", "a b==} c", "a ");
	assert_reads("{+{>><<}+a+{>><<}+}", "{++a++}", "{++a++}");
}

static void
critic_counts_what_it_read(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_critic critic;

	(void)state;
	assert_int_equal(
		stemma_critic_read(&critic,
			stemma_view_of("{--a--}{++b++}{~~c~>d~~}{>>e<<}"
				       "{>><<}{==f==}{++"),
			arena),
		STEMMA_OK);
	assert_int_equal(critic.edits, 3);
	assert_int_equal(critic.comments, 1);
	assert_int_equal(critic.highlights, 1);
	assert_int_equal(critic.unended, 1);
	stemma_arena_free(arena);
}

static void
assert_comes_back(struct stemma_view old, struct stemma_view new)
{
	struct stemma_view views[2] = {old, new};
	struct stemma_critic critic;
	struct pair pair;
	char *marked;

	pair_make_views(&pair, old, new, NULL, NULL);
	{
		struct stemma_out out = {0};

		assert_int_equal(
			stemma_render_criticmarkup(&out, &pair.comparison,
				&no_options, pair.scratch),
			STEMMA_OK);
		assert_int_equal(
			stemma_critic_read(&critic,
				(struct stemma_view){out.bytes, out.size},
				pair.arena),
			STEMMA_OK);
		marked = out.bytes;
	}
	for (int side = 0; side < 2; side++)
		assert_true(
			stemma_view_equal(critic.versions[side], views[side]));
	free(marked);
	pair_free(&pair);
}

static void
critic_gives_files_of_any_encoding_back(void **state)
{
	static const struct stemma_view files[] = {
		{"caf\xe9 one\r\n", 10},
		{"caf\xc3\xa9 two\r\n", 11},
		{"\xef\xbb\xbf"
		 "caf\xc3\xa9\n",
			9},
		{"\xff\xfe"
		 "a\0\n\0\x00\xd8",
			8},
		{"\xff\xfe", 2},
		{"\xfe\xff\0a\0b\n", 7},
		{"a\0b\xc3\x28\n", 6},
		{"\xef\xbb\xbf", 3},
		{"", 0},
		{"{>>stemma:old sha256=", 21},
	};
	enum { COUNT = sizeof files / sizeof *files };

	(void)state;
	for (size_t a = 0; a < COUNT; a++)
		for (size_t b = 0; b < COUNT; b++)
			assert_comes_back(files[a], files[b]);
}

/* Files of any bytes, with marks among them more often than chance has it. */
static void
critic_gives_hostile_files_back(void **state)
{
	static const char *const pieces[] = {"{++", "++}", "{--", "--}", "{~~",
		"~>", "~~}", "{>>", "<<}", "{==", "==}", "{", "}", "\r\n",
		"\n\n", "\xff", "\xc3", "\xef\xbb\xbf", " ", "word", "a",
		"{>>stemma:new sha256=", "\u00e9"};
	static struct text texts[2];
	uint32_t seed = 11;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		for (int side = 0; side < 2; side++) {
			uint32_t count = next_random(&seed) % 24;

			texts[side].size = 0;
			for (uint32_t k = 0; k < count; k++) {
				uint32_t dice = next_random(&seed) % 26;
				char any[2] = {
					(char)(1 + next_random(&seed) % 255),
					'\0'};

				text_add(&texts[side],
					dice < 23 ? pieces[dice] : any);
			}
		}
		assert_comes_back(text_view(&texts[0]), text_view(&texts[1]));
	}
}

/* Bytes that a note brings are those of the text it was written for alone. */
static void
critic_gives_an_edited_version_in_utf8(void **state)
{
	struct stemma_view old = {"caf\xe9 one", 8}, new = {"caf\xe9 two", 8};
	struct stemma_critic critic;
	struct pair pair;
	char *marked, *word;

	(void)state;
	pair_make_views(&pair, old, new, NULL, NULL);
	marked = render_pair(&pair, stemma_render_criticmarkup, &no_options);
	word = strstr(marked, "two");
	assert_non_null(word);
	memcpy(word, "TWO", 3);
	assert_int_equal(
		stemma_critic_read(&critic, stemma_view_of(marked), pair.arena),
		STEMMA_OK);
	assert_true(stemma_view_equal(critic.versions[0], old));
	assert_true(stemma_view_equal(
		critic.versions[1], stemma_view_of("caf\u00e9 TWO")));
	free(marked);
	pair_free(&pair);
}

static void
critic_reads_a_megabyte_of_marks_that_never_end(void **state)
{
	static const char *const pieces[] = {
		"{--", "{++", "{~~", "{>>", "{==", "{~~a~>", "{--a--}{=="};
	enum { SIZE = 1 << 20 };
	char *text = malloc(SIZE);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct stemma_arena *arena = stemma_arena_new(0);
		size_t size = strlen(pieces[i]);
		struct stemma_critic critic;

		for (size_t at = 0; at < SIZE; at++)
			text[at] = pieces[i][at % size];
		assert_int_equal(
			stemma_critic_read(&critic,
				(struct stemma_view){text, SIZE}, arena),
			STEMMA_OK);
		assert_true(critic.versions[1].size <= SIZE);
		stemma_arena_free(arena);
	}
	free(text);
}

static void
critic_survives_every_lack_of_memory(void **state)
{
	struct stemma_view old = {"caf\xe9 one", 8}, new = {"caf\xe9 two", 8};
	struct stemma_critic critic = {.edits = 1};
	struct pair pair;
	char *marked;
	bool done = false;

	(void)state;
	pair_make_views(&pair, old, new, NULL, NULL);
	marked = render_pair(&pair, stemma_render_criticmarkup, &no_options);
	for (size_t limit = 1; !done; limit++) {
		struct stemma_arena *arena = stemma_arena_new(limit);
		enum stemma_code code = stemma_critic_read(
			&critic, stemma_view_of(marked), arena);

		done = code == STEMMA_OK;
		if (!done) {
			assert_int_equal(code, STEMMA_NOMEM);
			assert_int_equal(critic.versions[0].size, 0);
			assert_int_equal(stemma_arena_used(arena), 0);
		}
		stemma_arena_free(arena);
	}
	free(marked);
	pair_free(&pair);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(critic_parts_the_versions),
		cmocka_unit_test(critic_takes_marks_that_never_end_as_text),
		cmocka_unit_test(critic_counts_what_it_read),
		cmocka_unit_test(critic_gives_files_of_any_encoding_back),
		cmocka_unit_test(critic_gives_hostile_files_back),
		cmocka_unit_test(critic_gives_an_edited_version_in_utf8),
		cmocka_unit_test(
			critic_reads_a_megabyte_of_marks_that_never_end),
		cmocka_unit_test(critic_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

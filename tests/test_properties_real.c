/*
 * The same properties on texts that people wrote: those beside the project, in
 * ../shared, when they are there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/trial.h"

#include <glob.h>
#include <unistd.h>

#include "support/invariants.h"
#include "support/mirror.h"

#include <stemma/critic.h>
#include <stemma/render.h>

#define SHARED "../shared"

static const struct script people = {.name = "people's text"};

static bool
read_file(struct stemma_out *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	char block[65536];
	size_t size;

	if (!file)
		return false;
	while ((size = fread(block, 1, sizeof block, file)) > 0)
		stemma_out_bytes(out, block, size);
	fclose(file);
	return out->code == STEMMA_OK;
}

static void
check_marks(struct trial *trial)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_out out = {0};
	struct stemma_critic critic;

	assert_int_equal(stemma_render_criticmarkup(&out, &trial->comparison,
				 NULL, trial->scratch),
		STEMMA_OK);
	assert_int_equal(
		stemma_critic_read(&critic,
			(struct stemma_view){out.bytes, out.size}, arena),
		STEMMA_OK);
	for (int side = 0; side < 2; side++)
		check(trial,
			stemma_view_equal(
				critic.versions[side], trial->docs[side].raw),
			"criticmarkup has lost a file");
	stemma_arena_free(arena);
	stemma_out_free(&out);
}

/* All that holds, by paragraph and by sentence. */
static void
check_pair(struct trial *trial)
{
	static const struct stemma_text_options units[] = {
		{.unit = STEMMA_UNIT_PARAGRAPH},
		{.unit = STEMMA_UNIT_SENTENCE}};

	for (size_t k = 0; k < 2; k++) {
		struct checker checker = {.comparison = &trial->comparison};

		trial->script = &people;
		trial->arena = stemma_arena_new(0);
		trial->scratch = stemma_arena_new(0);
		assert_non_null(trial->arena);
		assert_non_null(trial->scratch);
		compare(trial, &units[k], NULL);
		checker.arena = trial->scratch;
		check(trial, check_comparison(&checker), checker.message);
		check(trial, check_mirror(&checker, &trial->mirrored),
			checker.message);
		check(trial, !trial->comparison.approximate, "approximate");
		check_marks(trial);
		stemma_arena_free(trial->arena);
		stemma_arena_free(trial->scratch);
	}
}

static void
skip_without(bool there, const char *what)
{
	if (there)
		return;
	print_message("skip: %s is not here\n", what);
	skip();
}

static void
check_files(const char *old_path, const char *new_path)
{
	struct trial trial = {0};

	assert_true(read_file(&trial.texts[0], old_path));
	assert_true(read_file(&trial.texts[1], new_path));
	print_message("%s\n", old_path);
	check_pair(&trial);
	stemma_out_free(&trial.texts[0]);
	stemma_out_free(&trial.texts[1]);
}

static void
revisions_of_wiki_pages_hold(void **state)
{
	glob_t found;
	bool there =
		glob(SHARED "/data/revisions/*.old.txt", 0, NULL, &found) == 0;

	(void)state;
	skip_without(there, SHARED "/data/revisions");
	for (size_t k = 0; k < found.gl_pathc; k++) {
		char path[500];
		size_t stem = strlen(found.gl_pathv[k]) - strlen("old.txt");

		snprintf(path, sizeof path, "%.*snew.txt", (int)stem,
			found.gl_pathv[k]);
		check_files(found.gl_pathv[k], path);
	}
	globfree(&found);
}

static void
the_two_articles_hold(void **state)
{
	struct trial trial = {0};
	const struct stemma_stats *stats = &trial.comparison.stats;
	glob_t found;
	bool there = glob(SHARED "/articles/*.txt", 0, NULL, &found) == 0 &&
		     found.gl_pathc == 2;

	(void)state;
	skip_without(there, SHARED "/articles");
	assert_true(read_file(&trial.texts[0], found.gl_pathv[0]));
	assert_true(read_file(&trial.texts[1], found.gl_pathv[1]));
	check_pair(&trial);
	trial.arena = stemma_arena_new(0);
	trial.scratch = stemma_arena_new(0);
	compare(&trial, NULL, NULL);
	/* the headline, the caption, and five stories after the first */
	assert_int_equal(stats->units[STEMMA_EDITED], 1);
	assert_int_equal(stats->units[STEMMA_REMOVED], 1);
	assert_int_equal(stats->units[STEMMA_UNCHANGED], 11);
	assert_int_equal(stats->units[STEMMA_ADDED], 67);
	assert_int_equal(stats->moved, 0);
	assert_int_equal(stats->words_removed, 1);
	assert_int_equal(stats->words_added, 2);
	teardown_trial(&trial);
	globfree(&found);
}

/* ---- generated revisions of real articles ------------------------------- */

static void
append_utf8(struct stemma_out *out, unsigned c)
{
	if (c < 0x80) {
		stemma_out_char(out, (char)c);
	} else if (c < 0x800) {
		stemma_out_char(out, (char)(0xc0 | c >> 6));
		stemma_out_char(out, (char)(0x80 | (c & 0x3f)));
	} else {
		stemma_out_char(out, (char)(0xe0 | c >> 12));
		stemma_out_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
		stemma_out_char(out, (char)(0x80 | (c & 0x3f)));
	}
}

/* The value of a field of a line of JSON that json.dumps() wrote; what needs
   no escape stands there as it is. */
static bool
read_field(struct stemma_out *out, const char *line, const char *field)
{
	const char *at = strstr(line, field);

	if (!at)
		return false;
	for (at += strlen(field); *at != '"'; at++) {
		unsigned c;

		if (*at == '\0')
			return false;
		if (*at != '\\') {
			stemma_out_char(out, *at);
			continue;
		}
		at++;
		if (*at == 'n')
			stemma_out_char(out, '\n');
		else if (*at == 't')
			stemma_out_char(out, '\t');
		else if (*at == 'r')
			stemma_out_char(out, '\r');
		else if (*at == 'u' && sscanf(at + 1, "%4x", &c) == 1)
			append_utf8(out, c), at += 4;
		else
			stemma_out_char(out, *at);
	}
	return true;
}

static void
revisions_made_of_real_articles_hold(void **state)
{
	bool there =
		access(SHARED "/eval/make_cases.py", R_OK) == 0 &&
		access(SHARED "/data/synthetic/articles.jsonl", R_OK) == 0 &&
		system("command -v python3 >/dev/null") == 0;
	char command[300], *line = NULL;
	size_t capacity = 0, cases = 0;
	FILE *file;

	(void)state;
	skip_without(there, SHARED "/eval/make_cases.py, or python3,");
	snprintf(command, sizeof command,
		"exec python3 " SHARED "/eval/make_cases.py --articles " SHARED
		"/data/synthetic/articles.jsonl --seed %llu --count %llu",
		(unsigned long long)setting("STEMMA_TEST_SEED", 4711),
		(unsigned long long)setting("STEMMA_TEST_ROUNDS", 150));
	file = popen(command, "r");
	assert_non_null(file);
	while (getline(&line, &capacity, file) > 0) {
		struct trial trial = {.seed = cases++};

		assert_true(read_field(&trial.texts[0], line, "\"old\": \""));
		assert_true(read_field(&trial.texts[1], line, "\"new\": \""));
		check_pair(&trial);
		stemma_out_free(&trial.texts[0]);
		stemma_out_free(&trial.texts[1]);
	}
	assert_int_equal(pclose(file), 0);
	assert_true(cases > 0);
	free(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_two_articles_hold),
		cmocka_unit_test(revisions_of_wiki_pages_hold),
		cmocka_unit_test(revisions_made_of_real_articles_hold),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}

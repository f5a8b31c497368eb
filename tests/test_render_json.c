/* stemma.compare/1 and the short summary. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options names = {.names = {"a", "b"}};

#define OLD_SHA256 \
	"d6f352d70388cc118b9ece092ed8ab6d77fd93b81ae20a24e9d08420fee20b54"
#define NEW_SHA256 \
	"0245d8442cf8aa63deb0b96c92a8fa37226815e2b3bf97f81d8e70b8dfe38daa"

static void
json_has_all_fields_in_the_documented_order(void **state)
{
	(void)state;
	assert_renders("One is here.\n", "One was here.\n", stemma_render_json,
		&names,
		"{\"format\":\"stemma.compare/1\",\"unit\":\"paragraph\","
		"\"old\":{\"name\":\"a\",\"bytes\":13,\"sha256\":\"" OLD_SHA256
		"\",\"encoding\":\"utf-8\",\"layout\":\"newline\","
		"\"units\":[{\"start\":0,\"end\":12,\"line\":1,"
		"\"kind\":\"body\",\"story\":0}],"
		"\"stories\":[{\"first\":0,\"last\":0,\"title\":null,"
		"\"confidence\":1.0}]},"
		"\"new\":{\"name\":\"b\",\"bytes\":14,\"sha256\":\"" NEW_SHA256
		"\",\"encoding\":\"utf-8\",\"layout\":\"newline\","
		"\"units\":[{\"start\":0,\"end\":13,\"line\":1,"
		"\"kind\":\"body\",\"story\":0}],"
		"\"stories\":[{\"first\":0,\"last\":0,\"title\":null,"
		"\"confidence\":1.0}]},"
		"\"links\":[{\"op\":\"edited\",\"old\":[0],\"new\":[0],"
		"\"moved\":false,\"similarity\":0.75,\"changes\":["
		"{\"op\":\"replace\",\"old\":[4,6],\"new\":[4,7],"
		"\"weight\":[]}]}],"
		"\"stories\":[{\"op\":\"kept\",\"old\":0,\"new\":0,"
		"\"moved\":false,\"at_end\":false}],\"reuse\":[],"
		"\"stats\":{\"unchanged\":0,\"reformatted\":0,\"edited\":1,"
		"\"split\":0,\"merged\":0,\"regrouped\":0,\"added\":0,"
		"\"removed\":0,\"moved\":0,\"words_added\":1,"
		"\"words_removed\":1,\"changes\":1,\"hidden\":0},"
		"\"digest\":[\"edit: is \u2192 was "
		"here\"],\"approximate\":false}\n");
}

static void
json_of_nothing_has_empty_arrays(void **state)
{
	char *json = render_texts("", "", stemma_render_json, &names);

	(void)state;
	assert_non_null(strstr(json, "\"units\":[],\"stories\":[]},"));
	assert_non_null(strstr(json, "\"links\":[],\"stories\":[],"
				     "\"reuse\":[],"));
	free(json);
}

static void
json_offsets_are_bytes_of_the_file_as_read(void **state)
{
	/* A BOM and UTF-16: "One.\n\nTwo." */
	static const char old[] = "\xff\xfeO\0n\0e\0.\0\n\0\n\0T\0w\0o\0.\0";
	const struct stemma_view views[2] = {{old, sizeof old - 1},
		stemma_view_of("\xef\xbb\xbfOne.\n\nB.")};
	struct pair pair;
	char *json;

	(void)state;
	pair_make_views(&pair, views[0], views[1], NULL, NULL);
	json = render_pair(&pair, stemma_render_json, &names);
	assert_non_null(strstr(json, "\"encoding\":\"utf-16le\""));
	assert_non_null(strstr(json,
		"\"units\":[{\"start\":2,\"end\":10,\"line\":1,"
		"\"kind\":\"body\",\"story\":0},{\"start\":14,\"end\":22,"));
	assert_non_null(strstr(json,
		"\"units\":[{\"start\":3,\"end\":7,\"line\":1,"
		"\"kind\":\"body\",\"story\":0},{\"start\":9,\"end\":11,"));
	free(json);
	pair_free(&pair);
}

static void
json_marks_typography_and_what_is_ignored(void **state)
{
	const struct stemma_compare_options ignore = {
		.ignore = STEMMA_FOLD_CASE};
	struct pair pair;
	char *json;

	(void)state;
	pair_make_views(&pair, stemma_view_of("The bank's old plan is One.\n"),
		stemma_view_of("The bank\u2019s new plan is one.\n"), NULL,
		&ignore);
	json = render_pair(&pair, stemma_render_json, &names);
	assert_non_null(strstr(json, "\"weight\":[],\"reformat\":true}"));
	assert_non_null(strstr(json, "\"hidden\":true}"));
	assert_non_null(strstr(json, "\"hidden\":1}"));
	free(json);
	pair_free(&pair);
}

static void
json_takes_any_name(void **state)
{
	const struct stemma_render_options odd = {.names = {"a\"\n\xff", NULL}};
	char *json = render_texts("", "", stemma_render_json, &odd);

	(void)state;
	assert_non_null(strstr(json, "\"name\":\"a\\\"\\n\xef\xbf\xbd\","));
	assert_non_null(strstr(json, "\"name\":\"\","));
	free(json);
}

/* White space outside of strings is all that pretty adds. */
static void
json_pretty_differs_in_white_space_alone(void **state)
{
	const struct stemma_render_options pretty = {
		.names = {"a", "b"}, .pretty = true};
	static const char old[] =
		"One stays.\n\nTwo goes on a bit.\n\nThree.\n";
	static const char new[] = "Three.\n\nOne stays.\n\nTwo went on a bit.";
	char *plain = render_texts(old, new, stemma_render_json, &names);
	char *wide = render_texts(old, new, stemma_render_json, &pretty);
	size_t size = 0, lines = 0;
	bool string = false;

	(void)state;
	for (const char *c = wide; *c; c++) {
		string ^= *c == '"';
		lines += *c == '\n';
		if (string || (*c != ' ' && *c != '\n'))
			wide[size++] = *c;
	}
	wide[size++] = '\n';
	wide[size] = '\0';
	assert_string_equal(wide, plain);
	assert_true(lines > 20);
	free(plain);
	free(wide);
}

/* The value after `key`, as text. */
static void
assert_share(float share, const char *expected)
{
	struct stemma_view text = stemma_view_of("A.");
	struct pair pair;
	char *json, *at;

	pair_make_views(&pair, text, text, NULL, NULL);
	pair.comparison.links[0].similarity = share;
	json = render_pair(&pair, stemma_render_json, &names);
	at = strstr(json, "\"similarity\":");
	assert_non_null(at);
	assert_memory_equal(at + 13, expected, strlen(expected));
	free(json);
	pair_free(&pair);
}

static void
json_similarity_has_four_decimals_at_most(void **state)
{
	(void)state;
	assert_share(1.0f, "1.0,");
	assert_share(0.0f, "0.0,");
	assert_share(0.5f, "0.5,");
	assert_share(0.123456f, "0.1235,");
	assert_share(0.0001f, "0.0001,");
	assert_share(0.99999f, "0.9999,");
	assert_share(-1.0f, "0.0,");
}

static void
json_survives_every_lack_of_memory(void **state)
{
	(void)state;
	sweep_memory("One is.\n\nTwo.\n", "Two.\n\nOne was.\n",
		stemma_render_json, &names);
}

static void
stat_tells_one_thing_a_line(void **state)
{
	(void)state;
	assert_renders("One stays as it is.\n\nTwo is here to be read.\n",
		"One stays as it is.\n\nTwo was here to be read.\n\nThree.\n",
		stemma_render_stat, &names,
		"a \u2192 b\n"
		"  1 paragraph unchanged\n"
		"  1 paragraph edited\n"
		"  1 paragraph added\n"
		"  edits: +1 -1 words in 1 place\n");
}

static void
stat_says_when_there_is_no_difference(void **state)
{
	const struct stemma_render_options none = {0};

	(void)state;
	assert_renders("One.\n", "One.\n", stemma_render_stat, &none,
		"  no difference\n  1 paragraph unchanged\n");
	assert_renders("One.\n", "One.\n\n", stemma_render_stat, &none,
		"  no difference in the text, though the files differ\n"
		"  1 paragraph unchanged\n");
}

static void
stat_shows_hostile_names_without_obeying_them(void **state)
{
	const struct stemma_render_options hostile = {
		.names = {"a\033[31m\xff", "b\u202e\xc2\x9b\nc"}};
	char *stat = render_texts("", "", stemma_render_stat, &hostile);

	(void)state;
	assert_memory_equal(stat, "a^[[31m<FF> \u2192 b<U+202E><9B>^Jc\n", 33);
	free(stat);
}

static void
stat_survives_every_lack_of_memory(void **state)
{
	(void)state;
	sweep_memory("One is.\n\nTwo.\n", "Two.\n\nOne was.\n",
		stemma_render_stat, &names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_all_fields_in_the_documented_order),
		cmocka_unit_test(json_of_nothing_has_empty_arrays),
		cmocka_unit_test(json_offsets_are_bytes_of_the_file_as_read),
		cmocka_unit_test(json_marks_typography_and_what_is_ignored),
		cmocka_unit_test(json_takes_any_name),
		cmocka_unit_test(json_pretty_differs_in_white_space_alone),
		cmocka_unit_test(json_similarity_has_four_decimals_at_most),
		cmocka_unit_test(json_survives_every_lack_of_memory),
		cmocka_unit_test(stat_tells_one_thing_a_line),
		cmocka_unit_test(stat_says_when_there_is_no_difference),
		cmocka_unit_test(stat_shows_hostile_names_without_obeying_them),
		cmocka_unit_test(stat_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

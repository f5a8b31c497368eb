/* The page of a comparison. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options plain = {.names = {"a", "b"}};

/* ---- a reader of the page ------------------------------------------------ */

/* The two versions as a page has them, white space and controls apart. */
struct reading {
	char texts[2][1 << 16];
	size_t sizes[2];
	bool inserted, deleted, copied; /* where the reader is */
	const char *until; /* the tag to which nothing counts, or NULL */
	const char *side;  /* of the row: "old", "new" or NULL */
};

static bool
begins(const char *at, const char *with)
{
	return strncmp(at, with, strlen(with)) == 0;
}

static void
add(struct reading *reading, char c)
{
	bool in[2] = {!reading->inserted, !reading->deleted};

	if (reading->until || c == ' ' || c == '\n' || c == '\t')
		return;
	/* What moved stands twice, each time for one of the versions. */
	if (reading->side && !strcmp(reading->side, "new"))
		in[STEMMA_OLD] = false;
	if (reading->copied || (reading->side && !strcmp(reading->side, "old")))
		in[STEMMA_NEW] = false;
	for (int side = 0; side < 2; side++) {
		assert_true(reading->sizes[side] < sizeof *reading->texts);
		if (in[side])
			reading->texts[side][reading->sizes[side]++] = c;
	}
}

static void
read_tag(struct reading *reading, const char *tag)
{
	if (reading->until) {
		if (begins(tag, reading->until))
			reading->until = NULL;
	} else if (begins(tag, "<div class=r")) {
		const char *end = strchr(tag, '>');
		const char *side = strstr(tag, "data-side=");

		assert_non_null(end);
		reading->side = !side || side > end        ? NULL
				: begins(side + 10, "old") ? "old"
							   : "new";
	} else if (begins(tag, "<div class=m")) {
		reading->until = "</div";
	} else if (begins(tag, "<p class=ghost") ||
		   begins(tag, "<p class=fold")) {
		reading->until = "</p";
	} else if (begins(tag, "<summary")) {
		reading->until = "</summary";
	} else if (begins(tag, "<span class=pb")) {
		reading->until = "</span";
	} else if (begins(tag, "</p")) {
		reading->copied = false;
	} else if (begins(tag, "<p dir=auto")) {
		const char *end = strchr(tag, '>');
		const char *copy = strstr(tag, "class=\"cp ");

		reading->copied = copy && copy < end;
	} else if (begins(tag, "<ins") || begins(tag, "</ins")) {
		reading->inserted = tag[1] != '/';
	} else if (begins(tag, "<del") || begins(tag, "</del")) {
		reading->deleted = tag[1] != '/';
	}
}

static const char *
read_entity(struct reading *reading, const char *at)
{
	static const struct {
		const char *entity;
		char c;
	} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
		{"&quot;", '"'}, {"&#39;", '\''}};

	for (size_t k = 0; k < sizeof entities / sizeof *entities; k++) {
		if (!begins(at, entities[k].entity))
			continue;
		add(reading, entities[k].c);
		return at + strlen(entities[k].entity);
	}
	fail_msg("an entity that nobody writes: %.20s", at);
	return NULL;
}

static void
read_page(struct reading *reading, const char *page)
{
	const char *at = strstr(page, "<main id=text>");
	const char *end = strstr(page, "</main>");

	memset(reading, 0, sizeof *reading);
	assert_non_null(at);
	assert_non_null(end);
	while (at < end) {
		if (*at == '<') {
			read_tag(reading, at);
			at = strchr(at, '>') + 1;
		} else if (*at == '&') {
			at = read_entity(reading, at);
		} else {
			add(reading, *at++);
		}
	}
}

static void
assert_reads_back(const char *page, const struct text texts[2])
{
	static struct reading reading;

	read_page(&reading, page);
	for (int side = 0; side < 2; side++) {
		char wanted[1 << 16];
		size_t size = 0;

		for (size_t k = 0; k < texts[side].size; k++)
			if (!strchr(" \n\r\t", texts[side].bytes[k]))
				wanted[size++] = texts[side].bytes[k];
		assert_int_equal(reading.sizes[side], size);
		assert_memory_equal(reading.texts[side], wanted, size);
	}
}

static void
html_has_every_character_of_both_versions_once(void **state)
{
	static const char *const words[] = {"the", "ferry", "a<b", "“quay”",
		"\"quay\"", "&amp;", "Überfahrt", "渡轮", "</main>", "said",
		"12", "<ins>", "of", "council", "voted", "--", "to"};
	struct generator generator = {.words = words,
		.word_count = sizeof words / sizeof *words,
		.seed = 7};
	static struct text texts[2];

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct pair pair;
		char *page;

		texts_make(&texts[0], &texts[1], &generator);
		pair_make_views(&pair, text_view(&texts[0]),
			text_view(&texts[1]), NULL, NULL);
		page = render_pair(&pair, stemma_render_html, &plain);
		assert_reads_back(page, texts);
		free(page);
		pair_free(&pair);
	}
}

/* ---- what it shows ------------------------------------------------------- */

#define FERRY "The ferry leaves at nine, and nobody is on the quay to see it."
#define MILL "The mill at the weir stands still since the war, people say here."
#define BELL "A bell rang twice in the night, and the lights went out at once."

static void
assert_has(const char *page, const char *what)
{
	if (!strstr(page, what))
		fail_msg("not on the page: %s", what);
}

static void
html_marks_edits_in_their_paragraph(void **state)
{
	char *page = render_texts("The ferry leaves at nine.\n",
		"The ferry leaves at ten.\n", stemma_render_html, &plain);

	(void)state;
	assert_has(page, "<p dir=auto lang=\"\" id=n1>The ferry leaves at "
			 "<del>nine</del><ins>ten</ins>.</p>");
	assert_has(page, "data-op=edited data-w=\"number \">");
	assert_has(page, "<li><a href=\"#n1\"><bdi>");
	free(page);
}

static void
html_links_both_places_of_what_moved(void **state)
{
	char *page = render_texts(FERRY "\n\n" MILL "\n\n" BELL "\n",
		BELL "\n\n" FERRY "\n\n" MILL "\n", stemma_render_html, &plain);

	(void)state;
	assert_has(page, "<a class=mv href=\"#o3\">moved from ¶3</a>");
	assert_has(page, "<a class=mv href=\"#n1\">moved to ¶1</a>");
	assert_has(page, "data-side=old id=o3 data-moved data-m=n1");
	assert_has(page, "class=\"cp \">" BELL "</p>");
	free(page);
}

static void
html_is_the_same_for_the_same_input(void **state)
{
	char *one = render_texts(FERRY, MILL, stemma_render_html, &plain);
	char *two = render_texts(FERRY, MILL, stemma_render_html, &plain);

	(void)state;
	assert_string_equal(one, two);
	free(one);
	free(two);
}

/* ---- hostile input ------------------------------------------------------- */

static void
html_takes_no_text_for_markup(void **state)
{
	static const struct stemma_render_options named = {
		.names = {"<script>a", "\"onload='b'\\</script>"}};
	char *page = render_texts("</script><script>alert(1)</script>\n",
		"<img src=x onerror=alert(1)> &lt; <!-- \x1b[31m ]]>\n",
		stemma_render_html, &named);
	size_t scripts = 0;

	(void)state;
	for (const char *at = page; (at = strstr(at, "<script")); at++)
		scripts++;
	assert_int_equal(scripts, 3);
	assert_null(strstr(page, "<img"));
	assert_null(strstr(page, "<!--"));
	assert_null(strchr(page, '\x1b'));
	assert_has(page, "<span class=x>^[</span>");
	assert_has(page, "&amp;lt;");
	/* Nor does a name end the data for programs. */
	assert_has(page, "\\u0022onload=\\u0027b\\u0027\\u005c\\u003c/script");
	free(page);
}

static void
html_shows_what_turns_the_reading_direction(void **state)
{
	char *page = render_texts("a\n", "evil \u202e txt.exe \u2066 a\n",
		stemma_render_html, &plain);

	(void)state;
	assert_null(strstr(page, "\u202e"));
	assert_null(strstr(page, "\u2066"));
	assert_has(page, "<span class=x>&lt;U+202E&gt;</span>");
	free(page);
}

/* A page called by one headline, which is this word so often. */
static char *
titled(const char *word, size_t times)
{
	struct stemma_out text = {0};
	char *page;

	while (times--)
		stemma_out_string(&text, word);
	stemma_out_bytes(&text, "", 1);
	page = render_texts("a\n", "b\n", stemma_render_html,
		&(const struct stemma_render_options){
			.names = {"a", text.bytes}});
	stemma_out_free(&text);
	return page;
}

static void
html_is_called_by_whole_characters(void **state)
{
	char *page = titled("سوريل", 1);

	(void)state;
	assert_has(page, "<title>سوريل</title>");
	assert_has(page, "lang=\"\">سوريل</h1>");
	free(page);
	/* Long titles are cut between characters: e and its accent are one. */
	page = titled("e\u0301", 100);
	assert_has(page, "\u0301…</h1>");
	free(page);
	page = titled("\xf0\xff", 100);
	assert_has(page, "…</h1>");
	free(page);
}

static void
html_lets_only_its_own_script_run(void **state)
{
	char *page = render_texts("a\n", "b\n", stemma_render_html, &plain);
	const char *style = strstr(page, "<style>") + strlen("<style>");
	const char *end = strstr(style, "</style>");

	(void)state;
	assert_has(page, "default-src 'none'; style-src 'sha256-");
	assert_has(page, "='; script-src 'sha256-");
	assert_non_null(end);
	assert_null(strstr(page, "http://") == NULL
			    ? NULL
			    : strstr(strstr(page, "http://") + 1, "http://"));
	assert_null(strstr(page, "url("));
	free(page);
}

static void
html_survives_every_memory_limit(void **state)
{
	(void)state;
	sweep_memory(FERRY "\n\n" MILL "\n\n" BELL "\n",
		BELL "\n\n" FERRY " Again.\n\n" FERRY "\n", stemma_render_html,
		&plain);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			html_has_every_character_of_both_versions_once),
		cmocka_unit_test(html_marks_edits_in_their_paragraph),
		cmocka_unit_test(html_links_both_places_of_what_moved),
		cmocka_unit_test(html_is_the_same_for_the_same_input),
		cmocka_unit_test(html_takes_no_text_for_markup),
		cmocka_unit_test(html_shows_what_turns_the_reading_direction),
		cmocka_unit_test(html_is_called_by_whole_characters),
		cmocka_unit_test(html_lets_only_its_own_script_run),
		cmocka_unit_test(html_survives_every_memory_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

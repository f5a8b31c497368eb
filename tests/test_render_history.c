/* The page of a story. SPDX-License-Identifier: MIT */
#include "render_help.h"

#define FERRY "The ferry leaves at nine, and nobody is on the quay to see it."
#define LATER "The ferry leaves at ten, and nobody is on the quay to see it."
#define MILL "The mill at the weir stands still since the war, people say here."
#define EVIL "A </span><script>alert(1)</script> &amp; \x1b[31m \u202e stands."

enum { COUNT = 4 };

static const char *const texts[COUNT] = {FERRY "\n\n" MILL "\n",
	LATER "\n\n" MILL "\n", MILL "\n\n" LATER "\n",
	MILL "\n\n" LATER "\n\n" EVIL "\n"};

static const char *const dates[COUNT] = {"2025-03-04T18:20:00Z",
	"2025-03-04T18:20:05Z", "2025-06-01T00:00:00Z", "2025-09-01T00:00:00Z"};

/* What is told of the first paragraph. */
static const struct stemma_life_event events[] = {{1, {1, 1}, STEMMA_LIFE_SEEN},
	{2, {1, 1}, STEMMA_LIFE_REMOVED}, {3, {0, 0}, STEMMA_LIFE_RESTORED},
	{3, {1, 0}, STEMMA_LIFE_MOVED}, {4, {0, 0}, STEMMA_LIFE_EDITED}};
static const struct stemma_history_other other = {.name = "evil <b>@7",
	.date = "2025-02-01T10:00:00Z",
	.text = {"<i>its words", 12},
	.nearly = true,
	.earlier = true};

/* A story of four revisions with all that is told of it. */
struct story {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[COUNT];
	struct stemma_trace *trace;
	struct stemma_origins origins;
	struct stemma_blame blame;
	struct stemma_blame_revision names[COUNT];
	struct stemma_page_version versions[COUNT];
	int64_t times[COUNT];
	struct stemma_history_change changes[COUNT];
	struct stemma_history_life lives[8];
	struct stemma_history history;
	struct stemma_view line;
};

static void
story_read(struct story *story, int k)
{
	int64_t last;

	assert_int_equal(
		stemma_doc_split(&story->docs[k], stemma_view_of(texts[k]),
			NULL, story->arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_trace_add(story->trace, &story->docs[k], story->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_time_read(&story->times[k], &last,
				 stemma_view_of(dates[k])),
		STEMMA_OK);
	story->names[k] = (struct stemma_blame_revision){.date = dates[k]};
	story->versions[k] = (struct stemma_page_version){.name = "ferry@",
		.raw = stemma_view_of(texts[k]),
		.title = stemma_view_of("Ferry </title> late"),
		.source = stemma_view_of("https://example.org/\"><script>"),
		.date = stemma_view_of(dates[k]),
		.revision = (uint32_t)k + 1};
}

static void
story_make(struct story *story)
{
	memset(story, 0, sizeof *story);
	story->arena = stemma_arena_new(0);
	story->scratch = stemma_arena_new(0);
	story->trace = stemma_trace_new(0);
	assert_true(story->arena && story->scratch && story->trace);
	for (int k = 0; k < COUNT; k++)
		story_read(story, k);
	assert_int_equal(
		stemma_trace_tell(&story->origins, story->trace, COUNT,
			&story->docs[COUNT - 1], story->arena, story->scratch),
		STEMMA_OK);
	story->lives[0] = (struct stemma_history_life){.events = events,
		.event_count = sizeof events / sizeof *events,
		.others = &other,
		.other_count = 1};
	story->line = stemma_view_of("headline: <i>early</i> → late");
	story->changes[1] = (struct stemma_history_change){
		.stats = {.words_added = 900}, &story->line, 1, false};
	story->changes[2].stats.moved = 1;
	story->changes[2].shown = story->changes[3].shown = true;
	story->blame = (struct stemma_blame){.story = stemma_view_of("fe\"rry"),
		.doc = &story->docs[COUNT - 1],
		.origins = &story->origins,
		.kinds = stemma_arena_zalloc(story->arena, 8, 1),
		.revisions = story->names,
		.revision = COUNT};
	story->history = (struct stemma_history){&story->blame, story->versions,
		story->times, story->changes, story->lives, 1 << 20,
		"2025-10-01T00:00:00Z"};
}

static void
story_free(struct story *story)
{
	stemma_trace_free(story->trace);
	stemma_arena_free(story->arena);
	stemma_arena_free(story->scratch);
}

static enum stemma_code
write_pair(struct story *story, struct stemma_out *out, uint32_t old,
	uint32_t new, bool compared, struct stemma_arena *scratch)
{
	const struct stemma_compare_options everything = {
		.reading = STEMMA_READ_ALL};
	struct stemma_mark mark = stemma_arena_mark(story->arena);
	struct stemma_comparison comparison;
	enum stemma_code code;

	assert_int_equal(stemma_comparison_make(&comparison,
				 &story->docs[old - 1], &story->docs[new - 1],
				 &everything, story->arena, story->scratch),
		STEMMA_OK);
	code = stemma_render_history_pair(out, &story->history, old, new,
		compared ? &comparison : NULL, scratch);
	stemma_arena_rewind(story->arena, mark);
	return code;
}

static enum stemma_code
write_story(struct story *story, struct stemma_out *out,
	struct stemma_arena *scratch)
{
	enum stemma_code code =
		stemma_render_history_start(out, &story->history, scratch);

	for (uint32_t new = COUNT; new > 1 && code == STEMMA_OK; new --)
		code = write_pair(story, out, new - 1, new, new != 2, scratch);
	if (code == STEMMA_OK)
		code = write_pair(story, out, 1, COUNT, true, scratch);
	if (code == STEMMA_OK)
		code = stemma_render_history_end(out, &story->history, 3);
	return code;
}

/* To be freed. */
static char *
page_of(struct story *story)
{
	struct stemma_out out = {0};

	assert_int_equal(write_story(story, &out, story->scratch), STEMMA_OK);
	assert_int_equal(stemma_arena_used(story->scratch), 0);
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	return out.bytes;
}

static void
assert_has(const char *page, const char *what)
{
	if (!strstr(page, what))
		fail_msg("not on the page: %s", what);
}

static size_t
count_of(const char *page, const char *what)
{
	size_t count = 0;

	for (; (page = strstr(page, what)); page++)
		count++;
	return count;
}

/* ---- tests --------------------------------------------------------------- */

static void
history_colours_words_by_the_age_of_their_revision(void **state)
{
	struct story story;
	char *page;

	(void)state;
	story_make(&story);
	page = page_of(&story);
	assert_has(page, "id=n1><span class=a0>" MILL "</span>");
	assert_has(page, "<sup class=rn><a href=\"#r2\" "
			 "aria-label=\"revision 2:\">2</a></sup>ten</span>");
	assert_has(page, "<span class=a2>");
	assert_has(page, "<span class=a7>A");
	free(page);
	story_free(&story);
}

static void
history_has_a_card_for_what_happened_to_a_paragraph(void **state)
{
	struct story story;
	char *page;

	(void)state;
	story_make(&story);
	page = page_of(&story);
	assert_int_equal(count_of(page, "<ul class=card>"), 1);
	assert_has(page, "<b>first seen</b></li>");
	/* What the page shows is linked, and no pair that it leaves out. */
	assert_has(page, "<b>removed</b></li>");
	assert_has(page, "<a href=\"#2-3.n1\">restored</a>");
	assert_has(page, "<a href=\"#2-3.n1\">moved</a></b> from ¶2 to ¶1<");
	assert_has(page, "<a href=\"#3-4.n1\">edited</a>");
	assert_has(page, "also in</b> <bdi>evil &lt;b&gt;@7</bdi>");
	assert_has(page, "earlier, with edits: <q><bdi lang=\"\">&lt;i&gt;its");
	assert_has(page, ",\"limit\":1048576,"
			 "\"until\":\"2025-10-01T00:00:00Z\",");
	free(page);
	story_free(&story);
}

static void
history_has_every_pair_under_anchors_of_its_own(void **state)
{
	struct story story;
	char *page;

	(void)state;
	story_make(&story);
	page = page_of(&story);
	assert_has(page, "<details id=p3-4>");
	assert_has(page, "<template id=p1-4>");
	assert_has(page, "id=3-4.n3>");
	assert_has(page, "id=1-4.n3>");
	assert_has(page, "data-m=2-3.o");
	assert_int_equal(count_of(page, "<template"), 1);
	assert_has(page, "3 pairs of revisions");
	free(page);
	story_free(&story);
}

static void
history_tells_the_digest_of_a_pair_that_is_left_out(void **state)
{
	struct story story;
	char *page;

	(void)state;
	story_make(&story);
	page = page_of(&story);
	assert_null(strstr(page, "id=p1-2"));
	assert_has(page, "<li><bdi>headline: &lt;i&gt;early&lt;/i&gt; → late"
			 "</bdi></li>");
	free(page);
	story_free(&story);
}

/* Five seconds after the first, the second dot still stands beside it. */
static void
history_has_a_dot_for_each_revision_apart_from_the_others(void **state)
{
	struct story story;
	char *page;

	(void)state;
	story_make(&story);
	page = page_of(&story);
	assert_int_equal(count_of(page, "<circle"), COUNT);
	assert_has(page, " cx=3.00%");
	assert_has(page, " cx=5.20%");
	assert_has(page, " cx=97.00%");
	assert_has(page, ">H</text>");
	assert_has(page, "<circle class=\"a4 mvd\"");
	free(page);
	story_free(&story);
}

static void
history_takes_no_text_for_markup(void **state)
{
	struct story story;
	char *page;

	(void)state;
	story_make(&story);
	page = page_of(&story);
	/* Those of the page: two of data, and its own. */
	assert_int_equal(count_of(page, "<script"), 3);
	assert_int_equal(count_of(page, "</title>"), 1 + COUNT);
	assert_int_equal(count_of(page, "<i>"), 0);
	assert_null(strchr(page, '\x1b'));
	assert_null(strstr(page, "\u202e"));
	assert_has(page, "data-story=\"fe&quot;rry\"");
	free(page);
	story_free(&story);
}

static void
history_of_one_revision_is_a_page_too(void **state)
{
	struct story story;
	struct stemma_out out = {0};

	(void)state;
	story_make(&story);
	story.blame.revision = 1;
	story.blame.doc = &story.docs[0];
	for (size_t k = 0; k < story.origins.count; k++)
		story.origins.words[k].revision = 1;
	story.origins.unit_count = 0;
	assert_int_equal(stemma_render_history_start(
				 &out, &story.history, story.scratch),
		STEMMA_OK);
	assert_int_equal(
		stemma_render_history_end(&out, &story.history, 0), STEMMA_OK);
	stemma_out_char(&out, '\0');
	assert_has(out.bytes, "in 1 revision<");
	assert_has(out.bytes, "</html>");
	stemma_out_free(&out);
	story_free(&story);
}

static void
history_survives_every_memory_limit(void **state)
{
	struct story story;
	bool done = false;

	(void)state;
	story_make(&story);
	for (size_t limit = 1; !done; limit += 1 + limit / 64) {
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_out out = {0};
		enum stemma_code code = write_story(&story, &out, scratch);

		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_int_equal(stemma_arena_used(scratch), 0);
		done = code == STEMMA_OK;
		stemma_out_free(&out);
		stemma_arena_free(scratch);
	}
	done = false;
	for (size_t limit = 1; !done; limit += 1 + limit / 16) {
		struct stemma_out out = {.limit = limit};
		enum stemma_code code =
			write_story(&story, &out, story.scratch);

		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_int_equal(stemma_arena_used(story.scratch), 0);
		done = code == STEMMA_OK;
		stemma_out_free(&out);
	}
	story_free(&story);
}

/* ---- feeds --------------------------------------------------------------- */

static enum stemma_code
write_feed(struct story *story, struct stemma_out *out,
	struct stemma_arena *scratch)
{
	const struct stemma_compare_options everything = {
		.reading = STEMMA_READ_ALL};
	struct stemma_mark mark = stemma_arena_mark(story->arena);
	struct stemma_comparison comparison;
	struct stemma_feed_entry entry = {.id = "urn:a",
		.version = &story->versions[1],
		.change = &story->changes[1],
		.comparison = &comparison,
		.doc = &story->docs[1]};
	enum stemma_code code;

	assert_int_equal(stemma_comparison_make(&comparison, &story->docs[0],
				 &story->docs[1], &everything, story->arena,
				 story->scratch),
		STEMMA_OK);
	code = stemma_render_feed_start(out, stemma_view_of("a & \x1b"),
		"urn:b", dates[3], "https://example.org/?a=1&b=2");
	if (code == STEMMA_OK)
		code = stemma_render_feed_entry(out, &entry, scratch);
	entry.comparison = NULL;
	entry.change = &story->changes[0];
	if (code == STEMMA_OK)
		code = stemma_render_feed_entry(out, &entry, scratch);
	if (code == STEMMA_OK)
		code = stemma_render_feed_end(out);
	stemma_arena_rewind(story->arena, mark);
	return code;
}

static void
feed_shows_changes_and_first_versions(void **state)
{
	struct stemma_out out = {0};
	struct story story;

	(void)state;
	story_make(&story);
	assert_int_equal(write_feed(&story, &out, story.scratch), STEMMA_OK);
	stemma_out_char(&out, '\0');
	assert_has(out.bytes, "<title>a &amp; ^[</title>");
	assert_has(out.bytes, "&lt;del&gt;nine&lt;/del&gt;");
	assert_has(out.bytes, ": the first version</title>");
	assert_has(out.bytes,
		"&lt;p dir=auto lang=&quot;&quot;&gt;" MILL "&lt;/p&gt;");
	assert_has(out.bytes, "<link rel=\"self\" "
			      "href=\"https://example.org/?a=1&amp;b=2\"/>");
	/* Readers have no style for it, and no page that a link leads to. */
	assert_has(out.bytes, "&lt;/span&gt; &lt;span class=op&gt;edited&lt;");
	assert_null(strstr(out.bytes, "href=&quot;#"));
	assert_null(strstr(out.bytes, " id=n"));
	assert_has(out.bytes, "<summary>ferry@: headline: &lt;i&gt;early");
	assert_int_equal(count_of(out.bytes, "</title>"), 3);
	stemma_out_free(&out);
	story_free(&story);
}

static void
feed_survives_every_memory_limit(void **state)
{
	struct story story;
	bool done = false;

	(void)state;
	story_make(&story);
	for (size_t limit = 1; !done; limit += 1 + limit / 64) {
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_out out = {.limit = 100 + limit * 2};
		enum stemma_code code = write_feed(&story, &out, scratch);

		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_int_equal(stemma_arena_used(scratch), 0);
		done = code == STEMMA_OK;
		stemma_out_free(&out);
		stemma_arena_free(scratch);
	}
	story_free(&story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			history_colours_words_by_the_age_of_their_revision),
		cmocka_unit_test(
			history_has_a_card_for_what_happened_to_a_paragraph),
		cmocka_unit_test(
			history_has_every_pair_under_anchors_of_its_own),
		cmocka_unit_test(
			history_tells_the_digest_of_a_pair_that_is_left_out),
		cmocka_unit_test(
			history_has_a_dot_for_each_revision_apart_from_the_others),
		cmocka_unit_test(history_takes_no_text_for_markup),
		cmocka_unit_test(history_of_one_revision_is_a_page_too),
		cmocka_unit_test(history_survives_every_memory_limit),
		cmocka_unit_test(feed_shows_changes_and_first_versions),
		cmocka_unit_test(feed_survives_every_memory_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stemma/base.h>

#define VIEW(literal) ((struct stemma_view){literal, sizeof literal - 1})

/* ---- output ------------------------------------------------------------ */

static void
out_gathers_everything_without_a_sink(void **state)
{
	struct stemma_out out = {0};

	(void)state;
	stemma_out_string(&out, "a");
	stemma_out_char(&out, 'b');
	stemma_out_repeat(&out, '.', 3);
	stemma_out_number(&out, 0);
	stemma_out_char(&out, ' ');
	stemma_out_number(&out, UINT64_MAX);
	stemma_out_format(&out, " %s=%d", "k", -7);
	stemma_out_view(&out, VIEW("\0z"));
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_true(stemma_view_equal((struct stemma_view){out.bytes, out.size},
		VIEW("ab...0 18446744073709551615 k=-7\0z")));
	stemma_out_free(&out);
	assert_null(out.bytes);
	stemma_out_free(&out);
}

static void
out_remembers_that_its_limit_was_reached(void **state)
{
	struct stemma_out out = {.limit = 5000};

	(void)state;
	stemma_out_repeat(&out, 'x', 4000);
	assert_int_equal(out.code, STEMMA_OK);
	stemma_out_repeat(&out, 'x', 4000);
	assert_int_equal(out.code, STEMMA_NOMEM);
	assert_true(out.size <= 5000);
	stemma_out_string(&out, "");
	stemma_out_char(&out, 'y');
	assert_int_equal(stemma_out_finish(&out), STEMMA_NOMEM);
	stemma_out_free(&out);
}

struct gathered {
	size_t bytes;
	size_t calls;
	size_t longest;
	uint64_t sum;
	size_t fail_at; /* the call that fails; 0: none */
};

static enum stemma_code
gather(void *cookie, const char *bytes, size_t size)
{
	struct gathered *all = cookie;

	all->calls++;
	if (all->calls == all->fail_at)
		return STEMMA_IO;
	for (size_t k = 0; k < size; k++)
		all->sum = all->sum * 31 + (unsigned char)bytes[k];
	all->bytes += size;
	if (size > all->longest)
		all->longest = size;
	return STEMMA_OK;
}

/* About 1 MB in pieces of all sizes, one far larger than the buffer. */
static void
write_much(struct stemma_out *out)
{
	static char piece[300000];

	for (size_t k = 0; k < sizeof piece; k++)
		piece[k] = (char)(k * 7);
	for (size_t k = 0; k < 1000; k++)
		stemma_out_bytes(out, piece + k, k);
	stemma_out_bytes(out, piece, sizeof piece);
	for (size_t k = 0; k < 1000; k++)
		stemma_out_number(out, k);
}

static void
out_gives_its_sink_all_bytes_in_order_and_constant_memory(void **state)
{
	struct stemma_out whole = {0}, out = {.sink = gather};
	struct gathered all = {0}, expected = {0};

	(void)state;
	write_much(&whole);
	assert_int_equal(stemma_out_finish(&whole), STEMMA_OK);
	gather(&expected, whole.bytes, whole.size);
	out.cookie = &all;
	write_much(&out);
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_int_equal(all.bytes, whole.size);
	assert_int_equal(all.sum, expected.sum);
	assert_true(out.capacity <= 256 << 10);
	assert_true(all.calls > 1 && all.calls < 30);
	stemma_out_free(&whole);
	stemma_out_free(&out);
}

static void
out_stops_at_the_first_failure_of_its_sink(void **state)
{
	struct gathered all = {.fail_at = 3};
	struct stemma_out out = {.sink = gather, .cookie = &all};

	(void)state;
	write_much(&out);
	assert_int_equal(stemma_out_finish(&out), STEMMA_IO);
	assert_int_equal(all.calls, 3);
	stemma_out_free(&out);
}

/* ---- JSON -------------------------------------------------------------- */

static void
assert_json(struct stemma_view text, const char *expected)
{
	struct stemma_out out = {0};

	stemma_out_json(&out, text);
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

static void
json_escapes_quotes_backslashes_and_controls(void **state)
{
	(void)state;
	assert_json(VIEW(""), "\"\"");
	assert_json(VIEW("plain /text"), "\"plain /text\"");
	assert_json(VIEW("\"\\"), "\"\\\"\\\\\"");
	assert_json(VIEW("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\"");
	assert_json(VIEW("\0\1\v\x1f\x7f"),
		"\"\\u0000\\u0001\\u000b\\u001f\\u007f\"");
}

static void
json_passes_every_length_of_utf8(void **state)
{
	(void)state;
	assert_json(VIEW("é€😀\xf4\x8f\xbf\xbf"), "\"é€😀\xf4\x8f\xbf\xbf\"");
}

static void
json_replaces_what_is_not_utf8(void **state)
{
	(void)state;
	assert_json(VIEW("a\xff"
			 "b"),
		"\"a\xef\xbf\xbd"
		"b\"");
	/* cut short, overlong, a surrogate, past the last code point */
	assert_json(VIEW("\xe2\x82"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
	assert_json(VIEW("\xc0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
	assert_json(VIEW("\xed\xa0\x80"),
		"\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
	assert_json(VIEW("\xf4\x90\x80\x80"),
		"\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
	assert_json(VIEW("\xe2\x28\xa1"), "\"\xef\xbf\xbd(\xef\xbf\xbd\"");
}

static void
assert_visible(struct stemma_view view, const char *expected)
{
	struct stemma_out out = {0};

	stemma_out_visible(&out, view);
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

static void
visible_text_passes_unchanged(void **state)
{
	(void)state;
	assert_visible(VIEW(""), "");
	assert_visible(
		VIEW("a b ä 文 \xf0\x9f\x98\x80"), "a b ä 文 \xf0\x9f\x98\x80");
}

static void
visible_shows_controls_and_what_turns_the_direction(void **state)
{
	(void)state;
	assert_visible(VIEW("\0\t\n\033[m\177"), "^@^I^J^[[m^?");
	assert_visible(VIEW("\xc2\x80\xc2\x9b"), "<80><9B>");
	assert_visible(VIEW("\xd8\x9c\xe2\x80\x8f\xe2\x80\xae\xe2\x81\xa6"),
		"<U+061C><U+200F><U+202E><U+2066>");
	assert_visible(VIEW("\xe2\x80\xa8\xe2\x80\xa9"), "<U+2028><U+2029>");
}

static void
visible_shows_the_bytes_of_what_is_not_utf8(void **state)
{
	(void)state;
	assert_visible(VIEW("\xff\xc0\x80"), "<FF><C0><80>");
	assert_visible(VIEW("\xe2\x80"), "<E2><80>");
	assert_visible(VIEW("\xed\xa0\x80"), "<ED><A0><80>");
	assert_visible(VIEW("\xf4\x90\x80\x80"), "<F4><90><80><80>");
	assert_visible(VIEW("\xf0\x80\x80\xafz"), "<F0><80><80><AF>z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(out_gathers_everything_without_a_sink),
		cmocka_unit_test(out_remembers_that_its_limit_was_reached),
		cmocka_unit_test(
			out_gives_its_sink_all_bytes_in_order_and_constant_memory),
		cmocka_unit_test(out_stops_at_the_first_failure_of_its_sink),
		cmocka_unit_test(json_escapes_quotes_backslashes_and_controls),
		cmocka_unit_test(json_passes_every_length_of_utf8),
		cmocka_unit_test(json_replaces_what_is_not_utf8),
		cmocka_unit_test(visible_text_passes_unchanged),
		cmocka_unit_test(
			visible_shows_controls_and_what_turns_the_direction),
		cmocka_unit_test(visible_shows_the_bytes_of_what_is_not_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

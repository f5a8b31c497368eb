/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/base.h>

#define VIEW(literal) ((struct stemma_view){literal, sizeof literal - 1})

/* ---- errors ------------------------------------------------------------ */

static void
error_keeps_its_first_message(void **state)
{
	struct stemma_error error = {0};

	(void)state;
	assert_int_equal(
		stemma_error_set(&error, STEMMA_IO, "disk %d", 1), STEMMA_IO);
	assert_int_equal(
		stemma_error_set(&error, STEMMA_NOMEM, "later"), STEMMA_NOMEM);
	assert_int_equal(error.code, STEMMA_IO);
	assert_string_equal(error.message, "disk 1");
}

static void
error_may_be_absent(void **state)
{
	(void)state;
	assert_int_equal(stemma_error_set(NULL, STEMMA_INVALID, "%s", "unseen"),
		STEMMA_INVALID);
}

static void
error_message_is_cut_to_its_room(void **state)
{
	struct stemma_error error = {0};
	char longer[1000];

	(void)state;
	memset(longer, 'x', sizeof longer);
	longer[sizeof longer - 1] = '\0';
	stemma_error_set(&error, STEMMA_IO, "%s", longer);
	assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

static void
every_code_has_its_own_message(void **state)
{
	(void)state;
	for (int a = STEMMA_OK; a <= STEMMA_CORRUPT; a++) {
		const char *message = stemma_code_message((enum stemma_code)a);

		assert_non_null(message);
		for (int b = STEMMA_OK; b < a; b++)
			assert_string_not_equal(message,
				stemma_code_message((enum stemma_code)b));
	}
	assert_string_equal(
		stemma_code_message((enum stemma_code)99), "unknown error");
}

static void
library_and_headers_agree_on_the_version(void **state)
{
	(void)state;
	assert_string_equal(stemma_version(), STEMMA_VERSION);
}

/* ---- views ------------------------------------------------------------- */

static void
view_cut_gives_the_bytes_of_the_span(void **state)
{
	struct stemma_view text = VIEW("one two");
	struct stemma_view cut =
		stemma_view_cut(text, (struct stemma_span){4, 7});

	(void)state;
	assert_true(stemma_view_equal(cut, VIEW("two")));
	cut = stemma_view_cut(text, (struct stemma_span){7, 7});
	assert_int_equal(cut.size, 0);
}

static void
view_equality_needs_the_same_size_and_bytes(void **state)
{
	(void)state;
	assert_true(stemma_view_equal(VIEW("a\0b"), VIEW("a\0b")));
	assert_false(stemma_view_equal(VIEW("a\0b"), VIEW("a\0c")));
	assert_false(stemma_view_equal(VIEW("a"), VIEW("ab")));
	assert_true(stemma_view_equal((struct stemma_view){NULL, 0}, VIEW("")));
	assert_int_equal(stemma_view_of(NULL).size, 0);
	assert_int_equal(stemma_view_of("four").size, 4);
}

/* ---- arena ------------------------------------------------------------- */

static void
arena_memory_is_aligned_and_apart(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	unsigned char *blocks[500];

	(void)state;
	assert_non_null(arena);
	for (size_t k = 0; k < 500; k++) {
		blocks[k] = stemma_arena_alloc(arena, k, 1);
		assert_non_null(blocks[k]);
		assert_int_equal(
			(uintptr_t)blocks[k] % _Alignof(max_align_t), 0);
		if (k)
			memset(blocks[k], (int)(k & 255), k);
	}
	for (size_t k = 0; k < 500; k++)
		for (size_t at = 0; at < k; at++)
			assert_int_equal(blocks[k][at], k & 255);
	stemma_arena_free(arena);
}

static void
arena_zalloc_gives_zeros_even_where_memory_was_used(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_mark mark = stemma_arena_mark(arena);
	unsigned char *bytes = stemma_arena_alloc(arena, 100, 1);

	(void)state;
	memset(bytes, 0xaa, 100);
	mark.chunk = stemma_arena_mark(arena).chunk;
	stemma_arena_rewind(arena, mark);
	bytes = stemma_arena_zalloc(arena, 100, 1);
	for (size_t k = 0; k < 100; k++)
		assert_int_equal(bytes[k], 0);
	stemma_arena_free(arena);
}

static void
arena_refuses_a_size_that_overflows(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);

	(void)state;
	assert_null(stemma_arena_alloc(arena, SIZE_MAX, 2));
	assert_null(stemma_arena_alloc(arena, SIZE_MAX / 2, 3));
	assert_null(stemma_arena_alloc(arena, SIZE_MAX, 1));
	assert_null(stemma_arena_alloc(arena, 1, SIZE_MAX - 8));
	assert_int_equal(stemma_arena_used(arena), 0);
	assert_non_null(stemma_arena_alloc(arena, SIZE_MAX, 0));
	stemma_arena_free(arena);
}

static void
arena_hands_out_no_more_than_its_limit(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(256);

	(void)state;
	assert_non_null(stemma_arena_alloc(arena, 200, 1));
	assert_null(stemma_arena_alloc(arena, 100, 1));
	assert_non_null(stemma_arena_alloc(arena, 40, 1));
	assert_true(stemma_arena_used(arena) <= 256);
	stemma_arena_free(arena);
}

static void
arena_rewind_gives_memory_and_limit_back(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(1 << 20);
	char *kept = stemma_arena_string(arena, VIEW("kept"));
	struct stemma_mark mark = stemma_arena_mark(arena);

	(void)state;
	for (int round = 0; round < 10; round++) {
		assert_non_null(stemma_arena_alloc(arena, 900000, 1));
		assert_null(stemma_arena_alloc(arena, 900000, 1));
		stemma_arena_rewind(arena, mark);
		assert_int_equal(stemma_arena_used(arena), mark.used);
	}
	assert_string_equal(kept, "kept");
	stemma_arena_free(arena);
}

static void
arena_can_rewind_to_its_beginning(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_mark mark = stemma_arena_mark(arena);

	(void)state;
	assert_non_null(stemma_arena_alloc(arena, 10, 1000));
	assert_non_null(stemma_arena_alloc(arena, 1, 1 << 23));
	stemma_arena_rewind(arena, mark);
	assert_int_equal(stemma_arena_used(arena), 0);
	assert_non_null(stemma_arena_alloc(arena, 10, 1000));
	stemma_arena_free(arena);
}

static void
arena_free_takes_null(void **state)
{
	(void)state;
	stemma_arena_free(NULL);
}

static void
arena_string_ends_with_a_nul(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);

	(void)state;
	assert_string_equal(
		stemma_arena_string(arena, (struct stemma_view){"abcdef", 3}),
		"abc");
	assert_string_equal(
		stemma_arena_string(arena, (struct stemma_view){NULL, 0}), "");
	stemma_arena_free(arena);
}

/* ---- hashes ------------------------------------------------------------ */

static void
assert_sha256(struct stemma_view text, const char *expected)
{
	char hex[65];

	stemma_sha256_hex(hex, text);
	assert_string_equal(hex, expected);
}

static void
sha256_gives_the_answers_of_fips_180(void **state)
{
	char *million = malloc(1000000);

	(void)state;
	assert_non_null(million);
	memset(million, 'a', 1000000);
	assert_sha256(VIEW(""), "e3b0c44298fc1c149afbf4c8996fb924"
				"27ae41e4649b934ca495991b7852b855");
	assert_sha256(VIEW("abc"), "ba7816bf8f01cfea414140de5dae2223"
				   "b00361a396177a9cb410ff61f20015ad");
	assert_sha256(VIEW("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomno"
			   "pnopq"),
		"248d6a61d20638b8e5c026930c3e6039"
		"a33ce45964ff2167f6ecedd419db06c1");
	assert_sha256((struct stemma_view){million, 1000000},
		"cdc76e5c9914fb9281a1c7e284d73e67"
		"f1809a48a497200e046d39ccc7112cd0");
	free(million);
}

static void
sha256_digits_spell_the_digest(void **state)
{
	unsigned char digest[32];
	char hex[65], spelled[65];

	(void)state;
	stemma_sha256(digest, VIEW("stemma"));
	stemma_sha256_hex(hex, VIEW("stemma"));
	for (size_t k = 0; k < sizeof digest; k++)
		snprintf(spelled + 2 * k, 3, "%02x", (unsigned)digest[k]);
	assert_string_equal(hex, spelled);
}

static void
hash_tells_one_changed_byte(void **state)
{
	char text[200];

	(void)state;
	memset(text, 'x', sizeof text);
	for (size_t size = 1; size <= sizeof text; size++) {
		struct stemma_view view = {text, size};
		uint64_t before = stemma_hash(view);

		text[size - 1] = 'y';
		assert_true(stemma_hash(view) != before);
		text[size - 1] = 'x';
		assert_true(stemma_hash(view) == before);
	}
}

/* ---- interning --------------------------------------------------------- */

#define MANY 20000

/* `count` distinct strings of 8 bytes, one after another. */
static char *
distinct_strings(size_t count)
{
	char *bytes = malloc(count * 8 + 1);

	assert_non_null(bytes);
	for (size_t k = 0; k < count; k++)
		snprintf(bytes + 8 * k, 9, "w%07zu", k);
	return bytes;
}

static void
intern_numbers_strings_in_order_of_first_sight(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_intern *table = stemma_intern_new(arena);
	char *bytes = distinct_strings(MANY);

	(void)state;
	assert_non_null(table);
	assert_int_equal(stemma_intern_count(table), 0);
	for (int round = 0; round < 2; round++)
		for (uint32_t k = 0; k < MANY; k++)
			assert_int_equal(
				stemma_intern_id(table,
					(struct stemma_view){bytes + 8 * k, 8}),
				k);
	assert_int_equal(stemma_intern_count(table), MANY);
	for (uint32_t k = 0; k < MANY; k++)
		assert_ptr_equal(
			stemma_intern_string(table, k).bytes, bytes + 8 * k);
	free(bytes);
	stemma_arena_free(arena);
}

static void
intern_find_adds_nothing(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_intern *table = stemma_intern_new(arena);

	(void)state;
	assert_int_equal(stemma_intern_find(table, VIEW("a")), STEMMA_NO_ID);
	assert_int_equal(stemma_intern_id(table, VIEW("")), 0);
	assert_int_equal(stemma_intern_id(table, VIEW("a")), 1);
	assert_int_equal(stemma_intern_find(table, VIEW("a")), 1);
	assert_int_equal(stemma_intern_find(table, VIEW("a\0")), STEMMA_NO_ID);
	assert_int_equal(stemma_intern_find(table, VIEW("")), 0);
	assert_int_equal(stemma_intern_count(table), 2);
	stemma_arena_free(arena);
}

/* Interning 2,000 strings within `limit`: how many went in. */
static uint32_t
intern_within(size_t limit, const char *bytes, uint32_t count)
{
	struct stemma_arena *arena = stemma_arena_new(limit);
	struct stemma_intern *table = stemma_intern_new(arena);
	uint32_t done = 0;

	while (table && done < count) {
		struct stemma_view word = {bytes + 8 * done, 8};
		uint32_t id = stemma_intern_id(table, word);

		if (id == STEMMA_NO_ID) {
			/* nothing half made: the rest answers as before */
			assert_int_equal(
				stemma_intern_find(table, word), STEMMA_NO_ID);
			break;
		}
		assert_int_equal(id, done);
		done++;
	}
	for (uint32_t k = 0; k < done; k++)
		assert_int_equal(
			stemma_intern_find(
				table, (struct stemma_view){bytes + 8 * k, 8}),
			k);
	if (table)
		assert_int_equal(stemma_intern_count(table), done);
	stemma_arena_free(arena);
	return done;
}

static void
intern_survives_every_failed_allocation(void **state)
{
	const uint32_t count = 2000;
	char *bytes = distinct_strings(count);
	uint32_t done = 0;
	size_t failures = 0;

	(void)state;
	for (size_t limit = 16; done < count; limit += 509) {
		uint32_t now = intern_within(limit, bytes, count);

		assert_true(now >= done);
		done = now;
		failures += done < count;
		assert_true(limit < 1 << 20);
	}
	assert_true(failures > 10);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(error_keeps_its_first_message),
		cmocka_unit_test(error_may_be_absent),
		cmocka_unit_test(error_message_is_cut_to_its_room),
		cmocka_unit_test(every_code_has_its_own_message),
		cmocka_unit_test(library_and_headers_agree_on_the_version),
		cmocka_unit_test(view_cut_gives_the_bytes_of_the_span),
		cmocka_unit_test(view_equality_needs_the_same_size_and_bytes),
		cmocka_unit_test(arena_memory_is_aligned_and_apart),
		cmocka_unit_test(
			arena_zalloc_gives_zeros_even_where_memory_was_used),
		cmocka_unit_test(arena_refuses_a_size_that_overflows),
		cmocka_unit_test(arena_hands_out_no_more_than_its_limit),
		cmocka_unit_test(arena_rewind_gives_memory_and_limit_back),
		cmocka_unit_test(arena_can_rewind_to_its_beginning),
		cmocka_unit_test(arena_free_takes_null),
		cmocka_unit_test(arena_string_ends_with_a_nul),
		cmocka_unit_test(sha256_gives_the_answers_of_fips_180),
		cmocka_unit_test(sha256_digits_spell_the_digest),
		cmocka_unit_test(hash_tells_one_changed_byte),
		cmocka_unit_test(
			intern_numbers_strings_in_order_of_first_sight),
		cmocka_unit_test(intern_find_adds_nothing),
		cmocka_unit_test(intern_survives_every_failed_allocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

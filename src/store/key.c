/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include <stemma/store.h>

/* A key that would be longer than MOST is cut to KEPT, "-" and a hash. */
enum { MOST = STEMMA_KEY_SIZE - 1, HASH = 16, KEPT = MOST - HASH - 1 };

static const char digits[] = "0123456789abcdef";

/* Names that Windows keeps for devices, whatever the suffix. */
static bool
is_device(struct stemma_view name)
{
	static const char *const devices[] = {"con", "prn", "aux", "nul"};
	size_t at;

	for (at = 0; at < sizeof devices / sizeof *devices; at++) {
		if (stemma_view_equal(name, stemma_view_of(devices[at])))
			return true;
	}
	return name.size == 4 && name.bytes[3] >= '0' && name.bytes[3] <= '9' &&
	       (!memcmp(name.bytes, "com", 3) || !memcmp(name.bytes, "lpt", 3));
}

static bool
is_literal(char c, bool leading)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       (c == '-' && !leading);
}

/* Whether a key looks like one that was cut. A whole one that happens to is
   cut as well, or two names could share it. */
static bool
looks_cut(struct stemma_view key)
{
	if (key.size != MOST || key.bytes[KEPT] != '-')
		return false;
	for (size_t at = KEPT + 1; at < MOST; at++) {
		if (!memchr(digits, key.bytes[at], 16))
			return false;
	}
	return true;
}

static void
encode(char key[STEMMA_KEY_SIZE], struct stemma_view name)
{
	bool device = is_device(name);
	size_t at, size = 0;
	char hash[65];

	for (at = 0; at < name.size; at++) {
		unsigned char c = (unsigned char)name.bytes[at];
		bool literal =
			is_literal((char)c, at == 0) && !(device && at == 0);

		if (size + (literal ? 1 : 3) > MOST)
			break;
		if (literal) {
			key[size++] = (char)c;
			continue;
		}
		key[size++] = '=';
		key[size++] = digits[c >> 4];
		key[size++] = digits[c & 15];
	}
	key[size] = '\0';
	if (at < name.size || looks_cut((struct stemma_view){key, size})) {
		stemma_sha256_hex(hash, name);
		key[KEPT] = '-';
		memcpy(key + KEPT + 1, hash, HASH);
		key[MOST] = '\0';
	}
}

static bool
is_ascii(struct stemma_view name)
{
	for (size_t at = 0; at < name.size; at++) {
		if ((unsigned char)name.bytes[at] >= 0x80)
			return false;
	}
	return true;
}

static enum stemma_code
check(struct stemma_view name, struct stemma_error *error)
{
	if (!name.size)
		return stemma_error_set(
			error, STEMMA_INVALID, "a story's name is empty");
	if (name.size > STEMMA_STORY_SIZE)
		return stemma_error_set(error, STEMMA_INVALID,
			"a story's name has %zu bytes, more than %d", name.size,
			STEMMA_STORY_SIZE);
	for (size_t at = 0; at < name.size; at++) {
		unsigned char c = (unsigned char)name.bytes[at];

		if (c < 0x20 || c == 0x7f)
			return stemma_error_set(error, STEMMA_INVALID,
				"a story's name has a control character in it");
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_key_make(char key[STEMMA_KEY_SIZE], struct stemma_view name,
	struct stemma_error *error)
{
	enum stemma_code code = check(name, error);
	utf8proc_uint8_t *composed;
	utf8proc_ssize_t size;

	if (code != STEMMA_OK)
		return code;
	if (is_ascii(name)) {
		encode(key, name);
		return STEMMA_OK;
	}
	size = utf8proc_map((const utf8proc_uint8_t *)name.bytes,
		(utf8proc_ssize_t)name.size, &composed,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (size == UTF8PROC_ERROR_NOMEM)
		return stemma_error_set(error, STEMMA_NOMEM, "out of memory");
	if (size < 0)
		return stemma_error_set(
			error, STEMMA_INVALID, "a story's name is not UTF-8");
	encode(key, (struct stemma_view){(char *)composed, (size_t)size});
	free(composed);
	return STEMMA_OK;
}

static int
digit_value(char c)
{
	const char *found = memchr(digits, c, 16);

	return found ? (int)(found - digits) : -1;
}

enum stemma_code
stemma_key_read(struct stemma_view *name, struct stemma_view key,
	struct stemma_arena *arena)
{
	size_t at, size = 0;
	char *bytes;

	if (looks_cut(key))
		return STEMMA_NOTFOUND;
	bytes = stemma_arena_string(arena, key);
	if (!bytes)
		return STEMMA_NOMEM;
	for (at = 0; at < key.size; at++) {
		int high, low;

		if (bytes[at] != '=') {
			bytes[size++] = bytes[at];
			continue;
		}
		high = digit_value(bytes[at + 1]);
		low = high < 0 ? -1 : digit_value(bytes[at + 2]);
		if (low < 0)
			return STEMMA_NOTFOUND;
		bytes[size++] = (char)(high << 4 | low);
		at += 2;
	}
	bytes[size] = '\0';
	*name = (struct stemma_view){bytes, size};
	return STEMMA_OK;
}

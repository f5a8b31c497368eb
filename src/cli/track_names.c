/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "track.h"

/* Titles past so many bytes are cut. */
#define TITLE_MAX 300

/* A text is read this far for its headline. */
#define HEAD_MAX 65536

static const char *
base_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? slash + 1 : file;
}

/* The dot of the suffix, or the end; a first dot hides a file. */
static const char *
dot_of(const char *base)
{
	const char *dot = strrchr(base, '.');

	return dot && dot != base ? dot : base + strlen(base);
}

struct stemma_view
stemma_track_name(const char *file)
{
	const char *base = base_of(file);

	return (struct stemma_view){base, (size_t)(dot_of(base) - base)};
}

struct stemma_view
stemma_track_suffix(const char *file)
{
	const char *dot = dot_of(base_of(file));
	struct stemma_view suffix = {"", 0};

	if (!*dot)
		return suffix;
	suffix = stemma_view_of(dot + 1);
	for (size_t k = 0; k < suffix.size; k++) {
		char c = suffix.bytes[k];

		if (k == 8 ||
			!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return (struct stemma_view){"", 0};
	}
	return suffix;
}

/* The unit on one line; cut before a code point that would not fit. */
static enum stemma_code
flatten(struct stemma_view *title, struct stemma_view unit,
	struct stemma_arena *arena)
{
	size_t size = unit.size < TITLE_MAX ? unit.size : TITLE_MAX;
	char *bytes = stemma_arena_alloc(arena, size, 1);

	if (!bytes)
		return STEMMA_NOMEM;
	while (size < unit.size && size &&
		((unsigned char)unit.bytes[size] & 0xc0) == 0x80)
		size--;
	for (size_t k = 0; k < size; k++) {
		unsigned char byte = (unsigned char)unit.bytes[k];

		bytes[k] = byte < 0x20 || byte == 0x7f ? ' ' : unit.bytes[k];
		/* U+0080 to U+009F are controls too: c2 80 to c2 9f. */
		if (k && bytes[k - 1] == '\xc2' && byte >= 0x80 && byte < 0xa0)
			bytes[k - 1] = bytes[k] = ' ';
	}
	while (size && bytes[size - 1] == ' ')
		size--;
	*title = (struct stemma_view){bytes, size};
	return STEMMA_OK;
}

enum stemma_code
stemma_track_line(struct stemma_view *line, struct stemma_view text,
	struct stemma_arena *arena)
{
	struct stemma_doc doc;
	enum stemma_code code = stemma_doc_split(&doc, text, NULL, arena, NULL);

	return code == STEMMA_OK ? flatten(line, doc.text, arena) : code;
}

static enum stemma_code
find_title(struct stemma_view *title, const struct stemma_doc *doc,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	uint8_t *kinds = stemma_arena_alloc(arena, doc->unit_count, 1);
	enum stemma_code code = STEMMA_NOMEM;

	if (kinds)
		code = stemma_kinds_tell(
			kinds, NULL, doc, NULL, NULL, 0, scratch);
	for (size_t k = 0; code == STEMMA_OK && k < doc->unit_count; k++)
		if (kinds[k] == STEMMA_KIND_HEADLINE)
			return flatten(title, stemma_doc_unit(doc, k), arena);
	return code;
}

/* Not cut inside of a line, which would make it another encoding's. */
static struct stemma_view
head_of(struct stemma_view bytes)
{
	const char *end;

	if (bytes.size > HEAD_MAX) {
		end = memrchr(bytes.bytes, '\n', HEAD_MAX);
		bytes.size = end ? (size_t)(end - bytes.bytes) : 0;
	}
	return bytes;
}

enum stemma_code
stemma_track_title(struct stemma_view *title, struct stemma_view bytes,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_arena *own = stemma_arena_new(0);
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_doc doc;

	*title = (struct stemma_view){"", 0};
	bytes = head_of(bytes);
	if (own)
		code = stemma_doc_split(&doc, bytes, NULL, own, NULL);
	if (code == STEMMA_OK)
		code = find_title(title, &doc, arena, scratch);
	stemma_arena_free(own);
	return code;
}

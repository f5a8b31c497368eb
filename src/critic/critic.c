/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/critic.h>

#include "base/base64.h"

enum { OLD = 1, NEW = 2 };

struct reader {
	struct stemma_critic *critic;
	struct stemma_view text;
	size_t at;
	char *bytes[2]; /* by version; as large as the text */
	size_t sizes[2];
	size_t never[5];             /* by mark: from here on it does not end */
	size_t highlight;            /* where the one we are in ends, or 0 */
	struct stemma_view notes[2]; /* what comments say of the bytes */
};

enum mark { DELETE, INSERT, REPLACE, COMMENT, HIGHLIGHT };

static const struct {
	const char open[4], close[4];
} marks[] = {
	[DELETE] = {"{--", "--}"},
	[INSERT] = {"{++", "++}"},
	[REPLACE] = {"{~~", "~~}"},
	[COMMENT] = {"{>>", "<<}"},
	[HIGHLIGHT] = {"{==", "==}"},
};

static bool
stands(struct stemma_view text, size_t at, const char *sign, size_t size)
{
	return text.size - at >= size &&
	       memcmp(text.bytes + at, sign, size) == 0;
}

/* The end of a comment that starts at `at`, or 0. */
static size_t
comment_end(struct reader *reader, size_t at)
{
	struct stemma_view text = reader->text;
	const char *found;

	if (!stands(text, at, marks[COMMENT].open, 3) ||
		at >= reader->never[COMMENT])
		return 0;
	found = memmem(text.bytes + at + 3, text.size - at - 3,
		marks[COMMENT].close, 3);
	if (found)
		return (size_t)(found - text.bytes) + 3;
	reader->never[COMMENT] = at;
	return 0;
}

/* Where `sign` stands next, outside of comments; the end if nowhere. */
static size_t
find(struct reader *reader, size_t at, const char *sign, size_t size)
{
	struct stemma_view text = reader->text;

	while (at < text.size) {
		size_t end;

		if (stands(text, at, sign, size))
			return at;
		end = comment_end(reader, at);
		at = end ? end : at + 1;
	}
	return text.size;
}

/* Text up to `end`, to the versions in `to`; comments are dropped. */
static void
keep(struct reader *reader, size_t end, unsigned to)
{
	while (reader->at < end) {
		size_t after = comment_end(reader, reader->at);

		if (after && after <= end) {
			reader->critic->comments += after - reader->at > 6;
			reader->at = after;
			continue;
		}
		for (int side = 0; side < 2; side++)
			if (to & (side ? NEW : OLD))
				reader->bytes[side][reader->sizes[side]++] =
					reader->text.bytes[reader->at];
		reader->at++;
	}
}

/* A mark that starts here; false if it never ends. */
static bool
read_edit(struct reader *reader, enum mark mark)
{
	size_t middle = 0, start = reader->at + 3, end = start;

	if (reader->at >= reader->never[mark])
		return false;
	if (mark == REPLACE) {
		middle = find(reader, start, "~>", 2);
		end = middle + 2 < reader->text.size ? middle + 2
						     : reader->text.size;
	}
	end = find(reader, end, marks[mark].close, 3);
	if (end == reader->text.size) {
		reader->never[mark] = reader->at;
		return false;
	}
	reader->at = start;
	if (mark == REPLACE) {
		keep(reader, middle, OLD);
		reader->at = middle + 2;
	}
	keep(reader, end, mark == DELETE ? OLD : NEW);
	reader->at = end + 3;
	reader->critic->edits++;
	return true;
}

static bool
read_highlight(struct reader *reader)
{
	size_t end;

	if (reader->highlight || reader->at >= reader->never[HIGHLIGHT])
		return false;
	end = find(reader, reader->at + 3, marks[HIGHLIGHT].close, 3);
	if (end == reader->text.size) {
		reader->never[HIGHLIGHT] = reader->at;
		return false;
	}
	reader->highlight = end;
	reader->critic->highlights++;
	reader->at += 3;
	return true;
}

/* "{>>stemma:old sha256=… base64=…<<}": the rest is kept for the end. */
static void
read_note(struct reader *reader, size_t end)
{
	static const char *const starts[] = {
		"{>>stemma:old sha256=", "{>>stemma:new sha256="};

	for (int side = 0; side < 2; side++) {
		size_t size = strlen(starts[side]);

		if (!stands(reader->text, reader->at, starts[side], size))
			continue;
		reader->notes[side] = (struct stemma_view){
			reader->text.bytes + reader->at + size,
			end - 3 - reader->at - size};
		return;
	}
	reader->critic->comments += end - reader->at > 6;
}

/* What starts at this brace; false if nothing does. */
static bool
read_mark(struct reader *reader)
{
	size_t end = comment_end(reader, reader->at);

	if (end) {
		read_note(reader, end);
		reader->at = end;
		return true;
	}
	for (int mark = DELETE; mark <= HIGHLIGHT; mark++) {
		if (!stands(reader->text, reader->at, marks[mark].open, 3))
			continue;
		if (mark == HIGHLIGHT
				? read_highlight(reader)
				: mark != COMMENT &&
					  read_edit(reader, (enum mark)mark))
			return true;
		reader->critic->unended++;
	}
	return false;
}

/* The bytes that a note has for a version, if the version is still the one it
   was written for. */
static bool
apply_note(struct reader *reader, int side, struct stemma_arena *arena)
{
	static const char before[] = " base64=";
	struct stemma_view note = reader->notes[side];
	struct stemma_view *version = &reader->critic->versions[side];
	size_t head = 64 + sizeof before - 1;
	char sha256[65];
	bool nomem;

	if (note.size < head || memcmp(note.bytes + 64, before, head - 64))
		return true;
	stemma_sha256_hex(sha256, *version);
	if (memcmp(sha256, note.bytes, 64) != 0)
		return true;
	return stemma_base64_read(version,
		       (struct stemma_view){
			       note.bytes + head, note.size - head},
		       arena, &nomem) ||
	       !nomem;
}

enum stemma_code
stemma_critic_read(struct stemma_critic *critic, struct stemma_view marked,
	struct stemma_arena *arena)
{
	struct stemma_mark start = stemma_arena_mark(arena);
	struct reader reader = {.critic = critic, .text = marked};

	memset(critic, 0, sizeof *critic);
	for (size_t i = 0; i < sizeof reader.never / sizeof *reader.never; i++)
		reader.never[i] = marked.size;
	for (int side = 0; side < 2; side++) {
		reader.bytes[side] = stemma_arena_alloc(arena, marked.size, 1);
		if (!reader.bytes[side])
			goto fail;
	}
	while (reader.at < marked.size) {
		/* One that ends inside of an edit ends there without a word. */
		if (reader.highlight && reader.at >= reader.highlight) {
			reader.at += reader.at == reader.highlight ? 3 : 0;
			reader.highlight = 0;
		} else if (marked.bytes[reader.at] != '{' ||
			   !read_mark(&reader)) {
			for (int side = 0; side < 2; side++)
				reader.bytes[side][reader.sizes[side]++] =
					marked.bytes[reader.at];
			reader.at++;
		}
	}
	for (int side = 0; side < 2; side++) {
		critic->versions[side] = (struct stemma_view){
			reader.bytes[side], reader.sizes[side]};
		if (!apply_note(&reader, side, arena))
			goto fail;
	}
	return STEMMA_OK;
fail:
	stemma_arena_rewind(arena, start);
	memset(critic, 0, sizeof *critic);
	return STEMMA_NOMEM;
}

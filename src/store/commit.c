/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <stdio.h>
#include <string.h>

enum { HEX = 40 };

/* Trailers that are fields of a revision; others of ours begin with Meta-. */
static const char meta[] = "Meta-";

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool
stemma_id_read(struct stemma_id *id, const char *hex)
{
	for (size_t at = 0; at < sizeof id->bytes; at++) {
		int high = hex_value(hex[2 * at]);
		int low = high < 0 ? -1 : hex_value(hex[2 * at + 1]);

		if (low < 0)
			return false;
		id->bytes[at] = (unsigned char)(high << 4 | low);
	}
	return true;
}

/* Takes a line "LABEL rest\n" off the front of `bytes`. */
static bool
take_line(
	struct stemma_view *bytes, const char *label, struct stemma_view *rest)
{
	size_t size = strlen(label);
	const char *end = memchr(bytes->bytes, '\n', bytes->size);
	size_t line = end ? (size_t)(end - bytes->bytes) : bytes->size;

	if (line <= size || memcmp(bytes->bytes, label, size) ||
		bytes->bytes[size] != ' ')
		return false;
	*rest = (struct stemma_view){bytes->bytes + size + 1, line - size - 1};
	line += end != NULL;
	bytes->bytes += line;
	bytes->size -= line;
	return true;
}

/* "name <mail> 1709300000 +0000" */
static bool
read_person(struct stemma_view line, struct stemma_view *name, int64_t *time)
{
	const char *open = memchr(line.bytes, '<', line.size);
	const char *close = memrchr(line.bytes, '>', line.size);
	size_t at;

	if (!open || !close || close < open)
		return false;
	*name = (struct stemma_view){line.bytes, (size_t)(open - line.bytes)};
	while (name->size && name->bytes[name->size - 1] == ' ')
		name->size--;
	at = (size_t)(close - line.bytes) + 1;
	while (at < line.size && line.bytes[at] == ' ')
		at++;
	for (*time = 0; at < line.size && line.bytes[at] >= '0' &&
			line.bytes[at] <= '9' && *time < INT64_MAX / 16;
		at++)
		*time = *time * 10 + (line.bytes[at] - '0');
	return true;
}

/* Headers there may be more of, such as a signature, up to the empty line. */
static bool
skip_headers(struct stemma_view *bytes)
{
	while (bytes->size && *bytes->bytes != '\n') {
		const char *end = memchr(bytes->bytes, '\n', bytes->size);
		size_t line =
			end ? (size_t)(end - bytes->bytes) + 1 : bytes->size;

		bytes->bytes += line;
		bytes->size -= line;
	}
	if (!bytes->size)
		return false;
	bytes->bytes++;
	bytes->size--;
	return true;
}

bool
stemma_commit_parse(struct stemma_commit *commit, struct stemma_view bytes)
{
	struct stemma_view line, committer;
	struct stemma_id id;

	*commit = (struct stemma_commit){0};
	if (!take_line(&bytes, "tree", &line) || line.size != HEX ||
		!stemma_id_read(&commit->tree, line.bytes))
		return false;
	commit->parents.bytes = bytes.bytes;
	while (take_line(&bytes, "parent", &line)) {
		if (line.size != HEX || !stemma_id_read(&id, line.bytes))
			return false;
		commit->parent_count++;
	}
	commit->parents.size = (size_t)(bytes.bytes - commit->parents.bytes);
	if (!take_line(&bytes, "author", &line) ||
		!read_person(line, &commit->author, &commit->authored) ||
		!take_line(&bytes, "committer", &line) ||
		!read_person(line, &committer, &commit->committed))
		return false;
	if (skip_headers(&bytes))
		commit->message = bytes;
	return true;
}

struct stemma_id
stemma_commit_parent(const struct stemma_commit *commit, uint32_t at)
{
	static const size_t line = sizeof "parent " - 1 + HEX + 1;
	struct stemma_id id = {0};

	stemma_id_read(
		&id, commit->parents.bytes + at * line + sizeof "parent " - 1);
	return id;
}

/* The last paragraph of the message. */
static struct stemma_view
trailers_of(struct stemma_view message)
{
	size_t end = message.size, at;

	while (end && message.bytes[end - 1] == '\n')
		end--;
	for (at = end; at > 1; at--) {
		if (message.bytes[at - 1] == '\n' &&
			message.bytes[at - 2] == '\n')
			break;
	}
	if (at <= 1)
		return (struct stemma_view){NULL, 0};
	return (struct stemma_view){message.bytes + at, end - at};
}

/* Takes the next "Key: value" off the front; other lines are passed over. */
static bool
next_trailer(struct stemma_view *text, struct stemma_note *trailer)
{
	while (text->size) {
		const char *end = memchr(text->bytes, '\n', text->size);
		size_t line = end ? (size_t)(end - text->bytes) : text->size;
		const char *start = text->bytes;
		const char *colon = memchr(start, ':', line);

		text->bytes += line + (end != NULL);
		text->size -= line + (end != NULL);
		if (!colon || colon == start || colon + 1 >= start + line ||
			colon[1] != ' ')
			continue;
		trailer->key =
			(struct stemma_view){start, (size_t)(colon - start)};
		trailer->value = (struct stemma_view){
			colon + 2, line - trailer->key.size - 2};
		return true;
	}
	return false;
}

static uint64_t
read_size(struct stemma_view text)
{
	uint64_t size = 0;

	for (size_t at = 0; at < text.size && text.bytes[at] >= '0' &&
			    text.bytes[at] <= '9' && size < UINT64_MAX / 16;
		at++)
		size = size * 10 + (uint64_t)(text.bytes[at] - '0');
	return size;
}

static bool
is_key(struct stemma_view key, const char *name)
{
	return stemma_view_equal(key, stemma_view_of(name));
}

static bool
is_note(struct stemma_view key)
{
	return key.size >= sizeof meta &&
	       !memcmp(key.bytes, meta, sizeof meta - 1);
}

static void
set_field(struct stemma_revision *revision, const struct stemma_note *trailer)
{
	int64_t first, last;

	if (is_key(trailer->key, "Story"))
		revision->story = trailer->value;
	else if (is_key(trailer->key, "Title"))
		revision->title = trailer->value;
	else if (is_key(trailer->key, "Source-URL") ||
		 is_key(trailer->key, "Source"))
		revision->source = trailer->value;
	else if (is_key(trailer->key, "Content-SHA256"))
		revision->sha256 = trailer->value;
	else if (is_key(trailer->key, "Content-Length"))
		revision->size = read_size(trailer->value);
	else if (is_key(trailer->key, "Content-Type"))
		revision->type = trailer->value;
	else if (is_key(trailer->key, "Tool"))
		revision->tool = trailer->value;
	else if (is_key(trailer->key, "Retrieved-At") &&
		 stemma_time_read(&first, &last, trailer->value) == STEMMA_OK)
		revision->retrieved = first;
}

enum stemma_code
stemma_commit_describe(struct stemma_revision *revision,
	const struct stemma_commit *commit, struct stemma_arena *arena)
{
	struct stemma_view trailers = trailers_of(commit->message), rest;
	struct stemma_note trailer, *notes;
	size_t count = 0;

	revision->tree = commit->tree;
	revision->date = commit->authored;
	revision->retrieved = commit->authored;
	revision->collector = commit->author;
	for (rest = trailers; next_trailer(&rest, &trailer);) {
		set_field(revision, &trailer);
		count += is_note(trailer.key);
	}
	if (!count)
		return STEMMA_OK;
	notes = stemma_arena_alloc(arena, count, sizeof *notes);
	if (!notes)
		return STEMMA_NOMEM;
	revision->notes = notes;
	for (rest = trailers; next_trailer(&rest, &trailer);) {
		if (!is_note(trailer.key))
			continue;
		trailer.key.bytes += sizeof meta - 1;
		trailer.key.size -= sizeof meta - 1;
		notes[revision->note_count++] = trailer;
	}
	return STEMMA_OK;
}

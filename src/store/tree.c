/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* git's order of names, for files: that of their bytes. */
static int
by_name(const void *a, const void *b)
{
	const struct stemma_tree_entry *one = a, *two = b;
	size_t shorter = one->name.size < two->name.size ? one->name.size
							 : two->name.size;
	int order = memcmp(one->name.bytes, two->name.bytes, shorter);

	if (order)
		return order;
	return (one->name.size > two->name.size) -
	       (one->name.size < two->name.size);
}

void
stemma_tree_make(
	struct stemma_out *out, struct stemma_tree_entry *entries, size_t count)
{
	qsort(entries, count, sizeof *entries, by_name);
	for (size_t at = 0; at < count; at++) {
		stemma_out_string(
			out, entries[at].folder ? "40000 " : "100644 ");
		stemma_out_view(out, entries[at].name);
		stemma_out_char(out, '\0');
		stemma_out_bytes(out, (const char *)entries[at].id.bytes,
			sizeof entries[at].id.bytes);
	}
}

static bool
ends_with(struct stemma_view name, const char *end)
{
	size_t size = strlen(end);

	return name.size >= size &&
	       !memcmp(name.bytes + name.size - size, end, size);
}

/* Takes the next entry off the front of `bytes`. */
static bool
next_entry(struct stemma_view *bytes, struct stemma_tree_entry *entry,
	bool *is_file)
{
	const char *space = memchr(bytes->bytes, ' ', bytes->size), *name, *end;
	size_t left;

	if (!space)
		return false;
	name = space + 1;
	left = bytes->size - (size_t)(name - bytes->bytes);
	end = memchr(name, '\0', left);
	if (!end || left - (size_t)(end - name) < 1 + sizeof entry->id.bytes)
		return false;
	*is_file = space - bytes->bytes == 6 && !memcmp(bytes->bytes, "100", 3);
	entry->name = (struct stemma_view){name, (size_t)(end - name)};
	memcpy(entry->id.bytes, end + 1, sizeof entry->id.bytes);
	end += 1 + sizeof entry->id.bytes;
	bytes->size -= (size_t)(end - bytes->bytes);
	bytes->bytes = end;
	return true;
}

bool
stemma_tree_article(struct stemma_view bytes, struct stemma_tree_entry *article)
{
	bool is_file;

	while (bytes.size && next_entry(&bytes, article, &is_file)) {
		if (is_file && article->name.bytes[0] != '.' &&
			!ends_with(article->name, ".http"))
			return true;
	}
	return false;
}

bool
stemma_tree_file(struct stemma_view bytes, struct stemma_tree_entry *entry,
	const char *name)
{
	bool is_file;

	while (bytes.size && next_entry(&bytes, entry, &is_file)) {
		if (is_file &&
			stemma_view_equal(entry->name, stemma_view_of(name)))
			return true;
	}
	return false;
}

static bool
is_mode(struct stemma_view mode)
{
	static const char *const modes[] = {
		"100644", "100755", "100664", "40000", "120000", "160000"};

	for (size_t at = 0; at < sizeof modes / sizeof *modes; at++) {
		if (stemma_view_equal(mode, stemma_view_of(modes[at])))
			return true;
	}
	return false;
}

/* Names under which git would write elsewhere, or into itself. */
static bool
is_hostile(struct stemma_view name)
{
	static const char *const names[] = {"", ".", "..", ".git", "git~1"};

	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		if (name.size == strlen(names[at]) &&
			!strncasecmp(name.bytes, names[at], name.size))
			return true;
	}
	return memchr(name.bytes, '/', name.size) != NULL;
}

/* Whether two entries stand in git's order: folders as if they ended with a
   slash. The byte behind a name is a NUL. */
static bool
is_ordered(struct stemma_view one, bool one_is_folder, struct stemma_view two,
	bool two_is_folder)
{
	size_t shorter = one.size < two.size ? one.size : two.size;
	int order = memcmp(one.bytes, two.bytes, shorter);
	unsigned char after_one, after_two;

	if (order || one.size == two.size)
		return order < 0;
	after_one = (unsigned char)one.bytes[shorter];
	after_two = (unsigned char)two.bytes[shorter];
	if (!after_one && one_is_folder)
		after_one = '/';
	if (!after_two && two_is_folder)
		after_two = '/';
	return after_one < after_two;
}

bool
stemma_tree_is_sound(struct stemma_view bytes, struct stemma_view *bad)
{
	struct stemma_tree_entry entry, before = {.folder = false};
	bool is_file;

	while (bytes.size) {
		struct stemma_view mode = bytes;

		*bad = (struct stemma_view){NULL, 0};
		if (!next_entry(&bytes, &entry, &is_file))
			return false;
		*bad = entry.name;
		mode.size = (size_t)(entry.name.bytes - mode.bytes) - 1;
		entry.folder = mode.bytes[0] == '4';
		if (!is_mode(mode) || is_hostile(entry.name) ||
			(before.name.bytes &&
				!is_ordered(before.name, before.folder,
					entry.name, entry.folder)))
			return false;
		before = entry;
	}
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <stdlib.h>
#include <string.h>

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

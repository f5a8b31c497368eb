/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include <string.h>

#include "space.h"

static size_t
common_prefix(struct stemma_view a, struct stemma_view b)
{
	size_t least = a.size < b.size ? a.size : b.size, at = 0;

	if (least && memcmp(a.bytes, b.bytes, least) == 0)
		return least;
	while (at < least && a.bytes[at] == b.bytes[at])
		at++;
	return at;
}

static struct stemma_view
drop(struct stemma_view text, size_t size)
{
	if (size == 0)
		return text;
	return (struct stemma_view){text.bytes + size, text.size - size};
}

/*
 * Where to cut two texts whose first `same` bytes are equal and whose next
 * ones are not: before the white space or the word that differs.
 */
static size_t
cut_before_difference(
	struct stemma_view old, struct stemma_view new, size_t same)
{
	size_t size;

	while (same &&
		((same < old.size && (old.bytes[same] & 0xc0) == 0x80) ||
			(same < new.size && (new.bytes[same] & 0xc0) == 0x80)))
		same--;
	/* Inside a word on either side: the whole word. */
	if (stemma_word_end(old, same) > same ||
		stemma_word_end(new, same) > same)
		while (same && !stemma_space_before(old, same))
			same--;
	/* White space of different length, or of another kind. */
	if (stemma_space_end(old, same) != stemma_space_end(new, same) ||
		stemma_space_at(old, same))
		while ((size = stemma_space_before(old, same)))
			same -= size;
	return same;
}

bool
stemma_parts_next(struct stemma_parts *parts)
{
	struct stemma_view old = parts->rest[STEMMA_OLD];
	struct stemma_view new = parts->rest[STEMMA_NEW];
	size_t same, old_end, new_end;

	if (!old.size && !new.size)
		return false;
	same = common_prefix(old, new);
	if (same < old.size || same < new.size)
		same = cut_before_difference(old, new, same);
	parts->same = (struct stemma_view){new.bytes, same};
	old = drop(old, same);
	new = drop(new, same);
	old_end = stemma_space_end(old, 0);
	new_end = stemma_space_end(new, 0);
	if (stemma_view_equal((struct stemma_view){old.bytes, old_end},
		    (struct stemma_view){new.bytes, new_end})) {
		old_end = stemma_word_end(old, old_end);
		new_end = stemma_word_end(new, new_end);
	}
	parts->differ[STEMMA_OLD] = (struct stemma_view){old.bytes, old_end};
	parts->differ[STEMMA_NEW] = (struct stemma_view){new.bytes, new_end};
	parts->rest[STEMMA_OLD] = drop(old, old_end);
	parts->rest[STEMMA_NEW] = drop(new, new_end);
	return true;
}

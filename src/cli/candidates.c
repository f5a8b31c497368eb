/* SPDX-License-Identifier: MIT */
#include "complete.h"

#include <string.h>

static bool
is_plain(struct stemma_view text)
{
	for (size_t k = 0; k < text.size; k++)
		if ((unsigned char)text.bytes[k] < 0x20 ||
			text.bytes[k] == 0x7f)
			return false;
	return true;
}

/* Whether there is a candidate of that value, behind what is before it. */
static bool
is_there(const struct stemma_candidates *candidates, struct stemma_view value)
{
	struct stemma_view before = candidates->before;

	for (size_t k = 0; k < candidates->count; k++) {
		struct stemma_view all = candidates->items[k].value;
		struct stemma_view head = {all.bytes, before.size};
		struct stemma_view tail = {all.bytes + before.size, value.size};

		if (all.size == before.size + value.size &&
			stemma_view_equal(head, before) &&
			stemma_view_equal(tail, value))
			return true;
	}
	return false;
}

/* The two texts as one, which ends with NUL; no bytes: no memory. */
static struct stemma_view
join(struct stemma_arena *arena, struct stemma_view a, struct stemma_view b)
{
	char *bytes = stemma_arena_alloc(arena, a.size + b.size + 1, 1);

	if (!bytes)
		return (struct stemma_view){0};
	if (a.size)
		memcpy(bytes, a.bytes, a.size);
	if (b.size)
		memcpy(bytes + a.size, b.bytes, b.size);
	bytes[a.size + b.size] = '\0';
	return (struct stemma_view){bytes, a.size + b.size};
}

bool
stemma_candidates_add(struct stemma_candidates *candidates,
	struct stemma_view value, struct stemma_view help, bool open)
{
	struct stemma_candidate candidate = {.open = open};

	if (!candidates->items)
		candidates->items = stemma_arena_alloc(candidates->arena,
			STEMMA_CANDIDATES_MAX, sizeof *candidates->items);
	if (!candidates->items || candidates->count == STEMMA_CANDIDATES_MAX)
		return false;
	if (!is_plain(candidates->before) || !is_plain(value) ||
		is_there(candidates, value))
		return true;
	candidate.value = join(candidates->arena, candidates->before, value);
	candidate.help =
		join(candidates->arena, help, (struct stemma_view){"", 0});
	if (!candidate.value.bytes || !candidate.help.bytes)
		return false;
	candidates->items[candidates->count++] = candidate;
	return candidates->count < STEMMA_CANDIDATES_MAX;
}

bool
stemma_candidates_say(struct stemma_candidates *candidates, const char *value,
	const char *help, bool open)
{
	return stemma_candidates_add(candidates, stemma_view_of(value),
		stemma_view_of(help ? help : ""), open);
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/text.h>

#include "cues.h"

uint32_t
stemma_cue_hash(const char *bytes, size_t size)
{
	return stemma_cue_hash_on(2166136261u, bytes, size);
}

const struct stemma_cue_entry *
stemma_cue_entries(uint32_t hash, size_t *count)
{
	uint32_t at = stemma_cue_index[hash >> 20];
	uint32_t end = stemma_cue_index[(hash >> 20) + 1], to;

	while (at < end && stemma_cue_table[at].hash != hash)
		at++;
	to = at;
	while (to < end && stemma_cue_table[to].hash == hash)
		to++;
	*count = to - at;
	return &stemma_cue_table[at];
}

uint32_t
stemma_cue_classes(uint32_t hash, unsigned languages, unsigned *found)
{
	uint32_t classes = 0;
	unsigned stop = 0;
	size_t count;
	const struct stemma_cue_entry *entries =
		stemma_cue_entries(hash, &count);

	for (size_t k = 0; k < count; k++) {
		const struct stemma_cue_entry *entry = &entries[k];

		if (entry->languages & languages)
			classes |= entry->classes;
		if (entry->classes & STEMMA_CUE_STOP)
			stop |= entry->languages;
	}
	if (found)
		*found = stop;
	return classes;
}

/* What stands before the apostrophe of an elision: l', d', qu', jusqu'. */
static size_t
elided(struct stemma_view word)
{
	const char *mark = memchr(word.bytes, '\'', word.size);
	size_t size = mark ? (size_t)(mark - word.bytes) : 0;

	if (!mark || word.size - size < 3)
		return 0;
	if (size == 1 && strchr("ldjsnmtc", word.bytes[0]))
		return 2;
	if (size >= 2 && memcmp(mark - 2, "qu", 2) == 0)
		return size + 1;
	return 0;
}

/* Fold `text`; `*mark` becomes whether there may be an apostrophe. */
static struct stemma_view
fold_case(char *room, struct stemma_view text, bool *mark,
	struct stemma_arena *arena)
{
	struct stemma_view folded = {room, text.size};

	*mark = false;
	for (size_t k = 0; k < text.size; k++) {
		unsigned char c = (unsigned char)text.bytes[k];

		if (c >= 0x80) {
			if (stemma_fold(&folded, text, STEMMA_FOLD_CASE,
				    arena) != STEMMA_OK)
				folded.size = 0;
			*mark = true;
			return folded;
		}
		*mark |= c == '\'';
		room[k] = (char)((unsigned)c - 'A' < 26u ? c | 32 : c);
	}
	return folded;
}

struct stemma_view
stemma_cue_fold(char *room, struct stemma_view text, size_t *skipped,
	struct stemma_arena *arena)
{
	struct stemma_view word = {room, 0};
	bool mark;

	*skipped = 0;
	if (text.size == 0 || text.size > STEMMA_CUE_MAX)
		return word;
	word = fold_case(room, text, &mark, arena);
	if (!mark)
		return word;
	if (word.size > 2 && memcmp(word.bytes + word.size - 2, "'s", 2) == 0)
		word.size -= 2;
	*skipped = elided(word);
	word.bytes += *skipped;
	word.size -= *skipped;
	return word;
}

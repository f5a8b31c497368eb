/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/text.h>

#include "base/eight.h"
#include "cues.h"

uint32_t
stemma_cue_hash(const char *bytes, size_t size)
{
	return stemma_cue_hash_on(2166136261u, bytes, size);
}

const struct stemma_cue_entry *
stemma_cue_entries(uint32_t hash, size_t *count)
{
	const struct stemma_cue_entry *entry =
		&stemma_cue_table[stemma_cue_index[hash >> 20]];
	const struct stemma_cue_entry *end, *to;

	/* Most words are no cues. Where a row ends is not asked at first: that
	   is hard to foretell, and entries of other rows have other hashes. */
	_Static_assert(STEMMA_CUE_LOOKS == 3, "look at as many");
	if (entry[0].hash != hash && entry[1].hash != hash &&
		entry[2].hash != hash)
		entry += STEMMA_CUE_LOOKS;
	end = &stemma_cue_table[stemma_cue_index[(hash >> 20) + 1]];
	while (entry < end && entry->hash != hash)
		entry++;
	for (to = entry; to < end && to->hash == hash;)
		to++;
	*count = (size_t)(to - entry);
	return entry;
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

/* Eight bytes being folded. */
struct eight {
	uint64_t beyond; /* not 0: one was not ASCII */
	uint64_t marks;  /* not 0: there is an apostrophe */
};

static uint64_t
fold_eight(struct eight *seen, uint64_t bytes)
{
	const uint64_t high = STEMMA_EACH(0x80u);
	uint64_t other = bytes ^ STEMMA_EACH('\'');
	uint64_t capitals = stemma_in_range(bytes & ~high, 'A', 'Z' + 1) & high;

	seen->beyond |= bytes & high;
	seen->marks |= (other - STEMMA_EACH(1)) & ~other & high;
	return bytes | capitals >> 2;
}

/* Fold a word of ASCII: its ends overlap where it has no whole eight bytes. */
static struct eight
fold_plain(char *room, const char *text, size_t size)
{
	struct eight seen = {0, 0};
	uint64_t bytes = 0;
	uint32_t first, last;

	if (size >= 8) {
		for (size_t at = 0; at < size; at += 8) {
			at = at < size - 8 ? at : size - 8;
			memcpy(&bytes, text + at, 8);
			bytes = fold_eight(&seen, bytes);
			memcpy(room + at, &bytes, 8);
		}
	} else if (size >= 4) {
		memcpy(&first, text, 4);
		memcpy(&last, text + size - 4, 4);
		bytes = fold_eight(&seen, first | (uint64_t)last << 32);
		first = (uint32_t)bytes;
		last = (uint32_t)(bytes >> 32);
		memcpy(room, &first, 4);
		memcpy(room + size - 4, &last, 4);
	} else {
		const unsigned char *b = (const unsigned char *)text;

		bytes = fold_eight(&seen, b[0] | (uint64_t)b[size / 2] << 8 |
						  (uint64_t)b[size - 1] << 16);
		room[0] = (char)bytes;
		room[size / 2] = (char)(bytes >> 8);
		room[size - 1] = (char)(bytes >> 16);
	}
	return seen;
}

/* Fold `text`, which is not empty; `*mark` becomes whether there may be an
   apostrophe. */
static struct stemma_view
fold_case(char *room, struct stemma_view text, bool *mark,
	struct stemma_arena *arena)
{
	struct stemma_view folded = {room, text.size};
	struct eight seen = fold_plain(room, text.bytes, text.size);

	*mark = seen.beyond || seen.marks;
	if (seen.beyond && stemma_fold(&folded, text, STEMMA_FOLD_CASE,
				   arena) != STEMMA_OK)
		folded.size = 0;
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

/* SPDX-License-Identifier: MIT */
#include "base/eight.h"
#include "compare/signs.h"

/* How much of a text is read for names, and how far a slot may be away. */
#define NAMES_BYTES ((size_t)256 << 10)
#define PROBES 8

/* So many bytes of text have a slot for a word, and one for a name, between
   these powers of two: texts repeat their words, the more so the longer. */
#define WORD_BYTES 16
#define WORDS_LEAST 8
#define WORDS_MOST 13
#define NAME_BYTES 8
#define NAMES_LEAST 8
#define NAMES_MOST 12

/* A power of two for so many, between the two powers. */
static uint64_t
slots_for(size_t count, unsigned least, unsigned most)
{
	unsigned power = least;

	while (power < most && (size_t)1 << power < count)
		power++;
	return (uint64_t)1 << power;
}

enum stemma_code
stemma_lexicon_make(struct stemma_lexicon *lexicon,
	const struct stemma_doc *const docs[2], struct stemma_arena *arena)
{
	size_t bytes = 0;
	uint64_t words, names;

	*lexicon = (struct stemma_lexicon){.docs = {docs[0], docs[1]}};
	for (int side = 0; side < 2; side++)
		bytes += docs[side]->text.size;
	words = slots_for(bytes / WORD_BYTES, WORDS_LEAST, WORDS_MOST);
	names = slots_for(bytes / NAME_BYTES, NAMES_LEAST, NAMES_MOST);
	lexicon->last_word = words - 1;
	lexicon->last_name = names - 1;
	lexicon->words =
		stemma_arena_zalloc(arena, words, sizeof *lexicon->words);
	lexicon->names =
		stemma_arena_zalloc(arena, names, sizeof *lexicon->names);
	return lexicon->words && lexicon->names ? STEMMA_OK : STEMMA_NOMEM;
}

struct stemma_known_word *
stemma_lexicon_find(
	struct stemma_lexicon *lexicon, struct stemma_view word, bool *is_known)
{
	uint64_t key = stemma_hash(word) | 1;
	struct stemma_known_word *slot =
		&lexicon->words[(key >> 8) & lexicon->last_word];

	*is_known = slot->key == key;
	if (!*is_known)
		*slot = (struct stemma_known_word){.key = key};
	return slot;
}

/* What case a letter has that starts at `at`. Latin, Greek and Cyrillic have
   theirs in two bytes; what is rare is taken for none. */
enum letter_case { NO_LETTER, LOWER, UPPER, OTHER };

static enum letter_case
case_at(struct stemma_view text, size_t at)
{
	unsigned char c = (unsigned char)text.bytes[at], next;

	if (c < 0x80)
		return c >= 'a' && c <= 'z'   ? LOWER
		       : c >= 'A' && c <= 'Z' ? UPPER
					      : NO_LETTER;
	if (at + 1 >= text.size)
		return NO_LETTER;
	next = (unsigned char)text.bytes[at + 1];
	switch (c) {
	case 0xc2:
	case 0xe2:
	case 0xe3:
		return NO_LETTER;
	case 0xc3:
		return next < 0x9f ? UPPER : LOWER;
	case 0xc4:
	case 0xc5:
		return next & 1 ? LOWER : UPPER;
	case 0xd0:
		return next < 0xb0 ? UPPER : LOWER;
	case 0xd1:
		return LOWER;
	default:
		return OTHER;
	}
}

static bool
is_word_byte(struct stemma_view text, size_t at)
{
	return case_at(text, at) != NO_LETTER ||
	       ((unsigned char)text.bytes[at] & 0xc0) == 0x80;
}

static size_t
word_end(struct stemma_view text, size_t at)
{
	while (at < text.size && is_word_byte(text, at))
		at++;
	return at;
}

static uint64_t
name_key(struct stemma_view text, size_t from, size_t to)
{
	return stemma_hash(
		       stemma_view_cut(text, (struct stemma_span){from, to})) |
	       1;
}

static void
add_name(struct stemma_lexicon *lexicon, uint64_t key)
{
	for (uint64_t k = 0; k < PROBES; k++) {
		uint64_t *slot =
			&lexicon->names[((key >> 8) + k) & lexicon->last_name];

		if (*slot == 0)
			*slot = key;
		if (*slot == key)
			return;
	}
}

/*
 * Whether the word in front of the blanks that end at `at` has no capital, and
 * nothing but these blanks stands between.
 */
static bool
follows_small_word(struct stemma_view text, size_t at)
{
	size_t start;

	while (at > 0 && text.bytes[at - 1] == ' ')
		at--;
	for (start = at; start > 0 && is_word_byte(text, start - 1);)
		start--;
	return start < at && case_at(text, start) == LOWER;
}

/*
 * Which of the eight bytes from `at` on may be a capital behind a blank, in
 * their high bits, the first one lowest: capitals of ASCII, and the lead bytes
 * of others, have 010 or 110 on top.
 */
static uint64_t
capitals_of(const char *at)
{
	const uint64_t low = STEMMA_EACH(0x7fu);
	uint64_t before = stemma_eight(at - 1), bytes = stemma_eight(at);
	uint64_t blanks, capitals;

	before ^= STEMMA_EACH(' ');
	blanks = ~(((before & low) + low) | before);
	capitals = bytes << 1 & ~(bytes << 2);
	return blanks & capitals & STEMMA_EACH(0x80u);
}

/* Add the name at `at`, behind a blank, if one is there. */
static void
read_name(struct stemma_lexicon *lexicon, struct stemma_view text, size_t at)
{
	size_t end;

	if (case_at(text, at) != UPPER || !follows_small_word(text, at))
		return;
	end = word_end(text, at);
	if (end < text.size)
		add_name(lexicon, name_key(text, at, end));
}

static void
read_names(struct stemma_lexicon *lexicon, struct stemma_view text)
{
	size_t at = 1;

	if (text.size > NAMES_BYTES)
		text.size = NAMES_BYTES;
	for (; text.size >= 8 && at <= text.size - 8; at += 8) {
		uint64_t found = capitals_of(text.bytes + at);

		for (; found; found &= found - 1)
			read_name(lexicon, text,
				at + (size_t)__builtin_ctzll(found) / 8);
	}
	for (; at < text.size; at++)
		if (text.bytes[at - 1] == ' ')
			read_name(lexicon, text, at);
}

bool
stemma_lexicon_has_name(struct stemma_lexicon *lexicon, struct stemma_view word)
{
	size_t end = word_end(word, 0);
	uint64_t key;

	if (end == 0)
		return false;
	for (int side = 0; side < 2 && !lexicon->names_read; side++)
		read_names(lexicon, lexicon->docs[side]->text);
	lexicon->names_read = true;
	key = name_key(word, 0, end);
	for (uint64_t k = 0; k < PROBES; k++) {
		uint64_t slot =
			lexicon->names[((key >> 8) + k) & lexicon->last_name];

		if (slot == key)
			return true;
	}
	return false;
}

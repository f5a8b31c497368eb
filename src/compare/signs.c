/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/signs.h"
#include "structure/cues.h"

#define LATIN \
	(STEMMA_CUES_EN | STEMMA_CUES_DE | STEMMA_CUES_FR | STEMMA_CUES_ES)

/* What classes of structure's table are signs. */
static const struct {
	uint32_t cues, signs;
} mapped[] = {
	{STEMMA_CUE_NUMERAL, STEMMA_SIGN_NUMERAL},
	{STEMMA_CUE_UNIT, STEMMA_SIGN_UNIT},
	{STEMMA_CUE_MONTH, STEMMA_SIGN_MONTH},
	{STEMMA_CUE_TIME, STEMMA_SIGN_DAY},
	{STEMMA_CUE_DATEWORD, STEMMA_SIGN_PERIOD},
	{STEMMA_CUE_NEGATION, STEMMA_SIGN_NEGATION},
	{STEMMA_CUE_SAY, STEMMA_SIGN_SAY},
	{STEMMA_CUE_HEDGE, STEMMA_SIGN_HEDGE},
	{STEMMA_CUE_TITLE, STEMMA_SIGN_TITLE},
	{STEMMA_CUE_PARTICLE, STEMMA_SIGN_PARTICLE},
	{STEMMA_CUE_PRONOUN, STEMMA_SIGN_PRONOUN},
	{STEMMA_CUE_DEFINITE | STEMMA_CUE_INDEFINITE, STEMMA_SIGN_DETERMINER},
	{STEMMA_CUE_STOP | STEMMA_CUE_PRONOUN | STEMMA_CUE_FIRST |
			STEMMA_CUE_CONNECTIVE | STEMMA_CUE_LINK |
			STEMMA_CUE_DEFINITE | STEMMA_CUE_INDEFINITE,
		STEMMA_SIGN_STOP},
};

enum stemma_code
stemma_sign_fold(struct stemma_view *folded, char *room,
	struct stemma_view word, struct stemma_arena *arena)
{
	*folded = (struct stemma_view){room, 0};
	if (word.size > STEMMA_CUE_MAX)
		return STEMMA_OK;
	for (size_t k = 0; k < word.size; k++) {
		unsigned char c = (unsigned char)word.bytes[k];

		if (c >= 0x80)
			return stemma_fold(folded, word,
				STEMMA_FOLD_CASE | STEMMA_FOLD_TYPOGRAPHY,
				arena);
		room[k] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	folded->size = word.size;
	return STEMMA_OK;
}

bool
stemma_sign_is_han(struct stemma_view folded)
{
	unsigned char c = folded.size ? (unsigned char)folded.bytes[0] : 0;

	return c >= 0xe3 && c <= 0xe9;
}

/* The languages that the script of a word leaves. */
static unsigned
languages_of(struct stemma_view folded, const struct stemma_tongue *tongue)
{
	unsigned char c = (unsigned char)folded.bytes[0];

	if (c < 0xd0)
		return tongue->latin;
	if (c <= 0xd3)
		return STEMMA_CUES_RU;
	if (c >= 0xd8 && c <= 0xdb)
		return tongue->arabic;
	return stemma_sign_is_han(folded) ? STEMMA_CUES_ZH : tongue->latin;
}

/* What both tables have of one word. */
struct entries {
	const struct stemma_cue_entry *cues;
	const struct stemma_sign_entry *signs;
	size_t cue_count, sign_count;
};

static struct entries
find_entries(struct stemma_view folded)
{
	uint32_t hash = stemma_cue_hash(folded.bytes, folded.size);
	uint32_t bucket = hash >> (32 - STEMMA_SIGN_BITS);
	size_t at = stemma_sign_index[bucket];
	size_t end = stemma_sign_index[bucket + 1];
	struct entries entries = {0};

	while (at < end && stemma_sign_table[at].hash < hash)
		at++;
	entries.signs = &stemma_sign_table[at];
	for (; at < end && stemma_sign_table[at].hash == hash; at++)
		entries.sign_count++;
	entries.cues = stemma_cue_entries(hash, &entries.cue_count);
	return entries;
}

static uint32_t
signs_in(const struct entries *entries, unsigned languages)
{
	uint32_t cues = 0, signs = 0;

	for (size_t k = 0; k < entries->cue_count; k++)
		if (entries->cues[k].languages & languages)
			cues |= entries->cues[k].classes;
	for (size_t k = 0; cues && k < sizeof mapped / sizeof *mapped; k++)
		signs |= cues & mapped[k].cues ? mapped[k].signs : 0;
	for (size_t k = 0; k < entries->sign_count; k++) {
		const struct stemma_sign_entry *entry = &entries->signs[k];

		if (entry->languages & languages)
			signs = (signs & ~entry->removes) | entry->adds;
	}
	return signs;
}

static uint32_t
look_up(struct stemma_view folded, unsigned languages)
{
	struct entries entries = find_entries(folded);

	return signs_in(&entries, languages);
}

static struct stemma_view
without(struct stemma_view word, size_t front, size_t back)
{
	return (struct stemma_view){
		word.bytes + front, word.size - front - back};
}

/* "l'accord", "putin's", and "n't", which is a word of its own. */
static uint32_t
look_up_latin(struct stemma_view word, unsigned languages)
{
	const char *mark = memchr(word.bytes, '\'', word.size);
	size_t front = mark ? (size_t)(mark - word.bytes) + 1 : 0;
	size_t back = word.size - front;
	uint32_t signs = 0;

	if (!mark || back == 0)
		return 0;
	if (languages & STEMMA_CUES_FR && front <= 6) {
		signs = look_up(without(word, front, 0), languages);
		if (front == 2 && word.bytes[0] == 'n')
			signs |= STEMMA_SIGN_NEGATION;
		return signs;
	}
	if (back == 1 && word.bytes[front] == 't')
		signs |= STEMMA_SIGN_NEGATION | STEMMA_SIGN_STOP;
	if (back == 1 && word.bytes[front] == 's' && front > 1)
		signs |= look_up(without(word, 0, 2), languages);
	return signs;
}

/* What Arabic writes as one word with the next: and, so, in, to, like. */
static uint32_t
look_up_arabic(struct stemma_view word, unsigned languages)
{
	static const char *const glued[] = {"و", "ف", "ب", "ل", "ك"};
	const uint32_t kept = STEMMA_SIGN_NUMERAL | STEMMA_SIGN_MONTH |
			      STEMMA_SIGN_DAY | STEMMA_SIGN_NAME |
			      STEMMA_SIGN_SAY | STEMMA_SIGN_TITLE |
			      STEMMA_SIGN_NEGATION | STEMMA_SIGN_MONEY;

	if (!(languages & STEMMA_CUES_AR) || word.size < 8)
		return 0;
	for (size_t k = 0; k < sizeof glued / sizeof *glued; k++) {
		if (memcmp(word.bytes, glued[k], 2) == 0)
			return look_up(without(word, 2, 0), languages) & kept;
	}
	return 0;
}

uint32_t
stemma_signs_of(struct stemma_view folded, const struct stemma_tongue *tongue)
{
	unsigned languages;
	uint32_t signs;

	if (folded.size == 0)
		return 0;
	languages = languages_of(folded, tongue);
	signs = look_up(folded, languages);
	if (signs)
		return signs;
	if (languages & LATIN)
		return look_up_latin(folded, languages);
	return look_up_arabic(folded, languages);
}

void
stemma_sign_languages(struct stemma_view folded, uint8_t *stops, uint8_t *hints)
{
	const uint32_t names = STEMMA_SIGN_NAME | STEMMA_SIGN_COMMON |
			       STEMMA_SIGN_SURNAME | STEMMA_SIGN_STOP;
	unsigned found = 0, tables = 0, listed = 0;
	struct entries entries = {0};

	if (folded.size)
		entries = find_entries(folded);
	for (size_t k = 0; k < entries.cue_count; k++) {
		listed |= entries.cues[k].languages;
		if (entries.cues[k].classes & STEMMA_CUE_STOP)
			found |= entries.cues[k].languages;
	}
	for (size_t k = 0; k < entries.sign_count; k++)
		listed |= entries.signs[k].languages;
	for (unsigned k = 0; listed >> k && k < STEMMA_CUES_LANGUAGES; k++)
		if (listed >> k & 1 && signs_in(&entries, 1u << k) & ~names)
			tables |= 1u << k;
	*stops = (uint8_t)found;
	*hints = (uint8_t)tables;
}

void
stemma_votes_add(struct stemma_votes *votes,
	const struct stemma_known_word *word, uint32_t times)
{
	/* Most words are in no table. */
	for (unsigned k = 0; (word->stops | word->hints) >> k; k++)
		votes->counts[k] += times * (2 * (word->stops >> k & 1u) +
						    (word->hints >> k & 1u));
}

struct stemma_tongue
stemma_votes_count(const struct stemma_votes *votes)
{
	struct stemma_tongue tongue = {STEMMA_CUES_EN, STEMMA_CUES_AR};
	uint32_t most = votes->counts[0];

	for (int k = 1; k < 4; k++) {
		if (votes->counts[k] > most) {
			most = votes->counts[k];
			tongue.latin = 1u << k;
		}
	}
	if (votes->counts[6] > votes->counts[5])
		tongue.arabic = STEMMA_CUES_FA;
	return tongue;
}

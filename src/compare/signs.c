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

/* The first entry of a hash or of a larger one; `*end` is where those end that
   start like it. */
static size_t
first_entry(uint32_t hash, size_t *end)
{
	size_t at = stemma_sign_index[hash >> 24];

	*end = stemma_sign_index[(hash >> 24) + 1];
	while (at < *end && stemma_sign_table[at].hash < hash)
		at++;
	return at;
}

static bool
is_listed(uint32_t hash)
{
	size_t end, at = first_entry(hash, &end);

	return at < end && stemma_sign_table[at].hash == hash;
}

static uint32_t
look_up(struct stemma_view folded, unsigned languages)
{
	uint32_t hash = stemma_cue_hash(folded.bytes, folded.size);
	uint32_t cues = stemma_cue_classes(hash, languages, NULL), signs = 0;
	size_t end, at = first_entry(hash, &end);

	for (size_t k = 0; cues && k < sizeof mapped / sizeof *mapped; k++)
		signs |= cues & mapped[k].cues ? mapped[k].signs : 0;
	for (; at < end && stemma_sign_table[at].hash == hash; at++) {
		const struct stemma_sign_entry *entry = &stemma_sign_table[at];

		if (entry->languages & languages)
			signs = (signs & ~entry->removes) | entry->adds;
	}
	return signs;
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
	unsigned found = 0, tables = 0;

	if (folded.size) {
		uint32_t hash = stemma_cue_hash(folded.bytes, folded.size);
		bool listed = stemma_cue_classes(hash, ~0u, &found) != 0 ||
			      is_listed(hash);

		for (unsigned k = 0; listed && k < STEMMA_CUES_LANGUAGES; k++)
			if (look_up(folded, 1u << k) & ~names)
				tables |= 1u << k;
	}
	*stops = (uint8_t)found;
	*hints = (uint8_t)tables;
}

void
stemma_votes_add(
	struct stemma_votes *votes, const struct stemma_known_word *word)
{
	for (unsigned k = 0; k < STEMMA_CUES_LANGUAGES; k++)
		votes->counts[k] +=
			2 * (word->stops >> k & 1u) + (word->hints >> k & 1u);
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

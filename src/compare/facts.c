/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/facts.h"
#include "structure/cues.h"

/* How far a sentence is looked at from an edit, in tokens. */
#define FURTHEST 48

/* Chinese words of a table have at most so many characters. */
#define HAN_MOST 4

uint32_t
stemma_facts_point(const struct stemma_facts *facts, uint32_t at)
{
	size_t size;

	return stemma_code_point(facts->tokens->doc->text,
		stemma_token_start(facts->tokens, at), &size);
}

bool
stemma_facts_glued(const struct stemma_facts *facts, uint32_t at)
{
	return at > 0 && stemma_token_start(facts->tokens, at) ==
				 stemma_token_end(facts->tokens, at - 1);
}

static struct stemma_view
text_of(const struct stemma_tokens *tokens, uint32_t from, uint32_t to)
{
	return stemma_view_cut(tokens->doc->text,
		(struct stemma_span){stemma_token_start(tokens, from),
			stemma_token_end(tokens, to - 1)});
}

/* Whether a sentence ends with token `at`; "3." in "3. Oktober" ends none. */
static bool
ends_sentence(const struct stemma_facts *facts, uint32_t at)
{
	const struct stemma_word *words = facts->tokens->words.words;

	if (!words[at].sentence_end)
		return false;
	return at == 0 || at + 1 == facts->tokens->count ||
	       words[at - 1].type != STEMMA_WORD_NUMBER ||
	       words[at - 1].end - words[at - 1].start > 2 ||
	       stemma_facts_point(facts, at) != '.' ||
	       stemma_token_starts_unit(facts->tokens, at + 1);
}

struct stemma_stretch
stemma_facts_sentence(const struct stemma_facts *facts, uint32_t at)
{
	uint32_t count = facts->tokens->count;
	struct stemma_stretch stretch = {at, at, false};

	while (stretch.from > 0 && at - stretch.from < FURTHEST &&
		!ends_sentence(facts, stretch.from - 1))
		stretch.from--;
	while (stretch.to < count && stretch.to - at < FURTHEST) {
		if (ends_sentence(facts, stretch.to++))
			break;
	}
	return stretch;
}

/* What capitals the word has, told by what folding changed. */
static uint8_t
capitals(struct stemma_view spelling, struct stemma_view folded)
{
	size_t a = 0, b = 0, size, other, letters = 0, kept = 0;
	uint8_t look = 0;

	while (a < spelling.size && b < folded.size) {
		uint32_t c = stemma_code_point(spelling, a, &size);
		bool same = c == stemma_code_point(folded, b, &other);

		if (!same && letters == 0)
			look |= STEMMA_LOOK_CAPITAL;
		kept += same && c != '.' && c != '\'' && c != 0x2019;
		letters++;
		a += size;
		b += other;
	}
	if (letters > 1 && kept == 0 && look)
		look |= STEMMA_LOOK_CAPITALS;
	return look;
}

static uint16_t
value_of(struct stemma_view text)
{
	uint32_t value = 0;

	for (size_t k = 0; k < text.size && value <= 9999; k++) {
		if (text.bytes[k] < '0' || text.bytes[k] > '9')
			return 0;
		value = value * 10 + (uint32_t)(text.bytes[k] - '0');
	}
	return value <= 9999 ? (uint16_t)value : 0;
}

/* "d'Arc", "l'Élysée": the capital of the name behind an elision. */
static struct stemma_view
behind_elision(struct stemma_view word)
{
	if (word.size > 2 && (unsigned char)word.bytes[0] < 0x80 &&
		word.bytes[1] == '\'') {
		word.bytes += 2;
		word.size -= 2;
	} else if (word.size > 4 && memcmp(word.bytes + 1, "\u2019", 3) == 0) {
		word.bytes += 4;
		word.size -= 4;
	}
	return word;
}

static bool
is_possessive(struct stemma_view folded)
{
	return folded.size > 2 &&
	       memcmp(folded.bytes + folded.size - 2, "'s", 2) == 0;
}

/* What the spelling shows. */
static uint8_t
look_of(struct stemma_view text, struct stemma_view folded)
{
	struct stemma_view bare = behind_elision(text);
	uint8_t look = 0;

	/* Too long to be in any table. */
	if (!folded.size)
		return text.bytes[0] >= 'A' && text.bytes[0] <= 'Z'
			       ? STEMMA_LOOK_CAPITAL
			       : 0;
	if (bare.size < text.size)
		folded = behind_elision(folded);
	look = capitals(bare, folded);
	return look | (is_possessive(folded) ? STEMMA_LOOK_POSSESSIVE : 0);
}

enum stemma_code
stemma_word_learn(const struct stemma_known_word **known,
	struct stemma_lexicon *lexicon, struct stemma_view word,
	const struct stemma_tongue *tongue, struct stemma_arena *scratch)
{
	bool is_known;
	struct stemma_known_word *slot =
		stemma_lexicon_find(lexicon, word, &is_known);
	unsigned wanted = tongue ? tongue->latin | tongue->arabic : 0;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	char room[STEMMA_CUE_MAX];
	struct stemma_view folded;
	enum stemma_code code;

	*known = slot;
	if (is_known && (!wanted || slot->tongue == wanted))
		return STEMMA_OK;
	code = stemma_sign_fold(&folded, room, word, scratch);
	if (code != STEMMA_OK)
		return code;
	slot->look = tongue ? look_of(word, folded) : 0;
	stemma_sign_languages(folded, &slot->stops, &slot->hints);
	slot->tongue = (uint8_t)wanted;
	slot->signs = tongue ? stemma_signs_of(folded, tongue) : 0;
	stemma_arena_rewind(scratch, mark);
	return STEMMA_OK;
}

/* What one word is by itself. */
static enum stemma_code
look_at(struct stemma_facts *facts, uint32_t at)
{
	struct stemma_fact *fact = &facts->of[at];
	const struct stemma_word *word = &facts->tokens->words.words[at];
	struct stemma_view text = text_of(facts->tokens, at, at + 1);
	const struct stemma_known_word *known;
	enum stemma_code code;

	fact->look = stemma_facts_glued(facts, at) ? 0 : STEMMA_LOOK_SPACE;
	if (word->type == STEMMA_WORD_PUNCTUATION) {
		fact->look |= STEMMA_LOOK_MARK;
		return STEMMA_OK;
	}
	fact->look |= STEMMA_LOOK_WORD;
	if (word->type == STEMMA_WORD_NUMBER) {
		fact->look |= STEMMA_LOOK_NUMBER;
		fact->value = value_of(text);
		return STEMMA_OK;
	}
	code = stemma_word_learn(
		&known, facts->lexicon, text, facts->tongue, facts->scratch);
	if (code == STEMMA_OK) {
		fact->signs = known->signs;
		fact->look |= known->look;
	}
	return code;
}

/* Chinese: the longest word of a table from `at` on; returns its length. */
static uint32_t
look_at_han(struct stemma_facts *facts, uint32_t at, uint32_t to)
{
	const struct stemma_word *words = facts->tokens->words.words;
	uint32_t most = 1, length;

	if (!(facts->of[at].signs & STEMMA_SIGN_STARTS))
		return 1;
	facts->of[at].signs &= ~(uint32_t)STEMMA_SIGN_STARTS;
	while (most < HAN_MOST && at + most < to &&
		words[at + most].type == STEMMA_WORD_GRAPHEME &&
		stemma_facts_glued(facts, at + most))
		most++;
	for (length = most; length > 1; length--) {
		struct stemma_view text =
			text_of(facts->tokens, at, at + length);
		uint32_t signs = stemma_signs_of(text, facts->tongue);

		if (!signs || !stemma_sign_is_han(text))
			continue;
		for (uint32_t k = 0; k < length; k++)
			facts->of[at + k].signs = signs;
		return length;
	}
	return 1;
}

/* Which words begin the sentence, and whether all of it is capitals. */
static void
look_around(struct stemma_facts *facts, struct stemma_stretch *stretch)
{
	uint32_t long_words = 0, capital = 0;
	bool begins =
		stretch->from == 0 ||
		facts->tokens->words.words[stretch->from - 1].sentence_end;

	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		struct stemma_fact *fact = &facts->of[k];
		uint32_t point;

		if (fact->look & STEMMA_LOOK_WORD) {
			if (begins)
				fact->look |= STEMMA_LOOK_BEGINS;
			else if (!(fact->look & STEMMA_LOOK_NUMBER) &&
				 !(fact->signs & STEMMA_SIGN_STOP)) {
				long_words++;
				capital += fact->look & STEMMA_LOOK_CAPITAL;
			}
			begins = false;
			continue;
		}
		/* A quotation or what follows a colon begins anew. */
		point = stemma_facts_point(facts, k);
		begins |= point == ':' || point == 0x2022 ||
			  (fact->facts & STEMMA_FACT_QUOTE_MARK &&
				  fact->facts & STEMMA_FACT_IN_QUOTE);
	}
	stretch->titled = long_words >= 3 && capital * 5 >= long_words * 4;
}

static enum stemma_code
know_sentence(struct stemma_facts *facts, struct stemma_stretch *stretch)
{
	const struct stemma_word *words = facts->tokens->words.words;
	enum stemma_code code = STEMMA_OK;

	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		facts->of[k].facts &=
			STEMMA_FACT_IN_QUOTE | STEMMA_FACT_QUOTE_MARK;
		facts->of[k].signs = 0;
		code = look_at(facts, k);
		if (code != STEMMA_OK)
			return code;
	}
	for (uint32_t k = stretch->from; k < stretch->to;)
		k += words[k].type == STEMMA_WORD_GRAPHEME
			     ? look_at_han(facts, k, stretch->to)
			     : 1;
	look_around(facts, stretch);
	stemma_facts_number(facts, stretch);
	stemma_facts_date(facts, stretch);
	stemma_facts_name(facts, stretch);
	stemma_facts_said(facts, stretch);
	for (uint32_t k = stretch->from; k < stretch->to; k++)
		facts->of[k].facts |= STEMMA_FACT_KNOWN;
	return STEMMA_OK;
}

enum stemma_code
stemma_facts_know(struct stemma_facts *facts, uint32_t from, uint32_t to)
{
	enum stemma_code code = STEMMA_OK;

	while (from < to && code == STEMMA_OK) {
		struct stemma_stretch stretch;

		if (facts->of[from].facts & STEMMA_FACT_KNOWN) {
			from++;
			continue;
		}
		stretch = stemma_facts_sentence(facts, from);
		code = know_sentence(facts, &stretch);
		from = stretch.to;
	}
	return code;
}

enum stemma_code
stemma_facts_start(struct stemma_facts *facts,
	const struct stemma_tokens *tokens, const struct stemma_tongue *tongue,
	struct stemma_lexicon *lexicon, struct stemma_arena *scratch)
{
	*facts = (struct stemma_facts){.tokens = tokens,
		.tongue = tongue,
		.lexicon = lexicon,
		.of = stemma_arena_zalloc(
			scratch, tokens->count, sizeof *facts->of),
		.scratch = scratch};
	if (!facts->of)
		return STEMMA_NOMEM;
	stemma_facts_quote(facts);
	return STEMMA_OK;
}

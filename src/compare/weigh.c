/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/weigh.h"
#include "structure/cues.h"

/* How much of a document, and of a link, votes for its language. */
#define SAMPLE_BYTES 1024
#define SAMPLE_TOKENS 128

/* A link's own words count more than the document's. */
#define OWN_VOTES 4

static enum stemma_code
vote(struct stemma_votes *votes, struct stemma_lexicon *lexicon,
	struct stemma_view word, uint32_t times, struct stemma_arena *scratch)
{
	const struct stemma_known_word *known;
	enum stemma_code code =
		stemma_word_learn(&known, lexicon, word, NULL, scratch);

	if (code == STEMMA_OK)
		stemma_votes_add(votes, known, times);
	return code;
}

/* What of a text votes for its language; `*whole` if that is all of it. */
static struct stemma_view
sample_of(const struct stemma_doc *doc, bool *whole)
{
	struct stemma_view text = doc->text;

	*whole = text.size <= SAMPLE_BYTES;
	if (!*whole)
		text.size = SAMPLE_BYTES;
	return text;
}

static enum stemma_code
vote_sample(struct stemma_lexicon *lexicon, struct stemma_view sample,
	bool whole, uint32_t times, struct stemma_arena *scratch)
{
	enum stemma_code code = STEMMA_OK;
	size_t from = 0;

	for (size_t k = 0; k <= sample.size && code == STEMMA_OK; k++) {
		unsigned char c =
			k < sample.size ? (unsigned char)sample.bytes[k] : ' ';

		if (c >= 0x80 || c == '\'' || (c >= '0' && c <= '9') ||
			((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			continue;
		/* A cut inside a character leaves no valid last word. */
		if (k > from && (k < sample.size || whole))
			code = vote(&lexicon->votes, lexicon,
				(struct stemma_view){
					sample.bytes + from, k - from},
				times, scratch);
		from = k + 1;
	}
	return code;
}

enum stemma_code
stemma_lexicon_read(
	struct stemma_lexicon *lexicon, struct stemma_arena *scratch)
{
	struct stemma_view samples[2];
	bool whole[2];
	enum stemma_code code;

	for (int side = 0; side < 2; side++)
		samples[side] = sample_of(lexicon->docs[side], &whole[side]);
	/* Mostly the texts start alike, and so do their votes. */
	if (whole[0] == whole[1] && stemma_view_equal(samples[0], samples[1]))
		return vote_sample(lexicon, samples[0], whole[0], 2, scratch);
	code = vote_sample(lexicon, samples[0], whole[0], 1, scratch);
	return code == STEMMA_OK
		       ? vote_sample(lexicon, samples[1], whole[1], 1, scratch)
		       : code;
}

static struct stemma_view
token_text(const struct stemma_tokens *tokens, uint32_t at)
{
	return stemma_view_cut(tokens->doc->text,
		(struct stemma_span){stemma_token_start(tokens, at),
			stemma_token_end(tokens, at)});
}

/* Let a token vote, so many times. */
static enum stemma_code
vote_token(struct stemma_votes *votes, struct stemma_lexicon *lexicon,
	const struct stemma_tokens *tokens, uint32_t at, uint32_t times,
	struct stemma_arena *scratch)
{
	if (times == 0 || stemma_token_is_punctuation(tokens, at))
		return STEMMA_OK;
	return vote(votes, lexicon, token_text(tokens, at), times, scratch);
}

/*
 * Let the first tokens of both sides vote. What an edit leaves is the same
 * word on both, but for typography, and votes at once for both.
 */
static enum stemma_code
vote_link(struct stemma_votes *votes, const struct stemma_edits *edits,
	struct stemma_lexicon *lexicon, struct stemma_arena *scratch)
{
	const struct stemma_tokens *sides = edits->sides;
	struct stemma_votes own = {{0}};
	enum stemma_code code = STEMMA_OK;
	uint32_t at[2] = {0, 0};

	for (uint32_t e = 0; e <= edits->count && code == STEMMA_OK; e++) {
		const struct stemma_edit *edit =
			e < edits->count ? &edits->edits[e] : NULL;
		uint32_t kept = edit ? edit->from[0] : sides[0].count;

		for (; at[0] < kept && code == STEMMA_OK; at[0]++, at[1]++)
			code = vote_token(&own, lexicon, &sides[0], at[0],
				(at[0] < SAMPLE_TOKENS ? 1u : 0u) +
					(at[1] < SAMPLE_TOKENS ? 1u : 0u),
				scratch);
		for (int side = 0; side < 2 && edit; side++)
			for (; at[side] < edit->to[side] && code == STEMMA_OK;
				at[side]++)
				code = vote_token(&own, lexicon, &sides[side],
					at[side], at[side] < SAMPLE_TOKENS,
					scratch);
		if (at[0] >= SAMPLE_TOKENS && at[1] >= SAMPLE_TOKENS)
			break;
	}
	for (int k = 0; k < STEMMA_CUES_LANGUAGES; k++)
		votes->counts[k] += OWN_VOTES * own.counts[k];
	return code;
}

enum stemma_code
stemma_scales_make(struct stemma_scales *scales,
	const struct stemma_edits *edits, struct stemma_lexicon *lexicon,
	struct stemma_arena *scratch)
{
	struct stemma_votes all = lexicon->votes;
	enum stemma_code code = vote_link(&all, edits, lexicon, scratch);

	*scales = (struct stemma_scales){.edits = edits,
		.tongue = stemma_votes_count(&all),
		.scratch = scratch};
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = stemma_facts_start(&scales->sides[side],
			&edits->sides[side], &scales->tongue, lexicon, scratch);
	return code;
}

/* The next token of [*at, to) with `fact`; false if there is none. */
static bool
next_with(const struct stemma_facts *facts, uint32_t *at, uint32_t to,
	uint8_t fact)
{
	while (*at < to && !(facts->of[*at].facts & fact))
		++*at;
	return *at < to;
}

/* Whether the sides have other words with `fact`. */
static bool
differs(const struct stemma_scales *scales, const struct stemma_edit *edit,
	uint8_t fact)
{
	uint32_t at[2] = {edit->from[0], edit->from[1]};

	for (;; at[0]++, at[1]++) {
		bool has[2];

		for (int side = 0; side < 2; side++)
			has[side] = next_with(&scales->sides[side], &at[side],
				edit->to[side], fact);
		if (!has[0] || !has[1])
			return has[0] != has[1];
		if (scales->edits->sides[0].ids[at[0]] !=
			scales->edits->sides[1].ids[at[1]])
			return true;
	}
}

/* Whether words between quotation marks are among the edit's, or the marks. */
static bool
touches_quote(
	const struct stemma_scales *scales, const struct stemma_edit *edit)
{
	for (int side = 0; side < 2; side++)
		for (uint32_t k = edit->from[side]; k < edit->to[side]; k++)
			if (scales->sides[side].of[k].facts &
				(STEMMA_FACT_IN_QUOTE | STEMMA_FACT_QUOTE_MARK))
				return true;
	return false;
}

/* "no, one died": marks alone changed behind a negation. */
static bool
cuts_negation(
	const struct stemma_scales *scales, const struct stemma_edit *edit)
{
	for (int side = 0; side < 2; side++)
		for (uint32_t k = edit->from[side]; k < edit->to[side]; k++)
			if (!stemma_token_is_punctuation(
				    &scales->edits->sides[side], k))
				return false;
	for (int side = 0; side < 2; side++)
		if (edit->from[side] == 0 ||
			!(scales->sides[side].of[edit->from[side] - 1].facts &
				STEMMA_FACT_NEGATION))
			return false;
	return true;
}

/* Whether `longer` is `word` behind a prefix that denies. */
static bool
is_denied(struct stemma_view longer, struct stemma_view word)
{
	static const char *const prefixes[] = {"un", "in", "im", "il", "ir",
		"dis", "non", "não", "des", "dés", "mal", "не", "без", "ن",
		"نا", "Un", "In", "Im", "Il", "Ir", "Dis", "Не"};

	for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++) {
		size_t size = strlen(prefixes[k]);
		size_t same = 1;

		if (longer.size != word.size + size || word.size < 4 ||
			memcmp(longer.bytes, prefixes[k], size) != 0)
			continue;
		/* A capital moves to the prefix: "Likely", "Unlikely". */
		if ((unsigned char)word.bytes[0] < 0x80 &&
			(word.bytes[0] | 0x20) == longer.bytes[size])
			same = 1;
		else
			same = 0;
		if (memcmp(longer.bytes + size + same, word.bytes + same,
			    word.size - same) == 0)
			return true;
	}
	return false;
}

/* "likely" → "unlikely". Only in small edits, where a pair is meant. */
static bool
denies_word(const struct stemma_scales *scales, const struct stemma_edit *edit)
{
	const struct stemma_tokens *sides = scales->edits->sides;

	if (edit->to[0] - edit->from[0] > 4 || edit->to[1] - edit->from[1] > 4)
		return false;
	for (uint32_t a = edit->from[0]; a < edit->to[0]; a++) {
		for (uint32_t b = edit->from[1]; b < edit->to[1]; b++) {
			struct stemma_view x = token_text(&sides[0], a);
			struct stemma_view y = token_text(&sides[1], b);

			if (is_denied(x, y) || is_denied(y, x))
				return true;
		}
	}
	return false;
}

static bool
changes_speaker(
	const struct stemma_scales *scales, const struct stemma_edit *edit)
{
	for (int side = 0; side < 2; side++)
		if (stemma_facts_speaks(&scales->sides[side], edit->from[side],
			    edit->to[side]))
			return true;
	return false;
}

/* Learn the edit's words and their neighbours. */
static enum stemma_code
learn(struct stemma_scales *scales, const struct stemma_edit *edit)
{
	enum stemma_code code = STEMMA_OK;

	for (int side = 0; side < 2 && code == STEMMA_OK; side++) {
		uint32_t from = edit->from[side], to = edit->to[side];

		from -= from > 0;
		to += to < scales->edits->sides[side].count;
		code = stemma_facts_know(&scales->sides[side], from, to);
	}
	return code;
}

enum stemma_code
stemma_scales_weigh(uint16_t *weights, struct stemma_scales *scales,
	const struct stemma_edit *edit)
{
	enum stemma_code code = learn(scales, edit);
	unsigned found = 0;

	*weights = 0;
	if (code != STEMMA_OK)
		return code;
	if (differs(scales, edit, STEMMA_FACT_NUMBER))
		found |= STEMMA_WEIGHT_NUMBER;
	if (differs(scales, edit, STEMMA_FACT_DATE))
		found |= STEMMA_WEIGHT_DATE;
	if (differs(scales, edit, STEMMA_FACT_NAME))
		found |= STEMMA_WEIGHT_NAME;
	if (differs(scales, edit, STEMMA_FACT_NEGATION) ||
		cuts_negation(scales, edit) || denies_word(scales, edit))
		found |= STEMMA_WEIGHT_NEGATION;
	if (touches_quote(scales, edit))
		found |= STEMMA_WEIGHT_QUOTE;
	if (differs(scales, edit, STEMMA_FACT_SAY) ||
		changes_speaker(scales, edit))
		found |= STEMMA_WEIGHT_ATTRIBUTION;
	*weights = (uint16_t)found;
	return STEMMA_OK;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "look.h"
#include "phrases.h"
#include "shape.h"

/* Words that a heading has at most; if it asks a question. */
#define HEADING_WORDS 25
#define QUESTION_WORDS 8

/* Bytes of a paragraph that is looked at closely; of one that may begin with
   a phrase. */
#define CLOSE_BYTES 400
#define PHRASE_BYTES 900

/* Words of lines that are told by a phrase in front. */
#define BYLINE_WORDS 14
#define DATELINE_WORDS 16
#define CAPTION_WORDS 60
#define BOILERPLATE_WORDS 40

/* Words of a line that says no more than when and where. */
#define WHEN_WORDS 12
#define WHEN_OTHERS 3

/* Words of a quotation that stands alone. */
#define QUOTE_WORDS 4

struct stemma_paragraph *
stemma_paragraphs_find(
	size_t *count, const struct stemma_doc *doc, struct stemma_arena *arena)
{
	struct stemma_paragraph *paragraphs =
		stemma_arena_alloc(arena, doc->unit_count, sizeof *paragraphs);

	*count = 0;
	for (size_t k = 0; paragraphs && k < doc->unit_count; k++) {
		const struct stemma_unit *unit = &doc->units[k];

		if (*count && doc->units[k - 1].paragraph == unit->paragraph) {
			paragraphs[*count - 1].unit_count++;
			paragraphs[*count - 1].span.end = unit->end;
			continue;
		}
		paragraphs[(*count)++] =
			(struct stemma_paragraph){.first_unit = (uint32_t)k,
				.unit_count = 1,
				.span = {unit->start, unit->end}};
	}
	return paragraphs;
}

/* A mark that items of a list begin with. */
static bool
is_bullet(uint32_t c)
{
	return c == 0x2022 || c == 0x2023 || c == 0x25e6 || c == 0x25aa ||
	       c == 0x25ab || c == 0x25cf || c == 0x25cb || c == 0x25a0 ||
	       c == 0x25a1 || c == 0x25ba || c == 0x25b8 || c == 0x2219 ||
	       c == 0x2713 || c == 0x2714 || c == 0x2192 || c == 0xb7 ||
	       c == '*' || c == '-' || c == 0x2013;
}

/*
 * What an item of a list begins with: 'b' a sure bullet, '-' a dash or star
 * that may be one, '1' a number, 'a' a letter; 0: it is none.
 */
static char
item_mark(struct stemma_view text)
{
	size_t at = 0, size = 1, digits = 0;
	uint32_t c = text.size ? stemma_code_point(text, 0, &size) : 0;

	if (is_bullet(c) && size < text.size && text.bytes[size] == ' ')
		return c == '*' || c == '-' || c == 0x2013 ? '-' : 'b';
	if (is_bullet(c) && c > 0xff)
		return 'b';
	at += c == '(';
	while (at < text.size && text.bytes[at] >= '0' &&
		text.bytes[at] <= '9' && digits < 3) {
		at++;
		digits++;
	}
	if (digits && at + 1 < text.size &&
		(text.bytes[at] == '.' || text.bytes[at] == ')') &&
		text.bytes[at + 1] == ' ')
		return '1';
	if (!digits && at + 2 < text.size && (text.bytes[at] | 32) >= 'a' &&
		(text.bytes[at] | 32) <= 'h' && text.bytes[at + 1] == ')' &&
		text.bytes[at + 2] == ' ')
		return 'a';
	return 0;
}

/* Dashes, numbers and letters make a list of two, bullets of one. */
static bool
is_item(const struct stemma_paragraph *paragraphs, size_t count, size_t k,
	const struct stemma_doc *doc)
{
	char mark = item_mark(stemma_view_cut(doc->text, paragraphs[k].span));

	if (!mark || mark == 'b')
		return mark != 0;
	return (k > 0 && item_mark(stemma_view_cut(
				 doc->text, paragraphs[k - 1].span)) == mark) ||
	       (k + 1 < count && item_mark(stemma_view_cut(doc->text,
					 paragraphs[k + 1].span)) == mark);
}

/* One quotation from end to end, or one marked by ">". */
static bool
is_quotation(struct stemma_view text)
{
	size_t size, marks = 0, words = 1;
	uint32_t first = stemma_code_point(text, 0, &size), last = 0;

	if (text.size > 2 && text.bytes[0] == '>' && text.bytes[1] == ' ')
		return true;
	if (!stemma_point_is_quote(first))
		return false;
	for (size_t at = 0; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);

		marks += stemma_point_is_quote(c);
		words += c == ' ' || c >= 0x3000;
		last = c;
	}
	return marks == 2 && stemma_point_is_quote(last) &&
	       words >= QUOTE_WORDS;
}

/* When and where, and nothing else. */
static bool
is_dateline(const struct stemma_look *look, struct stemma_view text)
{
	uint32_t known = look->dates + look->numbers;
	bool clock = memchr(text.bytes, ':', text.size) != NULL;

	return look->words <= WHEN_WORDS && look->stops == 0 &&
	       look->numbers > 0 && (look->dates > 0 || clock) &&
	       look->capitals + look->smalls <= look->dates + WHEN_OTHERS &&
	       look->smalls <= look->dates + 1 && known * 2 >= look->words;
}

/* Whether "by" is followed by somebody's name and little else. */
static bool
is_byline(const struct stemma_look *look, const struct stemma_phrase *phrase)
{
	bool cased = look->capitals + look->smalls > 0;

	if (look->words > BYLINE_WORDS)
		return false;
	if (phrase->place == STEMMA_PLACE_LABEL)
		return true;
	return !cased || (look->capitals >= 2 && look->smalls <= 3 &&
				 look->capitals + 1 >= look->smalls);
}

/* Whether a paragraph of this look is what the phrase says. */
static bool
agrees(const struct stemma_look *look, const struct stemma_phrase *phrase)
{
	switch (phrase->shape) {
	case STEMMA_SHAPE_BYLINE:
		return is_byline(look, phrase);
	case STEMMA_SHAPE_DATELINE:
		return look->words <= DATELINE_WORDS &&
		       (look->numbers || look->dates) && look->stops <= 1;
	case STEMMA_SHAPE_CAPTION:
		return look->words <= CAPTION_WORDS && look->stops <= 2 &&
		       !stemma_point_is_quote(look->first);
	case STEMMA_SHAPE_BOILERPLATE:
		return look->words <= BOILERPLATE_WORDS && look->stops <= 2;
	default:
		return true;
	}
}

/* Names of networks, side by side: a bar to share with. */
static bool
is_share_bar(struct stemma_view folded)
{
	static const char *const names[] = {"facebook", "twitter", "whatsapp",
		"telegram", "linkedin", "reddit", "email", "e-mail",
		"pinterest", "weibo", "messenger", "instagram", "youtube",
		"bluesky", "mastodon", "vkontakte"};
	unsigned found = 0;

	if (folded.size > 120)
		return false;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		found += memmem(folded.bytes, folded.size, names[k],
				 strlen(names[k])) != NULL;
	return found >= 2 && found * 24 > folded.size;
}

static enum stemma_shape
heading_or_body(const struct stemma_look *look)
{
	if (stemma_point_is_stop(look->last) || look->words > HEADING_WORDS ||
		(stemma_point_is_question(look->last) &&
			look->words > QUESTION_WORDS))
		return STEMMA_SHAPE_BODY;
	return STEMMA_SHAPE_HEADING;
}

/* The phrase that tells what `text` is, and whether it is a share bar. */
static const struct stemma_phrase *
find_phrase(const struct stemma_phrases *phrases, struct stemma_view text,
	bool *share)
{
	char room[PHRASE_BYTES];
	struct stemma_view folded = {room, stemma_look_fold(room, text)};

	*share = is_share_bar(folded);
	return stemma_phrases_find(phrases, folded);
}

/* The shape of a long paragraph, or of one of which nothing else is known. */
static enum stemma_shape
shape_of_text(
	struct stemma_view text, const struct stemma_look *look, uint8_t *sure)
{
	enum stemma_shape shape = STEMMA_SHAPE_BODY;

	*sure = STEMMA_SURE_LIKELY;
	if (is_quotation(text))
		return STEMMA_SHAPE_QUOTE;
	if (look)
		shape = heading_or_body(look);
	if (shape == STEMMA_SHAPE_HEADING || (look && look->stops == 0))
		*sure = STEMMA_SURE_FAIR;
	else
		*sure = STEMMA_SURE_SAID;
	return shape;
}

/* The shape of `text` by its words and looks; `*sure` becomes how sure. */
static enum stemma_shape
shape_of(uint8_t *sure, struct stemma_view text,
	const struct stemma_phrases *phrases)
{
	const struct stemma_phrase *phrase;
	struct stemma_look look;
	bool share;

	if (text.size > PHRASE_BYTES)
		return shape_of_text(text, NULL, sure);
	phrase = find_phrase(phrases, text, &share);
	if (text.size > CLOSE_BYTES && !phrase)
		return shape_of_text(text, NULL, sure);
	stemma_look_at(&look, text);
	*sure = STEMMA_SURE_SAID;
	if (!look.letters)
		return STEMMA_SHAPE_RULE;
	if (phrase && agrees(&look, phrase)) {
		if (phrase->place == STEMMA_PLACE_START)
			*sure = STEMMA_SURE_LIKELY;
		return phrase->shape;
	}
	*sure = STEMMA_SURE_LIKELY;
	if (share)
		return STEMMA_SHAPE_BOILERPLATE;
	if (is_dateline(&look, text))
		return STEMMA_SHAPE_DATELINE;
	return shape_of_text(text, &look, sure);
}

void
stemma_shapes_tell(struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_doc *doc)
{
	struct stemma_phrases phrases;

	stemma_phrases_index(&phrases);
	for (size_t k = 0; k < count; k++) {
		struct stemma_paragraph *p = &paragraphs[k];
		bool item = is_item(paragraphs, count, k, doc);

		p->sure = STEMMA_SURE_SAID;
		p->shape = item ? STEMMA_SHAPE_LIST
				: (uint8_t)shape_of(&p->sure,
					  stemma_view_cut(doc->text, p->span),
					  &phrases);
	}
	/* The last line of a page is no heading: nothing follows it. */
	if (count && paragraphs[count - 1].shape == STEMMA_SHAPE_HEADING) {
		paragraphs[count - 1].shape = STEMMA_SHAPE_BODY;
		paragraphs[count - 1].sure = STEMMA_SURE_GUESS;
	}
}

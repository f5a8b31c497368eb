/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "item.h"
#include "look.h"
#include "phrases.h"
#include "run.h"
#include "shape.h"

/* Words that a heading has at most; if it asks a question. */
#define HEADING_WORDS 25
#define QUESTION_WORDS 8

/* Bytes of a paragraph that is looked at closely; of one that may begin with
   a phrase. */
#define CLOSE_BYTES 400
#define PHRASE_BYTES 900

/* Bytes of a paragraph with a full stop behind it that needs no look. */
#define PLAIN_BYTES 260

/* Bytes of a line: a longer paragraph that nobody wants to know of is text. */
#define UNWANTED_BYTES 120

/* Bytes at both ends that are folded: some more than phrases are looked for
   in. */
#define FOLD_HEAD (STEMMA_PHRASE_HEAD + 96)
#define FOLD_TAIL (STEMMA_PHRASE_TAIL + 16)

/* Words of lines that are told by a phrase in front. */
#define BYLINE_WORDS 14
#define DATELINE_WORDS 16
#define CAPTION_WORDS 60
#define BOILERPLATE_WORDS 40

/* Words of a line that says no more than when and where, and those of them
   that are no words of dates. */
#define WHEN_WORDS 16
#define WHEN_PLAIN 2

/* Words of a byline in a script without capitals, of a line with an address
   of the net. */
#define UNCASED_WORDS 9
#define ADDRESS_WORDS 16

/* Words of a quotation that stands alone; of a heading in quotation marks. */
#define QUOTE_WORDS 4
#define QUOTED_WORDS 4

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

/* One quotation from end to end, or one marked by ">". */
static bool
is_quotation(struct stemma_view text)
{
	size_t size, marks = 0, words = 1, at = text.size;
	uint32_t first = stemma_code_point(text, 0, &size);

	if (text.size > 2 && text.bytes[0] == '>' && text.bytes[1] == ' ')
		return true;
	if (!stemma_point_is_quote(first))
		return false;
	do
		at--;
	while (at > 0 && (text.bytes[at] & 0xc0) == 0x80);
	if (!stemma_point_is_quote(stemma_code_point(text, at, &size)))
		return false;
	for (at = 0; at < text.size && marks <= 2; at += size) {
		uint32_t c = stemma_look_point(text, at, &size);

		marks += stemma_point_is_quote(c);
		words += c == ' ' || c >= 0x3000;
	}
	return marks == 2 && words >= QUOTE_WORDS;
}

/* When and where, and nothing else. */
static bool
is_dateline(const struct stemma_look *look)
{
	uint32_t known = look->numbers + look->dates + look->fillers;
	bool day = look->calendar > 0 || (look->days > 0 && look->numbers > 0);
	uint32_t agencies =
		look->agencies < look->plain ? look->agencies : look->plain;
	uint32_t plain = look->plain - agencies;

	/* "18.40 Uhr" */
	if (!day && look->points > 0 && look->dates > 0)
		return plain == 0 && look->words <= WHEN_WORDS;
	if (!day && look->clocks == 0)
		return false;
	if (plain == 0)
		return look->words <= WHEN_WORDS;
	return look->words <= WHEN_WORDS && look->quotes == 0 &&
	       look->stops <= 2 && plain <= known + look->clocks &&
	       plain <= (day ? look->clocks ? WHEN_PLAIN * 2 : WHEN_PLAIN : 1);
}

/* Whether "by" is followed by somebody's name and little else. */
static bool
is_byline(const struct stemma_look *look, const struct stemma_phrase *phrase)
{
	bool cased = look->capitals + look->smalls > 0;
	uint32_t smalls =
		look->smalls -
		(look->joins < look->smalls ? look->joins : look->smalls);

	if (look->words > BYLINE_WORDS || look->stops > 2)
		return false;
	if (!cased)
		return look->words <= UNCASED_WORDS &&
		       !(stemma_point_is_stop(look->last) && look->last != '.');
	if (phrase->place == STEMMA_PLACE_LABEL)
		return look->capitals >= smalls;
	if (look->roles > 0 ||
		memchr(stemma_phrases_text(phrase), ' ', phrase->size))
		return look->capitals + 2 >= smalls;
	return look->capitals >= 2 && smalls <= 1;
}

/* Whether a paragraph of this look is what the phrase says. */
static bool
agrees(const struct stemma_look *look, const struct stemma_phrase *phrase)
{
	switch (phrase->shape) {
	case STEMMA_SHAPE_BYLINE:
		return is_byline(look, phrase);
	case STEMMA_SHAPE_DATELINE:
		return look->words <= DATELINE_WORDS && look->stops <= 2 &&
		       (look->numbers || look->dates);
	case STEMMA_SHAPE_CAPTION:
		return look->words <= CAPTION_WORDS && look->stops <= 3 &&
		       !stemma_point_is_quote(look->first);
	case STEMMA_SHAPE_BOILERPLATE:
		return look->words <= BOILERPLATE_WORDS && look->stops <= 3;
	default:
		return true;
	}
}

/* The letters from a to z that stand in a text, as bits. */
static uint32_t
letters_of(const char *bytes, size_t size)
{
	uint32_t letters = 0;

	for (size_t k = 0; k < size; k++)
		if (bytes[k] >= 'a' && bytes[k] <= 'z')
			letters |= (uint32_t)1 << (bytes[k] - 'a');
	return letters;
}

/* Names of networks, side by side: a bar to share with. Most lines have not all
   letters of a name, which is seen sooner than that they have no such name. */
static bool
is_share_bar(struct stemma_view folded)
{
	static const char *const names[] = {"facebook", "twitter", "whatsapp",
		"telegram", "linkedin", "reddit", "email", "e-mail",
		"pinterest", "weibo", "messenger", "instagram", "youtube",
		"bluesky", "mastodon", "vkontakte", "tiktok", "threads",
		"flipboard", "viber", "tumblr", "xing", "pocket"};
	unsigned found = 0;
	uint32_t letters;

	if (folded.size > 120 || folded.size == 0 ||
		folded.bytes[folded.size - 1] == '.')
		return false;
	letters = letters_of(folded.bytes, folded.size);
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		size_t size = strlen(names[k]);

		if ((letters_of(names[k], size) & ~letters) == 0)
			found += memmem(folded.bytes, folded.size, names[k],
					 size) != NULL;
	}
	return found >= 2 && (size_t)found * 24 > folded.size;
}

/* Whether a dash or a letter with a colon tells who speaks. */
static bool
is_speech(const struct stemma_look *look, struct stemma_view text)
{
	size_t size, at;

	if (look->first == '-' || look->first == 0x2013 ||
		look->first == 0x2014 || look->first == 0x2015)
		return true;
	stemma_look_point(text, 0, &at);
	return at < text.size &&
	       (stemma_look_point(text, at, &size) == ':' ||
		       stemma_look_point(text, at, &size) == 0xff1a);
}

static enum stemma_shape
heading_or_body(const struct stemma_look *look, struct stemma_view text)
{
	bool question = stemma_point_is_question(look->last);

	if (stemma_point_is_stop(look->last) || look->words > HEADING_WORDS)
		return STEMMA_SHAPE_BODY;
	/* Of an interview: "— Where are they?", "Q: Where …", "P. ¿Dónde …" */
	if (question && (look->words > QUESTION_WORDS || look->stops > 0 ||
				is_speech(look, text)))
		return STEMMA_SHAPE_BODY;
	return STEMMA_SHAPE_HEADING;
}

/* The shape of a long paragraph, or of one of which nothing else is known. */
static enum stemma_shape
shape_of_text(
	struct stemma_view text, const struct stemma_look *look, uint8_t *sure)
{
	enum stemma_shape shape = STEMMA_SHAPE_BODY;

	if (look)
		shape = heading_or_body(look, text);
	*sure = STEMMA_SURE_LIKELY;
	if (is_quotation(text) &&
		!(look && shape == STEMMA_SHAPE_HEADING && look->stops == 0 &&
			look->words <= QUOTED_WORDS))
		return STEMMA_SHAPE_QUOTE;
	if (shape == STEMMA_SHAPE_HEADING || (look && look->stops == 0))
		*sure = STEMMA_SURE_FAIR;
	else
		*sure = STEMMA_SURE_SAID;
	return shape;
}

/* Take note of what the phrase and the look say of the shape; false: nothing.
 */
static bool
tell_by_phrase(struct stemma_paragraph *p, const struct stemma_look *look,
	const struct stemma_phrase *phrase)
{
	if (!phrase || !agrees(look, phrase))
		return false;
	if (phrase->shape == STEMMA_SHAPE_HEADING)
		p->traits |= STEMMA_TRAIT_KICKER;
	p->shape = phrase->shape;
	p->sure = phrase->place == STEMMA_PLACE_START ? STEMMA_SURE_LIKELY
						      : STEMMA_SURE_SAID;
	if (phrase->place == STEMMA_PLACE_LEAD &&
		p->span.end - p->span.start <= phrase->size + 4u)
		p->traits |= STEMMA_TRAIT_LEADS;
	return true;
}

/* The shape of the short paragraph `p` by its words and looks. */
static void
tell_short(struct stemma_paragraph *p, struct stemma_view text,
	const struct stemma_look *look, const struct stemma_phrase *phrase,
	bool share)
{
	p->sure = STEMMA_SURE_SAID;
	if (!look->letters) {
		p->shape = STEMMA_SHAPE_RULE;
		return;
	}
	if (!(phrase && phrase->place == STEMMA_PLACE_ANY &&
		    phrase->shape == STEMMA_SHAPE_BOILERPLATE &&
		    is_dateline(look)) &&
		tell_by_phrase(p, look, phrase))
		return;
	p->sure = STEMMA_SURE_LIKELY;
	if (share || (look->address && look->last != '.' &&
			     look->words <= ADDRESS_WORDS))
		p->shape = STEMMA_SHAPE_BOILERPLATE;
	else if (is_dateline(look))
		p->shape = STEMMA_SHAPE_DATELINE;
	else
		p->shape = (uint8_t)shape_of_text(text, look, &p->sure);
}

/* Fold the ends of `text` in which a phrase may stand, a line break between
   them, or all of a short one. */
static struct stemma_view
fold_ends(char *room, struct stemma_view text)
{
	size_t head = FOLD_HEAD, tail = text.size - FOLD_TAIL, size;

	if (text.size <= FOLD_HEAD + FOLD_TAIL)
		return (struct stemma_view){room, stemma_look_fold(room, text)};
	while ((text.bytes[head] & 0xc0) == 0x80)
		head++;
	while ((text.bytes[tail] & 0xc0) == 0x80)
		tail++;
	size = stemma_look_fold(room, (struct stemma_view){text.bytes, head});
	room[size++] = '\n';
	size += stemma_look_fold(room + size,
		(struct stemma_view){text.bytes + tail, text.size - tail});
	return (struct stemma_view){room, size};
}

/* Whether a paragraph that no phrase tells is plainly text. */
static bool
is_plain(struct stemma_view text)
{
	return text.size > CLOSE_BYTES ||
	       (text.size > PLAIN_BYTES && text.bytes[text.size - 1] == '.');
}

/* Read a paragraph: what it tells on its own. */
static void
read_shape(struct stemma_paragraph *p, struct stemma_view text)
{
	const struct stemma_phrase *phrase = NULL;
	struct stemma_view folded = {NULL, 0};
	struct stemma_look look;
	char room[FOLD_HEAD + FOLD_TAIL + 8];

	if (text.size <= PHRASE_BYTES) {
		folded = fold_ends(room, text);
		phrase = stemma_phrases_find(folded);
	}
	if (!phrase && is_plain(text)) {
		p->shape = (uint8_t)shape_of_text(text, NULL, &p->sure);
	} else {
		stemma_look_at(&look, text);
		stemma_traits_tell(p, text, &look);
		tell_short(p, text, &look, phrase, is_share_bar(folded));
	}
	p->own_shape = p->shape;
	p->own_sure = p->sure;
	p->read = true;
}

/* The same, which its twin may have told already. */
static void
tell_shape(struct stemma_paragraph *p, struct stemma_view text, bool item)
{
	const struct stemma_paragraph *twin = p->twin;

	if (twin && twin->read) {
		p->shape = p->own_shape = twin->own_shape;
		p->sure = p->own_sure = twin->own_sure;
		p->words = twin->words;
		p->traits = twin->traits;
		p->read = true;
	} else {
		read_shape(p, text);
	}
	if (item && p->shape != STEMMA_SHAPE_BOILERPLATE) {
		p->shape = STEMMA_SHAPE_LIST;
		p->sure = STEMMA_SURE_SAID;
	}
}

/* Whether a paragraph that nobody wants to know of looks like text: it is of
   more than a line, and ends a sentence. */
static bool
looks_like_text(struct stemma_view text)
{
	size_t at = text.size, size;

	if (text.size < UNWANTED_BYTES)
		return false;
	do {
		at--;
		while (at > 0 && (text.bytes[at] & 0xc0) == 0x80)
			at--;
	} while (at > 0 &&
		 stemma_point_is_closing(stemma_code_point(text, at, &size)));
	switch (stemma_code_point(text, at, &size)) {
	case '.':
	case '!':
	case '?':
	case 0x2026:
	case 0x3002:
	case 0x6d4:
		return true;
	default:
		return false;
	}
}

static bool
is_wanted(const struct stemma_paragraph *p, const uint8_t *wanted)
{
	return !wanted ||
	       memchr(&wanted[p->first_unit], 1, p->unit_count) != NULL;
}

void
stemma_shapes_tell(struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_doc *doc, const uint8_t *wanted)
{
	for (size_t k = 0; k < count; k++) {
		struct stemma_paragraph *p = &paragraphs[k];

		if (!is_wanted(p, wanted) &&
			looks_like_text(stemma_view_cut(doc->text, p->span))) {
			p->shape = STEMMA_SHAPE_BODY;
			p->sure = STEMMA_SURE_FAIR;
			continue;
		}
		tell_shape(&paragraphs[k],
			stemma_view_cut(doc->text, paragraphs[k].span),
			stemma_item_is(paragraphs, count, k, doc));
	}
	stemma_runs_tell(paragraphs, count);
	/* The last line of a page is no heading: nothing follows it. */
	if (count && paragraphs[count - 1].shape == STEMMA_SHAPE_HEADING) {
		paragraphs[count - 1].shape = STEMMA_SHAPE_BODY;
		paragraphs[count - 1].sure = STEMMA_SURE_GUESS;
	}
}

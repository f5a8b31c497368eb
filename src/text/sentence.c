/* SPDX-License-Identifier: MIT */
#include <stemma/text.h>

#include "abbreviation.h"
#include "lines.h"
#include "segment.h"
#include "sentence.h"
#include "tables.h"
#include "utf8.h"

static uint8_t
class_at(struct stemma_view text, size_t at, size_t *size)
{
	return stemma_property_of(stemma_utf8_read(text, at, size))->sentence;
}

static bool
is_ignored(uint8_t class)
{
	return class == STEMMA_SB_EXTEND || class == STEMMA_SB_FORMAT;
}

static bool
is_separator(uint8_t class)
{
	return class == STEMMA_SB_SEP || class == STEMMA_SB_CR ||
	       class == STEMMA_SB_LF;
}

static bool
is_stop(uint8_t class)
{
	return class == STEMMA_SB_ATERM || class == STEMMA_SB_STERM;
}

static size_t
skip_ignored(struct stemma_view text, size_t at)
{
	size_t size;

	while (at < text.size && is_ignored(class_at(text, at, &size)))
		at += size;
	return at;
}

/* Skip a run of `class`, each with what extends it. */
static size_t
skip_class(struct stemma_view text, size_t at, uint8_t class)
{
	size_t size;

	while (at < text.size && class_at(text, at, &size) == class)
		at = skip_ignored(text, at + size);
	return at;
}

/* SB8: whether a lower-case letter comes before any other letter or stop. */
static bool
leads_to_lower(struct stemma_view text, size_t at)
{
	size_t size;

	for (; at < text.size; at += size) {
		uint8_t class = class_at(text, at, &size);

		if (class == STEMMA_SB_LOWER)
			return true;
		if (class == STEMMA_SB_OLETTER || class == STEMMA_SB_UPPER ||
			is_separator(class) || is_stop(class))
			return false;
	}
	return false;
}

/*
 * SB6-SB11 behind the stop that ends at `at`: where the sentence ends, or 0.
 * `before` is the class in front of the stop.
 */
static size_t
end_behind(struct stemma_view text, size_t at, uint8_t stop, uint8_t before)
{
	uint8_t next = STEMMA_SB_OTHER;
	size_t size;

	at = skip_ignored(text, at);
	if (at < text.size && stop == STEMMA_SB_ATERM) {
		next = class_at(text, at, &size);
		if (next == STEMMA_SB_NUMERIC ||
			(next == STEMMA_SB_UPPER &&
				(before == STEMMA_SB_UPPER ||
					before == STEMMA_SB_LOWER)))
			return 0;
	}
	at = skip_class(text, at, STEMMA_SB_CLOSE);
	at = skip_class(text, at, STEMMA_SB_SP);
	if (at == text.size)
		return at;
	next = class_at(text, at, &size);
	if (next == STEMMA_SB_SCONTINUE || is_stop(next))
		return 0;
	if (stop == STEMMA_SB_ATERM && leads_to_lower(text, at))
		return 0;
	if (is_separator(next)) {
		at += size;
		if (next == STEMMA_SB_CR && at < text.size &&
			text.bytes[at] == '\n')
			at++;
	}
	return at;
}

size_t
stemma_sentence_next(struct stemma_view text, size_t at)
{
	uint8_t before = STEMMA_SB_OTHER;
	size_t size;

	for (; at < text.size; at += size) {
		uint8_t class = class_at(text, at, &size);

		if (is_separator(class)) {
			at += size;
			return at + (class == STEMMA_SB_CR && at < text.size &&
					    text.bytes[at] == '\n');
		}
		if (is_stop(class)) {
			size_t end = end_behind(text, at + size, class, before);

			if (end)
				return end;
		}
		if (!is_ignored(class))
			before = class;
	}
	return at;
}

/* The class before `at`, what extends it left out. */
static uint8_t
class_before(struct stemma_view text, size_t at)
{
	uint8_t class = STEMMA_SB_OTHER;
	size_t size;

	while (at) {
		at = stemma_utf8_before(text, at);
		class = class_at(text, at, &size);
		if (!is_ignored(class))
			return class;
	}
	return STEMMA_SB_OTHER;
}

size_t
stemma_sentence_end(struct stemma_view text, size_t at)
{
	size_t size, end;
	uint8_t class = class_at(text, at, &size);

	if (!is_stop(class))
		return 0;
	end = end_behind(text, at + size, class, class_before(text, at));
	if (class == STEMMA_SB_ATERM && end && end < text.size &&
		stemma_is_abbreviation(text, at, end))
		return 0;
	return end;
}

/* The next sentence from `at` on, trimmed; `*next` is where to go on. */
static struct stemma_span
next_sentence(struct stemma_view text, size_t at, size_t *next)
{
	size_t from = at, size, end = 0;

	while (at < text.size && !end) {
		const struct stemma_property *property =
			stemma_property_of(stemma_utf8_read(text, at, &size));

		if (is_stop(property->sentence))
			end = stemma_sentence_end(text, at);
		at += size;
	}
	*next = end ? end : text.size;
	return stemma_span_trim(text, (struct stemma_span){from, *next});
}

enum stemma_code
stemma_sentences_split(struct stemma_span **sentences, size_t *count,
	const struct stemma_doc *doc, struct stemma_span span,
	struct stemma_arena *arena)
{
	struct stemma_view text = stemma_view_cut(doc->text, span);
	struct stemma_span sentence;
	size_t number = 0, at;

	*sentences = NULL;
	*count = 0;
	for (at = 0; at < text.size;) {
		sentence = next_sentence(text, at, &at);
		number += sentence.start < sentence.end;
	}
	*sentences = stemma_arena_alloc(arena, number, sizeof **sentences);
	if (!*sentences)
		return STEMMA_NOMEM;
	for (at = 0; at < text.size;) {
		sentence = next_sentence(text, at, &at);
		sentence.start += span.start;
		sentence.end += span.start;
		if (sentence.start < sentence.end)
			(*sentences)[(*count)++] = sentence;
	}
	return STEMMA_OK;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <utf8proc.h>

#include "fold.h"
#include "tables.h"
#include "utf8.h"

/*
 * Code points that are normalised together. A longer run of combining marks is
 * cut here, as a text of nothing else would cost the square of its length.
 */
#define PIECE_MAX 64
#define ROOM 256 /* canonically a code point has four at most */

/* A folded text being written, or only measured. */
struct folding {
	char *to;
	size_t room, size;
	unsigned flags;
	unsigned stops; /* full stops seen and not yet written */
	bool space;     /* white space seen and not yet written */
	bool dash;      /* the last thing seen is a dash */
	bool number;    /* the last thing written is a number */
};

static void
put(struct folding *folding, const char *bytes, size_t size)
{
	if (size && folding->size + size <= folding->room)
		memcpy(folding->to + folding->size, bytes, size);
	folding->size += size;
}

static void
put_stops(struct folding *folding)
{
	unsigned count = folding->stops > 2 ? 3 : folding->stops;

	folding->stops = 0;
	put(folding, "...", count);
}

/* Write what was held back before something else comes. */
static void
settle(struct folding *folding)
{
	put_stops(folding);
	if (folding->space && folding->size)
		put(folding, " ", 1);
	folding->space = false;
	folding->dash = false;
}

static void
put_stop(struct folding *folding, unsigned count)
{
	if (folding->space)
		settle(folding);
	folding->dash = false;
	if (folding->stops < 3)
		folding->stops += count;
}

static void
put_dash(struct folding *folding)
{
	if (folding->dash)
		return;
	settle(folding);
	put(folding, "-", 1);
	folding->dash = true;
}

static void
put_character(struct folding *folding, uint32_t c)
{
	char bytes[STEMMA_UTF8_MAX];

	settle(folding);
	put(folding, bytes, stemma_utf8_write(bytes, c));
}

/* Whether punctuation between these two is part of a word or number. */
static void
fold_character(struct folding *folding, uint32_t c)
{
	const struct stemma_property *property = stemma_property_of(c);
	bool drop = folding->flags & STEMMA_FOLD_PUNCTUATION;

	if (folding->flags & STEMMA_FOLD_NUMBERS &&
		property->kind == STEMMA_KIND_DIGIT) {
		if (folding->number && !folding->space && !folding->stops &&
			!folding->dash)
			return;
		put_character(folding, '0');
		folding->number = true;
		return;
	}
	if (drop && property->flags & STEMMA_IS_PUNCTUATION)
		property = stemma_property_of(' ');
	switch (property->folds) {
	case STEMMA_FOLDS_SPACE:
		put_stops(folding);
		folding->space = true;
		folding->dash = false;
		break;
	case STEMMA_FOLDS_SINGLE_QUOTE:
		put_character(folding, '\'');
		break;
	case STEMMA_FOLDS_DOUBLE_QUOTE:
		put_character(folding, '"');
		break;
	case STEMMA_FOLDS_DASH:
		put_dash(folding);
		break;
	case STEMMA_FOLDS_STOP:
		put_stop(folding, 1);
		break;
	case STEMMA_FOLDS_TWO_STOPS:
		put_stop(folding, 2);
		break;
	case STEMMA_FOLDS_ELLIPSIS:
		put_stop(folding, 3);
		break;
	case STEMMA_FOLDS_INVISIBLE:
		break;
	default:
		put_character(folding, c);
		break;
	}
	folding->number = false;
}

/* Code points between two places where normalisation may be cut. */
struct piece {
	char bytes[PIECE_MAX * STEMMA_UTF8_MAX];
	size_t size;
	bool unnormal; /* may not be NFC */
};

/* Gather the piece at `at`, invisible characters left out; returns its end. */
static size_t
gather(struct piece *piece, struct stemma_view text, size_t at)
{
	uint8_t last = 0;
	size_t size;

	piece->size = 0;
	piece->unnormal = false;
	for (unsigned k = 0; at < text.size && k < PIECE_MAX; k++, at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		const struct stemma_property *p = stemma_property_of(c);

		if (p->folds == STEMMA_FOLDS_INVISIBLE)
			continue;
		if (piece->size && p->ccc == 0 &&
			!(p->flags & STEMMA_IS_UNNORMAL))
			break;
		if (p->flags & STEMMA_IS_UNNORMAL || (p->ccc && p->ccc < last))
			piece->unnormal = true;
		last = p->ccc;
		memcpy(piece->bytes + piece->size, text.bytes + at, size);
		piece->size += size;
	}
	return at;
}

static void
fold_ascii(struct folding *folding, char c)
{
	bool upper = c >= 'A' && c <= 'Z';

	fold_character(folding, upper && folding->flags & STEMMA_FOLD_CASE
					? (uint32_t)c + 32
					: (uint32_t)c);
}

/* Fold the piece; NFC and case folding are utf8proc's. */
static void
fold_piece(struct folding *folding, const struct piece *piece)
{
	utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	utf8proc_int32_t points[ROOM];
	struct stemma_view view = {piece->bytes, piece->size};
	utf8proc_ssize_t count;
	size_t size;

	if (piece->size == 1) { /* most of them: ASCII, which is NFC */
		fold_ascii(folding, piece->bytes[0]);
		return;
	}
	if (folding->flags & STEMMA_FOLD_CASE)
		options |= UTF8PROC_CASEFOLD;
	else if (!piece->unnormal) {
		for (size_t at = 0; at < view.size; at += size)
			fold_character(
				folding, stemma_utf8_read(view, at, &size));
		return;
	}
	count = utf8proc_decompose((const utf8proc_uint8_t *)piece->bytes,
		(utf8proc_ssize_t)piece->size, points, ROOM, options);
	if (count < 0 || count > ROOM)
		return;
	count = utf8proc_normalize_utf32(points, count, options);
	for (utf8proc_ssize_t k = 0; k < count; k++)
		fold_character(folding, (uint32_t)points[k]);
}

size_t
stemma_fold_write(
	char *to, size_t room, struct stemma_view text, unsigned flags)
{
	struct folding folding = {.to = to, .room = room, .flags = flags};
	struct piece piece;

	for (size_t at = 0; at < text.size;) {
		at = gather(&piece, text, at);
		fold_piece(&folding, &piece);
	}
	put_stops(&folding);
	return folding.size;
}

enum stemma_code
stemma_fold(struct stemma_view *folded, struct stemma_view text, unsigned flags,
	struct stemma_arena *arena)
{
	size_t size = stemma_fold_write(NULL, 0, text, flags);
	char *to = stemma_arena_alloc(arena, size, 1);

	*folded = (struct stemma_view){NULL, 0};
	if (!to)
		return STEMMA_NOMEM;
	stemma_fold_write(to, size, text, flags);
	*folded = (struct stemma_view){to, size};
	return STEMMA_OK;
}

const char *
stemma_fold_name(unsigned flag)
{
	switch (flag) {
	case STEMMA_FOLD_TYPOGRAPHY:
		return "typography";
	case STEMMA_FOLD_CASE:
		return "case";
	case STEMMA_FOLD_PUNCTUATION:
		return "punctuation";
	case STEMMA_FOLD_NUMBERS:
		return "numbers";
	default:
		return NULL;
	}
}

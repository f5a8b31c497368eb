/* SPDX-License-Identifier: MIT */
#include "atom.h"

#include <stemma/text.h>

#include "base/show.h"
#include "space.h"

struct range {
	uint32_t first, last;
};

static bool
is_in(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count; i++) {
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	}
	return false;
}

#define IS_IN(ranges, c) is_in(ranges, sizeof ranges / sizeof *ranges, c)

bool
stemma_is_rtl(uint32_t c)
{
	static const struct range ranges[] = {{0x0590, 0x08ff},
		{0xfb1d, 0xfdff}, {0xfe70, 0xfefe}, {0x10800, 0x10fff},
		{0x1e800, 0x1efff}};

	/* Arabic-Indic digits do not turn the line. */
	return c >= 0x0590 && IS_IN(ranges, c) &&
	       !(c >= 0x0660 && c <= 0x066c) && !(c >= 0x06f0 && c <= 0x06f9);
}

bool
stemma_is_joined(uint32_t c)
{
	static const struct range ranges[] = {{0x0e00, 0x0e4f},
		{0x0e80, 0x0ecf}, {0x1000, 0x109f}, {0x1780, 0x17d3},
		{0x1950, 0x19df}, {0xa9e0, 0xa9fe}, {0xaa60, 0xaadf}};

	return c >= 0x0e00 && c < 0x10000 && IS_IN(ranges, c);
}

bool
stemma_is_spaceless(uint32_t c)
{
	static const struct range ranges[] = {{0x2e80, 0x2fdf},
		{0x3005, 0x3007}, {0x3021, 0x30fa}, {0x30fc, 0x312f},
		{0x31a0, 0x31bf}, {0x31f0, 0x31ff}, {0x3400, 0x4dbf},
		{0x4e00, 0x9fff}, {0xf900, 0xfaff}, {0xff66, 0xff9f},
		{0x1b000, 0x1b16f}, {0x20000, 0x3ffff}};

	return stemma_is_joined(c) || (c >= 0x2e80 && IS_IN(ranges, c));
}

/* Marks of Chinese and Japanese that close what stands before them. */
static bool
is_closing(uint32_t c)
{
	static const struct range ranges[] = {{0x3001, 0x3002},
		{0x3005, 0x3005}, {0x3009, 0x3009}, {0x300b, 0x300b},
		{0x300d, 0x300d}, {0x300f, 0x300f}, {0x3011, 0x3011},
		{0x3015, 0x3015}, {0x3017, 0x3017}, {0x30fb, 0x30fc},
		{0xff01, 0xff01}, {0xff09, 0xff09}, {0xff0c, 0xff0c},
		{0xff0e, 0xff0e}, {0xff1a, 0xff1b}, {0xff1f, 0xff1f},
		{0xff3d, 0xff3d}, {0xff5d, 0xff5d}};

	return c >= 0x3001 && IS_IN(ranges, c);
}

static bool
is_dash(uint32_t c)
{
	return c == '-' || c == 0x2010 || (c >= 0x2012 && c <= 0x2014) ||
	       c == 0x200b;
}

/* No-break spaces are no place to break a line. */
static bool
is_no_break(uint32_t c)
{
	return c == 0xa0 || c == 0x2007 || c == 0x202f;
}

static enum stemma_atom_kind
kind_of(uint32_t c, unsigned width)
{
	if (is_dash(c))
		return STEMMA_ATOM_DASH;
	if (is_closing(c))
		return STEMMA_ATOM_CLOSING;
	if (stemma_is_joined(c))
		return STEMMA_ATOM_JOINED;
	return width > 1 ? STEMMA_ATOM_WIDE : STEMMA_ATOM_PLAIN;
}

static struct stemma_atom
cluster_at(struct stemma_view text, size_t at)
{
	struct stemma_atom atom = {.size = stemma_space_at(text, at)};
	char form[STEMMA_SHOW_SIZE];
	size_t size;

	atom.first = stemma_code_point(text, at, &size);
	if (atom.size && !is_no_break(atom.first)) {
		atom.kind = STEMMA_ATOM_SPACE;
		atom.width = 1;
		return atom;
	}
	if (stemma_show_control(form, &size, atom.first)) {
		size_t shown = size;

		stemma_code_point(text, at, &atom.size);
		atom.kind = STEMMA_ATOM_CONTROL;
		atom.width = (unsigned)shown;
		return atom;
	}
	atom.size = stemma_grapheme_next(text, at) - at;
	atom.width = (unsigned)stemma_grapheme_width(stemma_view_cut(
		text, (struct stemma_span){at, at + atom.size}));
	atom.kind = kind_of(atom.first, atom.width);
	return atom;
}

/*
 * Whether two bytes of UTF-8 are a Latin, Greek or Cyrillic letter (U+00C0 to
 * U+02FF, U+0380 to U+047F) that starts no longer cluster, given the byte
 * after it (0 for none): nothing in these ranges extends a letter.
 */
static bool
is_letter_alone(unsigned char lead, unsigned char next)
{
	return ((lead >= 0xc3 && lead <= 0xcb) ||
		       (lead >= 0xce && lead <= 0xd1)) &&
	       (next < 0x80 || (next >= 0xc3 && next <= 0xcb) ||
		       (next >= 0xce && next <= 0xd1));
}

struct stemma_atom
stemma_atom_at(struct stemma_view text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.bytes + at;
	size_t left = text.size - at;

	if (s[0] > ' ' && s[0] < 0x7f && (left == 1 || s[1] < 0x80))
		return (struct stemma_atom){1, 1, s[0],
			s[0] == '-' ? STEMMA_ATOM_DASH : STEMMA_ATOM_PLAIN};
	if (is_letter_alone(s[0], left > 2 ? s[2] : 0))
		return (struct stemma_atom){2, 1,
			(s[0] & 0x1fu) << 6 | (s[1] & 0x3fu),
			STEMMA_ATOM_PLAIN};
	return cluster_at(text, at);
}

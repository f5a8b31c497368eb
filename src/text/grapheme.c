/* SPDX-License-Identifier: MIT */
#include <stemma/text.h>

#include "tables.h"
#include "utf8.h"

/* What the rules of UAX #29 have to remember of a cluster. */
struct cluster {
	uint8_t last;       /* break property of the last code point */
	bool pictographic;  /* ends with Extended_Pictographic Extend* (ZWJ)? */
	bool joined;        /* … and with the ZWJ */
	bool odd_indicator; /* ends with an unpaired regional indicator */
};

static void
extend(struct cluster *cluster, const struct stemma_property *property)
{
	uint8_t value = property->grapheme;
	bool pictographic = property->flags & STEMMA_IS_PICTOGRAPHIC;

	cluster->joined = value == STEMMA_GB_ZWJ && cluster->pictographic;
	if (value != STEMMA_GB_EXTEND && value != STEMMA_GB_ZWJ)
		cluster->pictographic = pictographic;
	cluster->odd_indicator = value == STEMMA_GB_REGIONAL_INDICATOR &&
				 !cluster->odd_indicator;
	cluster->last = value;
}

/* Whether the rules forbid a break before a code point of this property. */
static bool
continues(const struct cluster *cluster, const struct stemma_property *property)
{
	uint8_t last = cluster->last, next = property->grapheme;

	if (last == STEMMA_GB_CR)
		return next == STEMMA_GB_LF;
	if (last == STEMMA_GB_LF || last == STEMMA_GB_CONTROL ||
		next == STEMMA_GB_CR || next == STEMMA_GB_LF ||
		next == STEMMA_GB_CONTROL)
		return false;
	if (next == STEMMA_GB_EXTEND || next == STEMMA_GB_ZWJ ||
		next == STEMMA_GB_SPACINGMARK || last == STEMMA_GB_PREPEND)
		return true;
	if (last == STEMMA_GB_L)
		return next == STEMMA_GB_L || next == STEMMA_GB_V ||
		       next == STEMMA_GB_LV || next == STEMMA_GB_LVT;
	if (last == STEMMA_GB_LV || last == STEMMA_GB_V)
		return next == STEMMA_GB_V || next == STEMMA_GB_T;
	if (last == STEMMA_GB_LVT || last == STEMMA_GB_T)
		return next == STEMMA_GB_T;
	if (next == STEMMA_GB_REGIONAL_INDICATOR)
		return cluster->odd_indicator;
	return cluster->joined && property->flags & STEMMA_IS_PICTOGRAPHIC;
}

size_t
stemma_grapheme_next(struct stemma_view text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	struct cluster cluster = {0};
	size_t size;

	/* Printable ASCII before ASCII is most of what there is. */
	if (s[at] >= ' ' && s[at] < 0x7f &&
		(at + 1 == text.size || s[at + 1] < 0x80))
		return at + 1;
	extend(&cluster, stemma_property_of(stemma_utf8_read(text, at, &size)));
	for (at += size; at < text.size; at += size) {
		const struct stemma_property *property =
			stemma_property_of(stemma_utf8_read(text, at, &size));

		if (!continues(&cluster, property))
			break;
		extend(&cluster, property);
	}
	return at;
}

int
stemma_grapheme_width(struct stemma_view cluster)
{
	bool first = true;
	int width = 0;
	size_t size;

	for (size_t at = 0; at < cluster.size; at += size) {
		uint32_t c = stemma_utf8_read(cluster, at, &size);
		const struct stemma_property *property = stemma_property_of(c);

		/* Emoji presentation, or the second half of a flag. */
		if (c == 0xfe0f && width)
			return 2;
		if (!first &&
			property->grapheme == STEMMA_GB_REGIONAL_INDICATOR)
			return 2;
		if (property->width > width)
			width = property->width;
		first = false;
	}
	return width;
}

uint32_t
stemma_code_point(struct stemma_view text, size_t at, size_t *size)
{
	return stemma_utf8_read(text, at, size);
}

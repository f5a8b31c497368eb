/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "decode.h"
#include "utf8.h"

enum method { BY_UTF8, BY_UTF16_LE, BY_UTF16_BE, BY_BYTE, BY_ICONV };

/* Turns raw bytes into code points, one at a time. */
struct decoder {
	struct stemma_view raw;
	size_t at; /* in raw: where the next code point starts */
	enum method method;
	size_t unit;         /* iconv: bytes to give up on at an error */
	iconv_t iconv;       /* iconv: from the encoding to UTF-32LE */
	uint32_t bytes[256]; /* of an encoding with a byte a character */
};

/* Of windows-1252, where they differ from their own number. */
static const uint16_t windows_1252[32] = {
	0x20ac,
	0x0081,
	0x201a,
	0x0192,
	0x201e,
	0x2026,
	0x2020,
	0x2021,
	0x02c6,
	0x2030,
	0x0160,
	0x2039,
	0x0152,
	0x008d,
	0x017d,
	0x008f,
	0x0090,
	0x2018,
	0x2019,
	0x201c,
	0x201d,
	0x2022,
	0x2013,
	0x2014,
	0x02dc,
	0x2122,
	0x0161,
	0x203a,
	0x0153,
	0x009d,
	0x017e,
	0x0178,
};

static void
use_windows_1252(struct decoder *decoder)
{
	decoder->method = BY_BYTE;
	for (uint32_t k = 0; k < 256; k++)
		decoder->bytes[k] =
			k >= 0x80 && k < 0xa0 ? windows_1252[k - 0x80] : k;
}

static uint32_t
next_utf8(struct decoder *decoder)
{
	size_t size = stemma_utf8_sequence(decoder->raw, decoder->at);
	uint32_t c = STEMMA_REPLACEMENT;

	if (size)
		c = stemma_utf8_read(decoder->raw, decoder->at, &size);
	decoder->at += size ? size : 1;
	return c;
}

static uint32_t
utf16_unit(const struct decoder *decoder, size_t at)
{
	const unsigned char *s = (const unsigned char *)decoder->raw.bytes + at;

	return decoder->method == BY_UTF16_LE ? (uint32_t)s[1] << 8 | s[0]
					      : (uint32_t)s[0] << 8 | s[1];
}

static uint32_t
next_utf16(struct decoder *decoder)
{
	size_t left = decoder->raw.size - decoder->at;
	uint32_t c, low;

	if (left < 2) {
		decoder->at += left;
		return STEMMA_REPLACEMENT;
	}
	c = utf16_unit(decoder, decoder->at);
	decoder->at += 2;
	if (c < 0xd800 || c > 0xdfff)
		return c;
	if (c > 0xdbff || left < 4)
		return STEMMA_REPLACEMENT;
	low = utf16_unit(decoder, decoder->at);
	if (low < 0xdc00 || low > 0xdfff)
		return STEMMA_REPLACEMENT;
	decoder->at += 2;
	return 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
}

static uint32_t
utf32_value(const unsigned char *s)
{
	uint32_t c = s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 |
		     (uint32_t)s[3] << 24;

	return c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? STEMMA_REPLACEMENT
							    : c;
}

/*
 * Room for one code point makes iconv stop after each, and say how far it
 * got. False when the rest of the bytes gives no code point at all.
 */
static bool
next_iconv(struct decoder *decoder, uint32_t *c)
{
	char *in = (char *)(uintptr_t)decoder->raw.bytes + decoder->at;
	size_t left = decoder->raw.size - decoder->at, room = 4, before = left;
	unsigned char utf32[4];
	char *out = (char *)utf32;
	size_t result;

	errno = 0;
	result = iconv(decoder->iconv, &in, &left, &out, &room);
	decoder->at += before - left;
	if (room == 0) {
		*c = utf32_value(utf32);
		return true;
	}
	if (result == (size_t)-1 && left) {
		decoder->at += left < decoder->unit ? left : decoder->unit;
		*c = STEMMA_REPLACEMENT;
		return true;
	}
	/* All is eaten; a character may still be held back for its mark. */
	iconv(decoder->iconv, NULL, NULL, &out, &room);
	*c = utf32_value(utf32);
	return room == 0;
}

/* The next code point; false at the end. */
static bool
next_character(struct decoder *decoder, uint32_t *c)
{
	if (decoder->at == decoder->raw.size)
		return false;
	switch (decoder->method) {
	case BY_UTF8:
		*c = next_utf8(decoder);
		return true;
	case BY_UTF16_LE:
	case BY_UTF16_BE:
		*c = next_utf16(decoder);
		return true;
	case BY_BYTE:
		*c = decoder->bytes[(
			unsigned char)decoder->raw.bytes[decoder->at++]];
		return true;
	case BY_ICONV:
		return next_iconv(decoder, c);
	}
	return false;
}

static void
rewind_decoder(struct decoder *decoder)
{
	decoder->at = 0;
	if (decoder->method == BY_ICONV)
		iconv(decoder->iconv, NULL, NULL, NULL, NULL);
}

/* What is written of a text; without room yet, what it would take. */
struct writer {
	char *text;
	size_t size;
	struct stemma_offset_segment *segments;
	size_t segment_count;
	struct stemma_offset_segment last; /* the segment being extended */
	size_t raw_end;                    /* where it ends in the raw bytes */
	struct stemma_breaks breaks;
};

static void
write_character(struct writer *writer, uint32_t c, size_t raw, size_t raw_end)
{
	char bytes[STEMMA_UTF8_MAX];
	uint32_t step = (uint32_t)stemma_utf8_write(bytes, c);
	uint32_t raw_step = (uint32_t)(raw_end - raw);

	if (writer->segment_count == 0 || writer->last.text_step != step ||
		writer->last.raw_step != raw_step || writer->raw_end != raw) {
		writer->last = (struct stemma_offset_segment){
			writer->size, raw, step, raw_step};
		if (writer->segments)
			writer->segments[writer->segment_count] = writer->last;
		writer->segment_count++;
	}
	if (writer->text)
		memcpy(writer->text + writer->size, bytes, step);
	if (c == '\r')
		writer->breaks.returns = true;
	else if (c == 0x85 || c == 0x2028 || c == 0x2029)
		writer->breaks.odd = true;
	writer->size += step;
	writer->raw_end = raw_end;
}

static void
write_all(struct writer *writer, struct decoder *decoder)
{
	size_t start;
	uint32_t c;

	rewind_decoder(decoder);
	*writer = (struct writer){
		.text = writer->text, .segments = writer->segments};
	for (start = 0; next_character(decoder, &c); start = decoder->at)
		if (start || c != 0xfeff)
			write_character(writer, c, start, decoder->at);
}

/* Decode twice: to count, and to fill exactly the room that takes. */
static enum stemma_code
transcode(struct stemma_doc *doc, struct decoder *decoder,
	struct stemma_breaks *breaks, struct stemma_arena *arena)
{
	struct writer writer = {0};

	write_all(&writer, decoder);
	if (writer.size == 0) {
		doc->text =
			(struct stemma_view){doc->raw.bytes + doc->raw.size, 0};
		return STEMMA_OK;
	}
	writer.text = stemma_arena_alloc(arena, writer.size, 1);
	writer.segments = stemma_arena_alloc(
		arena, writer.segment_count, sizeof *writer.segments);
	if (!writer.text || !writer.segments)
		return STEMMA_NOMEM;
	write_all(&writer, decoder);
	doc->text = (struct stemma_view){writer.text, writer.size};
	doc->segments = writer.segments;
	doc->segment_count = writer.segment_count;
	*breaks = writer.breaks;
	return STEMMA_OK;
}

/*
 * Where every byte is a character of its own, or none, a table does what iconv
 * would do a call a byte.
 */
static bool
tabulate(struct decoder *decoder)
{
	for (unsigned k = 0; k < 256; k++) {
		char byte = (char)(unsigned char)k, *in = &byte;
		unsigned char utf32[16];
		char *out = (char *)utf32;
		size_t left = 1, room = sizeof utf32, result;

		iconv(decoder->iconv, NULL, NULL, NULL, NULL);
		errno = 0;
		result = iconv(decoder->iconv, &in, &left, &out, &room);
		if (result == (size_t)-1 && errno == EILSEQ &&
			room == sizeof utf32)
			decoder->bytes[k] = STEMMA_REPLACEMENT;
		else if (result != (size_t)-1 && left == 0 &&
			 room == sizeof utf32 - 4)
			decoder->bytes[k] = utf32_value(utf32);
		else
			return false;
	}
	return true;
}

static size_t
unit_of(const char *encoding)
{
	if (strcasestr(encoding, "32") || strcasestr(encoding, "ucs-4") ||
		strcasestr(encoding, "ucs4"))
		return 4;
	if (strcasestr(encoding, "utf-16") || strcasestr(encoding, "utf16") ||
		strcasestr(encoding, "ucs") || strcasestr(encoding, "unicode"))
		return 2;
	return 1;
}

static enum stemma_code
transcode_iconv(struct stemma_doc *doc, struct decoder *decoder,
	struct stemma_breaks *breaks, struct stemma_arena *arena,
	struct stemma_error *error)
{
	enum stemma_code code;

	decoder->iconv = iconv_open("UTF-32LE", doc->encoding);
	if (decoder->iconv == (iconv_t)-1)
		return stemma_error_set(error, STEMMA_UNSUPPORTED,
			"unknown encoding: %s", doc->encoding);
	decoder->unit = unit_of(doc->encoding);
	decoder->method = tabulate(decoder) ? BY_BYTE : BY_ICONV;
	code = transcode(doc, decoder, breaks, arena);
	iconv_close(decoder->iconv);
	return code;
}

/* The text lies in the raw bytes, `skip` bytes from their start. */
static enum stemma_code
use_raw(struct stemma_doc *doc, size_t skip)
{
	doc->encoding = "utf-8";
	doc->text = (struct stemma_view){
		doc->raw.bytes + skip, doc->raw.size - skip};
	return STEMMA_OK;
}

static bool
starts_with(struct stemma_view raw, const char *mark, size_t size)
{
	return raw.size >= size && memcmp(raw.bytes, mark, size) == 0;
}

static bool
same_name(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

/* Find the method for a name that needs no iconv; false if there is none. */
static bool
method_of(struct decoder *decoder, const char *encoding)
{
	if (same_name(encoding, "utf-8") || same_name(encoding, "utf8"))
		decoder->method = BY_UTF8;
	else if (same_name(encoding, "utf-16le"))
		decoder->method = BY_UTF16_LE;
	else if (same_name(encoding, "utf-16be"))
		decoder->method = BY_UTF16_BE;
	else if (same_name(encoding, "windows-1252") ||
		 same_name(encoding, "cp1252"))
		use_windows_1252(decoder);
	else
		return false;
	return true;
}

/* What the bytes say they are; NULL when they are UTF-8. */
static const char *
detect(struct stemma_view raw, struct stemma_breaks *breaks)
{
	struct stemma_utf8_scan scan;

	if (starts_with(raw, "\xff\xfe", 2))
		return "utf-16le";
	if (starts_with(raw, "\xfe\xff", 2))
		return "utf-16be";
	scan = stemma_utf8_check(raw);
	*breaks = scan.breaks;
	if (scan.valid == raw.size)
		return NULL;
	return starts_with(raw, "\xef\xbb\xbf", 3) ? "utf-8" : "windows-1252";
}

enum stemma_code
stemma_doc_decode(struct stemma_doc *doc, struct stemma_view raw,
	const char *encoding, struct stemma_breaks *breaks,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct decoder decoder = {.raw = raw, .unit = 1};
	size_t mark = starts_with(raw, "\xef\xbb\xbf", 3) ? 3 : 0;

	*breaks = (struct stemma_breaks){0};
	doc->raw = raw;
	if (!encoding || same_name(encoding, "utf-8") ||
		same_name(encoding, "utf8")) {
		const char *found = detect(raw, breaks);

		if (!found)
			return use_raw(doc, mark);
		if (!encoding)
			encoding = found;
	}
	doc->encoding = encoding;
	if (!method_of(&decoder, encoding))
		return transcode_iconv(doc, &decoder, breaks, arena, error);
	return transcode(doc, &decoder, breaks, arena);
}

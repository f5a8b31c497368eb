/* SPDX-License-Identifier: MIT */
#include "markdown_text.h"

#include <string.h>

#include <stemma/text.h>

#include "base/show.h"
#include "space.h"

#define NOTHING "<!-- -->"

static bool
is_alphanumeric(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static enum stemma_sign
sign_of(uint32_t c)
{
	if (is_alphanumeric(c))
		return STEMMA_SIGN_LETTER;
	if (c < 0x80)
		return STEMMA_SIGN_MARK;
	/* Latin-1 signs, × and ÷, punctuation and symbols, wide forms, emoji:
	   rather too much than too little. */
	if (c < 0xc0 || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c < 0x2c00) ||
		(c >= 0x3000 && c < 0x3041) || (c >= 0xfe10 && c < 0xfe70) ||
		(c >= 0xff00 && c < 0xff66) || c >= 0x1f000)
		return STEMMA_SIGN_OTHER;
	return STEMMA_SIGN_LETTER;
}

/* Whether `mark` can open before `inner`, or close after it, at `outer`. */
static bool
flanks(enum stemma_sign inner, enum stemma_sign outer)
{
	return inner == STEMMA_SIGN_LETTER || outer == STEMMA_SIGN_SPACE ||
	       outer == STEMMA_SIGN_MARK;
}

/* Before text that starts with `sign`: a mark that ended here still does. */
static void
settle(struct stemma_markdown *markdown, enum stemma_sign sign)
{
	if (markdown->closed && !flanks(markdown->inside, sign))
		stemma_out_string(markdown->out, NOTHING);
	markdown->closed = NULL;
}

/* An ASCII character at the start of a line, or anywhere. */
static void
write_ascii(struct stemma_markdown *markdown, struct stemma_view text,
	size_t at, bool start)
{
	struct stemma_out *out = markdown->out;
	char c = text.bytes[at];
	bool before_word =
		at + 1 < text.size &&
		((text.bytes[at + 1] & 0x80) ||
			is_alphanumeric((unsigned char)text.bytes[at + 1]));

	if (c == '.' && at >= 3 && memcmp(text.bytes + at - 3, "www", 3) == 0)
		stemma_out_string(out, NOTHING);
	if (strchr("\\`*_[]<>&~|#!$^{}", c) || (start && strchr("-+=:", c)))
		stemma_out_char(out, '\\');
	stemma_out_char(out, c);
	if (((c == '@' || c == '#') && before_word) ||
		(c == ':' && at + 2 < text.size &&
			memcmp(text.bytes + at + 1, "//", 2) == 0))
		stemma_out_string(out, NOTHING);
}

/* A number that would start a list: "1." or "1)" at the start of a line. */
static size_t
list_number(struct stemma_view text, size_t at)
{
	size_t end = at;

	while (end < text.size && text.bytes[end] >= '0' &&
		text.bytes[end] <= '9')
		end++;
	if (end == at || end == text.size || !memchr(".)", text.bytes[end], 2))
		return at;
	return end;
}

/* The character at `at`; returns its size. */
static size_t
write_code_point(
	struct stemma_markdown *markdown, struct stemma_view text, size_t at)
{
	char form[STEMMA_SHOW_SIZE];
	size_t size, form_size;
	uint32_t c = stemma_code_point(text, at, &size);
	bool start = !markdown->begun;

	markdown->begun = true;
	if (stemma_show_control(form, &form_size, c)) {
		struct stemma_view shown = {form, form_size};

		settle(markdown, STEMMA_SIGN_MARK);
		for (size_t i = 0; i < form_size; i++)
			write_ascii(markdown, shown, i, false);
		markdown->last = STEMMA_SIGN_MARK;
		return size;
	}
	settle(markdown, sign_of(c));
	if (c < 0x80)
		write_ascii(markdown, text, at, start);
	else
		stemma_out_bytes(markdown->out, text.bytes + at, size);
	markdown->last = sign_of(c);
	return size;
}

void
stemma_markdown_text(struct stemma_markdown *markdown, struct stemma_view text)
{
	size_t size;

	for (size_t at = 0; at < text.size && markdown->out->code == STEMMA_OK;
		at += size) {
		size_t space = stemma_space_end(text, at), list = at;

		if (space > at) {
			settle(markdown, STEMMA_SIGN_SPACE);
			stemma_out_char(markdown->out, ' ');
			markdown->last = STEMMA_SIGN_SPACE;
			size = space - at;
			continue;
		}
		if (!markdown->begun)
			list = list_number(text, at);
		if (list > at) {
			settle(markdown, STEMMA_SIGN_LETTER);
			stemma_out_bytes(
				markdown->out, text.bytes + at, list - at);
			stemma_out_char(markdown->out, '\\');
			stemma_out_char(markdown->out, text.bytes[list]);
			markdown->last = STEMMA_SIGN_MARK;
			markdown->begun = true;
			size = list + 1 - at;
			continue;
		}
		size = write_code_point(markdown, text, at);
	}
}

void
stemma_markdown_marked(struct stemma_markdown *markdown,
	struct stemma_view text, const char *mark)
{
	size_t start = stemma_space_end(text, 0), end = text.size, size;
	enum stemma_sign inside;

	if (start == text.size) {
		if (markdown->last != STEMMA_SIGN_SPACE)
			stemma_markdown_text(markdown, text);
		return;
	}
	while ((size = stemma_space_before(text, end)))
		end -= size;
	if (start)
		stemma_markdown_text(
			markdown, (struct stemma_view){text.bytes, start});
	inside = sign_of(stemma_code_point(text, start, &size));
	/* The same mark twice in a row would be one of another kind; of two
	   kinds, GitHub looks through one at what is beyond it. */
	if (markdown->closed ? strcmp(markdown->closed, mark) == 0 ||
				       !flanks(inside, markdown->inside) ||
				       !flanks(markdown->inside, inside)
			     : !flanks(inside, markdown->last))
		stemma_out_string(markdown->out, NOTHING);
	markdown->closed = NULL;
	stemma_out_string(markdown->out, mark);
	markdown->begun = true;
	markdown->last = STEMMA_SIGN_MARK;
	stemma_markdown_text(markdown,
		stemma_view_cut(text, (struct stemma_span){start, end}));
	stemma_out_string(markdown->out, mark);
	markdown->inside = markdown->last;
	markdown->closed = mark;
	markdown->last = STEMMA_SIGN_MARK;
	if (end < text.size)
		stemma_markdown_text(markdown,
			stemma_view_cut(
				text, (struct stemma_span){end, text.size}));
}

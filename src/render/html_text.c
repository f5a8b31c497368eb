/* SPDX-License-Identifier: MIT */
#include "html_text.h"

#include <stemma/text.h>

#include "base/sequence.h"
#include "base/show.h"

/* What a character of markup is written as; NULL: as it is. */
static const char *
entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static bool
is_break(char c)
{
	return c == '\n' || c == '\t' || c == '\r';
}

/* A form like ^[ or <U+202E>, whose brackets are markup. */
static void
write_form(struct stemma_out *out, const char *form, size_t size, bool spans)
{
	if (spans)
		stemma_out_string(out, "<span class=x>");
	for (size_t k = 0; k < size; k++) {
		const char *entity = entity_of(form[k]);

		if (entity)
			stemma_out_string(out, entity);
		else
			stemma_out_char(out, form[k]);
	}
	if (spans)
		stemma_out_string(out, "</span>");
}

/* The form of a byte that is no UTF-8: <9B>. */
static size_t
byte_form(char *form, char byte)
{
	static const char digits[] = "0123456789ABCDEF";

	form[0] = '<';
	form[1] = digits[(unsigned char)byte >> 4];
	form[2] = digits[byte & 15];
	form[3] = '>';
	return 4;
}

/* The sequence at `at`; returns how long it is. */
static size_t
write_sequence(
	struct stemma_out *out, struct stemma_view text, size_t at, bool spans)
{
	size_t size = stemma_utf8_sequence(text, at), form_size, decoded;
	char form[STEMMA_SHOW_SIZE];

	if (size == 0) {
		write_form(out, form, byte_form(form, text.bytes[at]), spans);
		return 1;
	}
	if (stemma_show_control(
		    form, &form_size, stemma_code_point(text, at, &decoded)))
		write_form(out, form, form_size, spans);
	else
		stemma_out_bytes(out, text.bytes + at, size);
	return size;
}

static void
write_text(struct stemma_out *out, struct stemma_view text, bool spans)
{
	size_t from = 0, at = 0;

	while (at < text.size) {
		char c = text.bytes[at];
		const char *entity = entity_of(c);

		/* What needs nothing is written in one piece. */
		if (!entity && (unsigned char)c >= 0x20 &&
			(unsigned char)c < 0x7f) {
			at++;
			continue;
		}
		stemma_out_bytes(out, text.bytes + from, at - from);
		if (entity) {
			stemma_out_string(out, entity);
			at++;
		} else if (is_break(c)) {
			/* "\r\n" is one break; no reader keeps a "\r". */
			if (c != '\r' || at + 1 == text.size ||
				text.bytes[at + 1] != '\n')
				stemma_out_char(out, !spans      ? ' '
						     : c == '\r' ? '\n'
								 : c);
			at++;
		} else {
			at += write_sequence(out, text, at, spans);
		}
		from = at;
	}
	stemma_out_bytes(out, text.bytes + from, at - from);
}

void
stemma_html_text(struct stemma_out *out, struct stemma_view text)
{
	write_text(out, text, true);
}

void
stemma_html_plain(struct stemma_out *out, struct stemma_view text)
{
	write_text(out, text, false);
}

void
stemma_html_json(struct stemma_out *out, struct stemma_view text)
{
	static const char digits[] = "0123456789abcdef";
	size_t size;

	stemma_out_char(out, '"');
	for (size_t at = 0; at < text.size; at += size) {
		unsigned char c = (unsigned char)text.bytes[at];

		size = stemma_utf8_sequence(text, at);
		if (size == 0) {
			/* What is no UTF-8 is no JSON either. */
			stemma_out_string(out, "\\ufffd");
			size = 1;
		} else if (c < 0x20 || c == 0x7f || entity_of((char)c) ||
			   c == '\\') {
			stemma_out_string(out, "\\u00");
			stemma_out_char(out, digits[c >> 4]);
			stemma_out_char(out, digits[c & 15]);
		} else {
			stemma_out_bytes(out, text.bytes + at, size);
		}
	}
	stemma_out_char(out, '"');
}

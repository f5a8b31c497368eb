/* SPDX-License-Identifier: MIT */
#include "html_page.h"

#include "html_text.h"

/* The hash that a policy knows a style or script by: SHA-256 in base 64. */
static void
write_hash(struct stemma_out *out, struct stemma_view text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned char hash[33] = {0};

	stemma_sha256(hash, text);
	stemma_out_string(out, "'sha256-");
	for (size_t k = 0; k < 33; k += 3) {
		unsigned bits = (unsigned)hash[k] << 16 |
				(unsigned)hash[k + 1] << 8 | hash[k + 2];

		stemma_out_char(out, digits[bits >> 18]);
		stemma_out_char(out, digits[bits >> 12 & 63]);
		stemma_out_char(out, digits[bits >> 6 & 63]);
		stemma_out_char(out, k == 30 ? '=' : digits[bits & 63]);
	}
	stemma_out_char(out, '\'');
}

void
stemma_page_head(struct stemma_out *out, struct stemma_view title,
	struct stemma_view style, struct stemma_view script)
{
	stemma_out_string(out,
		"<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>"
		"\n<meta http-equiv=Content-Security-Policy content=\""
		"default-src 'none'; style-src ");
	write_hash(out, style);
	if (script.size) {
		stemma_out_string(out, "; script-src ");
		write_hash(out, script);
	}
	stemma_out_string(out,
		"; base-uri 'none'; form-action 'none'\">\n"
		"<meta name=viewport content=\"width=device-width,"
		"initial-scale=1\">\n<meta name=referrer content=no-referrer>\n"
		"<meta name=generator content=stemma>\n<title>");
	stemma_html_plain(out, title);
	stemma_out_string(out, "</title>\n<style>");
	stemma_out_view(out, style);
	stemma_out_string(out, "</style>\n</head>\n<body>\n");
}

void
stemma_page_start(struct stemma_out *out, struct stemma_view title,
	struct stemma_view style, struct stemma_view script)
{
	stemma_page_head(out, title, style, script);
	stemma_out_string(
		out, "<a class=skip href=\"#text\">To the text</a>\n");
}

static void
write_sha256(struct stemma_out *out, const struct stemma_page_version *version)
{
	char hex[65];

	if (version->sha256.size) {
		stemma_html_plain(out, version->sha256);
		return;
	}
	stemma_sha256_hex(hex, version->raw);
	stemma_out_string(out, hex);
}

static uint64_t
size_of(const struct stemma_page_version *version)
{
	return version->sha256.size ? version->size : version->raw.size;
}

/* Sigla of witnesses, as editions have them: A, B … Z, then W27. */
static void
write_siglum(struct stemma_out *out, size_t number)
{
	if (number < 26) {
		stemma_out_char(out, (char)('A' + number));
		return;
	}
	stemma_out_char(out, 'W');
	stemma_out_number(out, number + 1);
}

void
stemma_page_footer(struct stemma_out *out,
	const struct stemma_page_version *versions, size_t count)
{
	stemma_out_string(out, "<footer>\n<dl class=names>\n");
	for (size_t k = 0; k < count; k++) {
		const struct stemma_page_version *version = &versions[k];

		stemma_out_string(out, "<dt>");
		write_siglum(out, k);
		stemma_out_string(out, "</dt><dd><bdi>");
		if (version->name)
			stemma_html_text(out, stemma_view_of(version->name));
		stemma_out_string(out, "</bdi>, ");
		if (version->date.size) {
			stemma_html_text(out, version->date);
			stemma_out_string(out, ", ");
		}
		if (version->source.size) {
			stemma_out_string(out, "<bdi>");
			stemma_html_text(out, version->source);
			stemma_out_string(out, "</bdi>, ");
		}
		stemma_out_number(out, size_of(version));
		stemma_out_string(out, " bytes, SHA-256 <code>");
		write_sha256(out, version);
		stemma_out_string(out, "</code></dd>\n");
	}
	stemma_out_string(out,
		"</dl>\n<p>Made by stemma. <code>stemma verify</code> checks "
		"the hashes of this page against an archive.</p>\n</footer>\n");
}

static void
write_member(struct stemma_out *out, const char *name, struct stemma_view value)
{
	if (!value.size)
		return;
	stemma_out_string(out, ",\"");
	stemma_out_string(out, name);
	stemma_out_string(out, "\":");
	stemma_html_json(out, value);
}

static void
write_linked_data(struct stemma_out *out,
	const struct stemma_page_version *versions, size_t count)
{
	stemma_out_string(out, "<script type=\"application/ld+json\">"
			       "{\"@context\":\"https://schema.org\",\"@type\":"
			       "\"WebPage\",\"hasPart\":[");
	for (size_t k = 0; k < count; k++) {
		const struct stemma_page_version *version = &versions[k];

		stemma_out_string(out, k ? ",{" : "{");
		stemma_out_string(out, "\"@type\":\"Article\",\"position\":");
		stemma_out_number(out, k + 1);
		if (version->name)
			write_member(
				out, "name", stemma_view_of(version->name));
		write_member(out, "headline", version->title);
		write_member(out, "dateModified", version->date);
		write_member(out, "url", version->source);
		stemma_out_string(out,
			",\"identifier\":{\"@type\":\"PropertyValue\","
			"\"propertyID\":\"sha256\",\"value\":\"");
		write_sha256(out, version);
		stemma_out_string(out, "\"}}");
	}
	stemma_out_string(out, "]}</script>\n");
}

static void
write_data(struct stemma_out *out, const char *kind,
	const struct stemma_page_version *versions,
	const struct stemma_page_reading *readings, size_t count,
	const char *members)
{
	stemma_out_string(out, "<script type=\"application/json\" id=stemma>"
			       "{\"format\":\"stemma.page/1\",\"kind\":\"");
	stemma_out_string(out, kind);
	stemma_out_char(out, '"');
	stemma_out_string(out, members);
	stemma_out_string(out, ",\"versions\":[");
	for (size_t k = 0; k < count; k++) {
		const struct stemma_page_version *version = &versions[k];

		stemma_out_string(out, k ? ",{\"bytes\":" : "{\"bytes\":");
		stemma_out_number(out, size_of(version));
		stemma_out_string(out, ",\"sha256\":\"");
		write_sha256(out, version);
		stemma_out_char(out, '"');
		if (version->name)
			write_member(
				out, "name", stemma_view_of(version->name));
		write_member(out, "story", version->story);
		if (version->revision) {
			stemma_out_string(out, ",\"revision\":");
			stemma_out_number(out, version->revision);
		}
		if (readings) {
			write_member(out, "encoding",
				stemma_view_of(readings[k].encoding));
			write_member(out, "layout",
				stemma_view_of(readings[k].layout));
		}
		stemma_out_char(out, '}');
	}
	stemma_out_string(out, "]}</script>\n");
}

void
stemma_page_end(struct stemma_out *out, const char *kind,
	const struct stemma_page_version *versions,
	const struct stemma_page_reading *readings, size_t count,
	const char *members, struct stemma_view script)
{
	write_linked_data(out, versions, count);
	write_data(out, kind, versions, readings, count, members);
	stemma_out_string(out, "<script>");
	stemma_out_view(out, script);
	stemma_out_string(out, "</script>\n</body>\n</html>\n");
}

/*
 * Atom (RFC 4287): an entry a revision, the annotated difference inside.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "html.h"
#include "html_text.h"
#include "xml.h"

/* Text that obeys nobody: controls are shown, then escaped. */
static void
write_text(struct stemma_out *out, struct stemma_view text)
{
	struct stemma_out shown = {0};

	stemma_out_visible(&shown, text);
	stemma_xml_write(out, (struct stemma_view){shown.bytes, shown.size});
	if (shown.code != STEMMA_OK && out->code == STEMMA_OK)
		out->code = shown.code;
	stemma_out_free(&shown);
}

static void
write_element(struct stemma_out *out, const char *name, struct stemma_view text)
{
	stemma_out_format(out, "<%s>", name);
	write_text(out, text);
	stemma_out_format(out, "</%s>\n", name);
}

/* A link that a reader may follow leads to the web and nowhere else. */
static void
write_link(struct stemma_out *out, const char *rel, struct stemma_view address)
{
	bool web =
		(address.size > 8 && !memcmp(address.bytes, "https://", 8)) ||
		(address.size > 7 && !memcmp(address.bytes, "http://", 7));

	if (!web)
		return;
	stemma_out_format(out, "<link rel=\"%s\" href=\"", rel);
	write_text(out, address);
	stemma_out_string(out, "\"/>\n");
}

enum stemma_code
stemma_render_feed_start(struct stemma_out *out, struct stemma_view title,
	const char *id, const char *updated, const char *self)
{
	/* The words of stemma's own are English; whose the others are is not
	   known, which the paragraphs of the entries say for themselves. */
	stemma_out_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			       "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
			       "xml:lang=\"en\">\n");
	write_element(out, "title", title);
	write_element(out, "id", stemma_view_of(id));
	write_element(out, "updated", stemma_view_of(updated));
	if (self)
		write_link(out, "self", stemma_view_of(self));
	stemma_out_format(out,
		"<author><name>stemma</name></author>\n"
		"<generator version=\"%s\">stemma</generator>\n",
		stemma_version());
	return out->code;
}

/* "Harbour bridge to close: number: 9 → 12 dead" */
static void
write_title(struct stemma_out *out, const struct stemma_feed_entry *entry)
{
	const struct stemma_page_version *version = entry->version;

	stemma_out_string(out, "<title>");
	write_text(out, version->title.size ? version->title : version->story);
	stemma_out_string(out, ": ");
	if (entry->change->line_count)
		write_text(out, entry->change->lines[0]);
	else
		stemma_out_string(out, "the first version");
	stemma_out_string(out, "</title>\n");
}

static void
write_digest(struct stemma_out *out, const struct stemma_feed_entry *entry)
{
	if (!entry->change->line_count)
		return;
	stemma_out_string(out, "<ul>\n");
	for (size_t k = 0; k < entry->change->line_count; k++) {
		stemma_out_string(out, "<li>");
		stemma_html_text(out, entry->change->lines[k]);
		stemma_out_string(out, "</li>\n");
	}
	stemma_out_string(out, "</ul>\n");
}

static void
write_paragraphs(struct stemma_out *out, const struct stemma_doc *doc)
{
	for (size_t u = 0; u < doc->unit_count; u++) {
		stemma_out_string(out, "<p dir=auto lang=\"\">");
		stemma_html_text(out, stemma_doc_unit(doc, u));
		stemma_out_string(out, "</p>\n");
	}
}

/* HTML, as the text of an element that says so. */
static enum stemma_code
write_content(struct stemma_out *out, const struct stemma_feed_entry *entry,
	struct stemma_arena *scratch)
{
	struct stemma_out page = {0};
	struct stemma_html html = {.out = &page,
		.comparison = entry->comparison,
		.prefix = "",
		.plain = true};
	enum stemma_code code = STEMMA_OK;

	write_digest(&page, entry);
	if (entry->comparison)
		code = stemma_html_rows(&html, true, scratch);
	else
		write_paragraphs(&page, entry->doc);
	if (code == STEMMA_OK)
		code = page.code;
	stemma_out_string(out, "<content type=\"html\">");
	stemma_xml_write(out, (struct stemma_view){page.bytes, page.size});
	stemma_out_string(out, "</content>\n");
	stemma_out_free(&page);
	if (code != STEMMA_OK && out->code == STEMMA_OK)
		out->code = code;
	return out->code;
}

enum stemma_code
stemma_render_feed_entry(struct stemma_out *out,
	const struct stemma_feed_entry *entry, struct stemma_arena *scratch)
{
	const struct stemma_page_version *version = entry->version;

	stemma_out_string(out, "<entry>\n");
	write_title(out, entry);
	write_element(out, "id", stemma_view_of(entry->id));
	write_element(out, "updated", version->date);
	write_link(out, "alternate", version->source);
	stemma_out_string(out, "<category term=\"");
	write_text(out, version->story);
	stemma_out_string(out, "\"/>\n<summary>");
	write_text(out, stemma_view_of(version->name));
	for (size_t k = 0; k < entry->change->line_count; k++) {
		stemma_out_string(out, k ? "; " : ": ");
		write_text(out, entry->change->lines[k]);
	}
	stemma_out_string(out, "</summary>\n");
	write_content(out, entry, scratch);
	stemma_out_string(out, "</entry>\n");
	return out->code;
}

enum stemma_code
stemma_render_feed_end(struct stemma_out *out)
{
	stemma_out_string(out, "</feed>\n");
	return out->code;
}

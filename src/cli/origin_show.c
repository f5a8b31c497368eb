/* SPDX-License-Identifier: MIT */
#include "origin.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

const char *
stemma_direction_name(enum stemma_direction direction)
{
	static const char *const names[] = {"from", "own", "to"};

	return names[direction];
}

/* ---- JSON -------------------------------------------------------------- */

static void
json_revision(struct stemma_out *out, struct stemma_view story,
	const struct stemma_revision *revision)
{
	char date[STEMMA_TIME_SIZE], commit[41];

	stemma_time_write(date, revision->date);
	stemma_id_hex(commit, &revision->commit);
	stemma_out_string(out, "\"story\":");
	stemma_out_json(out, story);
	stemma_out_format(out,
		",\"revision\":%lu,\"commit\":\"%s\",\"date\":\"%s\"",
		(unsigned long)revision->number, commit, date);
	stemma_out_string(out, ",\"source\":");
	stemma_out_json(out, revision->source);
}

static void
json_origins(struct stemma_out *out, const char *name,
	const struct stemma_origin *origins, size_t count)
{
	stemma_out_format(out, ",\"%s\":[", name);
	for (size_t k = 0; k < count; k++) {
		const struct stemma_origin *one = &origins[k];

		stemma_out_format(out, "%s{\"start\":%zu,\"end\":%zu,",
			k ? "," : "", one->span.start, one->span.end);
		json_revision(out, one->story, one->revision);
		stemma_out_format(out,
			",\"at\":[%zu,%zu],\"kind\":\"%s\",\"similarity\":%.3f,"
			"\"direction\":\"%s\"}",
			one->at.start, one->at.end,
			stemma_passage_kind_name(one->kind),
			(double)one->similarity,
			stemma_direction_name(one->direction));
	}
	stemma_out_char(out, ']');
}

void
stemma_origin_write_json(
	struct stemma_out *out, const struct stemma_origin_page *page)
{
	const struct stemma_doc *doc = page->text.doc;

	stemma_out_string(out, "{\"format\":\"stemma.origin/1\",\"name\":");
	stemma_out_json(out, stemma_view_of(page->name));
	if (page->text.revision) {
		stemma_out_char(out, ',');
		json_revision(out, page->text.story, page->text.revision);
	}
	stemma_out_format(out,
		",\"archive\":{\"stories\":%llu,\"revisions\":%llu},"
		"\"units\":[",
		(unsigned long long)page->totals.stories,
		(unsigned long long)page->totals.revisions);
	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_unit_origins *unit = &page->units[k];

		stemma_out_format(out,
			"%s{\"start\":%zu,\"end\":%zu,\"stories\":%lu,"
			"\"boilerplate\":%s",
			k ? "," : "",
			stemma_doc_offset(doc, doc->units[k].start),
			stemma_doc_offset(doc, doc->units[k].end),
			(unsigned long)unit->stories,
			unit->boilerplate ? "true" : "false");
		json_origins(out, "origins", unit->origins, unit->count);
		json_origins(out, "others", unit->later, unit->later_count);
		stemma_out_char(out, '}');
	}
	stemma_out_format(out, "],\"approximate\":%s}\n",
		page->approximate ? "true" : "false");
}

/* ---- for a terminal ---------------------------------------------------- */

struct term {
	struct stemma_out *out;
	const struct stemma_origin_page *page;
	uint32_t width;
	bool color;
};

static void
style(const struct term *term, const char *code)
{
	if (term->color)
		stemma_out_string(term->out, code);
}

/* Columns of a character that is shown: others are made visible. */
static uint32_t
columns_of(struct stemma_view cluster)
{
	struct stemma_out out = {.limit = 256};
	int width = stemma_grapheme_width(cluster);
	bool same;

	stemma_out_visible(&out, cluster);
	same = stemma_view_equal(
		(struct stemma_view){out.bytes, out.size}, cluster);
	if (!same)
		width = (int)out.size;
	stemma_out_free(&out);
	return (uint32_t)width;
}

/* The beginning of a text on one line, white space as one space. */
static void
write_start(const struct term *term, struct stemma_view text, uint32_t room)
{
	uint32_t used = 0;

	for (size_t at = 0, next; at < text.size; at = next) {
		struct stemma_view cluster;
		char c = text.bytes[at];
		bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
		uint32_t columns;

		next = stemma_grapheme_next(text, at);
		cluster = stemma_view_cut(text, (struct stemma_span){at, next});
		columns = blank ? 1 : columns_of(cluster);
		if (used + columns > room - 1) {
			stemma_out_string(term->out, "…");
			return;
		}
		if (blank)
			stemma_out_char(term->out, ' ');
		else
			stemma_out_visible(term->out, cluster);
		used += columns;
	}
}

/* "verbatim", or "92 % alike", and what part of the unit it is. */
static void
write_likeness(const struct term *term, const struct stemma_origin *origin,
	struct stemma_span unit)
{
	size_t size = unit.end - unit.start;
	size_t part = origin->span.end - origin->span.start;

	if (origin->kind == STEMMA_PASSAGE_VERBATIM)
		stemma_out_string(term->out, "verbatim");
	else
		stemma_out_format(term->out, "%d %% alike",
			(int)((double)origin->similarity * 100));
	if (part * 10 < size * 9)
		stemma_out_format(term->out, ", %d %% of the paragraph",
			(int)(part * 100 / size));
}

static void
write_origin(const struct term *term, const struct stemma_origin *origin,
	struct stemma_span unit, bool other)
{
	const struct stemma_origin_text *text = &term->page->text;
	bool own = origin->direction == STEMMA_DIRECTION_OWN;
	bool here = own && text->revision &&
		    origin->revision->number == text->revision->number;
	char date[STEMMA_TIME_SIZE];

	stemma_time_write(date, origin->revision->date);
	stemma_out_string(term->out, "      ");
	if (here) {
		stemma_out_string(term->out, "first here, in revision ");
		stemma_out_number(term->out, origin->revision->number);
		stemma_out_char(term->out, '\n');
		return;
	}
	if (other)
		stemma_out_string(term->out,
			origin->direction == STEMMA_DIRECTION_TO ? "later in "
								 : "also in ");
	if (!other)
		style(term, BOLD);
	stemma_out_visible(term->out, origin->story);
	stemma_out_char(term->out, '@');
	stemma_out_number(term->out, origin->revision->number);
	if (!other)
		style(term, PLAIN);
	stemma_out_format(term->out, "  %.10s %.5s  ", date, date + 11);
	write_likeness(term, origin, unit);
	stemma_out_char(term->out, '\n');
	if (!other && origin->revision->source.size) {
		stemma_out_string(term->out, "      ");
		style(term, DIM);
		stemma_out_visible(term->out, origin->revision->source);
		style(term, PLAIN);
		stemma_out_char(term->out, '\n');
	}
}

static void
write_unit(const struct term *term, size_t number)
{
	const struct stemma_unit_origins *unit = &term->page->units[number];
	const struct stemma_doc *doc = term->page->text.doc;
	struct stemma_span span = {
		stemma_doc_offset(doc, doc->units[number].start),
		stemma_doc_offset(doc, doc->units[number].end)};

	stemma_out_format(term->out, "%4zu  ", number + 1);
	write_start(term, stemma_doc_unit(doc, number), term->width - 6);
	stemma_out_char(term->out, '\n');
	if (unit->boilerplate)
		stemma_out_format(term->out,
			"      boilerplate: in %lu of %llu stories\n",
			(unsigned long)unit->stories,
			(unsigned long long)term->page->totals.stories);
	for (size_t k = 0; k < unit->count; k++)
		write_origin(term, &unit->origins[k], span, false);
	for (size_t k = 0; k < unit->later_count; k++)
		write_origin(term, &unit->later[k], span, true);
}

/* Units that stand nowhere else are counted, not shown. */
void
stemma_origin_write_term(struct stemma_out *out,
	const struct stemma_origin_page *page, uint32_t width, bool color)
{
	struct term term = {out, page, width < 20 ? 20 : width, color};
	size_t found = 0, count = page->text.doc->unit_count;

	for (size_t k = 0; k < count; k++) {
		if (!page->units[k].count && !page->units[k].later_count)
			continue;
		found++;
		write_unit(&term, k);
	}
	stemma_out_format(out,
		"%zu of %zu paragraph%s found among %llu stor%s\n", found,
		count, count == 1 ? "" : "s",
		(unsigned long long)page->totals.stories,
		page->totals.stories == 1 ? "y" : "ies");
}

/*
 * The timeline of a story: an SVG whose places are percentages, so that it
 * fits every width and needs no style of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "history.h"
#include "html_text.h"

/* Where the line runs, and how far bars reach, in pixels. */
#define AXIS 60
#define REACH 34
#define EDGE 8 /* of a dot, where its bars begin */

/* Places are in hundredths of a percent: the first and the last one, and how
   far from each other dots are to be told apart. */
#define FIRST 300
#define LAST 9700
#define APART 220

/* More revisions than that have smaller dots, and no signs. */
#define MANY 60

/* True to time, but no dot stands on another one: pushed right, then back. */
static void
find_places(uint32_t *at, const struct stemma_history *history)
{
	uint32_t count = history->blame->revision;
	const int64_t *times = history->times;
	int64_t whole = times[count - 1] - times[0];
	uint32_t apart = (LAST - FIRST) / count;

	if (apart > APART)
		apart = APART;
	for (uint32_t k = 0; k < count; k++) {
		double share = whole > 0 ? (double)(times[k] - times[0]) /
						   (double)whole
					 : (k ? (double)k / (count - 1) : 0);

		at[k] = FIRST + (uint32_t)(share * (LAST - FIRST));
		if (k && at[k] < at[k - 1] + apart)
			at[k] = at[k - 1] + apart;
	}
	if (at[count - 1] > LAST)
		at[count - 1] = LAST;
	for (uint32_t k = count - 1; k-- > 0;)
		if (at[k] + apart > at[k + 1])
			at[k] = at[k + 1] - apart;
}

/* A bar grows by one step with each doubling: small changes are seen beside
   large ones. */
static int
height_of(uint64_t words)
{
	int height = words ? 4 : 0;

	while (words > 1 && height < REACH) {
		height += 3;
		words >>= 1;
	}
	return height < REACH ? height : REACH;
}

static void
write_x(struct stemma_out *out, const char *name, uint32_t at)
{
	stemma_out_format(out, " %s=%lu.%02lu%%", name, (unsigned long)at / 100,
		(unsigned long)at % 100);
}

/* Upwards from the dot, or downwards. */
static void
write_bar(struct stemma_out *out, const char *class, uint32_t at, int way,
	int height)
{
	if (!height)
		return;
	stemma_out_format(out, "<line class=%s", class);
	write_x(out, "x1", at);
	write_x(out, "x2", at);
	stemma_out_format(out, " y1=%d y2=%d />", AXIS + way * EDGE,
		AXIS + way * (EDGE + height));
}

/* For what no sign of its own stands; NULL: bars and ring say it. */
static const char *
plain_sign(const struct stemma_history_change *change)
{
	const uint32_t *units = change->stats.units;

	if (units[STEMMA_ADDED] || units[STEMMA_REMOVED] ||
		units[STEMMA_SPLIT] || units[STEMMA_MERGED] ||
		units[STEMMA_REGROUPED])
		return "¶";
	return change->line_count && !change->stats.moved ? "~" : NULL;
}

/* What the first line of a digest is about. */
static const char *
sign_of(const struct stemma_history_change *change)
{
	static const char *const signs[] = {[STEMMA_ABOUT_HEADLINE] = "H",
		[STEMMA_ABOUT_CORRECTION] = "C",
		[STEMMA_ABOUT_NEGATION] = "¬",
		[STEMMA_ABOUT_NUMBER] = "#",
		[STEMMA_ABOUT_NAME] = "N",
		[STEMMA_ABOUT_QUOTE] = "”",
		[STEMMA_ABOUT_ATTRIBUTION] = "”",
		[STEMMA_ABOUT_DATE] = "#"};

	for (int k = 0; change->line_count && k < STEMMA_ABOUT_STORIES; k++) {
		const char *name = stemma_about_name((enum stemma_about)k);
		struct stemma_view line = change->lines[0];
		size_t size = strlen(name);

		if (line.size > size && !memcmp(line.bytes, name, size) &&
			(line.bytes[size] == ':' || line.bytes[size] == ' '))
			return signs[k];
	}
	return plain_sign(change);
}

/* What a reader hears or sees of a revision. */
static void
write_label(struct stemma_out *out, const struct stemma_history *history,
	uint32_t k)
{
	const struct stemma_history_change *change = &history->changes[k];

	stemma_out_format(out, "Revision %lu, %.10s %.5s", (unsigned long)k + 1,
		history->blame->revisions[k].date,
		history->blame->revisions[k].date + 11);
	for (size_t line = 0; line < change->line_count; line++) {
		stemma_out_string(out, line ? "; " : ": ");
		stemma_html_plain(out, change->lines[line]);
	}
}

static void
write_revision(struct stemma_out *out, const struct stemma_history *history,
	uint32_t k, uint32_t at)
{
	const struct stemma_history_change *change = &history->changes[k];
	const struct stemma_stats *stats = &change->stats;
	int up = height_of(
		stats->words_added + 8 * (uint64_t)stats->units[STEMMA_ADDED]);
	int down = height_of(stats->words_removed +
			     8 * (uint64_t)stats->units[STEMMA_REMOVED]);
	const char *sign = sign_of(change);

	stemma_out_format(
		out, "<a href=\"#r%lu\" aria-label=\"", (unsigned long)k + 1);
	write_label(out, history, k);
	stemma_out_string(out, "\"><title>");
	write_label(out, history, k);
	stemma_out_string(out, "</title>");
	write_bar(out, "up", at, -1, up);
	write_bar(out, "dn", at, 1, down);
	stemma_out_format(out, "<circle class=\"a%u%s\"",
		stemma_history_age(history, k + 1), stats->moved ? " mvd" : "");
	write_x(out, "cx", at);
	stemma_out_format(out, " cy=%d r=6 />", AXIS);
	stemma_out_string(out, "</a>");
	if (sign) {
		stemma_out_string(out, "<text aria-hidden=true");
		write_x(out, "x", at);
		stemma_out_format(
			out, " y=%d>%s</text>", AXIS - EDGE - up - 5, sign);
	}
	stemma_out_char(out, '\n');
}

void
stemma_history_timeline(struct stemma_out *out,
	const struct stemma_history *history, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	uint32_t count = history->blame->revision;
	uint32_t *at = stemma_arena_alloc(scratch, count, sizeof *at);

	if (!at) {
		out->code = STEMMA_NOMEM;
		return;
	}
	find_places(at, history);
	stemma_out_format(out,
		"<nav class=tl aria-label=Timeline><svg role=group%s "
		"aria-label=\"The revisions in time\">"
		"<line class=axis x1=1%% x2=99%% y1=%d y2=%d />\n",
		count > MANY ? " class=many" : "", AXIS, AXIS);
	for (uint32_t k = 0; k < count; k++)
		write_revision(out, history, k, at[k]);
	stemma_out_string(out, "</svg>\n<div class=ends>");
	stemma_history_time(out, history, 1);
	if (count > 1)
		stemma_history_time(out, history, count);
	stemma_out_string(out,
		"</div>\n<p class=note>A dot for each revision, true to time; "
		"the newer, the stronger its colour, which its words have "
		"below. Bars: how much came (up) and went (down). A dashed "
		"ring: something moved. Signs: what mattered most (H headline, "
		"C correction, # number or date, N name, ” quote or who said "
		"it, ¬ negation, ¶ paragraphs that came, went, were split or "
		"joined, ~ anything else).</p></nav>\n");
	stemma_arena_rewind(scratch, mark);
}

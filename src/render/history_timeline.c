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
#define AXIS 52
#define REACH 34

/* Places are in hundredths of a percent: the first and the last one, and how
   far from each other dots are to be told apart. */
#define FIRST 300
#define LAST 9700
#define APART 220

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
static unsigned
height_of(uint64_t words)
{
	unsigned height = 0;

	while (words && height < REACH) {
		height += 4;
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

static void
write_bar(struct stemma_out *out, const char *class, uint32_t at, int end)
{
	if (end == AXIS)
		return;
	stemma_out_format(out, "<line class=%s", class);
	write_x(out, "x1", at);
	write_x(out, "x2", at);
	stemma_out_format(out, " y1=%d y2=%d />", AXIS, end);
}

static bool
changes_headline(const struct stemma_history_change *change)
{
	static const char sign[] = "headline";

	return change->line_count && change->lines[0].size >= sizeof sign - 1 &&
	       !memcmp(change->lines[0].bytes, sign, sizeof sign - 1);
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
	unsigned up = height_of(
		stats->words_added + 8 * (uint64_t)stats->units[STEMMA_ADDED]);
	unsigned down = height_of(stats->words_removed +
				  8 * (uint64_t)stats->units[STEMMA_REMOVED]);

	stemma_out_format(
		out, "<a href=\"#r%lu\" aria-label=\"", (unsigned long)k + 1);
	write_label(out, history, k);
	stemma_out_string(out, "\"><title>");
	write_label(out, history, k);
	stemma_out_string(out, "</title>");
	write_bar(out, "up", at, AXIS - (int)up);
	write_bar(out, "dn", at, AXIS + (int)down);
	stemma_out_format(out, "<circle class=\"a%u%s\"",
		stemma_history_age(history, k + 1), stats->moved ? " mvd" : "");
	write_x(out, "cx", at);
	stemma_out_format(out, " cy=%d r=6 />", AXIS);
	stemma_out_string(out, "</a>");
	if (changes_headline(change)) {
		stemma_out_string(out, "<text aria-hidden=true");
		write_x(out, "x", at);
		stemma_out_format(
			out, " y=%d>H</text>", AXIS - (int)up - (up ? 5 : 11));
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
		"<nav class=tl aria-label=Timeline><svg role=group "
		"aria-label=\"The revisions in time\">"
		"<line class=axis x1=1%% x2=99%% y1=%d y2=%d />\n",
		AXIS, AXIS);
	for (uint32_t k = 0; k < count; k++)
		write_revision(out, history, k, at[k]);
	stemma_out_string(out, "</svg>\n<div class=ends>");
	stemma_history_time(out, history, 1);
	if (count > 1)
		stemma_history_time(out, history, count);
	stemma_out_string(out,
		"</div>\n<p class=note>A dot for each revision, true to time "
		"and darker the newer it is, as the text below. Bars: how much "
		"came (up) and went (down); H: the headline changed; a dashed "
		"ring: something moved.</p></nav>\n");
	stemma_arena_rewind(scratch, mark);
}

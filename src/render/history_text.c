/*
 * The newest text of a story, coloured by the age of its words: what differs
 * from the rest of its paragraph has the number of its revision before it, so
 * that nothing is told by colour alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "history.h"
#include "html_text.h"

struct telling {
	struct stemma_out *out;
	const struct stemma_history *history;
	uint32_t *counts; /* words by revision in the unit, from 1 */
};

/* The revision that has most of a unit's words; 0: it has none. */
static uint32_t
main_of(struct telling *t, size_t unit)
{
	const struct stemma_blame *blame = t->history->blame;
	const struct stemma_origins *origins = blame->origins;
	uint32_t most = 0;

	memset(t->counts, 0, ((size_t)blame->revision + 1) * sizeof *t->counts);
	for (size_t k = origins->firsts[unit]; k < origins->firsts[unit + 1];
		k++) {
		uint32_t revision = origins->words[k].revision;

		if (++t->counts[revision] > t->counts[most])
			most = revision;
	}
	return most;
}

/* ---- its text ------------------------------------------------------------ */

/* The words from `k` on that the same revision brought; the next is returned. */
static size_t
write_run(struct telling *t, size_t k, size_t end, uint32_t main)
{
	const struct stemma_blame *blame = t->history->blame;
	const struct stemma_word_origin *words = blame->origins->words;
	uint32_t revision = words[k].revision;
	struct stemma_span span = words[k].text;
	size_t next = k + 1;

	while (next < end && words[next].revision == revision)
		next++;
	span.end = words[next - 1].text.end;
	stemma_out_format(t->out, "<span class=a%u>",
		stemma_history_age(t->history, revision));
	if (revision != main)
		stemma_out_format(t->out,
			"<sup class=rn><a href=\"#r%lu\" "
			"aria-label=\"revision %lu:\">%lu</a></sup>",
			(unsigned long)revision, (unsigned long)revision,
			(unsigned long)revision);
	stemma_html_text(t->out, stemma_view_cut(blame->doc->text, span));
	stemma_out_string(t->out, "</span>");
	return next;
}

/* What stands between words and around them is in no span. */
static void
write_words(struct telling *t, size_t unit, uint32_t main)
{
	const struct stemma_blame *blame = t->history->blame;
	const struct stemma_word_origin *words = blame->origins->words;
	const struct stemma_unit *place = &blame->doc->units[unit];
	size_t k = blame->origins->firsts[unit];
	size_t end = blame->origins->firsts[unit + 1];
	struct stemma_span gap = {place->start, place->start};

	while (k < end) {
		gap.end = words[k].text.start;
		stemma_html_text(
			t->out, stemma_view_cut(blame->doc->text, gap));
		k = write_run(t, k, end, main);
		gap.start = words[k - 1].text.end;
	}
	gap.end = place->end;
	stemma_html_text(t->out, stemma_view_cut(blame->doc->text, gap));
}

static void
write_unit(struct telling *t, size_t unit)
{
	enum stemma_kind kind =
		(enum stemma_kind)t->history->blame->kinds[unit];
	uint32_t main = main_of(t, unit);

	stemma_out_string(t->out, "<div class=r><div class=m>");
	if (main) {
		stemma_out_string(t->out, "<span>");
		stemma_history_revision(t->out, t->history, main);
		stemma_out_string(t->out, "</span>");
	}
	stemma_history_life(t->out, t->history, unit);
	stemma_out_format(t->out,
		"</div><div class=t><p dir=auto lang=\"\" id=n%zu", unit + 1);
	if (kind != STEMMA_KIND_BODY)
		stemma_out_format(t->out, " class=%s", stemma_kind_name(kind));
	stemma_out_char(t->out, '>');
	write_words(t, unit, main);
	stemma_out_string(t->out, "</p></div></div>\n");
}

void
stemma_history_text(struct stemma_out *out,
	const struct stemma_history *history, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	const struct stemma_blame *blame = history->blame;
	struct telling t = {.out = out,
		.history = history,
		.counts = stemma_arena_alloc(scratch,
			(size_t)blame->revision + 1, sizeof *t.counts)};

	if (!t.counts) {
		out->code = STEMMA_NOMEM;
		return;
	}
	stemma_out_format(out,
		"<section id=age aria-labelledby=age-h><h2 id=age-h>The text "
		"of revision %lu, by age</h2>\n<p class=note>Each paragraph "
		"has beside it the revision that brought most of it; words of "
		"other revisions have theirs before them, and the colour of "
		"its "
		"dot on the timeline. Behind a paragraph's number is what "
		"happened to it.</p>\n",
		(unsigned long)blame->revision);
	for (size_t u = 0; u < blame->origins->unit_count; u++) {
		if (out->code != STEMMA_OK)
			break;
		write_unit(&t, u);
	}
	stemma_out_string(out, "</section>\n");
	stemma_arena_rewind(scratch, mark);
}

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

static void
write_revision(struct telling *t, uint32_t revision)
{
	stemma_out_format(t->out,
		"<a href=\"#r%lu\" title=\"revision %lu\">%lu</a> ",
		(unsigned long)revision, (unsigned long)revision,
		(unsigned long)revision);
	stemma_history_time(t->out, t->history, revision);
}

/* ---- the life of a paragraph --------------------------------------------- */

static void
write_wording(
	struct telling *t, const struct stemma_history_life *life, size_t k)
{
	const struct stemma_wording *w = &life->wordings[k];
	struct stemma_out *out = t->out;

	stemma_out_string(out, "<li>");
	write_revision(t, w->revision);
	if (!k && w->brought < w->words)
		stemma_out_format(out,
			": first seen, %lu new words, %lu from elsewhere",
			(unsigned long)w->brought,
			(unsigned long)(w->words - w->brought));
	else if (!k)
		stemma_out_string(out, ": first seen");
	else
		stemma_out_format(out,
			": edited, %lu new word%s, %lu of %lu kept",
			(unsigned long)w->brought, w->brought == 1 ? "" : "s",
			(unsigned long)w->kept,
			(unsigned long)life->wordings[k - 1].words);
	if (k && w->unit != life->wordings[k - 1].unit)
		stemma_out_format(
			out, ", now ¶%lu", (unsigned long)w->unit + 1);
	if (w->returns)
		stemma_out_format(out, "; removed and restored %lu time%s",
			(unsigned long)w->returns, w->returns == 1 ? "" : "s");
	stemma_out_string(out, "</li>");
}

static void
write_life(struct telling *t, size_t unit)
{
	const struct stemma_history_life *life = &t->history->lives[unit];

	if (!life->count)
		return;
	stemma_out_format(
		t->out, "<details><summary>¶%zu</summary><ol>", unit + 1);
	for (size_t k = 0; k < life->count; k++)
		write_wording(t, life, k);
	stemma_out_string(t->out, "</ol></details>");
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
		stemma_out_format(t->out, "<sup class=rn>%lu</sup>",
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
		write_revision(t, main);
		stemma_out_string(t->out, "</span>");
	}
	write_life(t, unit);
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
		"has beside it the revision that brought most of it, and under "
		"its own number its life; words of other revisions have theirs "
		"before them.</p>\n",
		(unsigned long)blame->revision);
	for (size_t u = 0; u < blame->origins->unit_count; u++) {
		if (out->code != STEMMA_OK)
			break;
		write_unit(&t, u);
	}
	stemma_out_string(out, "</section>\n");
	stemma_arena_rewind(scratch, mark);
}

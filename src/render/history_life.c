/*
 * A card for each paragraph of a story: its events, which lead to the changes
 * on the page, and other stories that have it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "history.h"
#include "html.h"
#include "html_text.h"

void
stemma_history_revision(struct stemma_out *out,
	const struct stemma_history *history, uint32_t revision)
{
	stemma_out_format(out,
		"<a href=\"#r%lu\" title=\"revision %lu\">%lu</a> ",
		(unsigned long)revision, (unsigned long)revision,
		(unsigned long)revision);
	stemma_history_time(out, history, revision);
}

/* Where the page shows what happened: "#6-7.n2". */
static void
write_place(struct stemma_out *out, const struct stemma_life_event *event)
{
	bool gone = event->kind == STEMMA_LIFE_REMOVED;

	stemma_out_format(out, "#%lu-%lu.%c%lu",
		(unsigned long)event->revision - 1,
		(unsigned long)event->revision, gone ? 'o' : 'n',
		(unsigned long)event->unit[gone ? 0 : 1] + 1);
}

static void
write_event(struct stemma_out *out, const struct stemma_history *history,
	const struct stemma_life_event *event)
{
	static const char *const words[] = {[STEMMA_LIFE_SEEN] = "first seen",
		[STEMMA_LIFE_EDITED] = "edited",
		[STEMMA_LIFE_REFORMATTED] = "reformatted",
		[STEMMA_LIFE_SPLIT] = "split off",
		[STEMMA_LIFE_MERGED] = "merged",
		[STEMMA_LIFE_REGROUPED] = "regrouped",
		[STEMMA_LIFE_MOVED] = "moved",
		[STEMMA_LIFE_REMOVED] = "removed",
		[STEMMA_LIFE_RESTORED] = "restored"};
	bool shown = event->revision > 1 &&
		     history->changes[event->revision - 1].shown;

	stemma_out_string(out, "<li>");
	stemma_history_revision(out, history, event->revision);
	stemma_out_string(out, " <b>");
	if (shown) {
		stemma_out_string(out, "<a href=\"");
		write_place(out, event);
		stemma_out_string(out, "\">");
	}
	stemma_out_string(out, words[event->kind]);
	stemma_out_string(out, shown ? "</a></b>" : "</b>");
	if (event->kind == STEMMA_LIFE_MOVED)
		stemma_out_format(out, " from ¶%lu to ¶%lu",
			(unsigned long)event->unit[0] + 1,
			(unsigned long)event->unit[1] + 1);
	stemma_out_string(out, "</li>");
}

static void
write_other(struct stemma_out *out, const struct stemma_history_other *other)
{
	stemma_out_string(out, "<li class=oth><b>also in</b> <bdi>");
	stemma_html_text(out, stemma_view_of(other->name));
	stemma_out_format(out, "</bdi>, <time datetime=%s>%.10s %.5s</time>, ",
		other->date, other->date, other->date + 11);
	stemma_out_string(out, other->earlier ? "earlier" : "later");
	if (other->nearly)
		stemma_out_string(out, ", with edits");
	if (other->text.size) {
		stemma_out_string(out, ": <q><bdi lang=\"\">");
		stemma_html_excerpt(out, other->text);
		stemma_out_string(out, "</bdi></q>");
	}
	stemma_out_string(out, "</li>");
}

void
stemma_history_life(struct stemma_out *out,
	const struct stemma_history *history, size_t unit)
{
	const struct stemma_history_life *life = &history->lives[unit];

	if (!life->event_count && !life->other_count)
		return;
	stemma_out_format(out,
		"<details><summary>¶%zu</summary><ul class=card>", unit + 1);
	for (size_t k = 0; k < life->event_count; k++)
		write_event(out, history, &life->events[k]);
	for (size_t k = 0; k < life->other_count; k++)
		write_other(out, &life->others[k]);
	stemma_out_string(out, "</ul></details>");
}

/* SPDX-License-Identifier: MIT */
#include "teller.h"

void
stemma_term_tell_folded(struct stemma_term *term, uint64_t count, bool hidden)
{
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_runs *runs = &teller.runs[0];
	const struct stemma_note note = {' ', STEMMA_STYLE_DIM, false, {0, 0}};

	stemma_say_words(runs, STEMMA_STYLE_DIM, "… ");
	stemma_say_count(term, runs, count);
	stemma_say_words(runs, STEMMA_STYLE_DIM,
		hidden ? " unchanged or with ignored changes" : " unchanged");
	stemma_term_paragraph(term, &note, runs);
	stemma_teller_end(&teller);
}

static struct stemma_note
note_of(const struct stemma_comparison *comparison,
	const struct stemma_step *step)
{
	static const struct stemma_note notes[STEMMA_OP_COUNT] = {
		[STEMMA_UNCHANGED] = {' ', STEMMA_STYLE_DIM, false, {0, 0}},
		[STEMMA_REFORMATTED] = {'=', STEMMA_STYLE_DIM, false, {0, 0}},
		[STEMMA_EDITED] = {'~', STEMMA_STYLE_EDITED, false, {0, 0}},
		[STEMMA_SPLIT] = {'^', STEMMA_STYLE_EDITED, false, {0, 0}},
		[STEMMA_MERGED] = {'v', STEMMA_STYLE_EDITED, false, {0, 0}},
		[STEMMA_REGROUPED] = {'x', STEMMA_STYLE_EDITED, false, {0, 0}},
		[STEMMA_ADDED] = {'+', STEMMA_STYLE_ADDED, true, {0, 0}},
		[STEMMA_REMOVED] = {'-', STEMMA_STYLE_REMOVED, true, {0, 0}},
	};
	static const struct stemma_note moved = {
		'>', STEMMA_STYLE_MOVED, true, {0, 0}};

	if (step->kind == STEMMA_STEP_OLD)
		return notes[STEMMA_REMOVED];
	if (step->moved)
		return moved;
	if (step->link->op == STEMMA_EDITED &&
		!stemma_link_is_seen(comparison, step->link))
		return notes[STEMMA_UNCHANGED];
	return notes[step->link->op];
}

/* The number of the unit that is `index` units into the range; 0 for none. */
static uint64_t
number_of(struct stemma_range range, uint32_t index)
{
	return index < range.count ? (uint64_t)range.first + index + 1 : 0;
}

static bool
is_whole(const struct stemma_term *term)
{
	return term->options->context == STEMMA_CONTEXT_ALL;
}

/* ---- paragraphs --------------------------------------------------------- */

/* Units that stand on one side alone, or are the same on both. */
static void
tell_plain(struct stemma_teller *teller, const struct stemma_step *step,
	struct stemma_note note)
{
	struct stemma_term *term = teller->term;
	struct stemma_runs *runs = &teller->runs[0];
	bool old = step->kind == STEMMA_STEP_OLD;
	const struct stemma_doc *doc =
		term->comparison->docs[old ? STEMMA_OLD : STEMMA_NEW];
	struct stemma_range units = step->units[old ? STEMMA_OLD : STEMMA_NEW];
	/* What moved here has its old number too, but no old text. */
	const struct stemma_range *numbers =
		step->moved && step->link && !term->sides ? step->link->units
							  : step->units;
	bool same = step->link && step->link->op == STEMMA_UNCHANGED;

	for (uint32_t i = 0; i < units.count; i++) {
		runs->count = 0;
		stemma_runs_add_same(runs,
			stemma_doc_unit(doc, units.first + i),
			!same || is_whole(term));
		note.numbers[0] = number_of(numbers[0], i);
		note.numbers[1] = number_of(numbers[1], i);
		if (!term->sides)
			stemma_term_paragraph(term, &note, runs);
		else
			stemma_term_sides(term, &note,
				step->units[STEMMA_OLD].count ? runs : NULL,
				step->units[STEMMA_NEW].count ? runs : NULL);
	}
}

/* The units of a link one below the other, edits inside the new text. */
static void
tell_inline(struct stemma_teller *teller, const struct stemma_link *link,
	struct stemma_note note)
{
	struct stemma_term *term = teller->term;
	struct stemma_units units = stemma_units_start(
		term->comparison, link, STEMMA_RUNS_INLINE, is_whole(term));

	for (uint32_t i = 0; stemma_units_next(&units, &teller->runs[0]); i++) {
		note.numbers[0] = number_of(link->units[0], i);
		note.numbers[1] = number_of(link->units[1], i);
		stemma_term_paragraph(term, &note, &teller->runs[0]);
		note.mark = note.every ? note.mark : ' ';
	}
}

/* The units of both sides beside each other, as long as either has one. */
static void
tell_beside(struct stemma_teller *teller, const struct stemma_link *link,
	struct stemma_note note)
{
	struct stemma_term *term = teller->term;
	struct stemma_units old = stemma_units_start(
		term->comparison, link, STEMMA_RUNS_OLD, is_whole(term));
	struct stemma_units new = stemma_units_start(
		term->comparison, link, STEMMA_RUNS_NEW, is_whole(term));

	for (uint32_t i = 0;; i++) {
		bool has_old = stemma_units_next(&old, &teller->runs[0]);
		bool has_new = stemma_units_next(&new, &teller->runs[1]);

		if (!has_old && !has_new)
			return;
		note.numbers[0] = number_of(link->units[0], i);
		note.numbers[1] = number_of(link->units[1], i);
		stemma_term_sides(term, &note,
			has_old ? &teller->runs[0] : NULL,
			has_new ? &teller->runs[1] : NULL);
		note.mark = note.every ? note.mark : ' ';
	}
}

static void
tell_changed(struct stemma_teller *teller, const struct stemma_link *link,
	struct stemma_note note)
{
	if (teller->term->sides)
		tell_beside(teller, link, note);
	else
		tell_inline(teller, link, note);
}

/* Whether it joins other than one unit to one. */
static bool
is_regrouped(const struct stemma_link *link)
{
	return link->op >= STEMMA_SPLIT && link->op <= STEMMA_REGROUPED;
}

/* "split into 3" and the like; only an edit inside a move is said. */
static void
add_what(struct stemma_runs *runs, const struct stemma_link *link)
{
	if (link->op == STEMMA_EDITED)
		stemma_say_words(runs, STEMMA_STYLE_MOVED, "edited");
	else if (link->op == STEMMA_MERGED)
		stemma_say_words(runs, STEMMA_STYLE_MOVED, "merged into one");
	else {
		stemma_say_words(runs, STEMMA_STYLE_MOVED,
			stemma_op_name((enum stemma_op)link->op));
		stemma_say_words(runs, STEMMA_STYLE_MOVED, " into ");
		stemma_say_number(runs, STEMMA_STYLE_MOVED,
			link->units[STEMMA_NEW].count);
	}
}

/* "moved from ¶7, split into 2", "¶3–4 merged into one"; or nothing. */
static void
add_label(const struct stemma_term *term, struct stemma_runs *runs,
	const struct stemma_step *step)
{
	const struct stemma_link *link = step->link;
	bool regrouped = is_regrouped(link);
	const struct stemma_passage *twin;

	if (link->op == STEMMA_ADDED &&
		(twin = stemma_twin_of(
			 term->comparison, link->units[STEMMA_NEW].first))) {
		stemma_say_words(runs, STEMMA_STYLE_MOVED,
			twin->kind == STEMMA_PASSAGE_VERBATIM
				? "repeats "
				: "nearly repeats ");
		stemma_say_place(term, runs,
			(struct stemma_range){twin->source.unit, 1});
		return;
	}
	if (step->moved)
		stemma_say_words(runs, STEMMA_STYLE_MOVED, "moved from ");
	if (step->moved || regrouped)
		stemma_say_place(term, runs, link->units[STEMMA_OLD]);
	if (step->moved && (regrouped || link->op == STEMMA_EDITED))
		stemma_say_words(runs, STEMMA_STYLE_MOVED, ", ");
	else if (regrouped)
		stemma_say_words(runs, STEMMA_STYLE_MOVED, " ");
	if (regrouped || (step->moved && link->op == STEMMA_EDITED))
		add_what(runs, link);
}

/* The label over a step's paragraphs, which then do without the mark. */
static void
tell_label(struct stemma_teller *teller, const struct stemma_step *step,
	struct stemma_note *note)
{
	struct stemma_runs *runs = &teller->runs[0];

	runs->count = 0;
	add_label(teller->term, runs, step);
	if (runs->count == 0)
		return;
	stemma_term_paragraph(teller->term, note, runs);
	note->mark = note->every ? note->mark : ' ';
}

void
stemma_term_tell(struct stemma_term *term, const struct stemma_step *step)
{
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_note note = note_of(term->comparison, step);

	if (step->kind == STEMMA_STEP_OLD) {
		tell_plain(&teller, step, note);
	} else {
		tell_label(&teller, step, &note);
		if (step->link->change_count || is_regrouped(step->link))
			tell_changed(&teller, step->link, note);
		else
			tell_plain(&teller, step, note);
	}
	stemma_teller_end(&teller);
}

void
stemma_term_tell_unlabelled(
	struct stemma_term *term, const struct stemma_step *step)
{
	struct stemma_teller teller = stemma_teller_start(term);

	tell_plain(&teller, step, note_of(term->comparison, step));
	stemma_teller_end(&teller);
}

void
stemma_term_tell_arrived(struct stemma_term *term, struct stemma_range from)
{
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_note note = {'>', STEMMA_STYLE_MOVED, true, {0, 0}};

	stemma_say_words(&teller.runs[0], STEMMA_STYLE_MOVED, "moved from ");
	stemma_say_place(term, &teller.runs[0], from);
	stemma_term_paragraph(term, &note, &teller.runs[0]);
	stemma_teller_end(&teller);
}

void
stemma_term_tell_left(struct stemma_term *term, struct stemma_range here,
	struct stemma_range there)
{
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_runs *runs = &teller.runs[0];
	struct stemma_note note = {
		'<', STEMMA_STYLE_MOVED, false, {(uint64_t)here.first + 1, 0}};

	if (here.count > 1) {
		stemma_say_place(term, runs, here);
		stemma_say_words(runs, STEMMA_STYLE_MOVED, " ");
	}
	stemma_say_words(runs, STEMMA_STYLE_MOVED, "moved to ");
	stemma_say_place(term, runs, there);
	stemma_say_excerpt(term, runs, STEMMA_OLD, here.first);
	stemma_term_line(term, &note, runs);
	stemma_teller_end(&teller);
}

void
stemma_term_tell_reformatted(
	struct stemma_term *term, const struct stemma_range units[2])
{
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_runs *runs = &teller.runs[0];
	struct stemma_note note = {'=', STEMMA_STYLE_DIM, false,
		{(uint64_t)units[0].first + 1, (uint64_t)units[1].first + 1}};

	if (units[1].count > 1) {
		stemma_say_count(term, runs, units[1].count);
		stemma_say_words(runs, STEMMA_STYLE_DIM, " ");
	}
	stemma_say_words(runs, STEMMA_STYLE_DIM, "reformatted");
	stemma_say_excerpt(term, runs, STEMMA_NEW, units[1].first);
	stemma_term_line(term, &note, runs);
	stemma_teller_end(&teller);
}

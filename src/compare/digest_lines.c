/* The lines of a digest that tell one thing. SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/digest.h"

/* Graphemes of a headline or correction. */
#define TITLE_MOST 60

/* So many edits of a headline are told as such; with more it is told whole. */
#define HEADLINE_EDITS 2

bool
stemma_change_is_visible(const struct stemma_change *change)
{
	return !change->hidden && !change->reformat;
}

enum stemma_code
stemma_digest_add(struct stemma_comparison *comparison, enum stemma_about about,
	const struct stemma_phrase *phrase, struct stemma_arena *arena)
{
	struct stemma_digest_line *line =
		&comparison->digest[comparison->digest_count];
	struct stemma_view text = {phrase->bytes, phrase->size};
	char *copy;

	if (phrase->size == 0 || comparison->digest_count >= STEMMA_DIGEST_MOST)
		return STEMMA_OK;
	copy = stemma_arena_alloc(arena, text.size, 1);
	if (!copy)
		return STEMMA_NOMEM;
	memcpy(copy, text.bytes, text.size);
	*line = (struct stemma_digest_line){
		{copy, text.size}, about, STEMMA_NO_LINK};
	comparison->digest_count++;
	return STEMMA_OK;
}

static struct stemma_view
unit_text(const struct stemma_digest *digest, const struct stemma_link *link,
	int side)
{
	return stemma_view_cut(digest->comparison->docs[side]->text,
		stemma_link_span(
			digest->comparison, link, (enum stemma_side)side));
}

/* A headline that went and another that stands in its place are one change. */
bool
stemma_digest_is_replaced(const struct stemma_digest *digest,
	const struct stemma_digest_item *item,
	const struct stemma_digest_item *next)
{
	const struct stemma_link *links = digest->comparison->links;

	return next && next->about == item->about &&
	       next->link == item->link + 1 &&
	       ((links[item->link].op == STEMMA_REMOVED &&
			links[next->link].op == STEMMA_ADDED) ||
		       (links[item->link].op == STEMMA_ADDED &&
			       links[next->link].op == STEMMA_REMOVED));
}

/* A few edits one after the other, or both texts where that is clearer. */
static void
tell_edited(struct stemma_phrase *phrase, const struct stemma_digest *digest,
	const struct stemma_link *link)
{
	const struct stemma_comparison *comparison = digest->comparison;
	uint32_t visible = 0, told = 0;

	for (uint32_t k = 0; k < link->change_count; k++)
		visible += stemma_change_is_visible(
			&comparison->changes[link->first_change + k]);
	if (visible > HEADLINE_EDITS) {
		stemma_phrase_text(phrase, unit_text(digest, link, STEMMA_OLD),
			TITLE_MOST);
		stemma_phrase_string(phrase, " → ");
		stemma_phrase_text(phrase, unit_text(digest, link, STEMMA_NEW),
			TITLE_MOST);
		return;
	}
	for (uint32_t k = 0; k < link->change_count; k++) {
		const struct stemma_change *change =
			&comparison->changes[link->first_change + k];

		if (!stemma_change_is_visible(change))
			continue;
		if (told++)
			stemma_phrase_string(phrase, "; ");
		stemma_phrase_change(phrase, comparison, link, change,
			change->op == STEMMA_REPLACE ? 0 : 1);
	}
}

static void
tell_link(struct stemma_phrase *phrase, const struct stemma_digest *digest,
	const struct stemma_digest_item *item,
	const struct stemma_digest_item *next)
{
	const struct stemma_link *link = &digest->comparison->links[item->link];

	if (stemma_digest_is_replaced(digest, item, next)) {
		const struct stemma_link *other =
			&digest->comparison->links[next->link];

		if (link->op == STEMMA_ADDED) {
			const struct stemma_link *swap = link;

			link = other;
			other = swap;
		}
		stemma_phrase_string(phrase, ": ");
		stemma_phrase_text(phrase, unit_text(digest, link, STEMMA_OLD),
			TITLE_MOST);
		stemma_phrase_string(phrase, " → ");
		stemma_phrase_text(phrase, unit_text(digest, other, STEMMA_NEW),
			TITLE_MOST);
	} else if (link->op == STEMMA_ADDED || link->op == STEMMA_REMOVED) {
		int side = link->op == STEMMA_ADDED ? STEMMA_NEW : STEMMA_OLD;

		stemma_phrase_string(
			phrase, side == STEMMA_NEW ? " added: " : " removed: ");
		stemma_phrase_text(
			phrase, unit_text(digest, link, side), TITLE_MOST);
	} else {
		stemma_phrase_string(phrase, ": ");
		tell_edited(phrase, digest, link);
	}
}

enum stemma_code
stemma_digest_tell(struct stemma_digest *digest,
	const struct stemma_digest_item *item,
	const struct stemma_digest_item *next)
{
	const struct stemma_comparison *comparison = digest->comparison;
	struct stemma_phrase phrase = {.size = 0};

	stemma_phrase_string(&phrase,
		item->about == STEMMA_ABOUT_REST
			? "edit"
			: stemma_about_name((enum stemma_about)item->about));
	if (item->change == STEMMA_NO_CHANGE) {
		tell_link(&phrase, digest, item, next);
	} else {
		stemma_phrase_string(&phrase, ": ");
		stemma_phrase_change(&phrase, comparison,
			&comparison->links[item->link],
			&comparison->changes[item->change],
			item->about == STEMMA_ABOUT_NAME && item->times > 1
				? 0
				: 2);
	}
	if (item->times > 1) {
		stemma_phrase_string(&phrase, " (");
		stemma_phrase_number(&phrase, item->times);
		stemma_phrase_string(&phrase, " times)");
	}
	return stemma_digest_add(digest->comparison,
		(enum stemma_about)item->about, &phrase, digest->arena);
}

/* The first link that differs at all. */
static uint32_t
first_difference(const struct stemma_comparison *comparison)
{
	for (uint32_t k = 0; k < comparison->link_count; k++)
		if (comparison->links[k].op != STEMMA_UNCHANGED)
			return k;
	return STEMMA_NO_LINK;
}

/* "only reformatted: no word changed (2 paragraphs, 1 split)"; false if no unit
   was. */
static bool
tell_reformatted(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison)
{
	static const enum stemma_op ops[] = {STEMMA_REFORMATTED, STEMMA_SPLIT,
		STEMMA_MERGED, STEMMA_REGROUPED};
	const struct stemma_stats *stats = &comparison->stats;
	bool some = false;

	for (size_t k = 0; k < sizeof ops / sizeof *ops; k++) {
		uint32_t count = stats->units[ops[k]];

		if (!count)
			continue;
		if (some) {
			stemma_phrase_string(phrase, ", ");
			stemma_phrase_number(phrase, count);
		} else {
			stemma_phrase_string(phrase,
				stats->hidden
					? "only reformatted beyond what is "
					  "ignored ("
					: "only reformatted: no word changed "
					  "(");
			stemma_phrase_units(phrase, comparison, count);
		}
		if (ops[k] != STEMMA_REFORMATTED) {
			stemma_phrase_string(phrase, " ");
			stemma_phrase_string(phrase, stemma_op_name(ops[k]));
		}
		some = true;
	}
	if (some)
		stemma_phrase_string(phrase, ")");
	return some;
}

/* One line for two texts that hardly differ. */
enum stemma_code
stemma_digest_tell_nothing(struct stemma_digest *digest)
{
	const struct stemma_comparison *comparison = digest->comparison;
	const struct stemma_stats *stats = &comparison->stats;
	struct stemma_phrase phrase = {.size = 0};
	enum stemma_code code;

	if (comparison->identical) {
		stemma_phrase_string(&phrase, "no difference");
	} else if (tell_reformatted(&phrase, comparison)) {
		;
	} else if (stats->hidden) {
		stemma_phrase_string(
			&phrase, "no difference beyond what is ignored (");
		stemma_phrase_number(&phrase, stats->hidden);
		stemma_phrase_string(&phrase, stats->hidden == 1
						      ? " change hidden)"
						      : " changes hidden)");
	} else {
		stemma_phrase_string(&phrase, "no difference in the text, "
					      "though the files differ");
	}
	code = stemma_digest_add(digest->comparison, STEMMA_ABOUT_NOTHING,
		&phrase, digest->arena);
	if (code == STEMMA_OK)
		digest->comparison->digest[0].link =
			first_difference(comparison);
	return code;
}

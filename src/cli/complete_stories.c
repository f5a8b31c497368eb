/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <stdlib.h>
#include <string.h>

/* How many stories are looked at beyond the index, if there is one, and until
   how many milliseconds after the start they are described. */
#define NEW_MAX ((size_t)2000)
#define DESCRIBING 14.0

struct story {
	struct stemma_view name, title;
	int64_t time; /* of the newest revision */
	bool dated;
};

struct shelf {
	struct stemma_answer *answer;
	const char *archive;
	struct story *stories;
	size_t count, room;
};

static bool
put(struct shelf *shelf, struct story story)
{
	struct stemma_arena *arena = shelf->answer->arena;
	struct story *stories;

	if (shelf->count == shelf->room) {
		size_t room = shelf->room ? 2 * shelf->room : 64;

		stories = stemma_arena_alloc(arena, room, sizeof *stories);
		if (!stories)
			return false;
		if (shelf->count)
			memcpy(stories, shelf->stories,
				shelf->count * sizeof *stories);
		shelf->stories = stories;
		shelf->room = room;
	}
	shelf->stories[shelf->count++] = story;
	return true;
}

/* "2025-03-08 14:05 · Tehran shoots down talks" */
static void
write_help(struct stemma_out *help, const struct story *story)
{
	char time[STEMMA_TIME_SIZE];

	if (!story->dated)
		return;
	stemma_time_write(time, story->time);
	stemma_out_format(help, "%.10s %.5s", time, time + 11);
	if (story->title.size)
		stemma_out_string(help, " · ");
	stemma_out_view(help, story->title);
}

/* The day of its newest revision, if it starts as is typed. */
static void
write_day(struct stemma_out *value, struct stemma_out *help,
	const struct stemma_answer *answer, const struct story *story)
{
	struct stemma_view typed = answer->question->selector;
	char time[STEMMA_TIME_SIZE];

	if (!story->dated)
		return;
	stemma_time_write(time, story->time);
	if (typed.size > 10 ||
		(typed.size && memcmp(time, typed.bytes, typed.size) != 0))
		return;
	stemma_out_format(value, "%.10s", time);
	stemma_out_format(help, "%.5s · ", time + 11);
	stemma_out_view(help, story->name);
}

/* NAME@, if a revision may be meant; or the day. */
static bool
give(struct stemma_answer *answer, const struct story *story)
{
	struct stemma_out value = {0}, help = {0};
	bool more = true;

	if (answer->question->what == STEMMA_ASK_DAYS) {
		write_day(&value, &help, answer, story);
	} else {
		stemma_out_view(&value, story->name);
		if (answer->question->selectable)
			stemma_out_char(&value, '@');
		write_help(&help, story);
	}
	if (stemma_out_finish(&value) == STEMMA_OK &&
		stemma_out_finish(&help) == STEMMA_OK && value.size)
		more = stemma_answer_give(answer,
			(struct stemma_view){value.bytes, value.size},
			(struct stemma_view){help.bytes, help.size},
			answer->question->selectable);
	stemma_out_free(&value);
	stemma_out_free(&help);
	return more;
}

static int
newest_first(const void *a, const void *b)
{
	const struct story *x = a, *y = b;

	return (x->time < y->time) - (x->time > y->time);
}

static void
give_all(struct shelf *shelf)
{
	if (shelf->count)
		qsort(shelf->stories, shelf->count, sizeof *shelf->stories,
			newest_first);
	for (size_t k = 0; k < shelf->count; k++)
		if (!give(shelf->answer, &shelf->stories[k]))
			return;
}

/* ---- by the index ------------------------------------------------------ */

static void
list_indexed(struct shelf *shelf, struct stemma_index *index, bool words)
{
	struct stemma_answer *answer = shelf->answer;
	struct stemma_listed *listed;
	size_t count;

	if (stemma_index_stories(index, &listed, &count,
		    answer->question->typed, words, STEMMA_CANDIDATES_MAX,
		    answer->arena, NULL) != STEMMA_OK)
		return;
	for (size_t k = 0; k < count; k++)
		put(shelf, (struct story){listed[k].name, listed[k].title,
				   listed[k].time, true});
}

/* Whether the index knows all that is in the archive. */
static bool
is_current(struct shelf *shelf, struct stemma_index *index)
{
	char stamp[STEMMA_STAMP_SIZE];
	struct stemma_view known;

	return stemma_index_stamp(index, &known, shelf->answer->arena, NULL) ==
		       STEMMA_OK &&
	       (stemma_names_stamp(stamp, shelf->archive), 1) &&
	       stemma_view_equal(known, stemma_view_of(stamp));
}

/* ---- by git's refs ----------------------------------------------------- */

/* The stories that the index does not know as they are; NULL: all. */
static struct stemma_name *
find_new(struct shelf *shelf, struct stemma_index *index,
	struct stemma_name *names, size_t *count)
{
	struct stemma_arena *arena = shelf->answer->arena;
	struct stemma_index_head *heads =
		stemma_arena_alloc(arena, *count, sizeof *heads);
	struct stemma_index_changes changes;

	if (!heads || *count > UINT32_MAX)
		return names;
	for (size_t k = 0; k < *count; k++) {
		heads[k].key = names[k].key;
		memcpy(heads[k].commit, names[k].head.bytes,
			STEMMA_COMMIT_SIZE);
	}
	if (stemma_index_compare(index, &changes, heads, (uint32_t)*count,
		    arena, NULL) != STEMMA_OK)
		return names;
	for (uint32_t k = 0; k < changes.changed_count; k++)
		names[k] = names[changes.changed[k]];
	*count = changes.changed_count;
	return names;
}

/* What the index says of a story that has changed. */
static void
take_down(struct shelf *shelf, struct stemma_view name)
{
	for (size_t k = 0; k < shelf->count; k++)
		if (stemma_view_equal(shelf->stories[k].name, name)) {
			shelf->stories[k] = shelf->stories[--shelf->count];
			return;
		}
}

static char
lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Whether what is typed stands in the name. */
static bool
holds(struct stemma_view name, struct stemma_view typed)
{
	for (size_t at = 0; at + typed.size <= name.size; at++) {
		size_t k = 0;

		while (k < typed.size &&
			lower(name.bytes[at + k]) == lower(typed.bytes[k]))
			k++;
		if (k == typed.size)
			return true;
	}
	return false;
}

/* Put a story on the shelf as its newest commit tells it, if it fits. False: no
   memory. */
static bool
put_described(struct shelf *shelf, struct stemma_store *store,
	const struct stemma_name *name, bool words)
{
	struct stemma_view typed = shelf->answer->question->typed;
	struct stemma_revision newest;
	struct story story = {.name = name->name};

	if (store && stemma_store_describe(store, &newest, &name->head,
			     shelf->answer->arena, NULL) == STEMMA_OK) {
		story.title = newest.title;
		story.time = newest.retrieved;
		story.dated = true;
	}
	if (words && !holds(story.name, typed) && !holds(story.title, typed))
		return true;
	return put(shelf, story);
}

/*
 * Put stories among those of the index as their newest commits tell them, for
 * a while; then, newest first, give what there is. Those that were not reached
 * come last.
 */
static void
give_described(struct shelf *shelf, const struct stemma_name *names,
	size_t count, bool words)
{
	double until = shelf->answer->start + DESCRIBING * shelf->answer->times;
	struct stemma_store *store = NULL;
	bool more = true;
	size_t k = 0;

	if (count && stemma_complete_clock() < until)
		(void)stemma_store_open(&store, shelf->archive, NULL, NULL);
	stemma_store_rehash(false);
	while (k < count && stemma_complete_clock() < until &&
		put_described(shelf, store, &names[k], words))
		k++;
	give_all(shelf);
	for (; k < count && more; k++)
		if (!words ||
			holds(names[k].name, shelf->answer->question->typed))
			more = give(shelf->answer,
				&(struct story){.name = names[k].name});
	stemma_store_close(store);
}

/* The stories that may be meant: whose names start as it is typed, or hold that,
   and the first ones, whose titles may. */
static bool
find_names(struct shelf *shelf, bool words, size_t limit,
	struct stemma_name **names, size_t *count)
{
	struct stemma_answer *answer = shelf->answer;
	struct stemma_view typed = answer->question->typed, none = {"", 0};
	struct stemma_name *found, *first;
	size_t first_count;

	if (!words)
		return stemma_names_list(names, count, shelf->archive, typed,
			       limit, answer->arena, NULL) == STEMMA_OK;
	if (stemma_names_search(&found, count, shelf->archive, typed, limit,
		    answer->arena, NULL) != STEMMA_OK)
		return false;
	*names = found;
	if (*count >= STEMMA_CANDIDATES_MAX)
		return true;
	if (stemma_names_list(&first, &first_count, shelf->archive, none,
		    NEW_MAX, answer->arena, NULL) != STEMMA_OK)
		return false;
	*names = stemma_arena_alloc(
		answer->arena, *count + first_count, sizeof **names);
	if (!*names)
		return false;
	if (*count)
		memcpy(*names, found, *count * sizeof **names);
	if (first_count)
		memcpy(*names + *count, first, first_count * sizeof **names);
	*count += first_count;
	return true;
}

/* Of an index that is behind, or not there: what git's refs tell. */
static void
list_named(struct shelf *shelf, struct stemma_index *index, bool words)
{
	struct stemma_name *names;
	size_t count, kept = 0;

	if (!find_names(shelf, words, index ? 0 : NEW_MAX, &names, &count))
		return;
	if (index)
		names = find_new(shelf, index, names, &count);
	for (size_t k = 0; k < count && kept < 2 * NEW_MAX; k++)
		if (names[k].name.size) {
			take_down(shelf, names[k].name);
			names[kept++] = names[k];
		}
	give_described(shelf, names, kept, words);
}

static void
list(struct shelf *shelf, struct stemma_index *index, bool words)
{
	if (index)
		list_indexed(shelf, index, words);
	if (!index || !is_current(shelf, index))
		list_named(shelf, index, words);
	else
		give_all(shelf);
}

void
stemma_answer_stories(struct stemma_answer *answer)
{
	struct shelf shelf = {.answer = answer};
	struct stemma_index *index;

	shelf.archive = stemma_answer_archive(answer);
	if (!shelf.archive)
		return;
	index = stemma_answer_index(answer, shelf.archive);
	list(&shelf, index, false);
	if (!answer->count && answer->question->typed.size)
		list(&shelf, index, true);
	stemma_index_close(index);
}

void
stemma_answer_days(struct stemma_answer *answer)
{
	const struct stemma_question *question = answer->question;
	struct stemma_question every = *question;

	/* What is typed is the start of no story's name, but of a day. */
	every.selector = question->typed;
	every.typed = (struct stemma_view){"", 0};
	answer->question = &every;
	stemma_answer_stories(answer);
	answer->question = question;
}

/* SPDX-License-Identifier: MIT */
#include "complete_walk.h"

#include <string.h>

static bool
starts_with(struct stemma_view text, struct stemma_view prefix)
{
	return text.size >= prefix.size &&
	       (!prefix.size || !memcmp(text.bytes, prefix.bytes, prefix.size));
}

void
stemma_walk_offer(struct stemma_walk *walk, struct stemma_view typed,
	const char *name, const char *help, bool open)
{
	if (starts_with(stemma_view_of(name), typed))
		stemma_candidates_say(walk->candidates, name, help, open);
}

static bool
is_operand(const struct stemma_walk *walk, const char *name)
{
	for (size_t k = 0; k < walk->operand_count; k++)
		if (stemma_view_equal(walk->operands[k], stemma_view_of(name)))
			return true;
	return false;
}

/* Words; as operands only those that are none yet. */
static void
offer_words(struct stemma_walk *walk, const struct stemma_word_choice *words,
	struct stemma_view typed)
{
	for (; words && words->name; words++)
		if (!walk->operand || !is_operand(walk, words->name))
			stemma_walk_offer(
				walk, typed, words->name, words->help, false);
}

static bool
names_word(struct stemma_view list, const char *name)
{
	size_t size = strlen(name);

	for (size_t at = 0; at < list.size;) {
		const char *comma =
			memchr(list.bytes + at, ',', list.size - at);
		size_t end = comma ? (size_t)(comma - list.bytes) : list.size;

		if (end - at == size && !memcmp(list.bytes + at, name, size))
			return true;
		at = end + 1;
	}
	return false;
}

/* Of a list what stands before the last word, with its comma. */
static struct stemma_view
up_to_comma(struct stemma_view list)
{
	while (list.size && list.bytes[list.size - 1] != ',')
		list.size--;
	return list;
}

/* A word {name, help} that stands behind others. */
static void
offer_behind(struct stemma_walk *walk, struct stemma_view typed,
	struct stemma_view before, const char *const word[2])
{
	struct stemma_out list = {0};

	stemma_out_view(&list, before);
	stemma_out_string(&list, word[0]);
	stemma_out_char(&list, '\0');
	if (stemma_out_finish(&list) == STEMMA_OK)
		stemma_walk_offer(walk, typed, list.bytes, word[1], false);
	stemma_out_free(&list);
}

/* case,numbers: words that are not in the list yet. */
static void
offer_set(struct stemma_walk *walk, const struct stemma_word_choice *words,
	struct stemma_view typed)
{
	struct stemma_view given = up_to_comma(typed);

	for (; words && words->name; words++)
		if (!names_word(given, words->name))
			offer_behind(walk, typed, given,
				(const char *const[2]){
					words->name, words->help});
}

static void
offer_commands(struct stemma_walk *walk, struct stemma_view typed)
{
	const struct stemma_command *const *command;

	for (command = walk->table->commands; *command; command++)
		if (!(*command)->hidden)
			stemma_walk_offer(walk, typed, (*command)->name,
				(*command)->summary, false);
}

static void
offer_encodings(struct stemma_walk *walk, struct stemma_view typed)
{
	static const char *const names[][2] = {
		{"utf-8", "Unicode, as nearly everything is today"},
		{"windows-1252", "western European, as Windows had it"},
		{"iso-8859-1", "western European, Latin-1"},
		{"iso-8859-15", "western European, with the euro sign"},
		{"windows-1250", "central European"},
		{"iso-8859-2", "central European, Latin-2"},
		{"windows-1251", "Cyrillic, as Windows had it"},
		{"koi8-r", "Russian"},
		{"windows-1253", "Greek"},
		{"windows-1254", "Turkish"},
		{"windows-1255", "Hebrew"},
		{"windows-1256", "Arabic"},
		{"utf-16", "Unicode, two bytes a character"},
		{"utf-16le", "the same, low byte first"},
		{"utf-16be", "the same, high byte first"},
		{"gb18030", "Chinese, simplified"},
		{"big5", "Chinese, traditional"},
		{"shift_jis", "Japanese"},
		{"euc-jp", "Japanese, as Unix had it"},
		{"euc-kr", "Korean"},
	};
	struct stemma_view first = up_to_comma(typed);

	/* Of two the second one stands behind a comma. */
	if (first.size &&
		(walk->most < 2 || memchr(first.bytes, ',', first.size - 1)))
		return;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		offer_behind(walk, typed, first, names[k]);
}

static void
ask(struct stemma_walk *walk, struct stemma_question question)
{
	question.archive = walk->archive;
	walk->sources->ask(walk->sources->cookie, &question, walk->candidates);
}

/* NAME@SELECTOR, parted at the last @; false: there is none. */
static bool
part(struct stemma_view *name, struct stemma_view *selector,
	struct stemma_view word)
{
	*name = *selector = word;
	while (name->size && name->bytes[name->size - 1] != '@')
		name->size--;
	if (name->size < 2)
		return false;
	selector->bytes += name->size;
	selector->size -= name->size;
	name->size--;
	return true;
}

/* The revisions that are asked for; the story's name is written before each. */
static void
offer_revisions(struct stemma_walk *walk, struct stemma_question question)
{
	struct stemma_candidates *candidates = walk->candidates;
	struct stemma_view before = candidates->before;
	struct stemma_out named = {0};

	stemma_out_view(&named, before);
	stemma_out_view(&named, question.story);
	stemma_out_char(&named, '@');
	if (stemma_out_finish(&named) == STEMMA_OK) {
		candidates->before =
			(struct stemma_view){named.bytes, named.size};
		question.what = STEMMA_ASK_REVISIONS;
		ask(walk, question);
	}
	candidates->before = before;
	stemma_out_free(&named);
}

static void
offer_stories(
	struct stemma_walk *walk, struct stemma_view typed, bool selectable)
{
	size_t before = walk->candidates->count;
	struct stemma_view story, selector;

	if (selectable && part(&story, &selector, typed))
		offer_revisions(walk, (struct stemma_question){.story = story,
					      .typed = selector});
	if (walk->candidates->count == before)
		ask(walk, (struct stemma_question){.what = STEMMA_ASK_STORIES,
				  .typed = typed,
				  .selectable = selectable});
}

/* Files, but not the one that stands in front of this. */
static void
offer_files(struct stemma_walk *walk, struct stemma_view typed,
	const char *suffixes)
{
	struct stemma_question question = {
		.what = STEMMA_ASK_FILES, .typed = typed, .suffixes = suffixes};

	if (walk->operand_count)
		question.except = walk->operands[walk->operand_count - 1];
	if (walk->operand && walk->repository) {
		question.what = STEMMA_ASK_TREE;
		question.repository = walk->repository;
	}
	ask(walk, question);
}

/* Of two versions of one story, only the other one is asked for. A name without
   @ that is no file's is that of a story, the newest revision of it. */
static bool
offer_other_version(struct stemma_walk *walk, struct stemma_view typed)
{
	struct stemma_question question = {.typed = {"", 0}};
	struct stemma_view *name = &question.story, first;

	if (!walk->operand_count)
		return false;
	first = walk->operands[walk->operand_count - 1];
	if (!part(name, &question.except, first)) {
		if (stemma_view_equal(first, stemma_view_of("-")))
			return false;
		*name = first;
		question.except = stemma_view_of("latest");
		question.no_file = true;
	}
	if (typed.size <= name->size) {
		if (!starts_with(*name, typed))
			return false;
	} else {
		if (!starts_with(typed, *name) ||
			typed.bytes[name->size] != '@')
			return false;
		question.typed.bytes = typed.bytes + name->size + 1;
		question.typed.size = typed.size - name->size - 1;
	}
	offer_revisions(walk, question);
	return walk->candidates->count > 0;
}

/* A file is most likely compared with another one. */
static bool
is_after_file(const struct stemma_walk *walk)
{
	struct stemma_view name, selector;
	size_t count = walk->operand_count;

	return count && !part(&name, &selector, walk->operands[count - 1]);
}

static void
offer_versions(struct stemma_walk *walk, struct stemma_view typed,
	const char *suffixes)
{
	bool file = is_after_file(walk);

	if (offer_other_version(walk, typed))
		return;
	if (file)
		offer_files(walk, typed, suffixes);
	offer_stories(walk, typed, true);
	if (!file)
		offer_files(walk, typed, suffixes);
}

/* Of the story that an operand names: its revisions or its passages. */
static void
offer_of_story(struct stemma_walk *walk, struct stemma_view typed,
	enum stemma_asked what)
{
	struct stemma_question question = {.what = what, .typed = typed};

	if (!walk->operand_count)
		return;
	if (!part(&question.story, &question.selector, walk->operands[0])) {
		question.story = walk->operands[0];
		question.selector = (struct stemma_view){"", 0};
	}
	ask(walk, question);
}

/* Days on which the story that an operand names was changed, or any was. */
static void
offer_days(struct stemma_walk *walk, struct stemma_view typed)
{
	if (walk->operand_count)
		offer_of_story(walk, typed, STEMMA_ASK_DAYS);
	else
		ask(walk, (struct stemma_question){
				  .what = STEMMA_ASK_DAYS, .typed = typed});
}

void
stemma_walk_offer_value(struct stemma_walk *walk, enum stemma_value value,
	const struct stemma_word_choice *words, const char *suffixes,
	struct stemma_view typed)
{
	if (value == STEMMA_VALUE_SET)
		offer_set(walk, words, typed);
	else if (value != STEMMA_VALUE_COMMAND)
		offer_words(walk, words, typed);
	switch (value) {
	case STEMMA_VALUE_COMMAND:
		offer_commands(walk, typed);
		offer_words(walk, words, typed);
		break;
	case STEMMA_VALUE_ENCODING:
		offer_encodings(walk, typed);
		break;
	case STEMMA_VALUE_FOLDER:
	case STEMMA_VALUE_REPOSITORY:
		ask(walk, (struct stemma_question){
				  .what = STEMMA_ASK_FOLDERS, .typed = typed});
		break;
	case STEMMA_VALUE_ARCHIVE:
		ask(walk, (struct stemma_question){
				  .what = STEMMA_ASK_ARCHIVES, .typed = typed});
		break;
	case STEMMA_VALUE_REMOTE:
		ask(walk, (struct stemma_question){
				  .what = STEMMA_ASK_REMOTES, .typed = typed});
		break;
	case STEMMA_VALUE_STORY:
		offer_stories(walk, typed, false);
		if (suffixes)
			offer_files(walk, typed, suffixes);
		break;
	case STEMMA_VALUE_REVISION:
		offer_stories(walk, typed, true);
		break;
	case STEMMA_VALUE_VERSION:
		offer_versions(walk, typed, suffixes);
		break;
	case STEMMA_VALUE_SELECTOR:
		offer_of_story(walk, typed, STEMMA_ASK_REVISIONS);
		break;
	case STEMMA_VALUE_PHRASE:
		offer_of_story(walk, typed, STEMMA_ASK_PHRASES);
		break;
	case STEMMA_VALUE_PARAGRAPH:
		offer_of_story(walk, typed, STEMMA_ASK_PARAGRAPHS);
		break;
	case STEMMA_VALUE_SINCE:
		offer_days(walk, typed);
		break;
	case STEMMA_VALUE_FILE:
	case STEMMA_VALUE_INPUT:
	case STEMMA_VALUE_ARTICLE:
		offer_files(walk, typed, suffixes);
		break;
	default:
		break;
	}
}

/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "log_cache.h"

/* How many of each kind are offered before the next kind; how many revisions
   are read where no index has them all. */
enum { NUMBERS_MAX = 120, TOLD_MAX = STEMMA_CANDIDATES_MAX, NEWEST_MAX = 500 };

/* A story's revisions, and what is known of their changes. */
struct past {
	struct stemma_answer *answer;
	const char *archive;
	struct stemma_log log; /* commits, dates and numbers are set */
	bool whole;            /* or the newest ones of it alone */
	uint32_t except;       /* the number of one not to offer, or 0 */
	struct stemma_log_past cache;
	struct stemma_told told[TOLD_MAX]; /* of the newest ones */
	bool known[TOLD_MAX];
};

static bool
is_number(struct stemma_view text)
{
	for (size_t k = 0; k < text.size; k++)
		if (text.bytes[k] < '0' || text.bytes[k] > '9')
			return false;
	return text.size > 0;
}

static bool
read_past(struct past *past)
{
	struct stemma_view except = past->answer->question->except;
	const struct stemma_revision *found;

	past->archive = stemma_answer_archive(past->answer);
	if (!past->archive || !stemma_answer_log(past->answer, past->archive,
				      NEWEST_MAX, &past->log, &past->whole))
		return false;
	/* Of the newest ones alone nobody knows the numbers. */
	if (except.bytes && (past->whole || !is_number(except)) &&
		stemma_log_select(&past->log, &found, except, NULL) ==
			STEMMA_OK)
		past->except = found->number;
	return past->log.count > 0;
}

/* ---- what is said of them ---------------------------------------------- */

/* What the revision changed, if that is known. */
static const struct stemma_told *
told_of(struct past *past, uint32_t number)
{
	uint32_t back = past->log.count - number;

	if (number < 2 || back >= TOLD_MAX)
		return NULL;
	if (!past->known[back])
		past->known[back] =
			stemma_log_past_find(&past->cache, &past->told[back],
				&past->log.revisions[number - 2].commit,
				&past->log.revisions[number - 1].commit);
	return past->known[back] ? &past->told[back] : NULL;
}

/* " · headline, +5 stories" */
static void
write_told(struct stemma_out *help, struct past *past, uint32_t number)
{
	const struct stemma_told *told = told_of(past, number);

	if (number == 1 && past->whole)
		stemma_out_string(help, " · the first version");
	if (!told)
		return;
	stemma_out_string(help, told->line_count ? " · " : " · no change");
	stemma_change_write(help, told);
}

enum form { FORM_NUMBER, FORM_LATEST, FORM_BACK, FORM_DAY };

/* The selector and its description: these differ, for zsh takes candidates
   with equal ones for the same. */
static void
write_form(struct stemma_out *value, struct stemma_out *help, struct past *past,
	enum form form, uint32_t number)
{
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, past->log.revisions[number - 1].date);
	switch (form) {
	case FORM_NUMBER:
		stemma_out_number(value, number);
		break;
	case FORM_LATEST:
		stemma_out_string(value, "latest");
		break;
	case FORM_BACK:
		stemma_out_format(value, "~%u", past->log.count - number);
		break;
	case FORM_DAY:
		stemma_out_format(value, "%.10s", time);
		stemma_out_string(help, "the last of that day: ");
		break;
	}
	if (past->whole && form == FORM_DAY)
		stemma_out_format(help, "%u · ", number);
	else if (past->whole && form != FORM_NUMBER)
		stemma_out_format(help, "revision %u · ", number);
	if (form != FORM_DAY)
		stemma_out_format(help, "%.10s ", time);
	stemma_out_format(help, "%.5s", time + 11);
	write_told(help, past, number);
}

static bool
give(struct past *past, enum form form, uint32_t number)
{
	struct stemma_out value = {0}, help = {0};
	bool more = true;

	if (number == past->except)
		return true;
	write_form(&value, &help, past, form, number);
	if (stemma_out_finish(&value) == STEMMA_OK &&
		stemma_out_finish(&help) == STEMMA_OK) {
		struct stemma_view word = {value.bytes, value.size};

		if (stemma_answer_fits(past->answer, word))
			more = stemma_answer_give(past->answer, word,
				(struct stemma_view){help.bytes, help.size},
				false);
	}
	stemma_out_free(&value);
	stemma_out_free(&help);
	return more && past->answer->count < STEMMA_CANDIDATES_MAX;
}

static bool
fits_number(const struct past *past, uint32_t number)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%u", number);
	return stemma_answer_fits(past->answer, stemma_view_of(digits));
}

static void
give_numbers(struct past *past)
{
	size_t given = 0;

	if (!past->whole)
		return;
	for (uint32_t k = past->log.count; k && given < NUMBERS_MAX; k--) {
		if (!fits_number(past, k))
			continue;
		given++;
		if (!give(past, FORM_NUMBER, k))
			return;
	}
}

static bool
is_last_of_day(const struct past *past, uint32_t number)
{
	const struct stemma_revision *revision =
		&past->log.revisions[number - 1];

	return number == past->log.count ||
	       revision[1].date / 86400 != revision->date / 86400;
}

static bool
fits_day(const struct past *past, uint32_t number)
{
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, past->log.revisions[number - 1].date);
	time[10] = '\0';
	return is_last_of_day(past, number) &&
	       stemma_answer_fits(past->answer, stemma_view_of(time));
}

static void
give_days(struct past *past)
{
	for (uint32_t k = past->log.count; k; k--)
		if (fits_day(past, k) && !give(past, FORM_DAY, k))
			return;
}

static void
give_back(struct past *past)
{
	struct stemma_view typed = past->answer->question->typed;
	uint32_t most = typed.size    ? past->log.count - 1
			: past->whole ? 1
				      : NUMBERS_MAX;

	if (typed.size && typed.bytes[0] != '~')
		return;
	for (uint32_t back = 1; back <= most && back < past->log.count; back++)
		if (!give(past, FORM_BACK, past->log.count - back))
			return;
}

static void
give_forms(struct past *past)
{
	give(past, FORM_LATEST, past->log.count);
	give_back(past);
	give_numbers(past);
	give_days(past);
}

/* Whether the revision was given in any form: as 7, where numbers are known,
   else as ~1; or as a day. */
static bool
fits(const struct past *past, uint32_t number)
{
	struct stemma_view typed = past->answer->question->typed;
	bool back = !typed.size || typed.bytes[0] == '~';

	return (past->whole ? fits_number(past, number) : back) ||
	       fits_day(past, number);
}

/* Compare what nobody has compared yet, newest first, and say it, until
   whoever asked has had enough. */
static void
tell_more(struct past *past)
{
	struct stemma_arena *arena = past->answer->arena;
	struct stemma_store *store = NULL;

	if (stemma_store_open(&store, past->archive, NULL, NULL) != STEMMA_OK)
		return;
	for (uint32_t k = past->log.count; k > 1; k--) {
		uint32_t back = past->log.count - k;
		const struct stemma_revision *pair =
			&past->log.revisions[k - 2];
		struct stemma_view texts[2];

		if (back >= TOLD_MAX)
			break;
		if (past->known[back] || !fits(past, k))
			continue;
		for (int side = 0; side < 2; side++)
			if (stemma_store_read_commit(store, &texts[side],
				    &pair[side].commit, arena,
				    NULL) != STEMMA_OK)
				return;
		if (stemma_change_tell(&past->told[back], texts[0], texts[1],
			    arena, past->answer->scratch) != STEMMA_OK)
			return;
		past->known[back] = true;
		if (k == past->log.count)
			give(past, FORM_LATEST, k);
		if (k + 1 == past->log.count || !past->whole)
			give(past, FORM_BACK, k);
		if (past->whole)
			give(past, FORM_NUMBER, k);
		if (is_last_of_day(past, k))
			give(past, FORM_DAY, k);
	}
}

/* Whether a file is called as the story is. */
static bool
is_file(struct stemma_answer *answer)
{
	const char *path =
		stemma_answer_path(answer, answer->question->story, true);

	return path && access(path, F_OK) == 0;
}

void
stemma_answer_revisions(struct stemma_answer *answer)
{
	static struct past past;

	past = (struct past){.answer = answer};
	if (answer->question->no_file && is_file(answer))
		return;
	if (!read_past(&past))
		return;
	stemma_log_past_open(
		&past.cache, past.archive, past.log.story, answer->arena);
	if (answer->question->what == STEMMA_ASK_DAYS)
		give_days(&past);
	else
		give_forms(&past);
	stemma_answer_enough(answer);
	answer->count = 0;
	tell_more(&past);
}

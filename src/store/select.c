/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/store.h>

/* "revision 3 of 2025-03-08T14:05:09Z", for messages. */
#define REVISION_SIZE 64

static void
name_revision(char text[REVISION_SIZE], const struct stemma_revision *revision)
{
	struct stemma_out out = {0};
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, revision->date);
	stemma_out_format(&out, "%u of %s", (unsigned)revision->number, time);
	stemma_out_char(&out, '\0');
	if (stemma_out_finish(&out) == STEMMA_OK && out.size <= REVISION_SIZE)
		memcpy(text, out.bytes, out.size);
	else
		text[0] = '\0';
	stemma_out_free(&out);
}

/* Digits alone. Numbers too large to be one are 0. */
static bool
read_number(struct stemma_view text, uint32_t *number)
{
	uint64_t sum = 0;

	if (!text.size)
		return false;
	for (size_t at = 0; at < text.size; at++) {
		if (text.bytes[at] < '0' || text.bytes[at] > '9')
			return false;
		if (sum <= UINT32_MAX)
			sum = sum * 10 + (uint64_t)(text.bytes[at] - '0');
	}
	*number = sum <= UINT32_MAX ? (uint32_t)sum : 0;
	return true;
}

static bool
is_hex(struct stemma_view text)
{
	for (size_t at = 0; at < text.size; at++) {
		char c = text.bytes[at];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return text.size >= 4 && text.size <= 40;
}

static enum stemma_code
by_commit(const struct stemma_log *log, const struct stemma_revision **revision,
	struct stemma_view hex, struct stemma_error *error)
{
	uint32_t at, found = 0;
	char whole[41];

	for (at = 0; at < log->count; at++) {
		stemma_id_hex(whole, &log->revisions[at].commit);
		if (memcmp(whole, hex.bytes, hex.size))
			continue;
		*revision = &log->revisions[at];
		found++;
	}
	if (found == 1)
		return STEMMA_OK;
	if (found > 1)
		return stemma_error_set(error, STEMMA_INVALID,
			"%u revisions have commits that start with %.*s", found,
			(int)hex.size, hex.bytes);
	return STEMMA_NOTFOUND;
}

static enum stemma_code
by_number(const struct stemma_log *log, const struct stemma_revision **revision,
	uint32_t number, struct stemma_error *error)
{
	if (number >= 1 && number <= log->count) {
		*revision = &log->revisions[number - 1];
		return STEMMA_OK;
	}
	if (log->count == 1)
		return stemma_error_set(error, STEMMA_NOTFOUND,
			"it has one revision only, number 1");
	return stemma_error_set(error, STEMMA_NOTFOUND,
		"its revisions are numbered from 1 to %u",
		(unsigned)log->count);
}

/* "~2": as many before the latest. */
static enum stemma_code
by_distance(const struct stemma_log *log,
	const struct stemma_revision **revision, struct stemma_view text,
	struct stemma_error *error)
{
	uint32_t number;

	text.bytes++;
	text.size--;
	if (text.size == 0)
		number = 1;
	else if (!read_number(text, &number))
		return stemma_error_set(error, STEMMA_INVALID,
			"behind '~' stands a number, as in ~1: one before the "
			"latest");
	else if (number == 0 && text.size > 1)
		number = UINT32_MAX;
	if (number < log->count) {
		*revision = &log->revisions[log->count - 1 - number];
		return STEMMA_OK;
	}
	return stemma_error_set(error, STEMMA_NOTFOUND,
		log->count == 1 ? "it has one revision only"
				: "the first of its %u revisions is ~%u",
		(unsigned)log->count, (unsigned)log->count - 1);
}

static enum stemma_code
by_date(const struct stemma_log *log, const struct stemma_revision **revision,
	int64_t last, struct stemma_error *error)
{
	char first[REVISION_SIZE];
	uint32_t low = 0, high = log->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (log->revisions[middle].date <= last)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0) {
		*revision = &log->revisions[low - 1];
		return STEMMA_OK;
	}
	name_revision(first, &log->revisions[0]);
	return stemma_error_set(error, STEMMA_NOTFOUND,
		"nothing was stored by then; the first is revision %s", first);
}

enum stemma_code
stemma_log_select(const struct stemma_log *log,
	const struct stemma_revision **revision, struct stemma_view selector,
	struct stemma_error *error)
{
	bool numeric;
	uint32_t number = 0;
	int64_t first, last;

	if (!selector.size ||
		stemma_view_equal(selector, stemma_view_of("latest"))) {
		*revision = &log->revisions[log->count - 1];
		return STEMMA_OK;
	}
	if (selector.bytes[0] == '~')
		return by_distance(log, revision, selector, error);
	if (stemma_time_read(&first, &last, selector) == STEMMA_OK)
		return by_date(log, revision, last, error);
	numeric = read_number(selector, &number);
	if (numeric && number >= 1 && number <= log->count)
		return by_number(log, revision, number, error);
	if (is_hex(selector)) {
		enum stemma_code code =
			by_commit(log, revision, selector, error);

		if (code != STEMMA_NOTFOUND)
			return code;
		if (!numeric)
			return stemma_error_set(error, code,
				"none of its %u commits starts with %.*s",
				(unsigned)log->count, (int)selector.size,
				selector.bytes);
	}
	if (numeric)
		return by_number(log, revision, number, error);
	return stemma_error_set(error, STEMMA_INVALID,
		"'%.*s' is no revision: a number from 1, 'latest', ~1, a date "
		"such as 2025-03-08, or a commit",
		selector.size < 60 ? (int)selector.size : 60, selector.bytes);
}

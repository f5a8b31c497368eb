/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <stdio.h>

enum { DAY = 24 * 60 * 60 };

/* Days since 1970-01-01; H. Hinnant, "chrono-compatible low-level date
   algorithms" (2021): the year begins in March, so leap days are last. */
static int64_t
days_from_date(int64_t year, int64_t month, int64_t day)
{
	int64_t era, of_era, of_year;

	year -= month <= 2;
	era = year / 400;
	of_era = year - era * 400;
	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static void
date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
	int64_t shifted = days + 719468, era = shifted / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t years =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		365;
	int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
	int64_t from_march = (5 * of_year + 2) / 153;

	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march + (from_march < 10 ? 3 : -9);
	*year = era * 400 + years + (*month <= 2);
}

static int64_t
month_days(int64_t year, int64_t month)
{
	static const signed char days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* Takes exactly `digits` digits off the front of `text`. */
static bool
take_number(struct stemma_view *text, size_t digits, int64_t *number)
{
	*number = 0;
	if (text->size < digits)
		return false;
	for (; digits > 0; digits--) {
		if (*text->bytes < '0' || *text->bytes > '9')
			return false;
		*number = *number * 10 + (*text->bytes - '0');
		text->bytes++;
		text->size--;
	}
	return true;
}

static bool
take_char(struct stemma_view *text, char c)
{
	if (!text->size || *text->bytes != c)
		return false;
	text->bytes++;
	text->size--;
	return true;
}

/* Parts of a second, which are left out. */
static bool
take_fraction(struct stemma_view *text)
{
	int64_t digit;

	if (!take_char(text, '.'))
		return true;
	if (!take_number(text, 1, &digit))
		return false;
	while (text->size && *text->bytes >= '0' && *text->bytes <= '9')
		take_number(text, 1, &digit);
	return true;
}

/* "14:05", "14:05:09.25": `length` is how many seconds that means. */
static bool
take_clock(struct stemma_view *text, int64_t *seconds, int64_t *length)
{
	int64_t hour, minute, second = 0;

	if (!take_number(text, 2, &hour) || !take_char(text, ':') ||
		!take_number(text, 2, &minute))
		return false;
	*length = 60;
	if (take_char(text, ':')) {
		if (!take_number(text, 2, &second) || !take_fraction(text))
			return false;
		*length = 1;
	}
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*seconds = (hour * 60 + minute) * 60 + second;
	return true;
}

/* "Z", "+02:00", "-0530", "+01", or nothing. */
static bool
take_offset(struct stemma_view *text, int64_t *seconds)
{
	int64_t hour, minute = 0;
	bool west;

	*seconds = 0;
	if (!text->size)
		return true;
	take_char(text, ' ');
	if (take_char(text, 'Z') || take_char(text, 'z'))
		return text->size == 0;
	west = take_char(text, '-');
	if (!west && !take_char(text, '+'))
		return false;
	if (!take_number(text, 2, &hour))
		return false;
	take_char(text, ':');
	if (text->size && !take_number(text, 2, &minute))
		return false;
	if (text->size || hour > 23 || minute > 59)
		return false;
	*seconds = (hour * 60 + minute) * 60;
	if (west)
		*seconds = -*seconds;
	return true;
}

/* Digits alone, seconds since 1970. */
static bool
take_seconds(struct stemma_view text, int64_t *seconds)
{
	return text.size && text.size <= 12 &&
	       take_number(&text, text.size, seconds);
}

enum stemma_code
stemma_time_read(int64_t *first, int64_t *last, struct stemma_view text)
{
	int64_t year, month, day, seconds = 0, length = DAY, offset = 0;

	if (take_char(&text, '@')) {
		if (!take_seconds(text, first) || *first > STEMMA_LAST_SECOND)
			return STEMMA_INVALID;
		*last = *first;
		return STEMMA_OK;
	}
	if (!take_number(&text, 4, &year) || !take_char(&text, '-') ||
		!take_number(&text, 2, &month) || !take_char(&text, '-') ||
		!take_number(&text, 2, &day) || year < 1 || month < 1 ||
		month > 12 || day < 1 || day > month_days(year, month))
		return STEMMA_INVALID;
	if (take_char(&text, 'T') || take_char(&text, 't') ||
		take_char(&text, ' ')) {
		if (!take_clock(&text, &seconds, &length))
			return STEMMA_INVALID;
	}
	if (!take_offset(&text, &offset))
		return STEMMA_INVALID;
	*first = days_from_date(year, month, day) * DAY + seconds - offset;
	*last = *first + length - 1;
	return *first < 0 || *last > STEMMA_LAST_SECOND ? STEMMA_INVALID
							: STEMMA_OK;
}

void
stemma_time_write(char text[STEMMA_TIME_SIZE], int64_t time)
{
	int64_t year, month, day, seconds;

	if (time < 0)
		time = 0;
	if (time > STEMMA_LAST_SECOND)
		time = STEMMA_LAST_SECOND;
	seconds = time % DAY;
	date_from_days(time / DAY, &year, &month, &day);
	snprintf(text, STEMMA_TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ",
		(unsigned)year % 10000, (unsigned)month % 100,
		(unsigned)day % 100, (unsigned)(seconds / 3600) % 100,
		(unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}

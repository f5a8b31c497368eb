/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_MOST 10000 /* more is no terminal but a mistake */

static const struct stemma_word_choice color_words[] = {
	{"auto", "on a terminal, unless NO_COLOR is set", STEMMA_COLOR_AUTO},
	{"always", "also in a file or a pipe", STEMMA_COLOR_ALWAYS},
	{"never", "marks alone", STEMMA_COLOR_NEVER},
	{0},
};

const struct stemma_option stemma_terminal_options[] = {
	{.name = "width",
		.letter = 'W',
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "COLUMNS",
		.help = "as wide as this, not as the terminal",
		.least = 20,
		.most = WIDTH_MOST,
		.at = offsetof(struct stemma_terminal_settings, width)},
	{.name = "color",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "WHEN",
		.help = "use colour",
		.words = color_words,
		.at = offsetof(struct stemma_terminal_settings, color)},
	{0},
};

static bool
is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

bool
stemma_terminal_color(const struct stemma_terminal_settings *settings, int fd)
{
	const char *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");

	if (settings->color != STEMMA_COLOR_AUTO)
		return settings->color == STEMMA_COLOR_ALWAYS;
	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	if (!isatty(fd) && !is_set("GIT_PAGER_IN_USE"))
		return false;
	return term && strcmp(term, "dumb") != 0;
}

uint32_t
stemma_terminal_width(const struct stemma_terminal_settings *settings, int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned long width = 0;
	char *end;

	if (settings->width)
		return (uint32_t)settings->width;
	if (columns && *columns >= '0' && *columns <= '9') {
		width = strtoul(columns, &end, 10);
		if (*end || width > WIDTH_MOST)
			width = 0;
	}
	if (width == 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	return width ? (uint32_t)width : 80;
}

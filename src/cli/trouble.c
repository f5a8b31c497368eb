/* SPDX-License-Identifier: MIT */
#include "trouble.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stemma.h>

#include "command.h"

#define MESSAGE_SIZE 8192 /* two file names as long as they can be, hardly */

/* "stemma: MESSAGE\n" made safe, NUL-terminated; free() it. NULL: no memory. */
static char *
make_line(const char *format, va_list arguments)
{
	char message[MESSAGE_SIZE];
	struct stemma_out out = {0};

	vsnprintf(message, sizeof message, format, arguments);
	stemma_out_string(&out, "stemma: ");
	stemma_out_visible(&out, stemma_view_of(message));
	stemma_out_bytes(&out, "\n", 2);
	if (stemma_out_finish(&out) == STEMMA_OK)
		return out.bytes;
	stemma_out_free(&out);
	return NULL;
}

char *
stemma_trouble_line(const char *format, ...)
{
	va_list arguments;
	char *line;

	va_start(arguments, format);
	line = make_line(format, arguments);
	va_end(arguments);
	return line;
}

/* In one write where that is possible, so that lines of processes that run
   side by side stay whole. */
static void
say(const char *line)
{
	size_t size = strlen(line);
	ssize_t done;

	while (size) {
		done = write(STDERR_FILENO, line, size);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		line += done;
		size -= (size_t)done;
	}
}

int
stemma_trouble(const char *format, ...)
{
	va_list arguments;
	char *line;

	va_start(arguments, format);
	line = make_line(format, arguments);
	va_end(arguments);
	say(line ? line : "stemma: out of memory\n");
	free(line);
	return STEMMA_EXIT_TROUBLE;
}

int
stemma_trouble_code(const char *name, enum stemma_code code,
	const struct stemma_error *error)
{
	size_t size = name ? strlen(name) : 0;

	/* Some messages begin with the name themselves. */
	if (error && size && !strncmp(error->message, name, size) &&
		strchr(" :", error->message[size]) && error->message[size])
		return stemma_trouble("%s", error->message);
	if (error && error->message[0])
		return stemma_trouble("%s: %s", name, error->message);
	return stemma_trouble("%s: %s", name, stemma_code_message(code));
}

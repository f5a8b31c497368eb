/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>

#include <stemma/base.h>

static const char *const messages[] = {
	[STEMMA_OK] = "no error",
	[STEMMA_NOMEM] = "out of memory",
	[STEMMA_INVALID] = "invalid",
	[STEMMA_UNSUPPORTED] = "not supported",
	[STEMMA_IO] = "input or output failed",
	[STEMMA_NOTFOUND] = "not found",
	[STEMMA_EXISTS] = "exists already",
	[STEMMA_CONFLICT] = "changed by somebody else",
	[STEMMA_CORRUPT] = "stored data is damaged",
};

const char *
stemma_version(void)
{
	return STEMMA_VERSION;
}

const char *
stemma_code_message(enum stemma_code code)
{
	if ((size_t)code >= sizeof messages / sizeof *messages)
		return "unknown error";
	return messages[code];
}

enum stemma_code
stemma_error_set(struct stemma_error *error, enum stemma_code code,
	const char *format, ...)
{
	va_list arguments;

	if (!error || error->code != STEMMA_OK)
		return code;
	error->code = code;
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return code;
}

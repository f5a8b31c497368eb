/*
 * checker.h - a comparison under examination. Each check answers false and
 * leaves a message when something does not hold.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_CHECKER_H
#define STEMMA_TESTS_CHECKER_H

#include <stdarg.h>
#include <stdio.h>

#include <stemma/compare.h>

struct checker {
	const struct stemma_comparison *comparison;
	struct stemma_arena *arena; /* for the check's own work; rewound */
	char message[400];
};

static inline bool __attribute__((format(printf, 2, 3)))
broken(struct checker *checker, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(checker->message, sizeof checker->message, format, arguments);
	va_end(arguments);
	return false;
}

#endif

/*
 * maths.c - what SQLite's archive asks of the library of mathematics, for
 * functions of its language that no statement of ours calls.
 *
 * The program loads the C library and nothing else; libm would be the second.
 * Whoever calls one of these after all stops the program there and then.
 * They are linked into the program alone, never into the library.
 *
 * SPDX-License-Identifier: MIT
 */

__attribute__((visibility("hidden"))) void stemma_maths(void);

void
stemma_maths(void)
{
	__builtin_trap();
}

/* A linker's name for the function above; its type is never asked for. */
#define UNUSED(name)                            \
	void stemma_##name(void) __asm__(#name) \
		__attribute__((alias("stemma_maths"), visibility("hidden")))

UNUSED(acos);
UNUSED(acosh);
UNUSED(asin);
UNUSED(asinh);
UNUSED(atan);
UNUSED(atan2);
UNUSED(atanh);
UNUSED(cos);
UNUSED(cosh);
UNUSED(exp);
UNUSED(fmod);
UNUSED(log);
UNUSED(pow);
UNUSED(sin);
UNUSED(sinh);
UNUSED(sqrt);
UNUSED(tan);
UNUSED(tanh);
UNUSED(trunc);

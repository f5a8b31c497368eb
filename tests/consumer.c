/*
 * What a user of the installed library might write: built by
 * tests/check-install against the installed headers, as C and as C++.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stemma.h>

int
main(void)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_intern *words;
	int wrong;

	if (!arena)
		return 1;
	words = stemma_intern_new(arena);
	wrong = !words || stemma_intern_id(words, stemma_view_of("one")) != 0 ||
		stemma_intern_id(words, stemma_view_of("two")) != 1 ||
		stemma_intern_id(words, stemma_view_of("one")) != 0;
	printf("stemma %s\n", stemma_version());
	stemma_arena_free(arena);
	return wrong;
}

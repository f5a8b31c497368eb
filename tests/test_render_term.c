/* The terminal's page. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options plain = {0};

static void
term_shows_an_edit_inside_its_paragraph(void **state)
{
	(void)state;
	assert_renders("Bank rejects the plan again\n",
		"Bank accepts the plan again\n", stemma_render_term, &plain,
		"1 paragraph edited; edits: +1 -1 words\n"
		"~ 1 1 \u2502 Bank [-rejects-]{+accepts+} the plan again\n");
}

static void
term_survives_every_lack_of_memory(void **state)
{
	(void)state;
	sweep_memory("One is here again.\n\nTwo moves away now.\n\nThree it "
		     "is who stays here.\n",
		"Two moves away now.\n\nOne was here again.\n\nThree it is "
		"who stays here.\n\nFour.",
		stemma_render_term, &plain);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(term_shows_an_edit_inside_its_paragraph),
		cmocka_unit_test(term_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

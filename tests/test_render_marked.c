/* Both texts in one: wdiff and CriticMarkup. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options no_options;

/* ---- reading back ------------------------------------------------------- */

static bool
starts(const char *text, const char *mark)
{
	return strncmp(text, mark, strlen(mark)) == 0;
}

/* Copy up to the mark `end`, leaving out empty comments; returns after it. */
static const char *
take_until(const char *text, const char *end, struct text *a, struct text *b)
{
	while (!starts(text, end)) {
		char one[2] = {*text, '\0'};

		assert_true(*text != '\0');
		if (starts(text, "{>><<}")) {
			text += 6;
			continue;
		}
		if (a)
			text_add(a, one);
		if (b)
			text_add(b, one);
		text++;
	}
	return text + strlen(end);
}

/* The reader that render.h describes. */
static void
read_critic(const char *text, struct text *old, struct text *new)
{
	old->size = new->size = 0;
	while (*text) {
		char one[2] = {*text, '\0'};

		if (starts(text, "{--")) {
			text = take_until(text + 3, "--}", old, NULL);
		} else if (starts(text, "{++")) {
			text = take_until(text + 3, "++}", new, NULL);
		} else if (starts(text, "{~~")) {
			text = take_until(text + 3, "~>", old, NULL);
			text = take_until(text, "~~}", new, NULL);
		} else if (starts(text, "{>>")) {
			text = take_until(text + 3, "<<}", NULL, NULL);
		} else {
			text_add(old, one);
			text_add(new, one);
			text++;
		}
	}
}

static void
read_wdiff(const char *text, struct text *old, struct text *new)
{
	old->size = new->size = 0;
	while (*text) {
		char one[2] = {*text, '\0'};

		if (starts(text, "[-")) {
			text = take_until(text + 2, "-]", old, NULL);
		} else if (starts(text, "{+")) {
			text = take_until(text + 2, "+}", new, NULL);
		} else {
			text_add(old, one);
			text_add(new, one);
			text++;
		}
	}
}

typedef void reader(const char *text, struct text *old, struct text *new);

static void
assert_read_back(struct stemma_view old, struct stemma_view new,
	renderer *render, reader *read)
{
	static struct text texts[2];
	struct pair pair;
	char *marked;

	pair_make_views(&pair, old, new, NULL, NULL);
	marked = render_pair(&pair, render, &no_options);
	read(marked, &texts[0], &texts[1]);
	for (int side = 0; side < 2; side++) {
		struct stemma_view text = pair.docs[side].text;

		assert_int_equal(texts[side].size, text.size);
		assert_memory_equal(texts[side].bytes,
			text.size ? text.bytes : "", text.size);
	}
	free(marked);
	pair_free(&pair);
}

/* ---- CriticMarkup ------------------------------------------------------- */

static void
critic_marks_edits_in_the_text(void **state)
{
	(void)state;
	assert_renders("The bank said on Monday it would not pay.\n",
		"The bank said on Tuesday it would pay at once.\n",
		stemma_render_criticmarkup, &no_options,
		"The bank said on {~~Monday~>Tuesday~~} it would "
		"{--not --}pay{++ at once++}.\n");
}

static void
critic_closes_marks_at_the_end_of_a_paragraph(void **state)
{
	(void)state;
	assert_renders("One stays here.\n", "One stays here.\n\nTwo is new.\n",
		stemma_render_criticmarkup, &no_options,
		"One stays here.{++\n\n++}{++Two is new.++}\n");
}

static void
critic_says_where_a_moved_paragraph_went(void **state)
{
	(void)state;
	assert_renders("Short one moves.\n\nThe long paragraph stays where "
		       "it was before.\n",
		"The long paragraph stays where it was before.\n\n"
		"Short one moves.\n",
		stemma_render_criticmarkup, &no_options,
		"{--Short one moves.--}{>>moved to paragraph 2<<}{--\n\n--}"
		"The long paragraph stays where it was before.{++\n\n++}"
		"{++Short one moves.++}{>>moved from paragraph 1<<}\n");
}

static void
critic_breaks_the_marks_of_the_text_itself(void **state)
{
	(void)state;
	assert_renders("Write {++this++} so.\n", "Write {++this++} so.\n",
		stemma_render_criticmarkup, &no_options,
		"Write {+{>><<}+this++{>><<}} so.\n");
}

static void
critic_reads_back_texts_full_of_marks(void **state)
{
	static const char *const words[] = {"{++", "++}", "{--", "--}", "{~~",
		"~>", "~~}", "{>>", "<<}", "{==", "==}", "{>><<}", "{", "}",
		"+", "-", "~", ">", "a", "word", "{+", "+}", "++", "--", "it's",
		"it\u2019s", "\"a\"", "\u201ca\u201d", "the", "of"};
	static struct text old, new;
	struct generator generator = {1, words, sizeof words / sizeof *words};

	(void)state;
	for (int round = 0; round < 3000; round++) {
		texts_make(&old, &new, &generator);
		assert_read_back(text_view(&old), text_view(&new),
			stemma_render_criticmarkup, read_critic);
	}
}

/* The same marks without white space between them. */
static void
critic_reads_back_words_made_of_marks(void **state)
{
	static const char pieces[] = "{}+-~<>= \na";
	static struct text texts[2];
	uint32_t seed = 5;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		for (int side = 0; side < 2; side++) {
			size_t size = next_random(&seed) % 60;

			texts[side].size = 0;
			for (size_t k = 0; k < size; k++) {
				char one[2] = {pieces[next_random(&seed) %
						       (sizeof pieces - 1)],
					'\0'};

				text_add(&texts[side], one);
			}
		}
		assert_read_back(text_view(&texts[0]), text_view(&texts[1]),
			stemma_render_criticmarkup, read_critic);
	}
}

static void
critic_tells_typography_word_by_word(void **state)
{
	(void)state;
	assert_renders("She said \"yes\" and don't ask.\n",
		"She said \u201cyes\u201d and don\u2019t ask.\n",
		stemma_render_criticmarkup, &no_options,
		"She said {~~\"yes\"~>\u201cyes\u201d~~} and "
		"{~~don't~>don\u2019t~~} ask.\n");
}

/* ---- wdiff -------------------------------------------------------------- */

static void
wdiff_marks_edits_in_the_text(void **state)
{
	(void)state;
	assert_renders("The bank said on Monday it would not pay.\n",
		"The bank said on Tuesday it would pay at once.\n",
		stemma_render_wdiff, &no_options,
		"The bank said on [-Monday-]{+Tuesday+} it would "
		"[-not -]pay{+ at once+}.\n");
}

static void
wdiff_reads_back_in_many_scripts(void **state)
{
	static const char *const words[] = {"the", "of", "Minister", "said,",
		"1.5", "\u043f\u0440\u0435\u0437\u0438\u0434\u0435\u043d\u0442",
		"\u0442\u043e\u043b\u044c\u043a\u043e",
		"\u0627\u0644\u0631\u0626\u064a\u0633", "\u0642\u0627\u0644.",
		"\u0930\u093e\u0937\u094d\u091f\u094d\u0930\u092a\u0924\u093f",
		("\u0e1b\u0e23\u0e30\u0e18\u0e32\u0e19\u0e32\u0e18\u0e34\u0e1a"
		 "\u0e14\u0e35"),
		"\u603b\u7edf\u5468\u4e00\u8868\u793a\u3002",
		"\U0001f468\u200d\U0001f469\u200d\U0001f467", "caf\u00e9",
		"cafe\u0301", "\u201cyes\u201d", "\"yes\"", "no.", "a", "b"};
	static struct text old, new;
	struct generator generator = {2, words, sizeof words / sizeof *words};

	(void)state;
	for (int round = 0; round < 3000; round++) {
		texts_make(&old, &new, &generator);
		assert_read_back(text_view(&old), text_view(&new),
			stemma_render_wdiff, read_wdiff);
		assert_read_back(text_view(&old), text_view(&new),
			stemma_render_criticmarkup, read_critic);
	}
}

static void
an_unchanged_text_comes_out_as_it_is(void **state)
{
	static const char text[] = "One\tline.\r\n\r\n  Two  lines\n\n\n";

	(void)state;
	assert_renders(text, text, stemma_render_wdiff, &no_options, text);
	assert_renders(
		text, text, stemma_render_criticmarkup, &no_options, text);
}

static void
empty_texts_give_empty_output(void **state)
{
	(void)state;
	assert_renders("", "", stemma_render_wdiff, &no_options, "");
	assert_renders(
		"", "New.", stemma_render_wdiff, &no_options, "{+New.+}");
	assert_renders("Old.\n", "", stemma_render_wdiff, &no_options,
		"[-Old.-][-\n-]");
}

static void
marked_survives_every_lack_of_memory(void **state)
{
	static const char old[] = "Moves away.\n\nStays and is long enough.\n";
	static const char new[] = "Stays and is enough.\n\nMoves away.\n";

	(void)state;
	sweep_memory(old, new, stemma_render_wdiff, &no_options);
	sweep_memory(old, new, stemma_render_criticmarkup, &no_options);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(critic_marks_edits_in_the_text),
		cmocka_unit_test(critic_closes_marks_at_the_end_of_a_paragraph),
		cmocka_unit_test(critic_says_where_a_moved_paragraph_went),
		cmocka_unit_test(critic_breaks_the_marks_of_the_text_itself),
		cmocka_unit_test(critic_reads_back_texts_full_of_marks),
		cmocka_unit_test(critic_reads_back_words_made_of_marks),
		cmocka_unit_test(critic_tells_typography_word_by_word),
		cmocka_unit_test(wdiff_marks_edits_in_the_text),
		cmocka_unit_test(wdiff_reads_back_in_many_scripts),
		cmocka_unit_test(an_unchanged_text_comes_out_as_it_is),
		cmocka_unit_test(empty_texts_give_empty_output),
		cmocka_unit_test(marked_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * stemma whence STORY "words": where one passage came from, in a sentence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "commands.h"
#include "output.h"
#include "pager.h"
#include "past.h"
#include "trouble.h"

struct settings {
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

/* The ids of all words of `doc`, in order, with its units parted by none. */
static enum stemma_code
ids_of(uint32_t **ids, size_t *count, const struct stemma_doc *doc,
	struct stemma_intern *table, struct stemma_arena *arena)
{
	struct stemma_words words;
	enum stemma_code code = stemma_words_split(&words, doc,
		(struct stemma_span){0, doc->text.size}, table, arena);

	if (code != STEMMA_OK)
		return code;
	*count = words.count;
	*ids = stemma_arena_alloc(arena, words.count, sizeof **ids);
	if (!*ids)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < words.count; k++)
		(*ids)[k] = words.words[k].id;
	return STEMMA_OK;
}

/* The ids of the words whose origins are told. */
static enum stemma_code
ids_told(uint32_t **ids, const struct stemma_past *past,
	struct stemma_intern *table, struct stemma_arena *arena)
{
	const struct stemma_doc *doc = &past->doc;
	size_t count = 0;

	*ids = stemma_arena_alloc(arena, past->origins.count, sizeof **ids);
	if (!*ids)
		return STEMMA_NOMEM;
	for (size_t u = 0; u < doc->unit_count; u++) {
		struct stemma_span span = {
			doc->units[u].start, doc->units[u].end};
		struct stemma_words words;
		enum stemma_code code =
			stemma_words_split(&words, doc, span, table, arena);

		if (code != STEMMA_OK)
			return code;
		for (size_t k = 0;
			k < words.count && count < past->origins.count; k++)
			(*ids)[count++] = words.words[k].id;
	}
	return STEMMA_OK;
}

/* Find the words in the revision: the first place, or its word count. */
static enum stemma_code
find(size_t *first, size_t *count, struct stemma_past *past, const char *text)
{
	struct stemma_arena *arena = past->archive.arena;
	struct stemma_intern *table = stemma_intern_new(arena);
	uint32_t *wanted, *told;
	struct stemma_doc doc;
	enum stemma_code code = table ? STEMMA_OK : STEMMA_NOMEM;
	size_t total = past->origins.count;

	*first = total;
	if (code == STEMMA_OK)
		code = stemma_doc_split(
			&doc, stemma_view_of(text), NULL, arena, NULL);
	if (code == STEMMA_OK)
		code = ids_of(&wanted, count, &doc, table, arena);
	if (code == STEMMA_OK)
		code = ids_told(&told, past, table, arena);
	if (code != STEMMA_OK || !*count)
		return code;
	for (size_t k = 0; k + *count <= total && *first == total; k++) {
		size_t i = 0;

		while (i < *count && told[k + i] == wanted[i])
			i++;
		if (i == *count)
			*first = k;
	}
	return STEMMA_OK;
}

static void
write_revision(
	struct stemma_out *out, const struct stemma_past *past, uint32_t number)
{
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, past->log.revisions[number - 1].date);
	stemma_out_format(
		out, "revision %lu (%.10s)", (unsigned long)number, time);
}

/* "; deleted in revision 3 (…) and back in revision 5 (…)", the last time, if
   all words were gone then. */
static void
write_absence(struct stemma_out *out, const struct stemma_past *past,
	size_t first, size_t count)
{
	const struct stemma_word_origin *words = past->origins.words + first;
	const struct stemma_absence *last;
	uint32_t absence = words[0].absence, before = 0;
	bool restored = false;

	for (size_t k = 0; k < count; k++) {
		restored |= words[k].restored;
		if (words[k].absence != absence)
			absence = 0;
	}
	if (restored && !absence)
		stemma_out_string(
			out, "; some of it was deleted and came back");
	if (!absence)
		return;
	last = &past->origins.absences[absence - 1];
	stemma_out_string(out, "; deleted in ");
	write_revision(out, past, last->gone);
	stemma_out_string(out, " and back in ");
	write_revision(out, past, last->back);
	for (uint32_t at = last->before; at;
		at = past->origins.absences[at - 1].before)
		before++;
	if (before)
		stemma_out_format(out, ", and %lu time%s before",
			(unsigned long)before, before == 1 ? "" : "s");
}

/* "first stood in revision 2 (2025-03-08)" or "9 words of revision 1 (…), 2
   words of revision 4 (…)". */
static void
write_answer(struct stemma_out *out, const struct stemma_past *past,
	size_t first, size_t count)
{
	const struct stemma_word_origin *words = past->origins.words + first;
	bool one = true;

	for (size_t k = 0; k < count; k++)
		one &= words[k].revision == words[0].revision;
	if (one) {
		stemma_out_string(out, "first stood in ");
		write_revision(out, past, words[0].revision);
	}
	for (size_t k = 0, next; !one && k < count; k = next) {
		next = k + 1;
		while (next < count &&
			words[next].revision == words[k].revision)
			next++;
		stemma_out_format(out, "%s%zu word%s of ", k ? ", " : "",
			next - k, next - k == 1 ? "" : "s");
		write_revision(out, past, words[k].revision);
	}
	write_absence(out, past, first, count);
	stemma_out_char(out, '\n');
}

static int
whence(struct stemma_past *past, const struct settings *settings,
	const char *text)
{
	struct stemma_output output;
	struct stemma_out out;
	size_t first, count;
	enum stemma_code code = find(&first, &count, past, text);

	if (code != STEMMA_OK)
		return stemma_trouble_code("whence", code, NULL);
	if (!count)
		return stemma_trouble("there are no words to look for");
	if (first == past->origins.count)
		return stemma_trouble("revision %lu does not hold these words",
			(unsigned long)past->revision->number);
	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	stemma_pager_start(&output);
	write_answer(&out, past, first, count);
	return stemma_output_end(&output, &out, STEMMA_OK);
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	const struct settings *own = settings;
	struct stemma_past past = {0};
	int status;

	(void)command;
	(void)count;
	status = stemma_past_read(&past, &own->archive, operands[0]);
	if (!status)
		status = stemma_past_absences(&past);
	if (!status)
		status = whence(&past, own, operands[1]);
	stemma_past_close(&past);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_option_group groups[] = {
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", stemma_pager_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand operands_of[] = {
	{.name = "STORY[@REVISION]",
		.value = STEMMA_VALUE_REVISION,
		.help = "the revision, as for 'stemma show'; without one the "
			"latest"},
	{.name = "WORDS",
		.value = STEMMA_VALUE_PHRASE,
		.help = "the passage, as one argument; the first place that "
			"has these words"},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma whence talks 'The'", "since when the word stands there"},
	{0},
};

const struct stemma_command stemma_whence_command = {
	.name = "whence",
	.title = "stemma whence",
	.summary = "tell in a sentence which revision brought a passage",
	.about = "Looks for the words in the revision, typography aside, and "
		 "tells in which revision this very piece of text first "
		 "stood.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = run,
};

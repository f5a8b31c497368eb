/*
 * stemma show STORY[@REVISION]: a revision's text, its bytes, or what is known
 * of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "archive.h"
#include "commands.h"
#include "output.h"
#include "pager.h"
#include "trouble.h"

struct show_settings {
	bool raw;
	bool meta;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

/* The text for people: decoded, one line feed a line, nothing obeyed. */
static enum stemma_code
write_text(struct stemma_out *out, struct stemma_view bytes,
	struct stemma_arena *arena)
{
	struct stemma_doc doc;
	enum stemma_code code =
		stemma_doc_split(&doc, bytes, NULL, arena, NULL);
	size_t from = 0;

	if (code != STEMMA_OK)
		return code;
	for (size_t at = 0; at <= doc.text.size; at++) {
		struct stemma_view line = {doc.text.bytes + from, at - from};

		if (at < doc.text.size && doc.text.bytes[at] != '\n')
			continue;
		if (line.size && line.bytes[line.size - 1] == '\r')
			line.size--;
		stemma_out_visible(out, line);
		if (at < doc.text.size || line.size)
			stemma_out_char(out, '\n');
		from = at + 1;
	}
	return out->code;
}

static void
write_field(struct stemma_out *out, const char *name, struct stemma_view value)
{
	if (!value.size)
		return;
	stemma_out_string(out, name);
	stemma_out_string(out, ": ");
	stemma_out_visible(out, value);
	stemma_out_char(out, '\n');
}

static enum stemma_code
write_meta(struct stemma_out *out, const struct stemma_log *log,
	const struct stemma_revision *revision)
{
	char time[STEMMA_TIME_SIZE], commit[41];

	stemma_time_write(time, revision->retrieved);
	stemma_id_hex(commit, &revision->commit);
	write_field(out, "story", log->story);
	stemma_out_format(out,
		"revision: %lu of %lu\ncommit: %s\n"
		"retrieved: %s\nbytes: %llu\n",
		(unsigned long)revision->number, (unsigned long)log->count,
		commit, time, (unsigned long long)revision->size);
	write_field(out, "sha256", revision->sha256);
	write_field(out, "title", revision->title);
	write_field(out, "source", revision->source);
	write_field(out, "type", revision->type);
	write_field(out, "collector", revision->collector);
	write_field(out, "tool", revision->tool);
	for (size_t k = 0; k < revision->note_count; k++) {
		stemma_out_visible(out, revision->notes[k].key);
		stemma_out_string(out, ": ");
		stemma_out_visible(out, revision->notes[k].value);
		stemma_out_char(out, '\n');
	}
	return out->code;
}

static int
show(struct stemma_archive *archive, const struct show_settings *settings,
	const struct stemma_log *log, const struct stemma_revision *revision)
{
	struct stemma_output output;
	struct stemma_out out;
	struct stemma_view bytes = {"", 0};
	enum stemma_code code;

	if (!settings->meta && stemma_archive_read(archive, &bytes, revision))
		return STEMMA_EXIT_TROUBLE;
	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	if (!settings->raw)
		stemma_pager_start(&output);
	if (settings->meta)
		code = write_meta(&out, log, revision);
	else if (!settings->raw)
		code = write_text(&out, bytes, archive->arena);
	else
		code = (stemma_out_view(&out, bytes), out.code);
	return stemma_output_end(&output, &out, code);
}

static int
show_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	const struct show_settings *show_settings = settings;
	const struct stemma_revision *revision;
	struct stemma_archive archive;
	struct stemma_log log;
	int trouble;

	(void)command;
	(void)count;
	trouble = stemma_archive_open(&archive, &show_settings->archive, false);
	if (!trouble)
		trouble = stemma_archive_select(
			&archive, &log, &revision, operands[0]);
	if (!trouble)
		trouble = show(&archive, show_settings, &log, revision);
	stemma_archive_close(&archive);
	return trouble;
}

#define AT(field) offsetof(struct show_settings, field)

static const struct stemma_option show_options[] = {
	{.name = "raw",
		.value = STEMMA_VALUE_FLAG,
		.not_with = "meta",
		.help = "the bytes exactly as they were tracked",
		.at = AT(raw)},
	{.name = "meta",
		.value = STEMMA_VALUE_FLAG,
		.not_with = "raw",
		.help = "what is known of the revision: time, source, title…",
		.at = AT(meta)},
	{0},
};

static const struct stemma_operand show_operands[] = {
	{.name = "STORY[@REVISION]",
		.value = STEMMA_VALUE_REVISION,
		.help = "the revision: a number from 1, 'latest' (as without "
			"one), ~1 (one before the latest), a date (the last "
			"at or before it), or a commit"},
	{0},
};

static const struct stemma_option_group show_groups[] = {
	{"What is shown", show_options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", stemma_pager_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example show_examples[] = {
	{"stemma show talks", "the newest revision"},
	{"stemma show --raw -o first.txt talks@1", "the first, byte for byte"},
	{0},
};

const struct stemma_command stemma_show_command = {
	.name = "show",
	.title = "stemma show",
	.summary = "show a revision of a story",
	.about = "Shows the text of a revision, made harmless for a terminal; "
		 "its bytes with --raw; what is known of it with --meta.",
	.operands = show_operands,
	.groups = show_groups,
	.examples = show_examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct show_settings),
	.run = show_run,
};

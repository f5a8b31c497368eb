/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <ctype.h>
#include <string.h>

#include <utf8proc.h>

/* More than any headline or address; a commit is read often. */
enum { VALUE_SIZE = 8192, SUFFIX_SIZE = 8, KEY_SIZE = 64, NOTES = 256 };

/* A value becomes a line of the commit's message. */
static enum stemma_code
check_line(
	struct stemma_view value, const char *what, struct stemma_error *error)
{
	size_t at = 0;

	if (value.size > VALUE_SIZE)
		return stemma_error_set(error, STEMMA_INVALID,
			"the %s has %zu bytes, more than %d", what, value.size,
			VALUE_SIZE);
	while (at < value.size) {
		utf8proc_int32_t point;
		utf8proc_ssize_t size = utf8proc_iterate(
			(const utf8proc_uint8_t *)value.bytes + at,
			(utf8proc_ssize_t)(value.size - at), &point);

		if (size < 0)
			return stemma_error_set(error, STEMMA_INVALID,
				"the %s is not UTF-8", what);
		if ((point < 0x20 && point != '\t') || point == 0x7f)
			return stemma_error_set(error, STEMMA_INVALID,
				"the %s has a line break or another control "
				"character in it",
				what);
		at += (size_t)size;
	}
	return STEMMA_OK;
}

/* Short and plain: it is part of a file's name. */
enum stemma_code
stemma_suffix_check(struct stemma_view suffix, struct stemma_error *error)
{
	if (suffix.size > SUFFIX_SIZE ||
		stemma_view_equal(suffix, stemma_view_of("http")))
		return stemma_error_set(error, STEMMA_INVALID,
			"the suffix cannot be stored: it has up to 8 of "
			"[a-z0-9] and is not 'http'");
	for (size_t at = 0; at < suffix.size; at++) {
		char c = suffix.bytes[at];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			return stemma_error_set(error, STEMMA_INVALID,
				"the suffix has something besides [a-z0-9]");
	}
	return STEMMA_OK;
}

static enum stemma_code
check_note(const struct stemma_note *note, struct stemma_error *error)
{
	if (!note->key.size || note->key.size > KEY_SIZE)
		return stemma_error_set(error, STEMMA_INVALID,
			"a note's key has %zu bytes; it may have 1 to %d",
			note->key.size, KEY_SIZE);
	for (size_t at = 0; at < note->key.size; at++) {
		unsigned char c = (unsigned char)note->key.bytes[at];

		if (c > 0x7f || (!isalnum(c) && c != '-'))
			return stemma_error_set(error, STEMMA_INVALID,
				"a note's key has something besides "
				"[A-Za-z0-9-]");
	}
	return check_line(note->value, "note", error);
}

enum stemma_code
stemma_entry_check(const struct stemma_entry *entry, struct stemma_error *error)
{
	const struct {
		struct stemma_view value;
		const char *what;
	} lines[] = {
		{entry->title, "title"},
		{entry->source, "source"},
		{entry->type, "content type"},
		{entry->tool, "tool"},
	};
	enum stemma_code code = stemma_suffix_check(entry->suffix, error);
	size_t at;

	for (at = 0; at < sizeof lines / sizeof *lines; at++) {
		if (code == STEMMA_OK)
			code = check_line(
				lines[at].value, lines[at].what, error);
	}
	if (code == STEMMA_OK && entry->note_count > NOTES)
		code = stemma_error_set(error, STEMMA_INVALID,
			"there are %zu notes, more than %d", entry->note_count,
			NOTES);
	for (at = 0; at < entry->note_count && code == STEMMA_OK; at++)
		code = check_note(&entry->notes[at], error);
	if (code == STEMMA_OK && entry->dated && entry->date < 0)
		code = stemma_error_set(error, STEMMA_INVALID,
			"git cannot hold a date before 1970");
	if (code == STEMMA_OK && entry->dated &&
		entry->date > STEMMA_LAST_SECOND)
		code = stemma_error_set(error, STEMMA_INVALID,
			"a date after 9999 cannot be written down");
	return code;
}

static void
trailer(struct stemma_out *out, const char *key, struct stemma_view value)
{
	if (!value.size)
		return;
	stemma_out_string(out, key);
	stemma_out_string(out, ": ");
	stemma_out_view(out, value);
	stemma_out_char(out, '\n');
}

static bool
is_url(struct stemma_view source)
{
	return memmem(source.bytes, source.size, "://", 3) != NULL;
}

/* An address in ASCII without spaces; what is escaped already stays. */
static void
source_trailer(struct stemma_out *out, struct stemma_view source)
{
	if (!source.size)
		return;
	if (!is_url(source)) {
		trailer(out, "Source", source);
		return;
	}
	stemma_out_string(out, "Source-URL: ");
	for (size_t at = 0; at < source.size; at++) {
		unsigned char c = (unsigned char)source.bytes[at];

		if (c > 0x20 && c < 0x7f)
			stemma_out_char(out, (char)c);
		else
			stemma_out_format(out, "%%%02X", c);
	}
	stemma_out_char(out, '\n');
}

/* Who retrieved it: another archive, or this one. */
static struct stemma_view
collector_of(const struct stemma_commit_plan *plan)
{
	return plan->entry && stemma_collector_check(plan->entry->collector)
		       ? plan->entry->collector
		       : stemma_view_of(plan->collector);
}

static void
header(struct stemma_out *out, const struct stemma_commit_plan *plan)
{
	struct stemma_view who = collector_of(plan);
	int size = (int)who.size;
	char hex[41];

	stemma_id_hex(hex, &plan->tree);
	stemma_out_format(out, "tree %s\n", hex);
	for (size_t at = 0; at < plan->parent_count; at++) {
		stemma_id_hex(hex, &plan->parents[at]);
		stemma_out_format(out, "parent %s\n", hex);
	}
	stemma_out_format(out, "author %.*s <stemma@%.*s> %lld +0000\n", size,
		who.bytes, size, who.bytes, (long long)plan->authored);
	stemma_out_format(out, "committer %.*s <stemma@%.*s> %lld +0000\n",
		size, who.bytes, size, who.bytes, (long long)plan->committed);
}

void
stemma_commit_make(
	struct stemma_out *out, const struct stemma_commit_plan *plan)
{
	const struct stemma_entry *entry = plan->entry;
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, plan->authored);
	header(out, plan);
	stemma_out_char(out, '\n');
	if (!entry) {
		stemma_out_view(out, plan->message);
		return;
	}
	stemma_out_view(out, entry->story);
	stemma_out_format(out, " %s\n\n", time);
	trailer(out, "Story", entry->story);
	trailer(out, "Title", entry->title);
	source_trailer(out, entry->source);
	stemma_out_format(out, "Retrieved-At: %s\n", time);
	stemma_out_format(out, "Content-SHA256: %s\n", plan->sha256);
	stemma_out_format(out, "Content-Length: %zu\n", entry->bytes.size);
	trailer(out, "Content-Type", entry->type);
	for (size_t at = 0; at < entry->note_count; at++) {
		stemma_out_string(out, "Meta-");
		stemma_out_view(out, entry->notes[at].key);
		stemma_out_string(out, ": ");
		stemma_out_view(out, entry->notes[at].value);
		stemma_out_char(out, '\n');
	}
	trailer(out, "Collector", collector_of(plan));
	trailer(out, "Tool",
		entry->tool.size ? entry->tool
				 : stemma_view_of("stemma/" STEMMA_VERSION));
}

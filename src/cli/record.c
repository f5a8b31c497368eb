/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "track.h"

/* Set a reason, and be false. */
#define wrong(error, ...) \
	(stemma_error_set(error, STEMMA_INVALID, __VA_ARGS__), false)

/* The string called `name`, empty if there is none or null; false if it is
   something else. */
static bool
get_string(struct stemma_view *view, struct json_object *object,
	const char *name, struct stemma_error *error)
{
	struct json_object *value;

	*view = (struct stemma_view){"", 0};
	if (!json_object_object_get_ex(object, name, &value) || !value)
		return true;
	if (!json_object_is_type(value, json_type_string))
		return wrong(error, "\"%s\" is not a string", name);
	view->bytes = json_object_get_string(value);
	view->size = (size_t)json_object_get_string_len(value);
	return true;
}

/* A time as stemma_time_read() takes it; fractions of seconds are dropped. */
static bool
read_time(int64_t *date, struct stemma_view text)
{
	const char *dot = memchr(text.bytes, '.', text.size);
	char copy[64];
	int64_t last;
	size_t from, to;

	if (dot && text.size < sizeof copy) {
		from = to = (size_t)(dot - text.bytes);
		for (to++; to < text.size && text.bytes[to] >= '0' &&
			   text.bytes[to] <= '9';
			to++) {
		}
		memcpy(copy, text.bytes, from);
		memcpy(copy + from, text.bytes + to, text.size - to);
		text = (struct stemma_view){copy, text.size - (to - from)};
	}
	return stemma_time_read(date, &last, text) == STEMMA_OK;
}

/* A string, or seconds since 1970. */
static bool
get_date(struct stemma_entry *entry, struct json_object *object,
	struct stemma_error *error)
{
	struct json_object *value;
	struct stemma_view text;

	if (!json_object_object_get_ex(object, "date", &value) || !value)
		return true;
	if (json_object_is_type(value, json_type_int)) {
		entry->date = json_object_get_int64(value);
		return entry->date >= 0 ||
		       wrong(error, "\"date\" is before 1970");
	}
	if (!get_string(&text, object, "date", error))
		return false;
	if (read_time(&entry->date, text))
		return true;
	return wrong(error, "\"date\" is no time from 1970 on: '%.*s'",
		text.size < 40 ? (int)text.size : 40, text.bytes);
}

static int
digit_of(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 4648, with or without the = at the end. */
static bool
decode_base64(struct stemma_view *bytes, struct stemma_view text,
	struct stemma_arena *arena, struct stemma_error *error)
{
	unsigned char *to;
	unsigned gathered = 0;
	size_t size = 0, bits = 0;

	while (text.size && text.bytes[text.size - 1] == '=')
		text.size--;
	to = stemma_arena_alloc(arena, text.size / 4 * 3 + 3, 1);
	if (!to)
		return wrong(error, "out of memory");
	for (size_t at = 0; at < text.size; at++) {
		int digit = digit_of(text.bytes[at]);

		if (digit < 0)
			return wrong(error, "\"base64\" is not base64");
		gathered = (gathered << 6 | (unsigned)digit) & 0xffffff;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		to[size++] = (unsigned char)(gathered >> bits);
	}
	if (bits >= 6)
		return wrong(error, "\"base64\" is cut short");
	*bytes = (struct stemma_view){(char *)to, size};
	return true;
}

/* The bytes of a file beside the one with the records. */
static bool
read_file(struct stemma_records *records, struct stemma_entry *entry,
	struct stemma_view name, struct stemma_arena *arena,
	struct stemma_error *error)
{
	const char *path = stemma_arena_string(arena, name);
	struct stemma_out out = {0};
	struct stat status;

	if (path && records->folder && *path != '/') {
		stemma_out_format(&out, "%s/%s", records->folder, path);
		path = stemma_out_finish(&out) == STEMMA_OK
			       ? stemma_arena_string(
					 arena, (struct stemma_view){out.bytes,
							out.size})
			       : NULL;
		stemma_out_free(&out);
	}
	if (!path)
		return wrong(error, "out of memory");
	if (memchr(name.bytes, '\0', name.size))
		return wrong(error, "\"file\" has a NUL in it");
	if (stat(path, &status) != 0)
		return wrong(error, "%.150s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return wrong(error, "%.150s: it is no file", path);
	if (access(path, R_OK) != 0)
		return wrong(error, "%.150s: %s", path, strerror(errno));
	if (stemma_input_read(&records->file, path))
		return wrong(error, "its file cannot be read");
	entry->bytes = records->file.bytes;
	entry->suffix = stemma_track_suffix(path);
	return true;
}

/* Its text is one of "text", "base64" and "file". */
static bool
get_bytes(struct stemma_records *records, struct stemma_entry *entry,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct json_object *object = records->object, *value;
	const char *names[] = {"text", "base64", "file"};
	const char *found = NULL;
	struct stemma_view string;

	for (size_t k = 0; k < 3; k++) {
		if (!json_object_object_get_ex(object, names[k], &value) ||
			!value)
			continue;
		if (found)
			return wrong(error, "it has both \"%s\" and \"%s\"",
				found, names[k]);
		found = names[k];
	}
	if (!found)
		return wrong(error,
			"it has no \"text\", nor \"base64\" or \"file\"");
	if (!get_string(&string, object, found, error))
		return false;
	if (found == names[1])
		return decode_base64(&entry->bytes, string, arena, error);
	if (found == names[2])
		return read_file(records, entry, string, arena, error);
	entry->bytes = string;
	return true;
}

/* "meta": {"KEY": "VALUE", …} */
static bool
get_notes(struct stemma_entry *entry, struct json_object *object,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct json_object *meta;
	struct stemma_note *notes;
	size_t count = 0;

	if (!json_object_object_get_ex(object, "meta", &meta) || !meta)
		return true;
	if (!json_object_is_type(meta, json_type_object))
		return wrong(error, "\"meta\" is not an object");
	notes = stemma_arena_alloc(
		arena, (size_t)json_object_object_length(meta), sizeof *notes);
	if (!notes)
		return wrong(error, "out of memory");
	json_object_object_foreach(meta, key, value)
	{
		(void)value;
		notes[count].key = stemma_view_of(key);
		if (!get_string(&notes[count++].value, meta, key, error))
			return false;
	}
	entry->notes = notes;
	entry->note_count = count;
	return true;
}

/* Pages have line breaks in their titles; an archive has not. */
static bool
has_control(struct stemma_view text)
{
	for (size_t at = 0; at < text.size; at++)
		if ((unsigned char)text.bytes[at] < 0x20 ||
			text.bytes[at] == 0x7f)
			return true;
	return false;
}

static void
forget(struct stemma_records *records)
{
	json_object_put(records->object);
	records->object = NULL;
	stemma_input_close(&records->file);
}

/* The line as an object. */
static bool
parse(struct stemma_records *records, struct stemma_view line,
	struct stemma_error *error)
{
	enum json_tokener_error why;
	size_t end;

	if (!records->parser) {
		records->parser = json_tokener_new();
		if (!records->parser)
			return wrong(error, "out of memory");
		json_tokener_set_flags(records->parser,
			JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	}
	json_tokener_reset(records->parser);
	records->object = json_tokener_parse_ex(
		records->parser, line.bytes, (int)line.size);
	why = json_tokener_get_error(records->parser);
	end = json_tokener_get_parse_end(records->parser);
	while (end < line.size && strchr(" \t\r", line.bytes[end]) &&
		line.bytes[end])
		end++;
	if (why == json_tokener_continue)
		return wrong(error, "the JSON is cut short");
	if (why != json_tokener_success)
		return wrong(error, "no JSON, at byte %zu: %s", end + 1,
			json_tokener_error_desc(why));
	if (end != line.size)
		return wrong(error,
			"no JSON, at byte %zu: there is more "
			"behind the object",
			end + 1);
	return json_object_is_type(records->object, json_type_object) ||
	       wrong(error, "it is no JSON object");
}

bool
stemma_record_read(struct stemma_records *records, struct stemma_entry *entry,
	struct stemma_view line, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct json_object *object;

	*entry = (struct stemma_entry){.dated = true, .date = records->date};
	forget(records);
	if (line.size > INT_MAX)
		return wrong(error, "the line is too long");
	if (!parse(records, line, error))
		return false;
	object = records->object;
	if (!get_string(&entry->story, object, "story", error) ||
		!get_string(&entry->title, object, "title", error) ||
		!get_string(&entry->source, object, "source", error) ||
		!get_string(&entry->type, object, "type", error) ||
		!get_date(entry, object, error) ||
		!get_notes(entry, object, arena, error))
		return false;
	if (has_control(entry->title) &&
		stemma_track_line(&entry->title, entry->title, arena) !=
			STEMMA_OK)
		return wrong(error, "out of memory");
	if (!entry->story.size)
		return wrong(error, "it has no \"story\"");
	return get_bytes(records, entry, arena, error);
}

void
stemma_records_free(struct stemma_records *records)
{
	forget(records);
	if (records->parser)
		json_tokener_free(records->parser);
	*records = (struct stemma_records){0};
}

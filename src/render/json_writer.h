/*
 * json_writer.h - JSON written value by value. Compact is one line without a space;
 * pretty puts each element of a container on its own line, except in a record
 * (stemma_json_record), which stays on one.
 *
 * Inline, since a comparison of large documents is some ten million numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_JSON_WRITER_H
#define STEMMA_RENDER_JSON_WRITER_H

#include <string.h>

#include <stemma/base.h>

/* What the next value has to be parted from. */
enum stemma_json_after {
	STEMMA_JSON_AFTER_OPEN,
	STEMMA_JSON_AFTER_VALUE,
	STEMMA_JSON_AFTER_KEY
};

struct stemma_json {
	struct stemma_out *out;
	bool pretty;
	enum stemma_json_after after;
	unsigned depth;  /* of containers */
	unsigned record; /* depth inside the outermost record; 0: in none */
	size_t size;     /* bytes gathered and not yet in `out` */
	char bytes[512];
};

static inline void
stemma_json_flush(struct stemma_json *json)
{
	stemma_out_bytes(json->out, json->bytes, json->size);
	json->size = 0;
}

/* `size` is far below that of the buffer. */
static inline void
stemma_json_put(struct stemma_json *json, const char *bytes, size_t size)
{
	if (size > sizeof json->bytes - json->size)
		stemma_json_flush(json);
	memcpy(json->bytes + json->size, bytes, size);
	json->size += size;
}

/* A new line at the present depth; pretty only. */
void stemma_json_line(struct stemma_json *json);

/* Whatever stands between what was written and the value or key to come. */
static inline void
stemma_json_separate(struct stemma_json *json)
{
	enum stemma_json_after after = json->after;

	json->after = STEMMA_JSON_AFTER_VALUE;
	if (after == STEMMA_JSON_AFTER_KEY)
		return;
	if (after == STEMMA_JSON_AFTER_VALUE)
		stemma_json_put(json, ",", 1);
	if (!json->pretty)
		return;
	if (!json->record && json->depth)
		stemma_json_line(json);
	else if (after == STEMMA_JSON_AFTER_VALUE)
		stemma_json_put(json, " ", 1);
}

/* `bracket` is '{' or '['. */
static inline void
stemma_json_open(struct stemma_json *json, char bracket)
{
	stemma_json_separate(json);
	stemma_json_put(json, &bracket, 1);
	json->depth++;
	json->after = STEMMA_JSON_AFTER_OPEN;
}

/* As stemma_json_open(), for what is easier to read on one line. */
static inline void
stemma_json_record(struct stemma_json *json, char bracket)
{
	stemma_json_open(json, bracket);
	if (!json->record)
		json->record = json->depth;
}

/* `bracket` is '}' or ']'. */
static inline void
stemma_json_close(struct stemma_json *json, char bracket)
{
	json->depth--;
	if (json->record > json->depth)
		json->record = 0;
	else if (json->pretty && !json->record &&
		 json->after != STEMMA_JSON_AFTER_OPEN)
		stemma_json_line(json);
	stemma_json_put(json, &bracket, 1);
	json->after = STEMMA_JSON_AFTER_VALUE;
}

/* A member's name, which needs no escape; its value comes next. */
static inline void
stemma_json_key(struct stemma_json *json, const char *name)
{
	stemma_json_separate(json);
	stemma_json_put(json, "\"", 1);
	stemma_json_put(json, name, strlen(name));
	stemma_json_put(json, "\": ", json->pretty ? 3 : 2);
	json->after = STEMMA_JSON_AFTER_KEY;
}

static inline void
stemma_json_number(struct stemma_json *json, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	stemma_json_separate(json);
	stemma_json_put(json, digits + at, sizeof digits - at);
}

static inline void
stemma_json_bool(struct stemma_json *json, bool value)
{
	stemma_json_separate(json);
	stemma_json_put(json, value ? "true" : "false", value ? 4 : 5);
}

static inline void
stemma_json_null(struct stemma_json *json)
{
	stemma_json_separate(json);
	stemma_json_put(json, "null", 4);
}

/* A short string that needs no escape. */
static inline void
stemma_json_word(struct stemma_json *json, const char *word)
{
	stemma_json_separate(json);
	stemma_json_put(json, "\"", 1);
	stemma_json_put(json, word, strlen(word));
	stemma_json_put(json, "\"", 1);
}

/* Any bytes: escaped, and U+FFFD for what is not UTF-8. */
void stemma_json_string(struct stemma_json *json, struct stemma_view view);

/* From 0 to 1 with one to four decimals; below 1 never written as 1. */
void stemma_json_share(struct stemma_json *json, float share);

#endif

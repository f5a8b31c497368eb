/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stemma/base.h>

#define SINK_AT ((size_t)64 << 10)
#define FIRST_CAPACITY ((size_t)4 << 10)

static void
fail(struct stemma_out *out, enum stemma_code code)
{
	if (out->code == STEMMA_OK)
		out->code = code;
}

static void
drain(struct stemma_out *out)
{
	if (out->code == STEMMA_OK && out->sink && out->size) {
		fail(out, out->sink(out->cookie, out->bytes, out->size));
		out->size = 0;
	}
}

/* Make room for `more` bytes; false when that failed. */
static bool
reserve(struct stemma_out *out, size_t more)
{
	size_t capacity = out->capacity ? out->capacity : FIRST_CAPACITY;
	char *bytes;

	if (out->code != STEMMA_OK)
		return false;
	if (out->sink && out->size >= SINK_AT)
		drain(out);
	if (more > SIZE_MAX / 2 - out->size ||
		(out->limit && out->size + more > out->limit)) {
		fail(out, STEMMA_NOMEM);
		return false;
	}
	if (more <= out->capacity - out->size)
		return out->code == STEMMA_OK;
	while (capacity < out->size + more)
		capacity *= 2;
	bytes = realloc(out->bytes, capacity);
	if (!bytes) {
		fail(out, STEMMA_NOMEM);
		return false;
	}
	out->bytes = bytes;
	out->capacity = capacity;
	return true;
}

void
stemma_out_bytes(struct stemma_out *out, const char *bytes, size_t size)
{
	/* Pieces, so that with a sink a long text needs no long buffer. */
	while (out->sink && size > SINK_AT && out->code == STEMMA_OK) {
		stemma_out_bytes(out, bytes, SINK_AT);
		bytes += SINK_AT;
		size -= SINK_AT;
	}
	if (size == 0 || !reserve(out, size))
		return;
	memcpy(out->bytes + out->size, bytes, size);
	out->size += size;
}

void
stemma_out_view(struct stemma_out *out, struct stemma_view view)
{
	stemma_out_bytes(out, view.bytes, view.size);
}

void
stemma_out_string(struct stemma_out *out, const char *string)
{
	stemma_out_bytes(out, string, strlen(string));
}

void
stemma_out_char(struct stemma_out *out, char c)
{
	if (reserve(out, 1))
		out->bytes[out->size++] = c;
}

void
stemma_out_repeat(struct stemma_out *out, char c, size_t count)
{
	for (; count && out->code == STEMMA_OK; count--)
		stemma_out_char(out, c);
}

void
stemma_out_number(struct stemma_out *out, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	stemma_out_bytes(out, digits + at, sizeof digits - at);
}

void
stemma_out_format(struct stemma_out *out, const char *format, ...)
{
	va_list arguments, again;
	int size;

	va_start(arguments, format);
	va_copy(again, arguments);
	size = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (size < 0)
		fail(out, STEMMA_INVALID);
	else if (reserve(out, (size_t)size + 1)) {
		vsnprintf(out->bytes + out->size, (size_t)size + 1, format,
			again);
		out->size += (size_t)size;
	}
	va_end(again);
}

enum stemma_code
stemma_out_finish(struct stemma_out *out)
{
	drain(out);
	return out->code;
}

void
stemma_out_free(struct stemma_out *out)
{
	free(out->bytes);
	out->bytes = NULL;
	out->size = out->capacity = 0;
	out->code = STEMMA_OK;
}

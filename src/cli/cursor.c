/* SPDX-License-Identifier: MIT */
#include "cursor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "input.h"
#include "trouble.h"

#define FIRST_LINE "stemma.cursor/1\n"

static int
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
read_id(struct stemma_id *id, struct stemma_view hex)
{
	if (hex.size != 2 * sizeof id->bytes)
		return false;
	for (size_t k = 0; k < sizeof id->bytes; k++) {
		int high = digit_of(hex.bytes[2 * k]);
		int low = digit_of(hex.bytes[2 * k + 1]);

		if (high < 0 || low < 0)
			return false;
		id->bytes[k] = (unsigned char)(high << 4 | low);
	}
	return true;
}

/* "KEY COMMIT"; anything else is passed over. */
static void
read_line(struct stemma_cursor *cursor, struct stemma_view line)
{
	const char *space = memchr(line.bytes, ' ', line.size);
	struct stemma_view key = {line.bytes, 0}, hex;
	struct stemma_id head;
	uint32_t id;

	if (!space)
		return;
	key.size = (size_t)(space - line.bytes);
	hex = (struct stemma_view){space + 1, line.size - key.size - 1};
	if (!read_id(&head, hex))
		return;
	id = stemma_intern_copy(cursor->keys, key);
	if (id != STEMMA_NO_ID)
		cursor->heads[id] = head;
}

static size_t
count_lines(struct stemma_view text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.size; at++)
		count += text.bytes[at] == '\n';
	return count;
}

/* A file without its whole first line: what is missing of that is to be
   written. False if it has anything else. */
static bool
take_half(struct stemma_cursor *cursor, struct stemma_view text)
{
	if (text.size >= strlen(FIRST_LINE) ||
		memcmp(text.bytes ? text.bytes : "", FIRST_LINE, text.size) !=
			0)
		return false;
	stemma_out_string(&cursor->said, &FIRST_LINE[text.size]);
	return true;
}

/* What the file says; false if it is no cursor's. */
static bool
read_all(struct stemma_cursor *cursor, struct stemma_view text,
	struct stemma_arena *arena)
{
	const size_t first = strlen(FIRST_LINE);
	const char *end;

	cursor->keys = stemma_intern_new(arena);
	cursor->heads = stemma_arena_alloc(
		arena, count_lines(text) + 1, sizeof *cursor->heads);
	if (!cursor->keys || !cursor->heads)
		return false;
	if (text.size < first || memcmp(text.bytes, FIRST_LINE, first) != 0)
		return take_half(cursor, text);
	text.bytes += first;
	text.size -= first;
	while (text.size && (end = memchr(text.bytes, '\n', text.size))) {
		size_t size = (size_t)(end - text.bytes);

		/* Half a line that was left tells nothing; its story is
		   read again, and so it is where memory was short. */
		read_line(cursor, (struct stemma_view){text.bytes, size});
		text.bytes += size + 1;
		text.size -= size + 1;
	}
	if (text.size)
		stemma_out_char(&cursor->said, '\n');
	return true;
}

int
stemma_cursor_open(struct stemma_cursor *cursor, const char *path,
	struct stemma_arena *arena)
{
	struct stemma_input input;
	struct stat status;
	bool read;

	*cursor = (struct stemma_cursor){.path = path, .fd = -1};
	/* A pipe would be waited for, and could not be read again. */
	if (stat(path, &status) == 0 && S_ISFIFO(status.st_mode))
		return stemma_trouble("%s: it is no file", path);
	cursor->fd = open(path,
		O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (cursor->fd < 0)
		return stemma_trouble("%s: %s", path, strerror(errno));
	if (stemma_input_read(&input, path))
		return STEMMA_EXIT_TROUBLE;
	read = read_all(cursor, input.bytes, arena);
	stemma_input_close(&input);
	return read ? STEMMA_EXIT_SAME
		    : stemma_trouble("%s: it is no cursor of stemma", path);
}

const struct stemma_id *
stemma_cursor_find(const struct stemma_cursor *cursor, struct stemma_view key)
{
	uint32_t id = cursor->keys ? stemma_intern_find(cursor->keys, key)
				   : STEMMA_NO_ID;

	return id == STEMMA_NO_ID ? NULL : &cursor->heads[id];
}

void
stemma_cursor_move(struct stemma_cursor *cursor, struct stemma_view key,
	const struct stemma_id *head)
{
	char hex[41];

	if (!cursor->path)
		return;
	stemma_id_hex(hex, head);
	stemma_out_view(&cursor->said, key);
	stemma_out_char(&cursor->said, ' ');
	stemma_out_string(&cursor->said, hex);
	stemma_out_char(&cursor->said, '\n');
}

int
stemma_cursor_save(struct stemma_cursor *cursor)
{
	struct stemma_out *said = &cursor->said;
	size_t at = 0;

	if (!cursor->path)
		return STEMMA_EXIT_SAME;
	if (stemma_out_finish(said) != STEMMA_OK)
		return stemma_trouble_code(cursor->path, said->code, NULL);
	while (at < said->size) {
		ssize_t done =
			write(cursor->fd, said->bytes + at, said->size - at);

		if (done < 0 && errno != EINTR)
			return stemma_trouble(
				"%s: %s", cursor->path, strerror(errno));
		at += done > 0 ? (size_t)done : 0;
	}
	said->size = 0;
	return STEMMA_EXIT_SAME;
}

void
stemma_cursor_close(struct stemma_cursor *cursor)
{
	if (cursor->path && cursor->fd >= 0)
		close(cursor->fd);
	stemma_out_free(&cursor->said);
	*cursor = (struct stemma_cursor){0};
}

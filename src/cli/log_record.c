/* SPDX-License-Identifier: MIT */
#include "log_record.h"

#include <string.h>

/* Of what was told: links by what became of them, and the rest. */
#define STATS (STEMMA_OP_COUNT + 4)

/* Before the texts: statistics, dates and sizes, how many texts of a kind. */
#define NUMBERS (STATS + 5)

/* Texts that every record has. */
#define FIELDS 7

enum { HEX = 40, START = STEMMA_LOG_START_SIZE - 1 };

/* ---- writing ------------------------------------------------------------ */

void
stemma_log_record_start(char start[STEMMA_LOG_START_SIZE],
	const struct stemma_id *before, const struct stemma_id *after)
{
	static const struct stemma_id none = {0};
	char hex[HEX + 1];

	stemma_id_hex(hex, before ? before : &none);
	memcpy(start, hex, HEX);
	start[HEX] = ' ';
	stemma_id_hex(hex, after);
	memcpy(start + HEX + 1, hex, HEX);
	memcpy(start + START - 1, " ", 2);
}

/* In the order in which they are written. */
static void
numbers_of(uint64_t numbers[NUMBERS], const struct stemma_revision *revision,
	const struct stemma_told *told)
{
	const struct stemma_stats *stats = &told->stats;
	size_t count = 0;

	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		numbers[count++] = stats->units[op];
	numbers[count++] = stats->moved;
	numbers[count++] = stats->words_added;
	numbers[count++] = stats->words_removed;
	numbers[count++] = stats->changes;
	numbers[count++] = (uint64_t)revision->date;
	numbers[count++] = (uint64_t)revision->retrieved;
	numbers[count++] = revision->size;
	numbers[count++] = revision->note_count;
	numbers[count++] = told->line_count;
}

void
stemma_log_text_write(struct stemma_out *out, struct stemma_view text)
{
	stemma_out_number(out, text.size);
	stemma_out_char(out, ':');
	stemma_out_view(out, text);
}

void
stemma_log_record_write(struct stemma_out *out, const struct stemma_id *before,
	const struct stemma_revision *revision, const struct stemma_told *told)
{
	const struct stemma_view fields[FIELDS] = {revision->story,
		revision->title, revision->source, revision->type,
		revision->sha256, revision->collector, revision->tool};
	char start[STEMMA_LOG_START_SIZE], hex[HEX + 1];
	uint64_t numbers[NUMBERS];

	stemma_log_record_start(start, before, &revision->commit);
	stemma_out_bytes(out, start, START);
	stemma_id_hex(hex, &revision->tree);
	stemma_out_bytes(out, hex, HEX);
	stemma_out_char(out, ' ');
	numbers_of(numbers, revision, told);
	for (size_t k = 0; k < NUMBERS; k++) {
		stemma_out_number(out, numbers[k]);
		stemma_out_char(out, ' ');
	}
	for (size_t k = 0; k < FIELDS; k++)
		stemma_log_text_write(out, fields[k]);
	for (size_t k = 0; k < revision->note_count; k++) {
		stemma_log_text_write(out, revision->notes[k].key);
		stemma_log_text_write(out, revision->notes[k].value);
	}
	for (size_t k = 0; k < told->line_count; k++)
		stemma_log_text_write(out, told->lines[k]);
	stemma_out_char(out, '\n');
}

/* ---- reading ------------------------------------------------------------ */

/* One number and the byte `end` behind it are taken off. */
static bool
take_number(struct stemma_view *line, uint64_t *number, char end)
{
	size_t k = 0;

	*number = 0;
	for (; k < line->size && k < 21 && line->bytes[k] >= '0' &&
		line->bytes[k] <= '9';
		k++)
		*number = *number * 10 + (uint64_t)(line->bytes[k] - '0');
	if (!k || k == line->size || line->bytes[k] != end)
		return false;
	line->bytes += k + 1;
	line->size -= k + 1;
	return true;
}

bool
stemma_log_text_read(struct stemma_view *text, struct stemma_view *line)
{
	uint64_t size;

	if (!take_number(line, &size, ':') || size > line->size)
		return false;
	*text = (struct stemma_view){line->bytes, (size_t)size};
	line->bytes += text->size;
	line->size -= text->size;
	return true;
}

/* What a digit stands for, or 16. */
static unsigned
digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return (unsigned)(digit - '0');
	return digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a') + 10 : 16;
}

static bool
take_id(struct stemma_view *line, struct stemma_id *id)
{
	if (line->size <= HEX || line->bytes[HEX] != ' ')
		return false;
	for (size_t at = 0; at < HEX; at += 2) {
		unsigned high = digit_value(line->bytes[at]);
		unsigned low = digit_value(line->bytes[at + 1]);

		if (high > 15 || low > 15)
			return false;
		id->bytes[at / 2] = (unsigned char)(high << 4 | low);
	}
	line->bytes += HEX + 1;
	line->size -= HEX + 1;
	return true;
}

static void
set_numbers(struct stemma_revision *revision, struct stemma_told *told,
	const uint64_t numbers[NUMBERS])
{
	struct stemma_stats *stats = &told->stats;
	size_t count = 0;

	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		stats->units[op] = (uint32_t)numbers[count++];
	stats->moved = (uint32_t)numbers[count++];
	stats->words_added = numbers[count++];
	stats->words_removed = numbers[count++];
	stats->changes = (uint32_t)numbers[count++];
	revision->date = (int64_t)numbers[count++];
	revision->retrieved = (int64_t)numbers[count++];
	revision->size = numbers[count++];
	revision->note_count = (size_t)numbers[count++];
	told->line_count = (size_t)numbers[count++];
}

/* Each text takes two bytes at least, so what is not there asks for no room. */
static bool
read_lists(struct stemma_revision *revision, struct stemma_told *told,
	struct stemma_view *line, struct stemma_arena *arena)
{
	struct stemma_note *notes;
	bool good = revision->note_count <= line->size &&
		    told->line_count <= line->size;

	if (!good)
		return false;
	notes = stemma_arena_alloc(arena, revision->note_count, sizeof *notes);
	told->lines = stemma_arena_alloc(
		arena, told->line_count, sizeof *told->lines);
	good = notes && told->lines;
	for (size_t k = 0; good && k < revision->note_count; k++)
		good = stemma_log_text_read(&notes[k].key, line) &&
		       stemma_log_text_read(&notes[k].value, line);
	for (size_t k = 0; good && k < told->line_count; k++)
		good = stemma_log_text_read(&told->lines[k], line);
	revision->notes = notes;
	return good;
}

bool
stemma_log_record_read(struct stemma_revision *revision,
	struct stemma_told *told, struct stemma_view line,
	struct stemma_arena *arena)
{
	struct stemma_view *fields[FIELDS] = {&revision->story,
		&revision->title, &revision->source, &revision->type,
		&revision->sha256, &revision->collector, &revision->tool};
	uint64_t numbers[NUMBERS];
	struct stemma_id before;

	*revision = (struct stemma_revision){0};
	*told = (struct stemma_told){0};
	if (!take_id(&line, &before) || !take_id(&line, &revision->commit) ||
		!take_id(&line, &revision->tree))
		return false;
	for (size_t k = 0; k < NUMBERS; k++)
		if (!take_number(&line, &numbers[k], ' '))
			return false;
	set_numbers(revision, told, numbers);
	for (size_t k = 0; k < FIELDS; k++)
		if (!stemma_log_text_read(fields[k], &line))
			return false;
	return read_lists(revision, told, &line, arena) && !line.size;
}

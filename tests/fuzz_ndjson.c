/*
 * Any bytes are a line of stemma batch, or of what stemma import reads: the
 * strings that are read are UTF-8 in the line, or there is a reason.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "cli/record.h"
#include "cli/request.h"
#include "support/demand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_within(struct stemma_view text, const char *line, size_t size)
{
	if (text.size == 0)
		return;
	check(text.bytes >= line && text.bytes + text.size <= line + size,
		"a string is not in its line");
}

static void
read_request(const char *bytes, size_t size)
{
	struct stemma_request request;
	struct stemma_error error = {0};
	char *line = malloc(size + 1);

	check(line != NULL, "no memory");
	memcpy(line, bytes, size);
	line[size] = '\0';
	if (stemma_request_read(&request, line, size, &error)) {
		check_within(request.id, line, size);
		for (int side = 0; side < 2; side++) {
			check(request.sides[side].given, "a side is missing");
			check_within(request.sides[side].text, line, size);
		}
	} else {
		check(error.code != STEMMA_OK && *error.message, "no reason");
	}
	free(line);
}

static void
read_record(const char *bytes, size_t size)
{
	struct stemma_records records = {0};
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_entry entry = {0};
	struct stemma_error error = {0};

	check(arena != NULL, "no memory");
	/* A record names files: none that is there. */
	records.folder = "/dev/null/nowhere";
	if (stemma_record_read(&records, &entry,
		    (struct stemma_view){bytes, size}, arena, &error))
		check(entry.story.size > 0, "a revision of no story");
	else
		check(error.code != STEMMA_OK && *error.message, "no reason");
	stemma_records_free(&records);
	stemma_arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_request((const char *)data, size);
	read_record((const char *)data, size);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <stdio.h>
#include <string.h>

/* What stands between the quotes of [remote "NAME"], or no bytes. */
static struct stemma_view
remote_of(const char *line)
{
	static const char opening[] = "[remote \"";
	struct stemma_view name = {NULL, 0};
	const char *at = line + strspn(line, " \t");
	const char *end;

	if (strncmp(at, opening, sizeof opening - 1) != 0)
		return name;
	at += sizeof opening - 1;
	end = strchr(at, '"');
	if (end)
		name = (struct stemma_view){at, (size_t)(end - at)};
	return name;
}

/* The address that is given in a line "url = …", or no bytes. */
static struct stemma_view
address_of(const char *line)
{
	const char *at = line + strspn(line, " \t");
	struct stemma_view address = {NULL, 0};

	if (strncmp(at, "url", 3) != 0)
		return address;
	at += 3 + strspn(at + 3, " \t");
	if (*at != '=')
		return address;
	at += 1 + strspn(at + 1, " \t");
	address = (struct stemma_view){at, strcspn(at, "\r\n")};
	return address;
}

/* The remotes in git's configuration of the archive, with their addresses. */
static void
give_remotes(struct stemma_answer *answer, FILE *config)
{
	char line[4096], name[1024] = "";

	while (fgets(line, sizeof line, config)) {
		struct stemma_view found = remote_of(line);
		struct stemma_view address = address_of(line);

		if (found.bytes && found.size < sizeof name) {
			memcpy(name, found.bytes, found.size);
			name[found.size] = '\0';
		} else if (strchr(line, '[')) {
			*name = '\0';
		} else if (*name && address.bytes &&
			   stemma_answer_fits(answer, stemma_view_of(name))) {
			stemma_answer_give(
				answer, stemma_view_of(name), address, false);
			*name = '\0';
		}
	}
}

void
stemma_answer_remotes(struct stemma_answer *answer)
{
	const char *archive = stemma_answer_archive(answer);
	struct stemma_out path = {0};
	FILE *config = NULL;

	if (archive) {
		stemma_out_format(&path, "%s/config", archive);
		stemma_out_char(&path, '\0');
		if (stemma_out_finish(&path) == STEMMA_OK)
			config = fopen(path.bytes, "r");
		stemma_out_free(&path);
	}
	if (config) {
		give_remotes(answer, config);
		fclose(config);
	}
	stemma_answer_files(answer);
}

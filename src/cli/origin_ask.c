/* SPDX-License-Identifier: MIT */
#include "index.h"
#include "origin.h"
#include "trouble.h"

/* A damaged index may come to light only when it is asked. */
int
stemma_origin_ask(struct stemma_origin_page *page,
	struct stemma_archive *archive,
	const struct stemma_origin_options *options, bool rebuild)
{
	struct stemma_index *index = NULL;
	enum stemma_code code = STEMMA_CORRUPT;
	struct stemma_error error = {0};

	for (int attempt = 0; code == STEMMA_CORRUPT && attempt < 2;
		attempt++) {
		if (attempt)
			stemma_trouble("%s; it is made again", error.message);
		error = (struct stemma_error){0};
		if (stemma_archive_index(archive, &index, rebuild))
			return STEMMA_EXIT_TROUBLE;
		code = stemma_origin_find(
			page, archive, index, options, &error);
		stemma_index_close(index);
		rebuild = true;
	}
	return code == STEMMA_OK
		       ? STEMMA_EXIT_SAME
		       : stemma_trouble_code(page->name, code, &error);
}

void
stemma_origin_warn(void)
{
	stemma_trouble("very many stories hold such passages: not all of them "
		       "were read");
}

/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdio.h>
#include <string.h>

/* "NAME=c-01" or "DATE=@1704067200 +0000" for git's environment. */
enum { HEX = 40, SETTING = 128 };

/*
 * Let git write and sign it: the same commit but for the signature, as its
 * author, dates and message are given.
 */
static enum stemma_code
sign(struct stemma_store *store, struct stemma_id *id,
	const struct stemma_commit_plan *plan, struct stemma_view message,
	struct stemma_error *error)
{
	char tree[HEX + 1], parent[HEX + 1] = "", texts[8][SETTING];
	const char *settings[9] = {NULL};
	const char *const arguments[] = {"commit-tree", "-S", tree,
		plan->parent_count ? "-p" : NULL, parent, NULL};
	struct stemma_out out = {0};
	const struct stemma_git_call call = {.arguments = arguments,
		.settings = settings,
		.input = message,
		.output = &out};
	enum stemma_code code;

	stemma_id_hex(tree, &plan->tree);
	if (plan->parent_count)
		stemma_id_hex(parent, plan->parents);
	for (size_t at = 0; at < 2; at++) {
		const char *who = at ? "COMMITTER" : "AUTHOR";
		int64_t date = at ? plan->committed : plan->authored;

		snprintf(texts[3 * at], SETTING, "GIT_%s_NAME=%s", who,
			plan->collector);
		snprintf(texts[3 * at + 1], SETTING, "GIT_%s_EMAIL=stemma@%s",
			who, plan->collector);
		snprintf(texts[3 * at + 2], SETTING, "GIT_%s_DATE=@%lld +0000",
			who, (long long)date);
	}
	for (int at = 0; at < 6; at++)
		settings[at] = texts[at];
	code = stemma_git_run(store, NULL, &call, error);
	if (code == STEMMA_OK &&
		(out.size < HEX || !stemma_id_read(id, out.bytes)))
		code = stemma_error_set(error, STEMMA_IO,
			"git commit-tree does not name a commit");
	stemma_out_free(&out);
	return code;
}

enum stemma_code
stemma_commit_write(struct stemma_store *store, struct stemma_id *id,
	const struct stemma_commit_plan *plan, struct stemma_error *error)
{
	struct stemma_out out = {0};
	enum stemma_code code;

	stemma_commit_make(&out, plan);
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK) {
		stemma_memory_trouble(error);
	} else if (store->sign) {
		const char *end = memmem(out.bytes, out.size, "\n\n", 2);
		size_t head = (size_t)(end - out.bytes) + 2;

		code = sign(store, id, plan,
			(struct stemma_view){out.bytes + head, out.size - head},
			error);
	} else {
		code = stemma_object_write(store, id, GIT_OBJECT_COMMIT,
			(struct stemma_view){out.bytes, out.size}, error);
	}
	stemma_out_free(&out);
	return code;
}

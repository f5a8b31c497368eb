/*
 * run.h - the git program, for what it does best: packing, networks, and
 * signing with keys that are the user's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_RUN_H
#define STEMMA_STORE_RUN_H

#include "archive.h"

struct stemma_git_call {
	const char *const *arguments; /* behind "git", ending with NULL */
	const char *folder;           /* the repository; NULL: the archive */
	const char *objects;          /* GIT_OBJECT_DIRECTORY, or NULL */
	const char *const *settings;  /* more "NAME=VALUE", or NULL */
	struct stemma_view input;     /* what it reads */
	struct stemma_out *output;    /* what it writes, or NULL */
	/* One of ours that it keeps if it outlives us, or NULL */
	const struct stemma_lock *lock;
};

/*
 * Run git and wait for it. It gets the store's environment, but what that
 * says about repositories. STEMMA_IO: it is not there, or `error` has what
 * it complained of; *status, unless NULL, is its exit status, or -1.
 */
enum stemma_code stemma_git_run(const struct stemma_store *store, int *status,
	const struct stemma_git_call *call, struct stemma_error *error);

#endif

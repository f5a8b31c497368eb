/*
 * archive.h - what the files of this part share. The way of a revision:
 *
 *     add.c ── object.c   blob, tree, commit: written, flushed, in place
 *       │      loose.c    objects that are files, read
 *       │      commit.c   what a commit says, as text and back
 *       └───── swap.c     the ref: compared and swapped, under lock.c
 *
 *     init.c, open.c      a new archive, an open one
 *     key.c, time.c       names and dates as text
 *     chain.c, log.c      a story's commits, in order
 *     flush.c             how a disk is asked to keep something
 *     select.c            STORY@SELECTOR
 *     names.c, names_get.c, format.c   refs and settings without libgit2
 *
 *     bulk.c ──── pack.c  many revisions at once: one pack, by delta.c
 *       │         replay.c  where somebody else was quicker
 *       └──────── refs.c  many refs at once: packed_refs.c
 *
 *     verify.c            is it all there
 *     gc.c, pack_refs.c   and is it packed
 *     sync.c ──── hub.c   what crosses the wire, through run.c: git
 *       │         anchor.c  which heads there are, as commits
 *       │         carry.c   commits that anchors carry
 *       └──────── join.c  histories that met
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_ARCHIVE_H
#define STEMMA_STORE_ARCHIVE_H

#include <limits.h>

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include <stemma/base.h>
#include <stemma/store.h>

/* How much is asked of the disk before a write counts as done. */
enum stemma_flush {
	STEMMA_FLUSH_NONE,    /* nothing: core.fsync=none */
	STEMMA_FLUSH_ORDERED, /* a file system whose journal keeps the order */
	STEMMA_FLUSH_STRICT   /* each file and folder by itself */
};

struct stemma_store {
	git_repository *repository;
	git_odb *odb;
	git_odb_backend *packs; /* of odb: what it finds in packs; or NULL */
	char *path;             /* without a slash at its end */
	char *collector;        /* [a-z0-9-] */
	char *const *environment;
	int64_t patience; /* in milliseconds */
	enum stemma_flush flush;
	bool sign;       /* commits, with the user's key */
	uint64_t seed;   /* for names of temporary files: at random … */
	uint32_t serial; /* … and counted */
};

#define STEMMA_STORY_REFS "refs/heads/story/"
#define STEMMA_MAIN_REF "refs/heads/main"

/* 9999-12-31T23:59:59Z: the last that can be written down. */
#define STEMMA_LAST_SECOND INT64_C(253402300799)

/* What stands for the file packed-refs where a ref could. */
#define STEMMA_PACKED_REFS "packed-refs"

/* The same for what git locks of its packs. */
#define STEMMA_PACKS "objects/pack/multi-pack-index"

/* Locks that refs fall under. */
#define STEMMA_LOCKS 256

/* Room for a story's ref and its NUL. */
#define STEMMA_REF_SIZE (sizeof STEMMA_STORY_REFS + STEMMA_KEY_SIZE)

/* The text of the blob .gitattributes in every tree. */
#define STEMMA_ATTRIBUTES "* -text\n"

/* ---- errors (error.c) --------------------------------------------------- */

/* Set `error` to what libgit2 says of its last failure. */
enum stemma_code
stemma_git_trouble(struct stemma_error *error, int result, const char *doing);

/* The same from errno, `path` being what it was about. */
enum stemma_code stemma_system_trouble(
	struct stemma_error *error, const char *doing, const char *path);

/* STEMMA_NOMEM, said. */
enum stemma_code stemma_memory_trouble(struct stemma_error *error);

/* ---- paths (path.c) ----------------------------------------------------- */

/* FOLDER/NAME into `path`; false, with errno, if that is too long. */
bool
stemma_path_join(char path[PATH_MAX], const char *folder, const char *name);

/* ARCHIVE/NAMEEND, the same way. */
bool stemma_path_below(char path[PATH_MAX], const struct stemma_store *store,
	const char *name, const char *end);

/* Make FOLDER/tmp_KIND_…, which git prunes if it is left, and open it to write;
   -1 with errno. A name that is there already, made by who has our seed or by a
   network that asked twice, is passed over. */
int stemma_temporary_open(char path[PATH_MAX], struct stemma_store *store,
	const char *folder, const char *kind);

/* ---- the disk (flush.c) ------------------------------------------------- */

/* How carefully files below `path` have to be flushed. */
enum stemma_flush stemma_flush_for(const char *path);

/* Write all bytes; -1 with errno. */
int stemma_file_write(int fd, const char *bytes, size_t size);

/* Get a file's bytes to the disk as store->flush says; -1 with errno. */
int stemma_file_flush(const struct stemma_store *store, int fd);

/* A file that makes others count, a ref or an index: flushed, and all before it,
   unless nothing is; -1 with errno. */
int stemma_file_sync(const struct stemma_store *store, int fd);

/* Make the names in the folder `name`, below the archive, safe. */
enum stemma_code stemma_folder_flush(const struct stemma_store *store,
	const char *name, struct stemma_error *error);

/* ---- objects (object.c) ------------------------------------------------- */

/*
 * Write an object unless it is there; `id` is its name. It is safe once a
 * file written later is flushed, or by itself, as store->flush says.
 */
enum stemma_code stemma_object_write(struct stemma_store *store,
	struct stemma_id *id, git_object_t type, struct stemma_view bytes,
	struct stemma_error *error);

/* Read one of the given type into `arena`; a NUL stands behind its bytes. */
enum stemma_code
stemma_object_read(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_id *id, git_object_t type,
	struct stemma_arena *arena, struct stemma_error *error);

/* Forget which packs there were: git may have packed everything anew since, and
   taken away some whose contents libgit2 still believes to be there. (open.c) */
void stemma_objects_look_again(struct stemma_store *store);

/* ---- objects that are files (loose.c) ------------------------------------ */

struct stemma_loose {
	char *whole; /* on the heap: header and bytes */
	struct stemma_view bytes;
	git_object_t type;
};

/*
 * Read the file of the object `id`, to be freed. STEMMA_NOTFOUND: it has none,
 * and may be in a pack. STEMMA_CORRUPT: it cannot be read or is not what its
 * name says. (Of a file that was cut off libgit2 1.5 waits for the rest, for
 * ever.)
 */
enum stemma_code stemma_loose_load(struct stemma_store *store,
	struct stemma_loose *loose, const struct stemma_id *id);

void stemma_loose_free(struct stemma_loose *loose);

/* ---- trees (tree.c) ----------------------------------------------------- */

struct stemma_tree_entry {
	struct stemma_view name;
	struct stemma_id id;
	bool folder;
};

/* A tree's bytes into `out`. Sorts the entries. The name of none that is a
   folder begins another's. */
void stemma_tree_make(struct stemma_out *out, struct stemma_tree_entry *entries,
	size_t count);

/* The article of the tree `bytes`, or false if it has none. */
bool stemma_tree_article(
	struct stemma_view bytes, struct stemma_tree_entry *article);

/* Whether git would write what the tree holds, each entry once and nothing
   outside of its folder; else *bad is the name of the first that is wrong. */
bool stemma_tree_is_sound(struct stemma_view bytes, struct stemma_view *bad);

/* The file called `name` of the tree `bytes`, or false if it has none. */
bool stemma_tree_file(struct stemma_view bytes, struct stemma_tree_entry *entry,
	const char *name);

/* ---- commits (commit.c, entry.c) ------------------------------------------------- */

/* Read 40 lowercase hexadecimal digits; false if they are none. */
bool stemma_id_read(struct stemma_id *id, const char *hex);

/* A commit's bytes taken apart: views into them. */
struct stemma_commit {
	struct stemma_id tree;
	struct stemma_view parents; /* lines "parent <40 digits>\n" */
	uint32_t parent_count;
	int64_t authored;          /* when it was retrieved */
	int64_t committed;         /* that, or its parent's if later */
	struct stemma_view author; /* the name alone */
	struct stemma_view message;
};

/* False if `bytes` are no commit. */
bool
stemma_commit_parse(struct stemma_commit *commit, struct stemma_view bytes);

/* The parent with number `at`, below the count. */
struct stemma_id
stemma_commit_parent(const struct stemma_commit *commit, uint32_t at);

/* What it tells of a revision: views into the commit; notes in `arena`. */
enum stemma_code stemma_commit_describe(struct stemma_revision *revision,
	const struct stemma_commit *commit, struct stemma_arena *arena);

/* What a new commit is made of. */
struct stemma_commit_plan {
	const struct stemma_entry *entry; /* or NULL, and … */
	struct stemma_view message;       /* … this */
	struct stemma_id tree;
	const struct stemma_id *parents;
	size_t parent_count;
	int64_t authored, committed;
	const char *collector;
	const char *sha256;
};

void stemma_commit_make(
	struct stemma_out *out, const struct stemma_commit_plan *plan);

/* Write it; signed, if the archive wants that (sign.c). */
enum stemma_code
stemma_commit_write(struct stemma_store *store, struct stemma_id *id,
	const struct stemma_commit_plan *plan, struct stemma_error *error);

/* Whether `suffix` can be one of an entry. */
enum stemma_code
stemma_suffix_check(struct stemma_view suffix, struct stemma_error *error);

/* Whether all of `entry` can be stored. */
enum stemma_code stemma_entry_check(
	const struct stemma_entry *entry, struct stemma_error *error);

/* ---- opening (open.c) --------------------------------------------------- */

/* A random name of a collector. */
void stemma_collector_make(char name[16]);

/* Whether `name` can be one. */
bool stemma_collector_check(struct stemma_view name);

/* ---- chains (chain.c) --------------------------------------------------- */

/* A commit among those that a head leads to. */
struct stemma_link {
	struct stemma_id id;
	struct stemma_commit commit;
	uint32_t depth;    /* the longest way to a commit without parents */
	uint32_t children; /* of those that are not yet in order */
	bool covered;      /* it is an ancestor of another revision */
};

struct stemma_chain {
	struct stemma_link *links; /* by date, depth, id; merges left out */
	uint32_t count;
};

/* All commits that `head` leads to, in `arena`, which may be `scratch`. */
enum stemma_code
stemma_chain_load(struct stemma_store *store, struct stemma_chain *chain,
	const struct stemma_id *head, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error);

/* The author of commits that join histories of one story. */
#define STEMMA_JOIN_AUTHOR "stemma-join"

/* What several histories of a story come to. */
struct stemma_tops {
	struct stemma_link **links; /* revisions without descendants, by id */
	uint32_t count;
	bool has_newest;
	struct stemma_link newest; /* of all revisions */
};

/* The tops of all that `heads` lead to, in `scratch`. */
enum stemma_code stemma_chain_tops(struct stemma_store *store,
	struct stemma_tops *tops, const struct stemma_id *heads, size_t count,
	struct stemma_arena *scratch, struct stemma_error *error);

/* ---- refs (swap.c, lock.c, hold.c) ---------------------------------------------- */

/* The commit that the ref `name` leads to, or STEMMA_NOTFOUND, unsaid. */
enum stemma_code stemma_ref_read(struct stemma_store *store,
	struct stemma_id *id, const char *name, struct stemma_error *error);

/*
 * Let the ref `name` lead to `next` if it leads to `expected` now, NULL
 * meaning that it does not exist. If it does not, *moved is set, nothing is
 * changed and the answer STEMMA_OK. STEMMA_CONFLICT: as stemma_store_add().
 */
enum stemma_code stemma_ref_swap(struct stemma_store *store, const char *name,
	const struct stemma_id *expected, const struct stemma_id *next,
	bool *moved, struct stemma_error *error);

/*
 * A lock among the processes that write here. Its file tells what its holder
 * is about to lock of git's, so that the next one can clear it away.
 */
struct stemma_lock {
	int fd;
	char name[16]; /* of its file */
};

/* Take the lock that the ref `name` falls under; tidies up after the dead. */
enum stemma_code stemma_lock_take(struct stemma_store *store,
	struct stemma_lock *lock, const char *name, struct stemma_error *error);

/* The same for a lock with a file of its own. */
enum stemma_code stemma_lock_take_file(struct stemma_store *store,
	struct stemma_lock *lock, const char *name, struct stemma_error *error);

/* Those of all refs there may be: nobody else of us changes any. */
enum stemma_code stemma_lock_take_all(struct stemma_store *store,
	struct stemma_lock locks[STEMMA_LOCKS], struct stemma_error *error);

/* Note down that the ref `name` will be locked, and unless `file` is NULL that
   this file is or becomes git's lock of it. */
enum stemma_code stemma_lock_intend(struct stemma_lock *lock, const char *name,
	const char *file, struct stemma_error *error);

/* What was intended is done, or given up: nothing is left in the way. */
void stemma_lock_settle(struct stemma_lock *lock);

/* Let go of it. */
void stemma_lock_drop(struct stemma_lock *lock);

/* Whether git's lock of the ref `name` can be made. Removes one that is older
   than the machine's last start. */
bool stemma_lock_free(struct stemma_store *store, const char *name);

/* Git's lock of a ref, or of packed-refs, which becomes the ref (hold.c). */
struct stemma_hold {
	int fd; /* of what it will be, empty; -1: somebody else has it */
	struct stemma_lock *lock; /* ours, under which it is held */
	const char *name;
	char path[PATH_MAX];
};

/*
 * Take it, under `lock`, which notes it down. Where somebody else has it, or
 * its folder is not there, the answer is STEMMA_OK and hold->fd -1. `name` and
 * `lock` are kept until it is dropped.
 */
enum stemma_code
stemma_hold_take(struct stemma_store *store, struct stemma_hold *hold,
	struct stemma_lock *lock, const char *name, struct stemma_error *error);

/* The ref is these bytes now, and safe, and the lock is gone. */
enum stemma_code
stemma_hold_write(struct stemma_store *store, struct stemma_hold *hold,
	struct stemma_view bytes, struct stemma_error *error);

/* Let go of it, if it is held: the ref stays as it was. */
void stemma_hold_drop(struct stemma_hold *hold);

/* Milliseconds that only grow, and a pause of about `milliseconds`. */
int64_t stemma_clock(void);
void stemma_pause(struct stemma_store *store, int64_t milliseconds);

#endif

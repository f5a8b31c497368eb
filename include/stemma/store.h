/*
 * store.h - an archive: revisions of stories over time, in an ordinary bare
 * git repository that every git tool can read.
 *
 *     refs/heads/story/<key>   one linear chain of commits for each story
 *
 *         commit <- commit <- commit       a revision each, oldest first
 *           |
 *           tree ── <key>.txt              the article's bytes, untouched
 *                ── .gitattributes         "* -text": git leaves them alone
 *
 *     refs/heads/main          what this is, and the version of the format
 *     stemma/                  locks and what can be rebuilt; not git's
 *
 * What is told of a revision besides its bytes stands in the trailers of its
 * commit's message. Revisions are never changed and never removed. A story's
 * revisions are numbered from 1 in the order of the time they were retrieved;
 * of those with the same second, an ancestor comes before its descendants.
 *
 * Writers need no lock of the caller's: any number of processes may add
 * to one archive while git packs it. An addition is acknowledged only when it
 * is on the disk; one that was is never lost, and a process killed at any
 * moment leaves nothing in the way of the next. The method: objects are
 * written first, then the story's ref is compared and swapped under a lock
 * that names its owner, so that what a dead process left can be told.
 *
 * Functions return a code and, if it is not STEMMA_OK, set `error`, which may
 * be NULL. What they find lives in the caller's arena. A store may be used by
 * one thread at a time; several may be open.
 *
 * libgit2's settings are for the whole process. Opening a store asks it to
 * flush what it writes, to read no configuration but the archive's, and not to
 * ask who owns the repository: nothing in an archive is ever run.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_H
#define STEMMA_STORE_H

#include <stemma/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* ---- names and times --------------------------------------------------- */

/* The name of a commit or another object of git's: its SHA-1. */
struct stemma_id {
	unsigned char bytes[20];
};

/* As 40 lowercase hexadecimal digits and a NUL. */
void stemma_id_hex(char hex[41], const struct stemma_id *id);

/* The most bytes a story's name may have, in UTF-8. */
#define STEMMA_STORY_SIZE 4096

/* Room for any story's key and its NUL. */
#define STEMMA_KEY_SIZE 181

/*
 * The key of a story: how its name is written in refs and files, fit for
 * every file system. [a-z0-9_-] stand for themselves, all other bytes of the
 * name's NFC are =xx, so that no two names have the same key and none is a
 * folder of another. What would take more than 180 bytes is cut to 163, "-"
 * and 16 digits of its SHA-256. STEMMA_INVALID: the name is empty, too long,
 * no UTF-8, or has control characters in it. O(size).
 */
enum stemma_code stemma_key_make(char key[STEMMA_KEY_SIZE],
	struct stemma_view name, struct stemma_error *error);

/*
 * The name that has the key `key`, in `arena`; STEMMA_NOTFOUND if the key
 * was cut, so that only the story's revisions tell its name.
 */
enum stemma_code stemma_key_read(struct stemma_view *name,
	struct stemma_view key, struct stemma_arena *arena);

/*
 * Read a date and time: "2025-03-08", with "T14:05" or "T14:05:09" behind it
 * (a space will do for the T), and "Z" or an offset such as "+02:00"; without
 * one it is UTC. Or "@" and seconds since 1970. `first` and `last` are the
 * first and last second that are meant: a day has 86,400 of them. Returns
 * STEMMA_INVALID for anything else, and for years before 1970, which git
 * cannot hold, or after 9999.
 */
enum stemma_code
stemma_time_read(int64_t *first, int64_t *last, struct stemma_view text);

/* Room for a time as text and its NUL. */
#define STEMMA_TIME_SIZE 21

/* Seconds since 1970 as "2025-03-08T14:05:09Z". */
void stemma_time_write(char text[STEMMA_TIME_SIZE], int64_t time);

/* ---- the archive ------------------------------------------------------- */

struct stemma_store;

/* All zeros are the defaults. */
struct stemma_store_options {
	/* For a new archive: who collects, [a-z0-9-]; NULL: a random name.
	   Two archives that exchange revisions must not share one. */
	const char *collector;
	/* For the git program where it is used: "NAME=VALUE" strings, ending
	   with NULL, as main() gets them; NULL: an empty environment. */
	char *const *environment;
	/* How long to wait for other writers, in milliseconds; 0: 10,000. */
	uint32_t patience;
	/* Sign what is added, as git's settings user.signingKey, gpg.format and
	   so on say; true as well where the archive sets stemma.sign. Each
	   revision then takes git and the signing program, also in bulk. */
	bool sign;
};

/* The version of the archive format that this library writes. */
#define STEMMA_STORE_FORMAT 1

/* Whether the folder `path` looks like an archive. Opens nothing. */
bool stemma_store_probe(const char *path);

/*
 * Whether the settings of the archive at `path` say that its format is one
 * that we read, so that what needs no store need not open one to find out.
 * False also where they cannot be read at a glance. Without libgit2.
 */
bool stemma_store_is_known(const char *path);

/*
 * Make a new archive in the folder `path`, which must not exist or be empty;
 * folders above it are made too. It appears whole or not at all. Returns
 * STEMMA_EXISTS if there is something already, also when another process was
 * quicker.
 */
enum stemma_code stemma_store_init(const char *path,
	const struct stemma_store_options *options, struct stemma_error *error);

/*
 * Open the archive at `path`. STEMMA_NOTFOUND: there is none; STEMMA_INVALID:
 * it is a repository, but no archive of ours; STEMMA_UNSUPPORTED: its format
 * is newer than we are. `options` may be NULL.
 */
enum stemma_code
stemma_store_open(struct stemma_store **store, const char *path,
	const struct stemma_store_options *options, struct stemma_error *error);

/* Free a store; NULL is allowed. */
void stemma_store_close(struct stemma_store *store);

/* Where it is, and who collects into it: strings of the store's. */
const char *stemma_store_path(const struct stemma_store *store);
const char *stemma_store_collector(const struct stemma_store *store);

/* ---- adding ------------------------------------------------------------ */

/* Something told of a revision besides what there is a field for. */
struct stemma_note {
	struct stemma_view key;   /* [A-Za-z0-9-] */
	struct stemma_view value; /* one line */
};

/* What a caller remembers of a story, so that it need not be counted. */
struct stemma_known {
	struct stemma_id head; /* the story's head at that time … */
	uint32_t revisions;    /* … and its revisions; 0: nothing is known */
};

/*
 * A revision to add. Views that are empty are not stored. They are one line
 * each, without control characters, or the answer is STEMMA_INVALID.
 */
struct stemma_entry {
	struct stemma_view story; /* its name */
	struct stemma_view bytes; /* the article, any bytes */
	struct stemma_view title;
	struct stemma_view source; /* where it came from: a URL */
	struct stemma_view type;   /* of the bytes: "text/html" */
	struct stemma_view suffix; /* of the file in the tree: "html"; "txt" */
	/* of another archive that retrieved it, for the same commit in both;
	   empty: of this one, and this program */
	struct stemma_view collector, tool;
	const struct stemma_note *notes;
	size_t note_count;
	bool dated;   /* `date` is when it was retrieved; else it is now */
	int64_t date; /* seconds since 1970 */
	struct stemma_known known;
};

struct stemma_added {
	bool stored;             /* false: these bytes are there already */
	bool first;              /* it is the story's first revision */
	uint32_t number;         /* of the revision that holds the bytes */
	struct stemma_id commit; /* that revision */
	int64_t date;            /* when it was retrieved */
	/* What is now the story's head, for the next time. */
	struct stemma_known known;
	bool has_before;         /* there is a revision before it in time … */
	struct stemma_id before; /* … this one */
};

/*
 * Add a revision unless the story already had these bytes at that time: if
 * the last revision at or before its date holds them, nothing is written. Of
 * revisions with the very same date given, each text is kept once. A revision
 * without a date is never older than the story's newest one.
 *
 * Returns STEMMA_OK when the revision is safely on disk or was there already;
 * STEMMA_CONFLICT: others kept the story busy for too long, or a lock that
 * we may not break stands in the way, which `error` names. After any failure
 * the story is as it was. Costs one read of the story's head, if `known` is
 * true or nearly so; otherwise of all commits of the story.
 */
enum stemma_code stemma_store_add(struct stemma_store *store,
	const struct stemma_entry *entry, struct stemma_added *added,
	struct stemma_arena *scratch, struct stemma_error *error);

/* ---- adding in bulk ---------------------------------------------------- */

/*
 * Very many revisions on their way into an archive, in any order: they become
 * one of git's packs, each text told by the one before it, and the stories'
 * refs are written together. Nothing is acknowledged, and nothing can be read,
 * before stemma_bulk_finish(). Others may add to the same stories meanwhile.
 * Memory: some 100 bytes a revision, and up to 128 MB of texts.
 */
struct stemma_bulk;

/* Begin; `bulk` is to be freed, before the store is closed. */
enum stemma_code
stemma_bulk_start(struct stemma_bulk **bulk, struct stemma_store *store,
	struct stemma_arena *scratch, struct stemma_error *error);

/*
 * Add a revision as stemma_store_add() does; `added` tells what will be true
 * if nobody else adds to the story. What it cannot store, STEMMA_INVALID, it
 * passes over; after any other failure only stemma_bulk_free() is left. Each
 * time that a gigabyte has gathered it is finished by itself.
 */
enum stemma_code stemma_bulk_add(struct stemma_bulk *bulk,
	const struct stemma_entry *entry, struct stemma_added *added,
	struct stemma_arena *scratch, struct stemma_error *error);

/*
 * Bring what was added into the archive. After STEMMA_OK all of it is safely
 * on disk, and more can be added. After a failure a part of the stories may
 * have it; adding it all again does no harm.
 */
enum stemma_code stemma_bulk_finish(struct stemma_bulk *bulk,
	struct stemma_arena *scratch, struct stemma_error *error);

/* Free it; what was not finished is gone. NULL is allowed. */
void stemma_bulk_free(struct stemma_bulk *bulk);

/* ---- reading ----------------------------------------------------------- */

struct stemma_revision {
	uint32_t number; /* from 1, in order of time */
	struct stemma_id commit;
	struct stemma_id tree;
	int64_t date;      /* what it is ordered by, in seconds since 1970 */
	int64_t retrieved; /* when it was retrieved: the same, but for
	                      commits that others made */
	struct stemma_view story; /* the name, as it was given */
	struct stemma_view title;
	struct stemma_view source;
	struct stemma_view type;
	struct stemma_view sha256;    /* of the bytes, in hexadecimal */
	struct stemma_view collector; /* who stored it */
	struct stemma_view tool;      /* with what */
	const struct stemma_note *notes;
	size_t note_count;
	uint64_t size; /* of the bytes, as its commit says */
};

/* A story's revisions, oldest first; never empty. */
struct stemma_log {
	struct stemma_view story; /* the name, in NFC */
	struct stemma_id head;    /* the commit that its ref names */
	const struct stemma_revision *revisions;
	uint32_t count;
};

/*
 * All revisions of `story`, in `arena`. STEMMA_NOTFOUND: there is no such
 * story. STEMMA_CORRUPT: a commit of it is missing or damaged. O(count).
 */
enum stemma_code
stemma_store_log(struct stemma_store *store, struct stemma_log *log,
	struct stemma_view story, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error);

/* So many new revisions are read one by one. */
#define STEMMA_NEWER_MOST 64

/*
 * The same when the log of an earlier day is known: of it the story, the head,
 * and of its revisions at least `commit` and `date`; of these the answer knows
 * no more than `known`. Only commits that came since are read. STEMMA_INVALID:
 * they are too many, or tell no order: only stemma_store_log() does.
 */
enum stemma_code stemma_store_log_since(struct stemma_store *store,
	struct stemma_log *log, const struct stemma_log *known,
	struct stemma_arena *arena, struct stemma_error *error);

/* What the commit `id` tells of itself, such as a story's newest one; its
   number is 0, for only the whole story tells. */
enum stemma_code stemma_store_describe(struct stemma_store *store,
	struct stemma_revision *revision, const struct stemma_id *id,
	struct stemma_arena *arena, struct stemma_error *error);

/* The suffix of a revision's file, in `arena`; empty if an entry cannot have
   it. */
enum stemma_code stemma_store_suffix(struct stemma_store *store,
	struct stemma_view *suffix, const struct stemma_revision *revision,
	struct stemma_arena *arena, struct stemma_error *error);

/*
 * The bytes of a revision, in `arena`. To go through a story's revisions
 * oldest first in the memory of one of them, mark the arena before each call
 * and rewind it after.
 */
enum stemma_code stemma_store_read(struct stemma_store *store,
	struct stemma_view *bytes, const struct stemma_revision *revision,
	struct stemma_arena *arena, struct stemma_error *error);

/* The same for the commit `id`. */
enum stemma_code stemma_store_read_commit(struct stemma_store *store,
	struct stemma_view *bytes, const struct stemma_id *id,
	struct stemma_arena *arena, struct stemma_error *error);

/*
 * The revision of `log` that `selector` names: a number from 1, "latest" (as
 * is an empty one), "~1" (one before the latest), a date (the last one at or
 * before it) or the beginning of a commit's name, at least 4 digits.
 * STEMMA_NOTFOUND: `error` says which ones come nearest. STEMMA_INVALID: it
 * is none of these, or fits several commits.
 */
enum stemma_code stemma_log_select(const struct stemma_log *log,
	const struct stemma_revision **revision, struct stemma_view selector,
	struct stemma_error *error);

/*
 * Whether each object that is read is hashed again and compared with its name,
 * as at first. Without it reading takes a fifth less, and only damage that the
 * compression notices is told: for going through all of an archive to find
 * what will be read again before anybody hears of it. For the whole process.
 */
void stemma_store_rehash(bool rehash);

/* ---- names of stories -------------------------------------------------- */

struct stemma_name {
	struct stemma_view key;
	struct stemma_view name; /* empty if the key was cut */
	struct stemma_id head;   /* the newest commit */
};

/*
 * The stories of the archive at `path` whose names start with `prefix`, in
 * the order of their keys, in `arena`. With a `limit`, no more than that
 * many. Reads git's files of refs directly, without a store and without
 * libgit2: O(log all + found), plus the refs that git has not packed.
 */
enum stemma_code stemma_names_list(struct stemma_name **stories, size_t *count,
	const char *path, struct stemma_view prefix, size_t limit,
	struct stemma_arena *arena, struct stemma_error *error);

/*
 * The story called `name` of the archive at `path`, in `arena`; if there is
 * none, STEMMA_NOTFOUND. Without a store and without libgit2, as above.
 * O(log all).
 */
enum stemma_code stemma_names_get(struct stemma_name *story, const char *path,
	struct stemma_view name, struct stemma_arena *arena,
	struct stemma_error *error);

/*
 * The stories whose names hold `held`, ASCII letters in either
 * case; of a name that is too long for a key, its start alone. O(all).
 */
enum stemma_code stemma_names_search(struct stemma_name **stories,
	size_t *count, const char *path, struct stemma_view held, size_t limit,
	struct stemma_arena *arena, struct stemma_error *error);

/* The revisions of a story that was listed, up to the head it had then, as
   stemma_store_log() gives them. No ref is read. */
enum stemma_code
stemma_store_log_name(struct stemma_store *store, struct stemma_log *log,
	const struct stemma_name *name, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error);

/*
 * The newest of them alone, no more than `most`, numbered from 1 on as if
 * there were no others; `whole`: there are none. STEMMA_INVALID: two archives
 * brought revisions at once, or one was dated back, so that only all of them
 * tell an order; one further back than these is not noticed.
 * O(most).
 */
enum stemma_code stemma_store_log_newest(struct stemma_store *store,
	struct stemma_log *log, bool *whole, const struct stemma_name *name,
	uint32_t most, struct stemma_arena *arena, struct stemma_error *error);

/* Room for a stamp and its NUL. */
#define STEMMA_STAMP_SIZE 256

/*
 * What tells whether stories were added or have new heads since: as long as
 * the stamp of the archive at `path` stays the same, stemma_names_list() does
 * too. False if it cannot be relied on, because something changed within the
 * last two seconds and may change again unseen. O(1).
 */
bool stemma_names_stamp(char stamp[STEMMA_STAMP_SIZE], const char *path);

/* ---- archives of several places ---------------------------------------- */

struct stemma_synced {
	uint32_t received; /* stories that have more than before */
	uint32_t sent;     /* stories that the other side has more of */
	uint32_t refused;  /* of what came: it made no sense */
};

/*
 * Exchange revisions with other archives through `remote`, any git repository
 * that git can reach: an address, or a name that the archive's configuration
 * gives one. NULL: that of the first time. Afterwards this archive has all
 * that others sent there, and the other way round. Stories that grew in two
 * places are joined: their revisions stand in order of time as always, and
 * every archive makes the same commits of them, in whatever order they meet.
 * Runs git. STEMMA_CONFLICT: another sync of this archive is at work.
 */
enum stemma_code stemma_store_sync(struct stemma_store *store,
	struct stemma_synced *synced, const char *remote,
	struct stemma_arena *scratch, struct stemma_error *error);

/* ---- keeping it in order ----------------------------------------------- */

/* What an archive is made of. */
struct stemma_size {
	uint64_t bytes; /* of all objects, as they are stored */
	uint64_t packs, loose_objects, loose_refs;
};

struct stemma_gc {
	bool done; /* false: there was no need */
	struct stemma_size before, after;
};

/*
 * Let git pack what lies about, while others read and write. With `if_needed`
 * only where there is enough of it to make things slower, and then no more
 * than has to be; without, as small as it gets. STEMMA_CONFLICT: somebody else
 * is at it. Nothing younger than two weeks is ever removed.
 */
enum stemma_code stemma_store_gc(struct stemma_store *store,
	struct stemma_gc *report, bool if_needed, struct stemma_error *error);

/* Something that is not as it should be. */
struct stemma_fault {
	struct stemma_view story; /* empty: no story's */
	uint32_t number; /* of the revision; 0: it cannot be told, or no one */
	bool has_commit;
	struct stemma_id commit; /* of the revision */
	struct stemma_view what; /* a sentence without its full stop */
};

struct stemma_verified {
	uint32_t stories, good_stories;
	uint64_t revisions, good_revisions;   /* that can be reached at all */
	uint64_t objects;                     /* that were hashed again */
	uint64_t bytes;                       /* of texts that were read */
	uint64_t signatures, good_signatures; /* found, and good */
	uint64_t foreign; /* revisions that tell of no text: others made them */
	uint64_t lost;    /* of the whole archive: that no story leads to */
	const struct stemma_fault *faults;
	size_t fault_count;
};

/*
 * Prove what `story` is made of or, if that is empty, the whole archive: every
 * object is hashed again; texts have the SHA-256, size and place that their
 * commits tell; dates and names agree with each other; chains are linear but
 * where histories were joined; packs, refs and signatures are sound. Returns
 * STEMMA_OK if that could be found out, whatever was found. Takes 100 bytes an
 * object and the largest text.
 */
enum stemma_code stemma_store_verify(struct stemma_store *store,
	struct stemma_verified *verified, struct stemma_view story,
	struct stemma_arena *arena, struct stemma_arena *scratch,
	struct stemma_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

/*
 * index.h - a derived look-up over an archive: which revision of which story
 * held a passage, and which stories there are. A file of SQLite's; all that
 * is in it can be made again from the archive, so deleting it loses nothing.
 *
 *     add:   paragraph -> words -> hashes of 6 words in a row -> every one
 *            that is the least of 8 neighbours -> (hash, revision)
 *     look:  the same of the paragraph in question -> revisions that share
 *            hashes with it -> the earliest and the most alike of them
 *
 * The choice of the least hash of a window is winnowing (Schleimer, Wilkerson
 * and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
 * 2003): two texts that share 13 words in a row share a hash for certain, and
 * a paragraph that was edited lightly shares some. Words are compared without
 * case, punctuation and typography; a character of a script without spaces is
 * a word. A story holds a hash once, at the revision that brought it.
 *
 * Hashes have 40 bits, so that the index stays small: what is found is a
 * candidate, never a proof. Whoever tells people of it reads the revision's
 * text first.
 *
 * Hashes lie in segments, sorted and packed into blocks of one page, a row
 * each. A transaction adds one segment, and eight of about one size are merged
 * into a larger one, so that a look-up meets few of them.
 *
 * An index may be used by one thread at a time. Any number of processes may
 * read it while one adds to it: a reader sees the last commit. Writers wait
 * for each other. Answers live in the caller's arena.
 *
 * Damage is noticed, not read over: blocks carry checksums, and STEMMA_CORRUPT
 * from any function means that the index should be removed and made again.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_INDEX_H
#define STEMMA_INDEX_H

#include <stemma/base.h>
#include <stemma/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

struct stemma_index;

/* Bytes of a commit's name: git's SHA-1. The index does not look into it. */
#define STEMMA_COMMIT_SIZE 20

/* ---- the file ---------------------------------------------------------- */

/* All zeros are the defaults. */
struct stemma_index_options {
	/* Only look: nothing is written, not even beside the file. */
	bool read_only;
	/* How long to wait for other writers, in milliseconds; 0: 10,000. */
	uint32_t patience;
	/* How many hashes to gather before they are written as a segment;
	   0: 4 million. 32 bytes each, taken only when something is added. */
	uint32_t gather;
};

/*
 * Open the index in the file `path`, and make it if there is none; NULL is a
 * file without a name, which is gone when the index is closed. `made` (may be
 * NULL) tells whether it is new and knows of nothing.
 *
 * STEMMA_CORRUPT: it is no index, or a damaged one; STEMMA_UNSUPPORTED: one
 * that another version of the library made: remove it, and make it again.
 * STEMMA_NOTFOUND: `read_only`, and there is none, or none that can be read
 * without writing. STEMMA_IO, STEMMA_NOMEM.
 */
enum stemma_code
stemma_index_open(struct stemma_index **index, bool *made, const char *path,
	const struct stemma_index_options *options, struct stemma_error *error);

/* Close; what was not committed is dropped. NULL is allowed. */
void stemma_index_close(struct stemma_index *index);

/*
 * Remove the index in the file `path` and what SQLite keeps beside it.
 * Processes that have it open keep the old one until they close it.
 */
enum stemma_code
stemma_index_remove(const char *path, struct stemma_error *error);

/* ---- what changed since ------------------------------------------------ */

/*
 * The caller's word for the state of the archive that was indexed, such as
 * the times of its files: empty if none was set. At most 255 bytes. When it
 * is still the same, nothing needs to be asked story by story.
 */
enum stemma_code
stemma_index_stamp(struct stemma_index *index, struct stemma_view *stamp,
	struct stemma_arena *arena, struct stemma_error *error);

/* A story as the archive has it now. */
struct stemma_index_head {
	struct stemma_view key; /* unique; what heads are sorted by, bytewise */
	unsigned char commit[STEMMA_COMMIT_SIZE]; /* its newest */
};

struct stemma_index_changes {
	uint32_t *changed; /* positions of heads that the index has not seen */
	uint32_t changed_count;
	struct stemma_view *gone; /* keys that the archive has no longer */
	uint32_t gone_count;
};

/* What is to be done. One pass over all stories: O(stories). */
enum stemma_code stemma_index_compare(struct stemma_index *index,
	struct stemma_index_changes *changes,
	const struct stemma_index_head *heads, uint32_t count,
	struct stemma_arena *arena, struct stemma_error *error);

/* ---- adding ------------------------------------------------------------ */

/*
 *     begin  { story  add add add … }…  [stamp]  commit
 *
 * After a failure of any of them only stemma_index_rollback() makes sense.
 */

/*
 * Start to write; waits for other writers. STEMMA_CONFLICT: for too long;
 * STEMMA_INVALID: it was opened for reading only.
 */
enum stemma_code
stemma_index_begin(struct stemma_index *index, struct stemma_error *error);

/* A revision as the archive's log tells it. */
struct stemma_index_revision {
	unsigned char commit[STEMMA_COMMIT_SIZE];
	int64_t time; /* when it was retrieved, in seconds since 1970 */
};

/* A story with all its revisions, oldest first. */
struct stemma_index_story {
	struct stemma_view key;
	struct stemma_view name;  /* for people, and for the look-up by name */
	struct stemma_view title; /* of the newest revision; may be empty */
	unsigned char head[STEMMA_COMMIT_SIZE];
	const struct stemma_index_revision *revisions;
	uint32_t count;
};

/*
 * Go on with `story`. `first` becomes the position of the first revision that
 * the index does not know: that and all after it must be added, in order. If
 * the story's past is another than the one that was indexed, it is forgotten,
 * and `first` is 0. `story` must stay as it is until they are added.
 */
enum stemma_code
stemma_index_begin_story(struct stemma_index *index, uint32_t *first,
	const struct stemma_index_story *story, struct stemma_error *error);

/*
 * Add the text of the next revision; NULL for one that cannot be had now, which
 * stemma_index_unread() names from then on. Paragraphs that the story had before
 * cost next to nothing; O(bytes) for the others. `scratch` is left as it was.
 */
enum stemma_code
stemma_index_add(struct stemma_index *index, const struct stemma_doc *doc,
	struct stemma_arena *scratch, struct stemma_error *error);

/* A revision whose text was not to be had when it was added. */
struct stemma_unread {
	struct stemma_view key, name; /* of its story */
	unsigned char commit[STEMMA_COMMIT_SIZE];
};

/*
 * All of these, a story's together and in order, in `arena`. When one can be
 * read again, its story should be forgotten, and added as a new one. O(them).
 */
enum stemma_code stemma_index_unread(struct stemma_index *index,
	struct stemma_unread **unread, uint32_t *count,
	struct stemma_arena *arena, struct stemma_error *error);

/* Forget a story. */
enum stemma_code stemma_index_forget(struct stemma_index *index,
	struct stemma_view key, struct stemma_error *error);

/* Note the stamp of the archive that is now indexed. */
enum stemma_code stemma_index_set_stamp(struct stemma_index *index,
	struct stemma_view stamp, struct stemma_error *error);

/*
 * Write what was gathered. `all` merges all segments into one, which is worth
 * it after much was added: the next look-ups are the quicker for it. On
 * failure nothing since stemma_index_begin() happened.
 */
enum stemma_code stemma_index_commit(
	struct stemma_index *index, bool all, struct stemma_error *error);

/* Drop everything since stemma_index_begin(). */
void stemma_index_rollback(struct stemma_index *index);

/* How many hashes are gathered and not yet written. */
uint32_t stemma_index_gathered(const struct stemma_index *index);

/* ---- looking up passages ----------------------------------------------- */

/* A revision that seems to hold a passage. */
struct stemma_sighting {
	struct stemma_view key;  /* of the story */
	struct stemma_view name; /* of the story */
	unsigned char commit[STEMMA_COMMIT_SIZE];
	int64_t time;
	uint32_t shared; /* hashes of the passage that it holds */
	/* The part of the document that these hashes stand for. */
	struct stemma_span span;
};

/* What the index knows of one unit of a document. */
struct stemma_lookup {
	uint32_t unit;
	uint32_t words;   /* in it */
	uint32_t hashes;  /* different ones chosen from it; 0: too short */
	uint32_t stories; /* that hold it, as half of its hashes or more say */
	const struct stemma_sighting *sightings; /* earliest first */
	uint32_t count;
};

/* All zeros are the defaults. */
struct stemma_look_options {
	/* Most sightings of a passage, the ones that share most; of those
	   that share as much the earliest; 0: 16. */
	uint32_t sightings;
	/* Leave out revisions that share fewer of a passage's hashes than
	   this, in thousandths; 0: 100. */
	uint32_t least;
};

/*
 * A passage for each unit of `doc`, in order, in `arena`. Of a hash that very
 * many stories hold, the index knows the 64 earliest ones and the number of
 * all. O(words × log all hashes), and one reading of the disk for each hash
 * that is not in memory.
 */
enum stemma_code stemma_index_look(struct stemma_index *index,
	struct stemma_lookup **passages, const struct stemma_doc *doc,
	const struct stemma_look_options *options, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error);

/* ---- looking up stories ------------------------------------------------ */

struct stemma_index_totals {
	uint64_t stories, revisions;
	uint64_t hashes;   /* as (hash, story), boilerplate cut to 64 */
	uint32_t segments; /* that a look-up has to ask */
};

/* What the index holds altogether. */
enum stemma_code stemma_index_count(struct stemma_index *index,
	struct stemma_index_totals *totals, struct stemma_error *error);

/* A story, as completion shows it. */
struct stemma_listed {
	struct stemma_view key, name;
	struct stemma_view title; /* of the newest revision */
	int64_t time;             /* of the newest revision */
	uint32_t revisions;
};

/*
 * Stories whose name starts with `text`, bytewise; with `words`, those that
 * have, in name or title, each word of `text` or one that starts with it,
 * without case and typography. Newest first, at most `limit` (0: no limit).
 */
enum stemma_code
stemma_index_stories(struct stemma_index *index, struct stemma_listed **stories,
	size_t *count, struct stemma_view text, bool words, size_t limit,
	struct stemma_arena *arena, struct stemma_error *error);

/*
 * The story that has the key `key`, as the index knows it, with the commits
 * and times of all its revisions. STEMMA_NOTFOUND: it knows of none. Compare
 * `head` with the archive's to learn whether there are others by now.
 * O(revisions).
 */
enum stemma_code stemma_index_find_story(struct stemma_index *index,
	struct stemma_index_story *story, struct stemma_view key,
	struct stemma_arena *arena, struct stemma_error *error);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

/*
 * base.h - what every part stands on: views and spans, an arena with a byte
 * limit, an output buffer that remembers failure, an interning table, hashes
 * and the error value.
 *
 *     view  { bytes, size }        somebody else's bytes, not NUL-terminated
 *     span  [start, end)           byte offsets into a text named elsewhere
 *     arena                        one lifetime: everything is freed at once
 *
 * Nothing here prints, exits, aborts, or keeps state outside its arguments.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_BASE_H
#define STEMMA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* The version of the library that these headers belong to. */
#define STEMMA_VERSION "0.1.0"

/* The version of the library in use: a static string such as "0.1.0". */
const char *stemma_version(void);

/* ---- errors ------------------------------------------------------------ */

enum stemma_code {
	STEMMA_OK = 0,
	STEMMA_NOMEM,       /* no memory, or an arena's limit was reached */
	STEMMA_INVALID,     /* an argument or an input makes no sense */
	STEMMA_UNSUPPORTED, /* understood, but not possible here */
	STEMMA_IO,          /* reading or writing failed */
	STEMMA_NOTFOUND,    /* a name leads nowhere */
	STEMMA_EXISTS,      /* it is there already */
	STEMMA_CONFLICT,    /* somebody else changed it meanwhile */
	STEMMA_CORRUPT      /* stored data is not what it says it is */
};

/* A few plain words for a code, in English: a static string. */
const char *stemma_code_message(enum stemma_code code);

/*
 * What went wrong, for people. The caller owns it, starts it as zeros and may
 * pass NULL instead. The first message wins: later ones never hide the cause.
 */
struct stemma_error {
	enum stemma_code code;
	char message[256]; /* one line, UTF-8, NUL-terminated, no full stop */
};

/*
 * Set `error` unless it is NULL or already set. `format` is printf's.
 * Returns `code`, so that a failing function can end with it.
 */
enum stemma_code
stemma_error_set(struct stemma_error *error, enum stemma_code code,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/* ---- views and spans --------------------------------------------------- */

struct stemma_view {
	const char *bytes; /* not NUL-terminated; may be NULL when size is 0 */
	size_t size;       /* in bytes */
};

struct stemma_span {
	size_t start; /* in bytes, inclusive */
	size_t end;   /* in bytes, exclusive; never before start */
};

/* A view of a NUL-terminated string. NULL gives an empty view. */
struct stemma_view stemma_view_of(const char *string);

/* The part of `text` that `span` names; `span` must lie inside `text`. */
struct stemma_view
stemma_view_cut(struct stemma_view text, struct stemma_span span);

/* Whether two views hold the same bytes. */
bool stemma_view_equal(struct stemma_view a, struct stemma_view b);

/* ---- arena ------------------------------------------------------------- */

/*
 * Memory of one lifetime. Allocation is a bump of a pointer in a chunk that
 * grows with use; there is no single free, only stemma_arena_free() for all
 * and stemma_arena_rewind() for all since a mark. Not to be shared between
 * threads without a lock of the caller's.
 */
struct stemma_arena;

/*
 * A new arena that hands out at most `limit` bytes (0: no limit), or NULL.
 * The limit counts what callers asked for, so a failure is repeatable.
 */
struct stemma_arena *stemma_arena_new(size_t limit);

/* Free the arena and all it gave. NULL is allowed. */
void stemma_arena_free(struct stemma_arena *arena);

/*
 * Room for `count` objects of `size` bytes, aligned for any type, contents
 * undefined; NULL when memory or the limit is exhausted, or count * size
 * overflows. A count of 0 gives a valid pointer to nothing. O(1).
 */
void *stemma_arena_alloc(struct stemma_arena *arena, size_t count, size_t size);

/* The same, filled with zeros. */
void *
stemma_arena_zalloc(struct stemma_arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of `view`, or NULL. */
char *stemma_arena_string(struct stemma_arena *arena, struct stemma_view view);

/* Bytes handed out and not rewound, as counted against the limit. */
size_t stemma_arena_used(const struct stemma_arena *arena);

/* A point in an arena's life, to go back to. */
struct stemma_mark {
	void *chunk;
	size_t at;   /* bytes used in that chunk */
	size_t used; /* bytes handed out by then */
};

/* The point that the arena is at now. */
struct stemma_mark stemma_arena_mark(const struct stemma_arena *arena);

/* Give back all that was allocated since `mark` was taken. */
void stemma_arena_rewind(struct stemma_arena *arena, struct stemma_mark mark);

/* ---- output ------------------------------------------------------------ */

/*
 * Growing bytes with a sticky failure: write as much as you like, then ask
 * stemma_out_finish() once. Without a sink all bytes stay in `bytes`; with one
 * they are handed to it whenever about 64 KiB have gathered, so that output
 * of any size takes constant memory.
 *
 *     struct stemma_out out = {0};
 *     stemma_out_string(&out, "hello");
 *     if (stemma_out_finish(&out) == STEMMA_OK) use(out.bytes, out.size);
 *     stemma_out_free(&out);
 */
struct stemma_out {
	char *bytes;     /* owned; gathered and not yet given to the sink */
	size_t size;     /* of them, in bytes */
	size_t capacity; /* in bytes */
	size_t limit;    /* most bytes to hold at once; 0: no limit */
	enum stemma_code code; /* the first failure, or STEMMA_OK */
	/* Takes all `size` bytes or returns a code; NULL: keep everything. */
	enum stemma_code (*sink)(void *cookie, const char *bytes, size_t size);
	void *cookie; /* the caller's, for the sink */
};

/* Append bytes, a view, a NUL-terminated string, or one byte. */
void stemma_out_bytes(struct stemma_out *out, const char *bytes, size_t size);
void stemma_out_view(struct stemma_out *out, struct stemma_view view);
void stemma_out_string(struct stemma_out *out, const char *string);
void stemma_out_char(struct stemma_out *out, char c);
/* `count` times the byte `c`. */
void stemma_out_repeat(struct stemma_out *out, char c, size_t count);
/* A decimal number, without going through printf. */
void stemma_out_number(struct stemma_out *out, uint64_t number);
void stemma_out_format(struct stemma_out *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* `view` as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void stemma_out_json(struct stemma_out *out, struct stemma_view view);
/*
 * Any bytes, such as a file's name, on one line of a terminal: whatever could
 * move the cursor, change colours or turn the reading direction is shown,
 * never obeyed.
 *
 *     ESC  ^[      U+009B  <9B>      U+202E  <U+202E>      byte ff  <FF>
 */
void stemma_out_visible(struct stemma_out *out, struct stemma_view view);
/* Hand the rest to the sink; returns the first failure, or STEMMA_OK. */
enum stemma_code stemma_out_finish(struct stemma_out *out);
/* Free the bytes and make `out` empty; sink and limit stay. */
void stemma_out_free(struct stemma_out *out);

/* ---- hashes ------------------------------------------------------------ */

/* 64 bits of XXH3 over the bytes: fast, not proof against an attacker. */
uint64_t stemma_hash(struct stemma_view view);

/* SHA-256 (FIPS 180-4) of the bytes, 32 bytes into `digest`. */
void stemma_sha256(unsigned char digest[32], struct stemma_view view);

/* The same as 64 lowercase hexadecimal digits and a NUL into `hex`. */
void stemma_sha256_hex(char hex[65], struct stemma_view view);

/* ---- interning --------------------------------------------------------- */

/*
 * Gives equal strings equal small numbers: 0, 1, 2, … in order of first
 * sight. Documents that will be compared share one table. The table borrows
 * the bytes it is shown: they must outlive it.
 */
struct stemma_intern;

/* A number that is no string's. */
#define STEMMA_NO_ID UINT32_MAX

/* A new table in `arena`, which must outlive it, or NULL. */
struct stemma_intern *stemma_intern_new(struct stemma_arena *arena);

/* The same, with room for `count` strings before it has to grow. */
struct stemma_intern *
stemma_intern_new_for(size_t count, struct stemma_arena *arena);

/*
 * The number of `string`, which is added if it is new; STEMMA_NO_ID without
 * memory. Expected O(size).
 */
uint32_t
stemma_intern_id(struct stemma_intern *table, struct stemma_view string);

/* The same, but a new string is copied to the table's arena, not borrowed. */
uint32_t
stemma_intern_copy(struct stemma_intern *table, struct stemma_view string);

/*
 * The numbers of `count` strings into `ids`, as stemma_intern_id() would give
 * them in order. Their way to memory overlaps, so this is a good deal faster
 * with a large table. False without memory; then `ids` is of no use.
 */
bool stemma_intern_ids(struct stemma_intern *table, uint32_t *ids,
	const struct stemma_view *strings, size_t count);

/* The number of `string`, or STEMMA_NO_ID if it was never added. */
uint32_t stemma_intern_find(
	const struct stemma_intern *table, struct stemma_view string);

/* The string with number `id`, which must be below the count. */
struct stemma_view
stemma_intern_string(const struct stemma_intern *table, uint32_t id);

/* How many strings there are. */
uint32_t stemma_intern_count(const struct stemma_intern *table);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

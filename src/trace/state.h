/*
 * state.h - what a trace knows.
 *
 *     passages   a wording of a paragraph each, once however often it stood
 *        │ first, count
 *        ▼
 *     stream     token, token, token|END, token …      all passages in a row
 *        │
 *        ▼
 *     tokens     a word typed once: where and when; known again all its life
 *
 * Three tables lead back into these: keys of passages, keys of sentences (to
 * their first word in the stream), and runs of words (likewise).
 *
 *     turns      for each revision two sets of passages: gone and come
 *        │
 *        ▼
 *     sets       first, count; each once, for a page that is blanked and
 *        │       restored a thousand times has the same few
 *        ▼
 *     members    passage, passage …
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TRACE_STATE_H
#define TRACE_STATE_H

#include <stemma/base.h>
#include <stemma/text.h>
#include <stemma/trace.h>

#include "diff/diff.h"

#define STEMMA_NONE UINT32_MAX

/* In the stream, the last word of a sentence. */
#define STEMMA_SENTENCE_END 0x80000000u

/* Words of a run that the index knows. */
#define STEMMA_GRAM 5

/* Words that a run must have to be taken from anywhere: fewer in a row are
   typed anew every day. */
#define STEMMA_RUN_LEAST 12

/* The same where a sentence begins or ends with them. */
#define STEMMA_BOUND_LEAST 8

/* Words that a whole sentence must have to be known wherever it stands. */
#define STEMMA_SENTENCE_LEAST 4

/* Bytes in use and the most there may be; 0: no limit. */
struct stemma_account {
	size_t used, limit;
};

/* Growing memory that can be reserved before it is used. */
struct stemma_list {
	void *items;
	size_t count, capacity; /* in items */
};

/* Make room for `more` items of `size` bytes; false without memory. */
bool stemma_list_reserve(struct stemma_list *list, size_t more, size_t size,
	struct stemma_account *account);

void stemma_list_free(struct stemma_list *list);

struct stemma_slot {
	uint32_t tag;   /* of the hash */
	uint32_t value; /* plus one; 0: free */
};

/* Open addressing with linear probing; equal tags may stand several times. */
struct stemma_table {
	struct stemma_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
};

void stemma_table_free(struct stemma_table *table);
bool stemma_table_reserve(struct stemma_table *table, size_t more,
	struct stemma_account *account);

/* Make its room this large: a power of two, above the count. */
bool stemma_table_resize(struct stemma_table *table, size_t capacity,
	struct stemma_account *account);

void
stemma_table_put(struct stemma_table *table, uint64_t hash, uint32_t value);

/* The next value with this hash from `*cursor` on, which starts as 0;
   STEMMA_NONE at the end. */
uint32_t stemma_table_next(
	const struct stemma_table *table, uint64_t hash, size_t *cursor);

struct stemma_token {
	uint32_t word; /* its id, of the trace's table */
	uint32_t look; /* of its bytes: a hash */
	uint32_t revision;
	uint32_t start, size; /* in that revision as it was read, in bytes */
	uint32_t place;       /* which word of that revision, from 0 */
	uint32_t reformatted; /* revision, or 0 */
	uint32_t root;   /* the token with its first look. What follows is said
	                  of all its looks there */
	uint32_t stands; /* in so many passages of the newest revision */
	uint32_t restored; /* the first revision that restored it, or 0 */
	uint32_t holder;   /* while a revision comes in: which of the passages
	                    before it lost it, plus one */
};

struct stemma_passage {
	uint64_t key;
	uint32_t bytes;
	uint32_t first, count;  /* in the stream */
	uint32_t revision;      /* in which it first stood */
	uint32_t last;          /* in which it last stood */
	uint32_t left;          /* in which it last was gone, or 0 */
	uint32_t unit;          /* of that first revision */
	uint32_t parent;        /* the passage that it came from, or NONE */
	uint32_t seen;          /* in which the first of that line stood */
	uint32_t edits;         /* passages before it in that line */
	uint32_t kept, brought; /* words */
	uint32_t returns;
};

/* Passages that came or went together. */
struct stemma_set {
	uint32_t first, count; /* among the members */
};

/* What a revision did, as two sets. */
struct stemma_turn {
	uint32_t come, gone;
};

struct stemma_trace {
	struct stemma_account account;
	struct stemma_arena *arena; /* of the words' strings */
	struct stemma_arena *spare; /* empty between calls */
	struct stemma_intern *words;
	struct stemma_list tokens;   /* struct stemma_token */
	struct stemma_list stream;   /* uint32_t */
	struct stemma_list passages; /* struct stemma_passage */
	struct stemma_list now;      /* uint32_t: passages of the newest */
	struct stemma_list sets;     /* struct stemma_set */
	struct stemma_list members;  /* uint32_t: passages of the sets */
	struct stemma_list turns;    /* struct stemma_turn, by revision */
	struct stemma_table keys, sentences, grams;
	struct stemma_table set_keys;
	uint32_t revision; /* the newest, from 1; 0: nothing yet */
};

static inline struct stemma_token *
stemma_tokens(const struct stemma_trace *trace)
{
	return trace->tokens.items;
}

static inline struct stemma_passage *
stemma_passages(const struct stemma_trace *trace)
{
	return trace->passages.items;
}

/* The token at `at` of the stream. */
static inline uint32_t
stemma_stream_token(const struct stemma_trace *trace, uint32_t at)
{
	return ((const uint32_t *)trace->stream.items)[at] &
	       ~STEMMA_SENTENCE_END;
}

static inline bool
stemma_stream_ends(const struct stemma_trace *trace, uint32_t at)
{
	return ((const uint32_t *)trace->stream.items)[at] &
	       STEMMA_SENTENCE_END;
}

/* What is known of the word at `at` of the stream in all its looks. */
static inline struct stemma_token *
stemma_stream_root(const struct stemma_trace *trace, uint32_t at)
{
	struct stemma_token *tokens = stemma_tokens(trace);

	return &tokens[tokens[stemma_stream_token(trace, at)].root];
}

/* The word that stands at `at` of the stream. */
static inline uint32_t
stemma_stream_word(const struct stemma_trace *trace, uint32_t at)
{
	return stemma_tokens(trace)[stemma_stream_token(trace, at)].word;
}

static inline const struct stemma_turn *
stemma_turns(const struct stemma_trace *trace)
{
	return trace->turns.items;
}

/* The members of a set, `*count` of them: turns.c. */
const uint32_t *stemma_set_members(
	const struct stemma_trace *trace, uint32_t set, uint32_t *count);

/* The set of the members from `first` on, which are forgotten if there is one
   like it already. There is room for it. */
uint32_t stemma_set_close(struct stemma_trace *trace, size_t first);

/* Add a member to the set in the making. There is room for it. */
static inline void
stemma_set_add(struct stemma_trace *trace, uint32_t passage)
{
	((uint32_t *)trace->members.items)[trace->members.count++] = passage;
}

/* The passage with these bytes, or STEMMA_NONE. */
uint32_t stemma_passage_find(
	const struct stemma_trace *trace, uint64_t key, size_t bytes);

/* The passage that holds place `at` of the stream. O(log passages). */
uint32_t stemma_passage_at(const struct stemma_trace *trace, uint32_t at);

/* ---- a revision on its way in ------------------------------------------ */

/* A word in a paragraph that never stood before. */
struct stemma_fresh {
	uint32_t word;
	uint32_t look;
	uint32_t start, size; /* as read */
	uint32_t unit;
	uint32_t token; /* that it is, or STEMMA_NONE */
	uint32_t run;   /* words of the run it was known in */
	uint32_t from;  /* the place in the stream, if the index found it */
	uint32_t stood; /* the place in the stream where it was found */
	bool end;       /* of a sentence */
};

struct stemma_addition {
	struct stemma_trace *trace;
	const struct stemma_doc *doc;
	struct stemma_arena *scratch;
	uint32_t *passages; /* by unit; STEMMA_NONE: a fresh one */
	uint32_t *places;   /* by unit: its first word's */
	uint32_t *sizes;    /* by unit: its words */
	struct stemma_fresh *fresh;
	size_t fresh_count;
	size_t sentence_count; /* among them */
	uint32_t *gone; /* places in the stream of what vanished, in order */
	size_t gone_count;
	uint32_t *votes; /* by passage before it: words in the one in hand */
	uint8_t *taken;  /* of these: it is known where it went */
};

/* Whole sentences: match.c. Words in place: match.c. Both false without
   memory. */
bool stemma_match_sentences(struct stemma_addition *addition);
bool stemma_match_words(struct stemma_addition *addition);

/*
 * The blocks of equal words between two sides, none of them a stray, in no
 * order: blocks.c. False without memory.
 */
bool stemma_blocks_make(struct stemma_run **runs, size_t *count,
	const uint32_t *const words[2], const size_t counts[2],
	struct stemma_arena *scratch, struct stemma_arena *spare);

/* Runs of words known from anywhere: grams.c. */
bool stemma_match_grams(struct stemma_addition *addition);

/* The hash of `count` words, of a run or a sentence. */
uint64_t stemma_words_hash(uint64_t hash, uint32_t word);

/* Bring a matched revision into the trace, which has room for it. */
bool stemma_addition_reserve(struct stemma_addition *addition);
void stemma_addition_commit(struct stemma_addition *addition);

#endif

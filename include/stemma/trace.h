/*
 * trace.h - provenance: fed the revisions of a story oldest first, tells for
 * each word of the newest one in which revision this very piece of text first
 * stood.
 *
 *     1   The bridge is closed.           bridge: 1
 *     2   The old bridge is closed.       old: 2, all others: 1
 *     3                                   (emptied)
 *     4   The old bridge is closed.       old: 2, all others: 1
 *
 * Text keeps its origin through moves, splits, merges, edits around it, and
 * through deletion and later restoration. What is copied from a passage that
 * stood in the story before has the origin of that passage. A word typed anew
 * is new, however often the story has it elsewhere: text that does not stand
 * where its predecessor stood is known again only
 *
 *   - as a whole paragraph, or as a whole sentence of 4 words or more;
 *   - as a run of 12 words or more, or of 8 with which a sentence begins or
 *     ends in both places;
 *   - in blocks beside such a run, of what stood beside it there.
 *
 * Of what stands where other words vanished, short runs with much change on
 * both sides are taken for new: in a rewritten sentence "of" is nobody's.
 *
 * A word that differs in typography or in the case of its letters alone is the
 * same word.
 *
 * The method is WikiWho's (Flöck and Acosta, "WikiWho: precise and efficient
 * attribution of authorship of revisioned content", WWW 2014): known paragraphs
 * by their hash, then known sentences, then words against what vanished with
 * this revision, longest blocks first. To that it adds an index of the runs of
 * 5 words of all that ever stood in the story, which finds what was moved,
 * copied or restored with changes. Words are those of stemma_words_split():
 * a sign of punctuation is one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TRACE_H
#define STEMMA_TRACE_H

#include <stemma/base.h>
#include <stemma/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/*
 * All that was ever said in one story. Its memory grows with the words of
 * distinct paragraphs, about 60 bytes each, and by eight bytes a revision for
 * what came and went with it. It keeps nothing of the documents it was fed.
 */
struct stemma_trace;

/* A new trace that holds at most `limit` bytes (0: no limit), or NULL. */
struct stemma_trace *stemma_trace_new(size_t limit);

/* Free it; NULL is allowed. */
void stemma_trace_free(struct stemma_trace *trace);

/* How many revisions it was fed: the number of the newest one. */
uint32_t stemma_trace_count(const struct stemma_trace *trace);

/* Bytes that it holds. */
size_t stemma_trace_used(const struct stemma_trace *trace);

/*
 * Feed the next revision, of units of one type for all of them. `scratch` is
 * left as it was found. Expected O(bytes), and for what is new O(pairs of
 * equal words, new and vanished), bounded.
 *
 * STEMMA_NOMEM; STEMMA_UNSUPPORTED past 4 GiB of text in the revision, or 2^31
 * words in the trace. After a failure the trace is as it was before.
 */
enum stemma_code stemma_trace_add(struct stemma_trace *trace,
	const struct stemma_doc *doc, struct stemma_arena *scratch);

/* Where a word of the newest revision came from. */
struct stemma_word_origin {
	struct stemma_span span; /* the word, in bytes as they were read */
	struct stemma_span text; /* the same in the document's text */
	struct stemma_span at;   /* the same in the revision of its origin */
	uint32_t revision;       /* which one that is, from 1 */
	uint32_t reformatted;    /* the revision that last changed its
	                            typography or case; 0: none did */
	uint32_t absence;        /* the last time it was gone; see below */
	bool restored;           /* it had vanished since, and came back */
	bool joins; /* it followed the word before it in `revision` too, and
	                  in all else is like it: they are one run */
};

/* A word was gone from revision `gone` on, and back in `back`. */
struct stemma_absence {
	uint32_t gone, back;
	uint32_t before; /* the absence before it, as in `absence` of a word */
};

/* The origins of one revision's words. */
struct stemma_origins {
	uint32_t revision; /* which one, from 1 */
	struct stemma_word_origin *words;
	size_t count;
	size_t *firsts; /* the first word of each unit of the document; and at
	                   the end `count` */
	/* of each unit: when the first wording stood that it developed from,
	   when this very one did, and how many there were before it */
	uint32_t *seen;
	uint32_t *edited;
	uint32_t *edits;
	uint32_t *wordings; /* of each unit: what the trace calls it */
	size_t unit_count;
	/* once they were asked for: what a word's `absence` leads to. The
	   number of one, from 1, is its place here plus one; 0: there is none.
	   Words that were gone together share them. */
	struct stemma_absence *absences;
	size_t absence_count;
};

/*
 * The origins of all words of `doc`, which is revision `revision`, in `arena`:
 * the same whatever was fed after it. STEMMA_NOMEM; STEMMA_INVALID: it is not
 * that revision. O(bytes).
 */
enum stemma_code stemma_trace_tell(struct stemma_origins *origins,
	const struct stemma_trace *trace, uint32_t revision,
	const struct stemma_doc *doc, struct stemma_arena *arena,
	struct stemma_arena *scratch);

/*
 * Tell also in which revisions the words vanished and came back: their
 * `absence`, and the absences in `arena`. `joins` is taken from words that were
 * not absent together. STEMMA_NOMEM, after which `origins` is as before.
 * O(words that came or went in any revision).
 */
enum stemma_code stemma_trace_tell_absences(struct stemma_origins *origins,
	const struct stemma_trace *trace, struct stemma_arena *arena,
	struct stemma_arena *scratch);

/*
 * One wording of a paragraph in its life. It became the next one by an edit, a
 * split or a merge.
 */
struct stemma_wording {
	uint32_t revision; /* the first in which it stood */
	uint32_t last;     /* the last up to the one that is told of */
	uint32_t unit;     /* which unit of `revision` it was, from 0 */
	uint32_t words;    /* how many it has */
	uint32_t kept;     /* of them: taken from the wording before it */
	uint32_t brought;  /* of them: new to the story */
	uint32_t returns;  /* how often it had gone and came back */
};

/*
 * The life of unit `unit` of the revision that `origins` tells of, oldest
 * wording first, into `arena`. STEMMA_NOMEM; STEMMA_INVALID: there is no such
 * unit. O(wordings) for the newest revision; for another one also O(passages
 * that came or went in any revision).
 */
enum stemma_code stemma_trace_life(struct stemma_wording **life, size_t *count,
	const struct stemma_trace *trace, const struct stemma_origins *origins,
	size_t unit, struct stemma_arena *arena);

/* ---- kept for another day ------------------------------------------------ */

/*
 * Write all that the trace knows: what stemma_trace_load() makes the same trace
 * of, on a machine of the same kind. For the caller's own use: another version
 * of this library may not read it. O(size of the trace).
 */
enum stemma_code
stemma_trace_save(const struct stemma_trace *trace, struct stemma_out *out);

/*
 * A trace from what was saved, which is not needed afterwards; it holds at most
 * `limit` bytes, as with stemma_trace_new(). STEMMA_NOMEM; STEMMA_UNSUPPORTED:
 * another version or another kind of machine wrote it; STEMMA_CORRUPT: it is
 * damaged. Bytes of ill will may lead to wrong answers, and to nothing worse.
 * O(size).
 */
enum stemma_code stemma_trace_load(
	struct stemma_trace **trace, struct stemma_view saved, size_t limit);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

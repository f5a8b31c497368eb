/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/pieces.h"

/* One in so many words, a power of two, starts a chunk. */
#define WORDS_A_CHUNK 32

/* The chunks of one side: chunk k is [starts[k], starts[k + 1]). */
struct chunks {
	size_t *starts;
	uint32_t *words; /* about how many, by counting spaces */
	uint32_t *ids;   /* equal for equal chunks */
	size_t count;
};

/* Whether a word surely starts with this byte, after a space. */
static bool
starts_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == 0xd0 || c == 0xd1 || c == 0xd8;
}

/* Whether the text may be cut before `at`, which has eight bytes before it. A
   space before a letter, or any Han character: each is a word. */
static bool
may_cut(const char *bytes, size_t at, bool *space)
{
	unsigned char before = (unsigned char)bytes[at - 1];
	unsigned char c = (unsigned char)bytes[at];

	*space = before == ' ' && c != ' ';
	return *space ? starts_word(c) : c >= 0xe4 && c <= 0xe9;
}

/* Whether the eight bytes before `at` choose it for a cut. */
static bool
is_chosen(const char *bytes, size_t at)
{
	uint64_t last;

	memcpy(&last, bytes + at - 8, 8);
	last *= UINT64_C(0x9e3779b97f4a7c15);
	return (last >> 40) % WORDS_A_CHUNK == 0;
}

/* Fill `chunks`, or only count them while it has no arrays. */
static void
scan(struct chunks *chunks, struct stemma_view text, struct stemma_span span)
{
	size_t count = 0;
	uint32_t words = 0;

	for (size_t at = span.start; at < span.end; at++) {
		bool space = false;
		bool cut = at == span.start ||
			   (at >= span.start + 8 &&
				   may_cut(text.bytes, at, &space) &&
				   is_chosen(text.bytes, at));

		words += space;
		if (!cut)
			continue;
		if (chunks->starts) {
			chunks->starts[count] = at;
			if (count)
				chunks->words[count - 1] = words;
		}
		count++;
		words = 0;
	}
	if (chunks->starts) {
		chunks->starts[count] = span.end;
		chunks->words[count - 1] = words + 1;
	}
	chunks->count = count;
}

static enum stemma_code
cut(struct chunks *chunks, const struct stemma_doc *doc,
	struct stemma_span span, struct stemma_intern *intern,
	struct stemma_arena *spare)
{
	*chunks = (struct chunks){0};
	scan(chunks, doc->text, span);
	chunks->starts = stemma_arena_alloc(
		spare, chunks->count + 1, sizeof *chunks->starts);
	chunks->words =
		stemma_arena_alloc(spare, chunks->count, sizeof *chunks->words);
	chunks->ids =
		stemma_arena_alloc(spare, chunks->count, sizeof *chunks->ids);
	if (!chunks->starts || !chunks->words || !chunks->ids)
		return STEMMA_NOMEM;
	scan(chunks, doc->text, span);
	for (size_t k = 0; k < chunks->count; k++) {
		struct stemma_span chunk = {
			chunks->starts[k], chunks->starts[k + 1]};

		chunks->ids[k] = stemma_intern_id(
			intern, stemma_view_cut(doc->text, chunk));
		if (chunks->ids[k] == STEMMA_NO_ID)
			return STEMMA_NOMEM;
	}
	return STEMMA_OK;
}

static void
list(struct stemma_pieces *pieces, const struct chunks chunks[2],
	const struct stemma_run *runs, size_t run_count)
{
	uint32_t from[2] = {0, 0};

	for (size_t r = 0; r <= run_count; r++) {
		bool differs = false;

		for (int side = 0; side < 2; side++) {
			size_t to = r < run_count ? runs[r].at[side]
						  : chunks[side].count;

			pieces->pieces[pieces->count][side] =
				(struct stemma_span){
					chunks[side].starts[from[side]],
					chunks[side].starts[to]};
			differs |= to > from[side];
			if (r < run_count)
				from[side] = runs[r].at[side] + runs[r].length;
		}
		pieces->count += differs;
		for (uint32_t k = 0; r < run_count && k < runs[r].length; k++)
			pieces->kept_words +=
				chunks[0].words[runs[r].at[0] + k];
	}
}

enum stemma_code
stemma_pieces_find(struct stemma_pieces *pieces,
	const struct stemma_doc *const docs[2],
	const struct stemma_span spans[2], struct stemma_budget *budget,
	struct stemma_arena *scratch, struct stemma_arena *spare)
{
	struct stemma_mark mark = stemma_arena_mark(spare);
	struct stemma_intern *intern = stemma_intern_new(spare);
	enum stemma_code code = intern ? STEMMA_OK : STEMMA_NOMEM;
	struct chunks chunks[2];
	struct stemma_run *runs;
	size_t run_count;

	*pieces = (struct stemma_pieces){0};
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = cut(
			&chunks[side], docs[side], spans[side], intern, spare);
	if (code == STEMMA_OK)
		code = stemma_diff_make(&runs, &run_count, chunks[0].ids,
			chunks[0].count, chunks[1].ids, chunks[1].count, budget,
			scratch, spare);
	if (code == STEMMA_OK) {
		pieces->pieces = stemma_arena_alloc(
			scratch, run_count + 1, sizeof *pieces->pieces);
		if (pieces->pieces)
			list(pieces, chunks, runs, run_count);
		else
			code = STEMMA_NOMEM;
	}
	stemma_arena_rewind(spare, mark);
	return code;
}

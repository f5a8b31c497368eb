/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include <stemma/base.h>

#include "structure/cues.h"

#include "corpus.h"

/* Bytes of units that are split into words together: what stays in the cache. */
#define CHUNK 32768

/* Bytes of the shortest word that says something. */
#define CONTENT_MIN 3

struct reading {
	struct stemma_corpus *corpus;
	struct stemma_intern *ids; /* of spellings, and of what they fold to */
	uint32_t *numbers;         /* by id; 0: not looked at, else plus one */
	size_t number_count, number_capacity;
	size_t word_capacity;
	struct stemma_arena *arena, *spare;
};

/* The id of an ASCII spelling in lower case. */
static uint32_t
fold_ascii(struct reading *r, struct stemma_view text)
{
	char room[STEMMA_CUE_MAX];

	for (size_t k = 0; k < text.size; k++) {
		char c = text.bytes[k];

		room[k] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return stemma_intern_copy(
		r->ids, (struct stemma_view){room, text.size});
}

/* The id of what a spelling is folded to; STEMMA_NO_ID without memory. */
static uint32_t
fold(struct reading *r, uint32_t id)
{
	struct stemma_view text = stemma_intern_string(r->ids, id), folded;
	bool upper = false;
	size_t k = 0;

	for (; k < text.size && (unsigned char)text.bytes[k] < 0x80; k++)
		upper |= text.bytes[k] >= 'A' && text.bytes[k] <= 'Z';
	if (k == text.size && !upper)
		return id;
	if (k == text.size && text.size <= STEMMA_CUE_MAX)
		return fold_ascii(r, text);
	if (stemma_fold(&folded, text, STEMMA_FOLD_CASE, r->arena) != STEMMA_OK)
		return STEMMA_NO_ID;
	return stemma_intern_id(r->ids, folded);
}

/* Make room for the numbers of all ids there are. */
static bool
reserve_numbers(struct reading *r)
{
	size_t count = stemma_intern_count(r->ids);

	if (count > r->number_capacity) {
		size_t capacity = count * 2;
		uint32_t *numbers = stemma_arena_zalloc(
			r->arena, capacity, sizeof *numbers);

		if (!numbers)
			return false;
		if (r->number_count)
			memcpy(numbers, r->numbers,
				r->number_count * sizeof *numbers);
		r->numbers = numbers;
		r->number_capacity = capacity;
	}
	r->number_count = count;
	return true;
}

/* Make room for `more` words. */
static bool
reserve_words(struct reading *r, size_t more)
{
	struct stemma_corpus *corpus = r->corpus;
	size_t capacity = corpus->word_count + more;
	struct stemma_corpus_word *words;

	if (capacity <= r->word_capacity)
		return true;
	capacity *= 2;
	words = stemma_arena_alloc(r->arena, capacity, sizeof *words);
	if (!words)
		return false;
	if (corpus->word_count)
		memcpy(words, corpus->words,
			corpus->word_count * sizeof *words);
	corpus->words = words;
	r->word_capacity = capacity;
	return true;
}

/* Whether a mark has white space on both sides. */
static inline bool
stands_alone(const struct stemma_words *words, size_t k)
{
	const struct stemma_word *w = &words->words[k];

	return k && w[-1].end < w->start && k + 1 < words->count &&
	       w->end < w[1].start;
}

/* A word as far as it is the unit's: a mark may combine with white space that
   stands before or behind the unit. */
static struct stemma_span
inside(const struct stemma_word *word, size_t base,
	const struct stemma_unit *unit)
{
	size_t start = base + word->start, end = base + word->end;

	return (struct stemma_span){start > unit->start ? start : unit->start,
		end < unit->end ? end : unit->end};
}

/* Take the words of a unit, from `*k` on, over; `start` is where those of the
   corpus count from. */
static bool
take_unit(struct reading *r, const struct stemma_words *words, size_t *k,
	const struct stemma_unit *unit, size_t start)
{
	struct stemma_corpus *corpus = r->corpus;
	uint32_t first = corpus->word_count;
	size_t end = unit->end - words->base;
	bool mark = false;

	assert(r->numbers || *k == words->count);
	for (; *k < words->count && words->words[*k].start < end; ++*k) {
		const struct stemma_word *w = &words->words[*k];
		struct stemma_span span;

		if (w->type == STEMMA_WORD_PUNCTUATION ||
			w->type == STEMMA_WORD_EMOJI) {
			if (w->sentence_end && corpus->word_count > first)
				corpus->words[corpus->word_count - 1]
					.sentence_end = true;
			mark |= stands_alone(words, *k);
			continue;
		}
		if (!r->numbers[w->id]) {
			uint32_t id = fold(r, w->id);

			if (id == STEMMA_NO_ID)
				return false;
			r->numbers[w->id] = id + 1;
		}
		span = inside(w, words->base, unit);
		corpus->words[corpus->word_count++] =
			(struct stemma_corpus_word){
				.start = (uint32_t)(span.start - start),
				.end = (uint32_t)(span.end - start),
				.number = r->numbers[w->id] - 1,
				.weight = w->type == STEMMA_WORD_GRAPHEME
						  ? STEMMA_WEIGHT_GRAPHEME
						  : STEMMA_WEIGHT_WORD,
				.sentence_end = w->sentence_end,
				.mark = mark};
		mark = false;
	}
	if (corpus->word_count > first)
		corpus->words[corpus->word_count - 1].sentence_end = true;
	return true;
}

/* Read the units [from, to) of a document. */
static enum stemma_code
read_chunk(struct reading *r, const struct stemma_doc *doc, uint8_t d,
	uint32_t from, uint32_t to)
{
	struct stemma_mark mark = stemma_arena_mark(r->spare);
	struct stemma_span span = {
		doc->units[from].start, doc->units[to - 1].end};
	struct stemma_corpus *corpus = r->corpus;
	struct stemma_words words;
	size_t k = 0;
	enum stemma_code code =
		stemma_words_split(&words, doc, span, r->ids, r->spare);

	if (code == STEMMA_OK && words.count >= UINT32_MAX - corpus->word_count)
		code = STEMMA_UNSUPPORTED;
	if (code == STEMMA_OK &&
		(!reserve_numbers(r) || !reserve_words(r, words.count)))
		code = STEMMA_NOMEM;
	for (uint32_t u = from; code == STEMMA_OK && u < to; u++) {
		uint32_t first = corpus->word_count;

		if (!take_unit(r, &words, &k, &doc->units[u], corpus->bases[d]))
			code = STEMMA_NOMEM;
		else if (corpus->word_count > first)
			corpus->units[corpus->unit_count++] =
				(struct stemma_corpus_unit){.doc = d,
					.unit = u,
					.first = first,
					.end = corpus->word_count};
	}
	stemma_arena_rewind(r->spare, mark);
	return code;
}

static enum stemma_code
read_doc(struct reading *r, const struct stemma_doc *doc, const uint8_t *worth,
	uint8_t d)
{
	size_t count = doc->unit_count, first, last;

	if (count == 0)
		return STEMMA_OK;
	first = doc->units[0].start;
	last = doc->units[count - 1].end;
	if (last - first > UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	r->corpus->bases[d] = first;
	for (uint32_t u = 0, end; u < count; u = end) {
		enum stemma_code code;

		end = u + 1;
		if (!worth[u])
			continue;
		while (end < count && worth[end] &&
			doc->units[end].end - doc->units[u].start < CHUNK)
			end++;
		code = read_chunk(r, doc, d, u, end);
		if (code != STEMMA_OK)
			return code;
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_corpus_read(struct stemma_corpus *corpus,
	const struct stemma_doc *const docs[], uint8_t *const worth[],
	size_t count, struct stemma_arena *arena, struct stemma_arena *spare)
{
	struct reading r = {.corpus = corpus,
		.ids = stemma_intern_new(arena),
		.arena = arena,
		.spare = spare};
	size_t units = 0;

	*corpus = (struct stemma_corpus){.docs = count, .strings = r.ids};
	for (size_t d = 0; d < count; d++)
		units += docs[d]->unit_count;
	if (units >= UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	corpus->units = stemma_arena_alloc(arena, units, sizeof *corpus->units);
	if (!r.ids || !corpus->units)
		return STEMMA_NOMEM;
	for (size_t d = 0; d < count; d++) {
		enum stemma_code code =
			read_doc(&r, docs[d], worth[d], (uint8_t)d);

		if (code != STEMMA_OK)
			return code;
	}
	return STEMMA_OK;
}

static bool
is_stop(struct stemma_view word)
{
	unsigned languages = 0;

	stemma_cue_classes(
		stemma_cue_hash(word.bytes, word.size), 0, &languages);
	return languages != 0;
}

bool
stemma_corpus_is_content(const struct stemma_corpus *corpus, uint32_t word)
{
	struct stemma_view text = stemma_intern_string(
		corpus->strings, corpus->words[word].number);
	const char *mark = memchr(text.bytes, '\'', text.size);

	if (text.size < CONTENT_MIN || is_stop(text))
		return false;
	if (mark) {
		/* "it's", "qu'elle": what is longer says it. */
		size_t front = (size_t)(mark - text.bytes);
		size_t rear = text.size - front - 1;

		text = front > rear ? (struct stemma_view){text.bytes, front}
				    : (struct stemma_view){mark + 1, rear};
	}
	return !is_stop(text);
}

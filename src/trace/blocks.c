/*
 * Which words of what vanished stand on among the fresh ones: the longest
 * stretch of equal words first, then the same on its left and on its right.
 *
 *     gone    a b c d e f g        ┌ c d e ┐ is longest; then a on its left
 *     fresh   a x c d e g f                  and f, the first of two, right
 *
 * A longest common subsequence would rather have many words than words that
 * stood together: in a passage that was rewritten it finds partners for every
 * "of". After Ratcliff and Metzener, "Pattern matching: the gestalt approach"
 * (Dr. Dobb's Journal 13, 7, 1988).
 *
 * SPDX-License-Identifier: MIT
 */
#include "state.h"

/* Steps of the search by blocks, and of the one that takes over. */
#define BLOCK_STEPS 4000000u
#define SCRIPT_STEPS 20000000u

/* Words of the longest run that may be a stray, and how many times its length
   is a lot of change beside it. */
#define STRAY_MOST 4
#define STRAY_GAP 4

/* A stretch of both sides in which nothing is known yet. */
struct range {
	uint32_t from[2], to[2];
};

struct search {
	const uint32_t *words[2];
	uint64_t left;    /* steps */
	uint32_t *heads;  /* by word: its last place in the range, plus one */
	uint32_t *chain;  /* by place: the one before it of this word */
	uint32_t *length; /* by place: of the block that ends there */
	uint32_t *row;    /* in which that was found, plus one */
	struct range *todo;
	size_t waiting;
	struct stemma_run *runs;
	size_t count;
};

/* The ids of the words become numbers from 0 on, so that tables can be small.
   Words of the first side alone are all the same to us. */
static bool
number_words(struct search *s, uint32_t *const words[2], const size_t counts[2],
	struct stemma_arena *scratch, uint32_t *names)
{
	size_t capacity = 16;
	struct stemma_slot *slots;

	while (capacity < 2 * counts[1])
		capacity *= 2;
	slots = stemma_arena_zalloc(scratch, capacity, sizeof *slots);
	if (!slots)
		return false;
	*names = 1;
	for (int side = 1; side >= 0; side--)
		for (size_t k = 0; k < counts[side]; k++) {
			uint32_t word = words[side][k];
			size_t at = (size_t)(word * 0x9e3779b97f4a7c15u >> 20) &
				    (capacity - 1);

			while (slots[at].value && slots[at].tag != word)
				at = (at + 1) & (capacity - 1);
			if (!slots[at].value && side)
				slots[at] =
					(struct stemma_slot){word, (*names)++};
			words[side][k] = slots[at].value;
		}
	s->words[0] = words[0];
	s->words[1] = words[1];
	return true;
}

static bool
prepare(struct search *s, const uint32_t *const words[2],
	const size_t counts[2], struct stemma_arena *scratch)
{
	uint32_t *own[2], names;

	for (int side = 0; side < 2; side++) {
		own[side] = stemma_arena_alloc(
			scratch, counts[side], sizeof *own[side]);
		if (!own[side])
			return false;
		for (size_t k = 0; k < counts[side]; k++)
			own[side][k] = words[side][k];
	}
	if (!number_words(s, own, counts, scratch, &names))
		return false;
	s->heads = stemma_arena_zalloc(scratch, names, sizeof *s->heads);
	s->chain = stemma_arena_alloc(scratch, counts[1], sizeof *s->chain);
	s->length = stemma_arena_alloc(scratch, counts[1], sizeof *s->length);
	s->row = stemma_arena_alloc(scratch, counts[1], sizeof *s->row);
	return s->heads && s->chain && s->length && s->row;
}

static uint32_t
larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/*
 * Whether a run is short beside what changed on both sides of it: then the
 * words are the same, not the text. `before` and `after` are the words between
 * it and the next known ones, on the side with more of them.
 */
static bool
is_stray(uint32_t length, uint32_t before, uint32_t after)
{
	return length <= STRAY_MOST && before > STRAY_GAP * length &&
	       after > STRAY_GAP * length;
}

static bool
is_better(const struct range *in, const struct stemma_run *run, uint32_t best)
{
	return run->length > best &&
	       !is_stray(run->length,
		       larger(run->at[0] - in->from[0],
			       run->at[1] - in->from[1]),
		       larger(in->to[0] - run->at[0] - run->length,
			       in->to[1] - run->at[1] - run->length));
}

static void
link_places(struct search *s, const struct range *in)
{
	for (uint32_t j = in->from[1]; j < in->to[1]; j++) {
		s->chain[j] = s->heads[s->words[1][j]];
		s->heads[s->words[1][j]] = j + 1;
		s->row[j] = 0;
	}
}

static void
unlink_places(struct search *s, const struct range *in)
{
	for (uint32_t j = in->from[1]; j < in->to[1]; j++)
		s->heads[s->words[1][j]] = 0;
}

/* The longest block of a range that is no stray; the first of several. A
   length of 0: there is none, or the steps ran out. */
static struct stemma_run
find_block(struct search *s, const struct range *in)
{
	struct stemma_run best = {0};

	link_places(s, in);
	for (uint32_t i = in->from[0]; i < in->to[0] && s->left; i++) {
		for (uint32_t next = s->heads[s->words[0][i]]; next && s->left;
			next = s->chain[next - 1], s->left--) {
			uint32_t j = next - 1, length = 1;
			struct stemma_run run;

			/* Row i - 1 of place j - 1 is still there: places are
			   gone through from the last to the first. */
			if (j > in->from[1] && i > in->from[0] &&
				s->row[j - 1] == i)
				length += s->length[j - 1];
			s->length[j] = length;
			s->row[j] = i + 1;
			run = (struct stemma_run){
				{i + 1 - length, j + 1 - length}, length};
			if (is_better(in, &run, best.length))
				best = run;
		}
	}
	unlink_places(s, in);
	if (!s->left)
		best.length = 0;
	return best;
}

/* The search has taken too long: a shortest edit script of the range, without
   its strays. */
static bool
find_script(struct search *s, const struct range *in,
	struct stemma_arena *scratch, struct stemma_arena *spare)
{
	struct stemma_budget budget = {.left = SCRIPT_STEPS};
	struct stemma_run *runs;
	size_t count;
	uint32_t end[2] = {in->from[0], in->from[1]};

	if (stemma_diff_make(&runs, &count, s->words[0] + in->from[0],
		    in->to[0] - in->from[0], s->words[1] + in->from[1],
		    in->to[1] - in->from[1], &budget, scratch,
		    spare) != STEMMA_OK)
		return false;
	for (size_t k = 0; k < count; k++) {
		uint32_t before = 0, after = 0;
		struct stemma_run run = runs[k];

		for (int side = 0; side < 2; side++) {
			uint32_t next =
				k + 1 < count
					? in->from[side] + runs[k + 1].at[side]
					: in->to[side];

			run.at[side] += in->from[side];
			before = larger(before, run.at[side] - end[side]);
			after = larger(after, next - run.at[side] - run.length);
		}
		if (!s->words[0][run.at[0]] ||
			is_stray(run.length, before, after))
			continue;
		for (int side = 0; side < 2; side++)
			end[side] = run.at[side] + run.length;
		s->runs[s->count++] = run;
	}
	return true;
}

/* What is left of the block and right of it is to be looked at. */
static void
add_block(
	struct search *s, const struct range *in, const struct stemma_run *run)
{
	struct range left = *in, right = *in;

	s->runs[s->count++] = *run;
	for (int side = 0; side < 2; side++) {
		left.to[side] = run->at[side];
		right.from[side] = run->at[side] + run->length;
	}
	if (right.from[0] < right.to[0] && right.from[1] < right.to[1])
		s->todo[s->waiting++] = right;
	if (left.from[0] < left.to[0] && left.from[1] < left.to[1])
		s->todo[s->waiting++] = left;
}

/* How many words are the same on both sides from the start on, or, `back`, from
   the end. */
static uint32_t
count_same(const struct search *s, const struct range *in, bool back)
{
	uint32_t most = in->to[0] - in->from[0], count = 0;

	if (in->to[1] - in->from[1] < most)
		most = in->to[1] - in->from[1];
	while (count < most && s->words[0][back ? in->to[0] - 1 - count
						: in->from[0] + count] ==
				       s->words[1][back ? in->to[1] - 1 - count
							: in->from[1] + count])
		count++;
	return count;
}

/*
 * An edit inside of a text leaves most of it the same at both ends, and then
 * these are the blocks. Anything less might belong elsewhere.
 */
static void
add_ends(struct search *s, struct range in)
{
	uint32_t start = count_same(s, &in, false), end;
	uint32_t sizes[2] = {in.to[0], in.to[1]};

	in.from[0] = in.from[1] = start;
	end = count_same(s, &in, true);
	if (2 * (start + end) < larger(sizes[0], sizes[1])) {
		in.from[0] = in.from[1] = 0;
		s->todo[s->waiting++] = in;
		return;
	}
	in.to[0] -= end;
	in.to[1] -= end;
	if (start)
		s->runs[s->count++] = (struct stemma_run){{0, 0}, start};
	if (end)
		s->runs[s->count++] =
			(struct stemma_run){{in.to[0], in.to[1]}, end};
	if (in.from[0] < in.to[0] && in.from[1] < in.to[1])
		s->todo[s->waiting++] = in;
}

bool
stemma_blocks_make(struct stemma_run **runs, size_t *count,
	const uint32_t *const words[2], const size_t counts[2],
	struct stemma_arena *scratch, struct stemma_arena *spare)
{
	struct search s = {.left = BLOCK_STEPS};
	size_t most = (counts[0] < counts[1] ? counts[0] : counts[1]) + 2;

	s.todo = stemma_arena_alloc(scratch, most, sizeof *s.todo);
	s.runs = stemma_arena_alloc(scratch, most, sizeof *s.runs);
	if (!s.todo || !s.runs || !prepare(&s, words, counts, scratch))
		return false;
	add_ends(&s, (struct range){{0, 0},
			     {(uint32_t)counts[0], (uint32_t)counts[1]}});
	while (s.waiting) {
		struct range in = s.todo[--s.waiting];
		struct stemma_run run = find_block(&s, &in);

		if (!s.left && !find_script(&s, &in, scratch, spare))
			return false;
		if (run.length)
			add_block(&s, &in, &run);
	}
	*runs = s.runs;
	*count = s.count;
	return true;
}

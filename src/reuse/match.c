/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "match.h"

/* Runs before one that are tried as the run in front of it. */
#define WINDOW 32

/* Steps for a unit: for each of its words, and at least. One is a pair of words
   looked at, far apart in memory. */
#define STEPS_PER_WORD 128
#define STEPS_LEAST 65536

/* What is known of a run: the best chain that it ends. */
struct stemma_match_step {
	uint32_t score;
	uint32_t previous; /* run of the chain, plus one; 0: none */
	bool used;
};

/* A run by the score of its chain. */
struct stemma_match_rank {
	uint32_t score, run;
};

bool
stemma_matches_start(struct stemma_matches *matches,
	const struct stemma_corpus *corpus, uint8_t *worth, size_t seeds,
	struct stemma_arena *arena)
{
	*matches = (struct stemma_matches){.corpus = corpus,
		.worth = worth,
		.arena = arena,
		.source_unit = UINT32_MAX,
		.target_unit = UINT32_MAX};
	matches->found =
		stemma_arena_alloc(arena, seeds, sizeof *matches->found);
	matches->steps_to =
		stemma_arena_alloc(arena, seeds, sizeof *matches->steps_to);
	matches->ranks =
		stemma_arena_alloc(arena, seeds, sizeof *matches->ranks);
	matches->chain =
		stemma_arena_alloc(arena, seeds, sizeof *matches->chain);
	return matches->found && matches->steps_to && matches->ranks &&
	       matches->chain;
}

bool
stemma_match_run_follow(const struct stemma_match_run *run,
	struct stemma_match_run *next, uint32_t *gap)
{
	uint32_t source = run->source + run->size;
	uint32_t target = run->target + run->size;
	uint32_t cut = 0;

	if (next->source <= run->source || next->target <= run->target)
		return false;
	if (next->source < source)
		cut = source - next->source;
	if (next->target < target && target - next->target > cut)
		cut = target - next->target;
	if (cut >= next->size)
		return false;
	next->source += cut;
	next->target += cut;
	next->size -= cut;
	*gap = next->source - source;
	if (next->target - target > *gap)
		*gap = next->target - target;
	return *gap <= STEMMA_GAP;
}

/* By diagonal, then along it. */
static int
compare_seeds(const void *a, const void *b)
{
	const struct stemma_sortable *x = a, *y = b;
	uint32_t p = x->second - x->first, q = y->second - y->first;

	if (p != q)
		return p < q ? -1 : 1;
	return x->second < y->second ? -1 : x->second > y->second;
}

static int
compare_runs(const void *a, const void *b)
{
	const struct stemma_match_run *x = a, *y = b;

	if (x->target != y->target)
		return x->target < y->target ? -1 : 1;
	return x->source < y->source ? -1 : x->source > y->source;
}

/* By score, the best first. */
static int
compare_ranks(const void *a, const void *b)
{
	const struct stemma_match_rank *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->run < y->run ? -1 : x->run > y->run;
}

/*
 * The longest run through a seed, but not from before word `floor` of the
 * target; inside one unit no longer than its source and target do not overlap.
 */
static struct stemma_match_run
widen(struct stemma_matches *m, const struct stemma_sortable *seed,
	uint32_t floor)
{
	const struct stemma_corpus *corpus = m->corpus;
	const struct stemma_corpus_unit *source =
		&corpus->units[m->source_unit];
	const struct stemma_corpus_unit *target =
		&corpus->units[m->target_unit];
	struct stemma_match_run run = {seed->first, seed->second, 0};
	uint32_t most = UINT32_MAX;

	if (source == target)
		most = run.target - run.source;
	while (run.source > source->first && run.target > floor &&
		stemma_corpus_same(corpus, run.source - 1, run.target - 1)) {
		run.source--;
		run.target--;
	}
	while (run.size < most && run.source + run.size < source->end &&
		run.target + run.size < target->end &&
		stemma_corpus_same(
			corpus, run.source + run.size, run.target + run.size))
		run.size++;
	m->steps -= run.size < m->steps ? run.size : m->steps;
	return run;
}

/* The runs that the seeds lie in, by target; returns how many. */
static size_t
find_runs(struct stemma_matches *m, struct stemma_sortable *seeds, size_t count)
{
	uint32_t first = m->corpus->units[m->target_unit].first;
	size_t found = 0;

	if (count > 1)
		qsort(seeds, count, sizeof *seeds, compare_seeds);
	for (size_t k = 0; k < count; k++) {
		const struct stemma_sortable *seed = &seeds[k];
		uint32_t floor = first;

		if (m->steps == 0) {
			m->approximate = true;
			break;
		}
		if (found) {
			const struct stemma_match_run *last =
				&m->found[found - 1];

			if (last->target - last->source ==
				seed->second - seed->first)
				floor = last->target + last->size;
		}
		if (seed->second < floor)
			continue;
		m->found[found] = widen(m, seed, floor);
		found += m->found[found].size > 0;
	}
	if (found > 1)
		qsort(m->found, found, sizeof *m->found, compare_runs);
	return found;
}

/* For each run, the best chain that it ends: what is matched, less half of the
   gaps. */
static void
link_runs(struct stemma_matches *m, size_t count)
{
	for (size_t k = 0; k < count; k++) {
		struct stemma_match_step *step = &m->steps_to[k];

		*step = (struct stemma_match_step){
			.score = m->found[k].size * 2};
		for (size_t n = k; n-- > 0 && n + WINDOW >= k;) {
			struct stemma_match_run run = m->found[k];
			uint32_t gap, score;

			if (!stemma_match_run_follow(
				    &m->found[n], &run, &gap) ||
				m->steps_to[n].score <= gap)
				continue;
			score = m->steps_to[n].score - gap + run.size * 2;
			if (score > step->score) {
				step->score = score;
				step->previous = (uint32_t)n + 1;
			}
		}
		m->ranks[k] =
			(struct stemma_match_rank){step->score, (uint32_t)k};
	}
	if (count > 1)
		qsort(m->ranks, count, sizeof *m->ranks, compare_ranks);
}

/* Whether it is only asked what is worth reading, and that is known. */
static bool
is_known(const struct stemma_matches *m)
{
	return m->worth && m->worth[m->source_unit] && m->worth[m->target_unit];
}

/* Take chains, best first. A chain ends where it meets a better one. */
static bool
take_chains(struct stemma_matches *m, size_t count)
{
	struct stemma_match_step *steps = m->steps_to;

	for (size_t k = 0; k < count && !is_known(m); k++) {
		uint32_t run = m->ranks[k].run, size = 0;

		if (steps[run].used)
			continue;
		for (;; run = steps[run].previous - 1) {
			steps[run].used = true;
			m->chain[size++] = m->found[run];
			if (!steps[run].previous ||
				steps[steps[run].previous - 1].used)
				break;
		}
		for (uint32_t n = 0; n < size / 2; n++) {
			struct stemma_match_run swap = m->chain[n];

			m->chain[n] = m->chain[size - 1 - n];
			m->chain[size - 1 - n] = swap;
		}
		if (!stemma_chain_add(m, m->chain, size))
			return false;
	}
	return true;
}

/* Turn to the pair of units that a seed names. */
static void
start_pair(struct stemma_matches *m, uint64_t key)
{
	uint32_t target = (uint32_t)(key >> 32);

	m->source_unit = (uint32_t)key;
	m->pair++;
	m->first_match = m->count;
	if (target != m->target_unit) {
		const struct stemma_corpus_unit *u = &m->corpus->units[target];

		m->target_unit = target;
		m->steps = (uint64_t)(u->end - u->first) * STEPS_PER_WORD +
			   STEPS_LEAST;
	}
}

bool
stemma_matches_add(struct stemma_matches *matches,
	struct stemma_sortable *seeds, size_t count)
{
	size_t found;

	start_pair(matches, seeds[0].key);
	found = find_runs(matches, seeds, count);
	link_runs(matches, found);
	return take_chains(matches, found);
}

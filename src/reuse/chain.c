/* SPDX-License-Identifier: MIT */
#include "extend.h"
#include "match.h"
#include "room.h"

/* How often the ends of a chain are drawn out. */
#define ROUNDS 16

/* Pairs of words near each other, which take as long as a step. */
#define CELLS_PER_STEP 4

/* What the words of a chain weigh that is worth a closer look: six words. */
#define PROMISE (6 * STEMMA_WEIGHT_WORD)

/* Add a run to those from `first` on; what touches the last becomes part of
   it. */
static bool
add_run(struct stemma_matches *m, size_t first, struct stemma_match_run run)
{
	struct stemma_match_run *runs = stemma_room(m->arena, m->runs,
		m->run_count, &m->run_capacity, sizeof *runs);
	struct stemma_match_run *last;

	if (!runs)
		return false;
	m->runs = runs;
	last = m->run_count > first ? &runs[m->run_count - 1] : NULL;
	if (last && last->source + last->size == run.source &&
		last->target + last->size == run.target) {
		last->size += run.size;
		return true;
	}
	runs[m->run_count++] = run;
	return true;
}

/* Whether neither of two words is in a match of the pair. */
static bool
is_free(const struct stemma_matches *m, uint32_t source, uint32_t target)
{
	return m->count == m->first_match ||
	       (m->taken[0][source] != m->pair &&
		       m->taken[1][target] != m->pair);
}

/* The longest part of a run that is free. */
static struct stemma_match_run
free_part(const struct stemma_matches *m, struct stemma_match_run run)
{
	struct stemma_match_run best = {run.source, run.target, 0};
	uint32_t size = 0;

	if (m->count == m->first_match)
		return run;
	for (uint32_t k = 0; k < run.size; k++) {
		size = is_free(m, run.source + k, run.target + k) ? size + 1
								  : 0;
		if (size > best.size)
			best = (struct stemma_match_run){
				run.source + k + 1 - size,
				run.target + k + 1 - size, size};
	}
	return best;
}

/* Whether nothing in the gap between two runs is taken. */
static bool
free_between(const struct stemma_matches *m, const struct stemma_match_run *run,
	const struct stemma_match_run *next)
{
	if (m->count == m->first_match)
		return true;
	for (uint32_t k = run->source + run->size; k < next->source; k++)
		if (m->taken[0][k] == m->pair)
			return false;
	for (uint32_t k = run->target + run->size; k < next->target; k++)
		if (m->taken[1][k] == m->pair)
			return false;
	return true;
}

/* How many words from `at` on (or, back, in front of it) are not taken and not
   beyond `end`, as far as an extension looks. */
static uint32_t
way(const struct stemma_matches *m, int side, uint32_t at, uint32_t end,
	bool back)
{
	uint32_t most = back ? at - end : end - at;

	if (most > STEMMA_REACH)
		most = STEMMA_REACH;
	for (uint32_t k = 0; k < most && m->count > m->first_match; k++) {
		if (m->taken[side][back ? at - 1 - k : at + k] == m->pair)
			return k;
	}
	return most;
}

/* What lies in front of a run. The source of a chain inside one unit ends, at
   `source_end`, before its target starts. */
static struct stemma_outlook
look_back(const struct stemma_matches *m, uint32_t source, uint32_t target,
	uint32_t source_end)
{
	const struct stemma_corpus_unit *units = m->corpus->units;
	uint32_t floor = units[m->target_unit].first;

	if (m->source_unit == m->target_unit)
		floor = source_end;
	return (struct stemma_outlook){.source = source,
		.target = target,
		.source_way =
			way(m, 0, source, units[m->source_unit].first, true),
		.target_way = way(m, 1, target, floor, true),
		.back = true};
}

static struct stemma_outlook
look_ahead(const struct stemma_matches *m, uint32_t source, uint32_t target,
	uint32_t target_start)
{
	const struct stemma_corpus_unit *units = m->corpus->units;
	uint32_t end = units[m->source_unit].end;

	if (m->source_unit == m->target_unit)
		end = target_start;
	return (struct stemma_outlook){.source = source,
		.target = target,
		.source_way = way(m, 0, source, end, false),
		.target_way =
			way(m, 1, target, units[m->target_unit].end, false)};
}

/*
 * Whether a chain may become a passage. Most are four words that are the same
 * and nothing around them: it has to cost little to tell these.
 */
static bool
promises(const struct stemma_matches *m, const struct stemma_match_run *chain,
	size_t count)
{
	const struct stemma_match_run *last = &chain[count - 1];
	uint32_t weight = 0;
	struct stemma_outlook o;

	for (size_t k = 0; k < count && weight < PROMISE; k++)
		for (uint32_t n = 0; n < chain[k].size && weight < PROMISE; n++)
			weight += m->corpus->words[chain[k].source + n].weight;
	if (weight >= PROMISE)
		return true;
	o = look_back(
		m, chain->source, chain->target, last->source + last->size);
	if (stemma_outlook_promises(m->corpus, &o))
		return true;
	o = look_ahead(m, last->source + last->size, last->target + last->size,
		chain->target);
	return stemma_outlook_promises(m->corpus, &o);
}

/* Add the words that are the same in the gap between two runs: the longest
   common subsequence. */
static bool
fill_gap(struct stemma_matches *m, size_t first,
	const struct stemma_match_run *from, const struct stemma_match_run *to)
{
	uint8_t best[STEMMA_GAP + 1][STEMMA_GAP + 1] = {{0}};
	uint32_t a = from->source + from->size, b = from->target + from->size;
	uint32_t rows = to->source - a, columns = to->target - b;

	for (uint32_t i = rows; i-- > 0;) {
		for (uint32_t j = columns; j-- > 0;) {
			uint8_t down = best[i + 1][j], right = best[i][j + 1];

			best[i][j] = down > right ? down : right;
			if (stemma_corpus_same(m->corpus, a + i, b + j))
				best[i][j] = (uint8_t)(best[i + 1][j + 1] + 1);
		}
	}
	for (uint32_t i = 0, j = 0; i < rows && j < columns;) {
		if (stemma_corpus_same(m->corpus, a + i, b + j)) {
			if (!add_run(m, first,
				    (struct stemma_match_run){a + i, b + j, 1}))
				return false;
			i++;
			j++;
		} else if (best[i + 1][j] >= best[i][j + 1]) {
			i++;
		} else {
			j++;
		}
	}
	return true;
}

/* The words that are the same beyond an end of a chain, the farthest first. */
static size_t
extend(struct stemma_matches *m, const struct stemma_outlook *o,
	struct stemma_word_pair pairs[STEMMA_REACH])
{
	uint64_t cells = (uint64_t)o->source_way * o->target_way;
	uint64_t steps = cells / CELLS_PER_STEP;

	if (m->steps == 0) {
		m->approximate = true;
		return 0;
	}
	m->steps -= steps < m->steps ? steps : m->steps;
	return cells ? stemma_outlook_extend(pairs, m->corpus, o) : 0;
}

/* Add what is the same in front of a chain that ends, as to its source, at
   `source_end`. */
static bool
add_front(struct stemma_matches *m, const struct stemma_match_run *chain,
	uint32_t source_end)
{
	struct stemma_word_pair pairs[ROUNDS][STEMMA_REACH];
	struct stemma_word_pair at = {chain->source, chain->target};
	size_t counts[ROUNDS], rounds = 0, first = m->run_count;

	for (; rounds < ROUNDS; rounds++) {
		struct stemma_outlook o =
			look_back(m, at.source, at.target, source_end);

		counts[rounds] = extend(m, &o, pairs[rounds]);
		if (counts[rounds] == 0)
			break;
		at = pairs[rounds][0];
	}
	while (rounds-- > 0) {
		for (size_t k = 0; k < counts[rounds]; k++) {
			at = pairs[rounds][k];
			if (!add_run(m, first,
				    (struct stemma_match_run){
					    at.source, at.target, 1}))
				return false;
		}
	}
	return true;
}

/* Add what is the same behind the chain that was written, whose target starts
   at `target_start`. */
static bool
add_rear(struct stemma_matches *m, size_t first, uint32_t target_start)
{
	struct stemma_word_pair pairs[STEMMA_REACH];

	for (size_t round = 0; round < ROUNDS; round++) {
		const struct stemma_match_run *last =
			&m->runs[m->run_count - 1];
		struct stemma_outlook o =
			look_ahead(m, last->source + last->size,
				last->target + last->size, target_start);
		size_t count = extend(m, &o, pairs);

		if (count == 0)
			return true;
		while (count-- > 0) {
			if (!add_run(m, first,
				    (struct stemma_match_run){
					    pairs[count].source,
					    pairs[count].target, 1}))
				return false;
		}
	}
	return true;
}

/* Write the runs of a passage behind those of the matches: the chain's, what
   fills the gaps, and what its ends are drawn out by. */
static bool
write_runs(struct stemma_matches *m, const struct stemma_match_run *chain,
	size_t count)
{
	const struct stemma_match_run *last = &chain[count - 1];
	size_t first = m->run_count;

	if (!add_front(m, chain, last->source + last->size) ||
		!add_run(m, first, chain[0]))
		return false;
	for (size_t k = 1; k < count; k++)
		if (!fill_gap(m, first, &chain[k - 1], &chain[k]) ||
			!add_run(m, first, chain[k]))
			return false;
	return add_rear(m, first, m->runs[first].target);
}

/* Mark the words of a match as taken. */
static bool
take(struct stemma_matches *m, const struct stemma_match_run *first,
	const struct stemma_match_run *last)
{
	for (int side = 0; side < 2; side++) {
		uint32_t at = side ? first->target : first->source;
		uint32_t end =
			last->size + (side ? last->target : last->source);

		if (!m->taken[side])
			m->taken[side] = stemma_arena_zalloc(m->arena,
				m->corpus->word_count, sizeof(uint32_t));
		if (!m->taken[side])
			return false;
		for (; at < end; at++)
			m->taken[side][at] = m->pair;
	}
	return true;
}

/* Make a match of a chain that is free, if it is enough for a passage. */
static bool
add_match(struct stemma_matches *m, const struct stemma_match_run *chain,
	size_t count)
{
	struct stemma_match match = {.source_unit = m->source_unit,
		.target_unit = m->target_unit,
		.first_run = (uint32_t)m->run_count};
	struct stemma_match *matches;
	const struct stemma_match_run *runs;

	if (!promises(m, chain, count))
		return true;
	if (!write_runs(m, chain, count))
		return false;
	runs = &m->runs[match.first_run];
	match.run_count = (uint32_t)m->run_count - match.first_run;
	if (m->worth) {
		if (stemma_match_worth(runs, match.run_count))
			m->worth[m->source_unit] = m->worth[m->target_unit] = 1;
		m->run_count = match.first_run;
		return true;
	}
	if (!stemma_match_enough(m->corpus, runs, match.run_count,
		    m->source_unit, m->target_unit)) {
		m->run_count = match.first_run;
		return true;
	}
	for (uint32_t k = 0; k < match.run_count; k++)
		match.matched += runs[k].size;
	matches = stemma_room(
		m->arena, m->matches, m->count, &m->capacity, sizeof *matches);
	if (!matches || !take(m, runs, &runs[match.run_count - 1]))
		return false;
	matches[m->count++] = match;
	m->matches = matches;
	return true;
}

/* Whether a run may follow in a chain: nothing in the gap is taken, and inside
   one unit the source stays in front of the target. */
static bool
continues(const struct stemma_matches *m, const struct stemma_match_run *first,
	const struct stemma_match_run *last,
	const struct stemma_match_run *next)
{
	return free_between(m, last, next) &&
	       (m->source_unit != m->target_unit ||
		       next->source + next->size <= first->target);
}

bool
stemma_chain_add(struct stemma_matches *matches, struct stemma_match_run *chain,
	size_t count)
{
	size_t kept = 0;

	for (size_t k = 0; k < count; k++) {
		struct stemma_match_run run = chain[k];
		uint32_t gap;

		/* What was cut off or out makes a gap too wide, maybe. */
		if (kept &&
			!stemma_match_run_follow(&chain[kept - 1], &run, &gap))
			run.size = 0;
		run = free_part(matches, run);
		if (run.size == 0)
			continue;
		if (kept && (run.source - chain[kept - 1].source -
						    chain[kept - 1].size >
					    STEMMA_GAP ||
				    run.target - chain[kept - 1].target -
						    chain[kept - 1].size >
					    STEMMA_GAP ||
				    !continues(matches, &chain[0],
					    &chain[kept - 1], &run))) {
			if (!add_match(matches, chain, kept))
				return false;
			kept = 0;
			run = free_part(matches, run);
			if (run.size == 0)
				continue;
		}
		chain[kept++] = run;
	}
	return kept == 0 || add_match(matches, chain, kept);
}

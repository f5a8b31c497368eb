/* SPDX-License-Identifier: MIT */
#include "match.h"
#include "room.h"

/* Words of a run that may draw a chain out across a gap. */
#define END_RUN 2

/* Most runs by which the front of a chain is drawn out. */
#define FRONTS 64

/* Steps for a chain, beside those for its runs. */
#define CHAIN_STEPS 64

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
   beyond `end`. */
static uint32_t
way(const struct stemma_matches *m, int side, uint32_t at, uint32_t end,
	bool back)
{
	uint32_t most = back ? at - end : end - at;

	for (uint32_t k = 0; k < most && m->count > m->first_match; k++) {
		if (m->taken[side][back ? at - 1 - k : at + k] == m->pair)
			return k;
	}
	return most;
}

/* A place from which to look for the next run: words, and how many there are
   on either side before something is in the way. */
struct outlook {
	uint32_t source, target;
	uint32_t source_way, target_way;
	bool back;
};

/* How many words are the same `x` and `y` words away. */
static uint32_t
same_from(const struct stemma_corpus *corpus, const struct outlook *o,
	uint32_t x, uint32_t y)
{
	uint32_t size = 0;

	for (; x < o->source_way && y < o->target_way; x++, y++, size++) {
		if (!(o->back ? stemma_corpus_same(corpus, o->source - 1 - x,
					o->target - 1 - y)
			      : stemma_corpus_same(
					corpus, o->source + x, o->target + y)))
			break;
	}
	return size;
}

/* Whether a run so many words away ends (or, back, starts) a sentence on both
   sides, so that one word of it is worth a gap. */
static bool
meets_edge(const struct stemma_corpus *corpus, const struct outlook *o,
	uint32_t x, uint32_t y)
{
	const struct stemma_corpus_word *words = corpus->words;

	if (!o->back)
		return words[o->source + x].sentence_end &&
		       words[o->target + y].sentence_end;
	return (x + 1 == o->source || words[o->source - x - 2].sentence_end) &&
	       (y + 1 == o->target || words[o->target - y - 2].sentence_end);
}

/* The next run across the smallest gap that is worth it; empty if none is. */
static struct stemma_match_run
next_run(const struct stemma_corpus *corpus, const struct outlook *o)
{
	for (uint32_t gap = 0; gap <= STEMMA_GAP * 2; gap++) {
		uint32_t x = gap > STEMMA_GAP ? gap - STEMMA_GAP : 0;

		for (; x <= gap && x <= STEMMA_GAP; x++) {
			uint32_t y = gap - x, wide = x > y ? x : y;
			uint32_t size = same_from(corpus, o, x, y);

			if (size == 0 || size * 2 < wide ||
				(size < END_RUN &&
					!meets_edge(corpus, o, x, y)))
				continue;
			if (o->back)
				return (struct stemma_match_run){
					o->source - x - size,
					o->target - y - size, size};
			return (struct stemma_match_run){
				o->source + x, o->target + y, size};
		}
	}
	return (struct stemma_match_run){0};
}

/* The run in front of `first`; the source of a chain inside one unit ends
   before its target starts. */
static struct stemma_match_run
run_before(const struct stemma_matches *m, const struct stemma_match_run *first,
	uint32_t source_end)
{
	const struct stemma_corpus_unit *units = m->corpus->units;
	uint32_t floor = units[m->target_unit].first;
	struct outlook o = {first->source, first->target, 0, 0, true};

	if (m->source_unit == m->target_unit)
		floor = source_end;
	o.source_way =
		way(m, 0, first->source, units[m->source_unit].first, true);
	o.target_way = way(m, 1, first->target, floor, true);
	return next_run(m->corpus, &o);
}

static struct stemma_match_run
run_behind(const struct stemma_matches *m, const struct stemma_match_run *last,
	uint32_t target_start)
{
	const struct stemma_corpus_unit *units = m->corpus->units;
	uint32_t end = units[m->source_unit].end;
	struct outlook o = {last->source + last->size,
		last->target + last->size, 0, 0, false};

	if (m->source_unit == m->target_unit)
		end = target_start;
	o.source_way = way(m, 0, o.source, end, false);
	o.target_way = way(m, 1, o.target, units[m->target_unit].end, false);
	return next_run(m->corpus, &o);
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

/* Add a run, and before it what is the same in the gap in front of it. */
static bool
add_behind(struct stemma_matches *m, size_t first, struct stemma_match_run run)
{
	struct stemma_match_run last;

	if (m->run_count > first) {
		last = m->runs[m->run_count - 1];
		if (!fill_gap(m, first, &last, &run))
			return false;
	}
	return add_run(m, first, run);
}

/* Write the runs of a passage behind those of the matches: the chain's, what
   its ends are drawn out by, and what fills the gaps. */
static bool
write_runs(struct stemma_matches *m, const struct stemma_match_run *chain,
	size_t count)
{
	const struct stemma_match_run *last = &chain[count - 1];
	struct stemma_match_run fronts[FRONTS], run = chain[0];
	size_t first = m->run_count, drawn = 0;
	uint32_t source_end = last->source + last->size, target_start;

	while (drawn < FRONTS) {
		run = run_before(m, &run, source_end);
		if (run.size == 0)
			break;
		fronts[drawn++] = run;
	}
	target_start = drawn ? fronts[drawn - 1].target : chain[0].target;
	while (drawn-- > 0)
		if (!add_behind(m, first, fronts[drawn]))
			return false;
	for (size_t k = 0; k < count; k++)
		if (!add_behind(m, first, chain[k]))
			return false;
	for (run = *last;;) {
		run = run_behind(m, &run, target_start);
		if (run.size == 0)
			return true;
		if (!add_behind(m, first, run))
			return false;
	}
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

	if (!write_runs(m, chain, count))
		return false;
	runs = &m->runs[match.first_run];
	match.run_count = (uint32_t)m->run_count - match.first_run;
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

	matches->steps -=
		matches->steps < CHAIN_STEPS ? matches->steps : CHAIN_STEPS;
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

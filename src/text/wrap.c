/* SPDX-License-Identifier: MIT */
#include "wrap.h"

static void
count_pair(struct stemma_pairs *pairs, const struct stemma_shape *previous,
	const struct stemma_shape *line)
{
	unsigned from = previous->columns, to = from + line->first + 1u;

	pairs->count++;
	if (to > STEMMA_WRAP_MOST + 1)
		to = STEMMA_WRAP_MOST + 1;
	pairs->changes[from]++;
	pairs->changes[to]--;
}

void
stemma_wrap_add(struct stemma_wrap *wrap, const struct stemma_shape *previous,
	const struct stemma_shape *line)
{
	wrap->lines++;
	wrap->uneven |= line->uneven;
	if (line->columns <= STEMMA_WRAP_MOST)
		wrap->lengths[line->columns]++;
	if (!previous || line->after_blank || line->list ||
		line->indent > previous->indent ||
		line->quotes != previous->quotes ||
		previous->columns > STEMMA_WRAP_MOST)
		return;
	wrap->pairs++;
	if (line->head == previous->head || line->tail == previous->tail)
		wrap->alike++;
	else if (!previous->terminal)
		count_pair(line->lower      ? &wrap->small
			   : line->caseless ? &wrap->caseless
					    : &wrap->other,
			previous, line);
}

/* What speaks for and against a column. */
struct column {
	unsigned at;
	int64_t small, caseless, other; /* pairs that it explains */
	int64_t over;                   /* lines that are longer */
};

static int64_t
explained(const struct column *column)
{
	return column->small + column->caseless + column->other;
}

static int64_t
balance(const struct column *column)
{
	return explained(column) - 2 * column->over;
}

static struct column
best_column(const struct stemma_wrap *wrap)
{
	struct column best = {0}, now = {.over = wrap->lines};

	for (unsigned w = 0; w <= STEMMA_WRAP_MOST; w++) {
		now.at = w;
		now.small += wrap->small.changes[w];
		now.caseless += wrap->caseless.changes[w];
		now.other += wrap->other.changes[w];
		now.over -= wrap->lengths[w];
		if (w >= STEMMA_WRAP_LEAST &&
			(best.at == 0 || balance(&now) > balance(&best)))
			best = now;
	}
	return best;
}

/* Whether most lines near the edge have one and the same length: a table, or
   some generated list. Prose in letters is ragged. */
static bool
is_even(const struct stemma_wrap *wrap, unsigned column)
{
	uint64_t sum = 0, most = 0;

	for (unsigned w = column - 20; w <= column; w++) {
		sum += wrap->lengths[w];
		if (wrap->lengths[w] > most)
			most = wrap->lengths[w];
	}
	return most > 3 && most * 10 > sum * 6;
}

/*
 * Whether the pairs agree on the column. A line that starts with a small
 * letter started in mid-sentence, so nearly all of them must be explained; one
 * that starts with a capital may be anything. Where there is no case, only the
 * stops tell sentences.
 */
static bool
agree(const struct stemma_wrap *wrap, const struct column *best)
{
	int64_t small = wrap->small.count, caseless = wrap->caseless.count,
		other = wrap->other.count;

	/* Lines that start or end alike are a list, however even they are. */
	if (wrap->alike * INT64_C(4) > wrap->pairs)
		return false;
	if (caseless > small + other)
		return best->caseless >= 4 &&
		       best->caseless * 10 >= caseless * 8;
	return best->small * 10 >= small * 9 &&
	       best->small * 3 >= explained(best) &&
	       (other - best->other) * 3 <= wrap->pairs &&
	       !is_even(wrap, best->at);
}

unsigned
stemma_wrap_column(const struct stemma_wrap *wrap, bool whole)
{
	struct column best = best_column(wrap);
	int64_t good = explained(&best), pairs = wrap->pairs;
	bool holds;

	if (!agree(wrap, &best))
		holds = false;
	else if (!whole)
		holds = good >= 4 && good * 5 >= pairs * 4 && best.over == 0;
	else /* Three pairs may agree by chance where there are more. */
		holds = good >= (good == pairs ? 3 : 5) &&
			good * 10 >= pairs * 3 && best.over * 30 <= wrap->lines;
	return holds ? best.at : 0;
}

/* Whether a line runs past the column by more than one unbreakable word. */
static bool
is_too_long(unsigned column, const struct stemma_shape *line)
{
	return column != STEMMA_WRAP_ANY &&
	       line->columns - line->last > (int)column &&
	       line->columns - line->first > (int)column;
}

bool
stemma_wrap_continues(unsigned column, const struct stemma_shape *first,
	const struct stemma_shape *previous, const struct stemma_shape *next)
{
	bool tight = previous->columns + 1u + next->first > column;
	bool amid = next->lower && !previous->terminal;

	if (next->after_blank || !next->first ||
		next->quotes != previous->quotes ||
		is_too_long(column, previous) || is_too_long(column, next))
		return false;
	if (next->list && (first->list || previous->terminal || !tight))
		return false;
	if (next->header && previous->header)
		return false;
	/* An indent starts a paragraph, unless it hangs below an item. */
	if (next->indent > previous->indent + 1 && !first->list && !amid)
		return false;
	return tight || (amid && previous->columns * 10u >= column * 7u);
}

/*
 * Myers (1986), the linear-space variation: find the middle snake, solve both
 * halves. When the two searches have not met within the steps allowed, the
 * furthest point reached forward is taken for the middle: the answer stays a
 * common subsequence, though maybe not a longest one. When no steps are left a
 * few edits are still looked ahead, and from the furthest point on again, so
 * that what is alike further on is not lost: that is linear.
 *
 * SPDX-License-Identifier: MIT
 */
#include "diff/search.h"

/* Edits that are looked ahead whatever the budget. */
#define LEAST_EDITS 16

/* A rectangle still to be solved. */
struct box {
	uint32_t left, top, right, bottom;
};

struct search {
	const struct stemma_piece *piece;
	uint32_t *partners;
	struct stemma_budget *budget;
	int64_t *forward; /* furthest column by diagonal, shifted by offset */
	int64_t *backward;
	int64_t offset;
	uint64_t snakes; /* equal numbers passed since the last account */
};

struct point {
	uint32_t column, row;
};

static void
pair(struct search *s, uint32_t i, uint32_t j)
{
	s->partners[s->piece->places[0][i]] = s->piece->places[1][j];
}

static void
trim(struct search *s, struct box *box)
{
	const uint32_t *a = s->piece->ids[0], *b = s->piece->ids[1];

	while (box->left < box->right && box->top < box->bottom &&
		a[box->left] == b[box->top])
		pair(s, box->left++, box->top++);
	while (box->left < box->right && box->top < box->bottom &&
		a[box->right - 1] == b[box->bottom - 1])
		pair(s, --box->right, --box->bottom);
}

/* One more edit from the upper left; true when the backward search is met. */
static bool
step_forward(struct search *s, const struct box *box, int64_t d, bool meets,
	struct point *middle)
{
	const uint32_t *a = s->piece->ids[0], *b = s->piece->ids[1];
	int64_t n = box->right - box->left, m = box->bottom - box->top;
	int64_t delta = n - m, *v = s->forward + s->offset;

	for (int64_t k = -d; k <= d; k += 2) {
		int64_t x, y, back;

		if (k == -d || (k != d && v[k - 1] < v[k + 1]))
			x = v[k + 1];
		else
			x = v[k - 1] + 1;
		for (y = x - k; x < n && y < m && y >= 0 &&
				a[box->left + x] == b[box->top + y];
			x++, y++)
			s->snakes++;
		v[k] = x;
		if (!meets || k < delta - (d - 1) || k > delta + (d - 1))
			continue;
		back = s->backward[s->offset + delta - k];
		if (x <= n && y >= 0 && y <= m && x + back >= n) {
			*middle = (struct point){box->left + (uint32_t)x,
				box->top + (uint32_t)y};
			return true;
		}
	}
	return false;
}

/* The same from the lower right, in mirrored coordinates. */
static bool
step_backward(struct search *s, const struct box *box, int64_t d, bool meets,
	struct point *middle)
{
	const uint32_t *a = s->piece->ids[0], *b = s->piece->ids[1];
	int64_t n = box->right - box->left, m = box->bottom - box->top;
	int64_t delta = n - m, *v = s->backward + s->offset;

	for (int64_t k = -d; k <= d; k += 2) {
		int64_t x, y, front;

		if (k == -d || (k != d && v[k - 1] < v[k + 1]))
			x = v[k + 1];
		else
			x = v[k - 1] + 1;
		for (y = x - k; x < n && y < m && y >= 0 &&
				a[box->right - 1 - x] == b[box->bottom - 1 - y];
			x++, y++)
			s->snakes++;
		v[k] = x;
		if (!meets || k < delta - d || k > delta + d)
			continue;
		front = s->forward[s->offset + delta - k];
		if (x <= n && y >= 0 && y <= m && x + front >= n) {
			*middle = (struct point){box->right - (uint32_t)x,
				box->bottom - (uint32_t)y};
			return true;
		}
	}
	return false;
}

/* The furthest point forward after `d` edits, to split at when time is up. */
static struct point
furthest(const struct search *s, const struct box *box, int64_t d)
{
	int64_t n = box->right - box->left, m = box->bottom - box->top;
	int64_t best = -1;
	struct point point = {box->left, box->top};

	for (int64_t k = -d; k <= d; k += 2) {
		int64_t x = s->forward[s->offset + k], y;

		if (x > n)
			x = n;
		y = x - k;
		if (y > m) {
			y = m;
			x = y + k;
		}
		if (x < 0 || y < 0 || x + y <= best)
			continue;
		best = x + y;
		point = (struct point){
			box->left + (uint32_t)x, box->top + (uint32_t)y};
	}
	return point;
}

static struct point
find_middle(struct search *s, const struct box *box)
{
	int64_t n = box->right - box->left, m = box->bottom - box->top;
	bool odd = (n - m) % 2 != 0;
	struct point middle;

	s->forward[s->offset + 1] = s->backward[s->offset + 1] = 0;
	for (int64_t d = 0;; d++) {
		uint64_t cost = (uint64_t)d * 2 + 2 + s->snakes;

		s->snakes = 0;
		if (s->budget->left < cost && d > LEAST_EDITS) {
			s->budget->reached = true;
			return furthest(s, box, d - 1);
		}
		s->budget->left -=
			cost < s->budget->left ? cost : s->budget->left;
		if (step_forward(s, box, d, odd, &middle) ||
			step_backward(s, box, d, !odd, &middle))
			return middle;
	}
}

/* Solve boxes from a stack; each split halves the edits, or the first part has
   few and is solved next, so it stays low. */
static enum stemma_code
solve(struct search *s, struct stemma_arena *scratch)
{
	size_t capacity = 64, depth = 1;
	struct box *stack =
		stemma_arena_alloc(scratch, capacity, sizeof *stack);

	if (!stack)
		return STEMMA_NOMEM;
	stack[0] = (struct box){0, 0, s->piece->counts[0], s->piece->counts[1]};
	while (depth) {
		struct box box = stack[--depth];
		struct point middle;

		trim(s, &box);
		if (box.left == box.right || box.top == box.bottom)
			continue;
		middle = find_middle(s, &box);
		/* A split that leaves all in one part would never end. */
		if ((middle.column == box.left && middle.row == box.top) ||
			(middle.column == box.right &&
				middle.row == box.bottom))
			continue;
		if (depth + 2 > capacity) {
			struct box *more = stemma_arena_alloc(
				scratch, capacity * 2, sizeof *more);

			if (!more)
				return STEMMA_NOMEM;
			for (size_t k = 0; k < depth; k++)
				more[k] = stack[k];
			stack = more;
			capacity *= 2;
		}
		stack[depth++] = (struct box){
			middle.column, middle.row, box.right, box.bottom};
		stack[depth++] = (struct box){
			box.left, box.top, middle.column, middle.row};
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_diff_myers(const struct stemma_piece *piece, uint32_t *partners,
	struct stemma_budget *budget, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t size = ((size_t)piece->counts[0] + piece->counts[1]) * 2 + 4;
	struct search search = {.piece = piece,
		.partners = partners,
		.budget = budget,
		.offset = (int64_t)size / 2};
	enum stemma_code code = STEMMA_NOMEM;

	search.forward =
		stemma_arena_zalloc(scratch, size, sizeof *search.forward);
	search.backward =
		stemma_arena_zalloc(scratch, size, sizeof *search.backward);
	if (search.forward && search.backward)
		code = solve(&search, scratch);
	stemma_arena_rewind(scratch, mark);
	return code;
}

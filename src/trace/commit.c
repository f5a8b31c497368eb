/*
 * What was found out about a revision goes into the trace: room for all of it
 * is made first, so that nothing can fail half way.
 *
 * SPDX-License-Identifier: MIT
 */
#include "state.h"

bool
stemma_addition_reserve(struct stemma_addition *a)
{
	struct stemma_trace *trace = a->trace;
	struct stemma_account *account = &trace->account;
	size_t units = a->doc->unit_count, fresh = 0, kept = trace->now.count;
	bool room;

	for (size_t k = 0; k < units; k++)
		fresh += a->passages[k] == STEMMA_NONE;
	a->votes = stemma_arena_zalloc(a->scratch, kept, sizeof *a->votes);
	trace->now.count = 0;
	room = stemma_list_reserve(
		&trace->now, units, sizeof(uint32_t), account);
	trace->now.count = kept;
	return a->votes && room &&
	       stemma_list_reserve(&trace->tokens, a->fresh_count,
		       sizeof(struct stemma_token), account) &&
	       stemma_list_reserve(&trace->stream, a->fresh_count,
		       sizeof(uint32_t), account) &&
	       stemma_list_reserve(&trace->passages, fresh,
		       sizeof(struct stemma_passage), account) &&
	       stemma_list_reserve(
		       &trace->turns, 1, sizeof(struct stemma_turn), account) &&
	       stemma_list_reserve(
		       &trace->sets, 2, sizeof(struct stemma_set), account) &&
	       stemma_list_reserve(&trace->members, units + kept,
		       sizeof(uint32_t), account) &&
	       stemma_table_reserve(&trace->set_keys, 2, account) &&
	       stemma_table_reserve(&trace->keys, fresh, account) &&
	       stemma_table_reserve(
		       &trace->sentences, a->sentence_count, account) &&
	       stemma_table_reserve(&trace->grams, a->fresh_count, account);
}

/* The token of word `f`: the one it is known to be, that one with another
   look, or a new one. */
static uint32_t
token_of(
	struct stemma_addition *a, const struct stemma_fresh *f, uint32_t place)
{
	struct stemma_trace *trace = a->trace;
	struct stemma_token *tokens = stemma_tokens(trace);
	struct stemma_token *new = &tokens[trace->tokens.count];

	if (f->token == STEMMA_NONE) {
		*new = (struct stemma_token){.word = f->word,
			.look = f->look,
			.revision = trace->revision,
			.start = f->start,
			.size = f->size,
			.place = place,
			.root = (uint32_t)trace->tokens.count};
	} else if (tokens[f->token].look == f->look) {
		return f->token;
	} else {
		*new = tokens[f->token];
		new->look = f->look;
		new->reformatted = trace->revision;
		new->holder = 0;
	}
	return (uint32_t)trace->tokens.count++;
}

/* Whether a run or sentence of these words is in the table already. */
static bool
is_listed(const struct stemma_trace *trace, const struct stemma_table *table,
	uint64_t hash, uint32_t at, uint32_t count)
{
	size_t cursor = 0;
	uint32_t known;

	while ((known = stemma_table_next(table, hash, &cursor)) !=
		STEMMA_NONE) {
		uint32_t i = 0;

		if (known > at)
			continue;

		while (i < count && stemma_stream_word(trace, known + i) ==
					    stemma_stream_word(trace, at + i))
			i++;
		if (i == count)
			return true;
	}
	return false;
}

static void
list_sentences(struct stemma_trace *trace, const struct stemma_passage *p)
{
	uint64_t hash = 0;
	uint32_t first = p->first;

	for (uint32_t at = first; at < p->first + p->count; at++) {
		uint32_t count = at + 1 - first;

		hash = stemma_words_hash(hash, stemma_stream_word(trace, at));
		if (!stemma_stream_ends(trace, at))
			continue;
		if (count >= STEMMA_SENTENCE_LEAST &&
			!is_listed(
				trace, &trace->sentences, hash, first, count))
			stemma_table_put(&trace->sentences, hash, first);
		first = at + 1;
		hash = 0;
	}
}

/* How many of the words from `fresh` on stood in a row in one passage, up to
   `most`. */
static uint32_t
count_standing(const struct stemma_trace *trace,
	const struct stemma_fresh *fresh, uint32_t most)
{
	const struct stemma_passage *p;
	uint32_t at = fresh->stood, count = 1;

	if (at == STEMMA_NONE)
		return 0;
	p = &stemma_passages(trace)[stemma_passage_at(trace, at)];
	if (most > p->first + p->count - at)
		most = p->first + p->count - at;
	while (count < most && fresh[count].stood == at + count)
		count++;
	return count;
}

/* Runs that stood in a passage before are listed already. */
static void
list_grams(struct stemma_trace *trace, const struct stemma_passage *p,
	const struct stemma_fresh *fresh)
{
	uint32_t standing = 0; /* up to this word */

	for (uint32_t k = 0; k + STEMMA_GRAM <= p->count; k++) {
		uint32_t at = p->first + k;
		uint64_t hash = 0;

		if (k >= standing)
			standing = k + count_standing(
					       trace, &fresh[k], p->count - k);
		if (k + STEMMA_GRAM <= standing)
			continue;
		for (uint32_t i = 0; i < STEMMA_GRAM; i++)
			hash = stemma_words_hash(
				hash, stemma_stream_word(trace, at + i));
		if (!is_listed(trace, &trace->grams, hash, at, STEMMA_GRAM))
			stemma_table_put(&trace->grams, hash, at);
	}
}

/* Let each token that may have moved know which passage before held it. */
static void
name_holders(struct stemma_addition *a, bool named)
{
	struct stemma_trace *trace = a->trace;
	const uint32_t *now = trace->now.items;

	for (size_t k = 0; k < trace->now.count; k++) {
		const struct stemma_passage *p =
			&stemma_passages(trace)[now[k]];

		if (p->last == trace->revision)
			continue;
		for (uint32_t i = 0; i < p->count; i++)
			stemma_stream_root(trace, p->first + i)->holder =
				named ? (uint32_t)k + 1 : 0;
	}
}

/* The passage that lost word `f`, plus one; or 0. */
static uint32_t
holder_of(const struct stemma_trace *trace, const struct stemma_fresh *f)
{
	const struct stemma_token *tokens = stemma_tokens(trace);

	return f->token == STEMMA_NONE ? 0
				       : tokens[tokens[f->token].root].holder;
}

/* Of the passages that are gone, the one that has most of these words. */
static void
find_parent(struct stemma_addition *a, struct stemma_passage *p,
	const struct stemma_fresh *fresh)
{
	struct stemma_trace *trace = a->trace;
	const uint32_t *now = trace->now.items;

	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t holder = holder_of(trace, &fresh[i]), k;

		p->brought += fresh[i].token == STEMMA_NONE;
		if (!holder)
			continue;
		k = holder - 1;
		if (++a->votes[k] <= p->kept)
			continue;
		p->kept = a->votes[k];
		p->parent = now[k];
		p->edits = stemma_passages(trace)[now[k]].edits + 1;
		p->seen = stemma_passages(trace)[now[k]].seen;
	}
	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t holder = holder_of(trace, &fresh[i]);

		if (holder)
			a->votes[holder - 1] = 0;
	}
}

static uint32_t
add_passage(struct stemma_addition *a, size_t unit,
	const struct stemma_fresh *fresh)
{
	struct stemma_trace *trace = a->trace;
	const struct stemma_unit *u = &a->doc->units[unit];
	uint32_t id = (uint32_t)trace->passages.count;
	struct stemma_passage *p = &stemma_passages(trace)[id];
	uint32_t *stream = trace->stream.items;

	*p = (struct stemma_passage){.key = u->key,
		.bytes = (uint32_t)(u->end - u->start),
		.first = (uint32_t)trace->stream.count,
		.count = a->sizes[unit],
		.revision = trace->revision,
		.seen = trace->revision,
		.unit = (uint32_t)unit,
		.parent = STEMMA_NONE};
	find_parent(a, p, fresh);
	for (uint32_t k = 0; k < p->count; k++)
		stream[trace->stream.count++] =
			token_of(a, &fresh[k], a->places[unit] + k) |
			(fresh[k].end ? STEMMA_SENTENCE_END : 0);
	trace->passages.count++;
	stemma_table_put(&trace->keys, p->key, id);
	list_sentences(trace, p);
	list_grams(trace, p, fresh);
	return id;
}

/* A passage that stands in the newest revision, and not in the one before. */
static void
enter(struct stemma_trace *trace, const struct stemma_passage *p)
{
	for (uint32_t k = 0; k < p->count; k++) {
		struct stemma_token *t =
			stemma_stream_root(trace, p->first + k);

		if (!t->stands && !t->restored && t->revision < trace->revision)
			t->restored = trace->revision;
		t->stands++;
	}
}

static void
leave(struct stemma_trace *trace, const struct stemma_passage *p)
{
	for (uint32_t k = 0; k < p->count; k++)
		stemma_stream_root(trace, p->first + k)->stands--;
}

/* Mark which passages stand now; those that do already first, so that
   what moves from a passage into a fresh one knows which are gone. */
static void
stand(struct stemma_trace *trace, uint32_t id)
{
	struct stemma_passage *p = &stemma_passages(trace)[id];

	if (p->last == trace->revision)
		return;
	if (p->last + 1 != trace->revision || p->revision == trace->revision) {
		p->returns += p->revision < trace->revision;
		enter(trace, p);
		stemma_set_add(trace, id);
	}
	p->last = trace->revision;
}

/* Let the passages that stand no longer go. */
static uint32_t
let_go(struct stemma_trace *trace)
{
	const uint32_t *now = trace->now.items;
	size_t first = trace->members.count;

	for (size_t k = 0; k < trace->now.count; k++) {
		struct stemma_passage *p = &stemma_passages(trace)[now[k]];

		/* Once, should it have stood twice. */
		if (p->last + 1 != trace->revision ||
			p->left == trace->revision)
			continue;
		leave(trace, p);
		p->left = trace->revision;
		stemma_set_add(trace, now[k]);
	}
	return stemma_set_close(trace, first);
}

/* Bring in the passages of the revision; the set of those that had not stood
   in the one before. */
static uint32_t
bring_in(struct stemma_addition *a)
{
	struct stemma_trace *trace = a->trace;
	const struct stemma_fresh *fresh = a->fresh;
	size_t units = a->doc->unit_count, first = trace->members.count;

	for (size_t k = 0; k < units; k++) {
		if (a->passages[k] != STEMMA_NONE)
			stand(trace, a->passages[k]);
	}
	if (a->fresh_count)
		name_holders(a, true);
	for (size_t k = 0; k < units; k++) {
		const struct stemma_unit *u = &a->doc->units[k];

		if (a->passages[k] != STEMMA_NONE)
			continue;
		/* It may stand twice in this very revision. */
		a->passages[k] =
			stemma_passage_find(trace, u->key, u->end - u->start);
		if (a->passages[k] == STEMMA_NONE)
			a->passages[k] = add_passage(a, k, fresh);
		fresh += a->sizes[k];
		stand(trace, a->passages[k]);
	}
	if (a->fresh_count)
		name_holders(a, false);
	return stemma_set_close(trace, first);
}

void
stemma_addition_commit(struct stemma_addition *a)
{
	struct stemma_trace *trace = a->trace;
	struct stemma_turn *turns = trace->turns.items;
	size_t units = a->doc->unit_count;
	struct stemma_turn turn;

	trace->revision++;
	turn.come = bring_in(a);
	turn.gone = let_go(trace);
	turns[trace->turns.count++] = turn;
	trace->now.count = 0;
	for (size_t k = 0; k < units; k++)
		((uint32_t *)trace->now.items)[trace->now.count++] =
			a->passages[k];
}

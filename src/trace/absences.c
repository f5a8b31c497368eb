/*
 * In which revisions words vanished and came back.
 *
 *     b ── b ── c      Words that were gone in the same revisions share what
 *      \               is said of them, as far back as that is so: a page of
 *       `─ d           a thousand words that was blanked has one absence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "state.h"

struct replay {
	const struct stemma_trace *trace;
	uint32_t *stands;  /* by token: in so many passages */
	uint32_t *gone;    /* by token: since when, or 0 */
	uint32_t *absence; /* by token: its last one */
	struct stemma_list absences;
	struct stemma_table known; /* which there are */
	struct stemma_account account;
};

/* The absence with these values, which is added if it is new; 0: no memory. */
static uint32_t
find_absence(struct replay *replay, const struct stemma_absence *wanted)
{
	struct stemma_absence *absences = replay->absences.items;
	uint64_t hash = stemma_words_hash(
		stemma_words_hash(
			stemma_words_hash(0, wanted->gone), wanted->back),
		wanted->before);
	size_t cursor = 0;
	uint32_t at;

	while (absences && (at = stemma_table_next(&replay->known, hash,
				    &cursor)) != STEMMA_NONE) {
		if (absences[at].gone == wanted->gone &&
			absences[at].back == wanted->back &&
			absences[at].before == wanted->before)
			return at + 1;
	}
	if (replay->absences.count >= STEMMA_NONE - 1 ||
		!stemma_list_reserve(&replay->absences, 1, sizeof *absences,
			&replay->account) ||
		!stemma_table_reserve(&replay->known, 1, &replay->account))
		return 0;
	absences = replay->absences.items;
	at = (uint32_t)replay->absences.count++;
	absences[at] = *wanted;
	stemma_table_put(&replay->known, hash, at);
	return at + 1;
}

static uint32_t
root_at(const struct stemma_trace *trace, uint32_t at)
{
	return stemma_tokens(trace)[stemma_stream_token(trace, at)].root;
}

static bool
come(struct replay *replay, const struct stemma_passage *p, uint32_t revision)
{
	for (uint32_t k = 0; k < p->count; k++) {
		uint32_t root = root_at(replay->trace, p->first + k);

		if (!replay->stands[root]++ && replay->gone[root]) {
			struct stemma_absence absence = {replay->gone[root],
				revision, replay->absence[root]};

			replay->gone[root] = 0;
			replay->absence[root] = find_absence(replay, &absence);
			if (!replay->absence[root])
				return false;
		}
	}
	return true;
}

static void
go(struct replay *replay, const struct stemma_passage *p, uint32_t revision)
{
	for (uint32_t k = 0; k < p->count; k++) {
		uint32_t root = root_at(replay->trace, p->first + k);

		if (!--replay->stands[root])
			replay->gone[root] = revision;
	}
}

static bool
replay_all(struct replay *replay, uint32_t last)
{
	const struct stemma_trace *trace = replay->trace;

	for (uint32_t r = 1; r <= last; r++) {
		const struct stemma_turn *turn = &stemma_turns(trace)[r - 1];
		const uint32_t *members;
		uint32_t count;

		members = stemma_set_members(trace, turn->come, &count);
		for (uint32_t k = 0; k < count; k++) {
			if (!come(replay, &stemma_passages(trace)[members[k]],
				    r))
				return false;
		}
		members = stemma_set_members(trace, turn->gone, &count);
		for (uint32_t k = 0; k < count; k++)
			go(replay, &stemma_passages(trace)[members[k]], r);
	}
	return true;
}

/* Say it of the words. */
static void
tell(struct stemma_origins *origins, const struct replay *replay)
{
	const struct stemma_trace *trace = replay->trace;
	struct stemma_word_origin *words = origins->words;

	for (size_t u = 0; u < origins->unit_count; u++) {
		const struct stemma_passage *p =
			&stemma_passages(trace)[origins->wordings[u]];

		for (uint32_t k = 0; k < p->count; k++) {
			size_t at = origins->firsts[u] + k;

			words[at].absence =
				replay->absence[root_at(trace, p->first + k)];
			if (k && words[at].absence != words[at - 1].absence)
				words[at].joins = false;
		}
	}
}

/* The absences, copied to where they are to live. */
static bool
take(struct stemma_origins *origins, const struct replay *replay,
	struct stemma_arena *arena)
{
	const struct stemma_absence *from = replay->absences.items;
	size_t count = replay->absences.count;
	struct stemma_absence *to =
		stemma_arena_alloc(arena, count, sizeof *to);

	if (!to)
		return false;
	for (size_t k = 0; k < count; k++)
		to[k] = from[k];
	origins->absences = to;
	origins->absence_count = count;
	return true;
}

enum stemma_code
stemma_trace_tell_absences(struct stemma_origins *origins,
	const struct stemma_trace *trace, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t count = trace->tokens.count;
	struct replay replay = {.trace = trace,
		.account = {.limit = trace->account.limit},
		.stands = stemma_arena_zalloc(scratch, count, sizeof(uint32_t)),
		.gone = stemma_arena_zalloc(scratch, count, sizeof(uint32_t)),
		.absence =
			stemma_arena_zalloc(scratch, count, sizeof(uint32_t))};
	bool good = replay.stands && replay.gone && replay.absence &&
		    replay_all(&replay, origins->revision) &&
		    take(origins, &replay, arena);

	if (good)
		tell(origins, &replay);
	stemma_list_free(&replay.absences);
	stemma_table_free(&replay.known);
	stemma_arena_rewind(scratch, mark);
	return good ? STEMMA_OK : STEMMA_NOMEM;
}

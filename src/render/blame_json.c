/* stemma.blame/1 (formats.md). SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/render.h>

#include "absences.h"
#include "json_writer.h"

/* Numbers by revision, and of absences. */
struct room {
	uint32_t *counts;
	uint32_t *absences;
};

static void
write_number(struct stemma_json *json, const char *name, uint64_t number)
{
	stemma_json_key(json, name);
	stemma_json_number(json, number);
}

static void
write_revisions(struct stemma_json *json, const struct stemma_blame *blame)
{
	stemma_json_key(json, "revisions");
	stemma_json_open(json, '[');
	for (uint32_t k = 0; k < blame->revision; k++) {
		stemma_json_record(json, '{');
		write_number(json, "number", k + 1);
		stemma_json_key(json, "commit");
		stemma_json_word(json, blame->revisions[k].commit);
		stemma_json_key(json, "date");
		stemma_json_word(json, blame->revisions[k].date);
		stemma_json_key(json, "source");
		stemma_json_string(json, blame->revisions[k].source);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
}

static void
write_others(struct stemma_json *json, const struct stemma_blame_across *across)
{
	stemma_json_key(json, "others");
	stemma_json_open(json, '[');
	for (size_t k = 0; k < across->other_count; k++) {
		const struct stemma_blame_other *other = &across->others[k];

		stemma_json_record(json, '{');
		stemma_json_key(json, "story");
		stemma_json_string(json, other->story);
		write_number(json, "number", other->number);
		stemma_json_key(json, "commit");
		stemma_json_word(json, other->name.commit);
		stemma_json_key(json, "date");
		stemma_json_word(json, other->name.date);
		stemma_json_key(json, "source");
		stemma_json_string(json, other->name.source);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
}

/* Where another story had the word earlier; NULL: none had. */
static const struct stemma_blame_elsewhere *
elsewhere_of(const struct stemma_blame *blame, size_t word)
{
	const struct stemma_blame_across *across = blame->across;

	return across && across->words[word].other ? &across->words[word]
						   : NULL;
}

/* Whether the word goes on with the run of the one before it. */
static bool
is_joined(const struct stemma_blame *blame, size_t word)
{
	const struct stemma_blame_elsewhere *here = elsewhere_of(blame, word);
	const struct stemma_blame_elsewhere *before =
		elsewhere_of(blame, word - 1);

	return blame->origins->words[word].joins && !blame->words &&
	       (here ? before && here->joins && here->other == before->other
		     : !before);
}

static void
write_at(struct stemma_json *json, size_t start, size_t end)
{
	stemma_json_key(json, "at");
	stemma_json_record(json, '[');
	stemma_json_number(json, start);
	stemma_json_number(json, end);
	stemma_json_close(json, ']');
}

/* Where the words from `first` to `last` stood first, and when. */
static void
write_origin(struct stemma_json *json, const struct stemma_blame *blame,
	size_t first, size_t last)
{
	const struct stemma_word_origin *words = blame->origins->words;
	const struct stemma_blame_elsewhere *elsewhere =
		elsewhere_of(blame, first);
	const struct stemma_blame_other *other =
		elsewhere ? &blame->across->others[elsewhere->other - 1] : NULL;

	write_number(json, "revision",
		other ? other->number : words[first].revision);
	if (other)
		write_at(json, elsewhere->at.start,
			blame->across->words[last].at.end);
	else
		write_at(json, words[first].at.start, words[last].at.end);
	stemma_json_key(json, "story");
	stemma_json_string(json, other ? other->story : blame->story);
	if (blame->across)
		write_number(json, "here", words[first].revision);
}

/* [[3,5],[8,9]]: gone since 3, back in 5, and again. */
static void
write_absences(struct stemma_json *json, const struct stemma_origins *origins,
	uint32_t absence, uint32_t *list)
{
	size_t count = stemma_absences_list(list, origins, absence);

	stemma_json_key(json, "absences");
	stemma_json_open(json, '[');
	for (size_t k = 0; k < count; k++) {
		const struct stemma_absence *a = &origins->absences[list[k]];

		stemma_json_record(json, '[');
		stemma_json_number(json, a->gone);
		stemma_json_number(json, a->back);
		stemma_json_close(json, ']');
	}
	stemma_json_close(json, ']');
}

/* The words from the first to the last, both included. */
static void
write_run(struct stemma_json *json, const struct stemma_blame *blame,
	size_t from, size_t to, uint32_t *absences)
{
	const struct stemma_word_origin *first = &blame->origins->words[from];
	const struct stemma_word_origin *last = &blame->origins->words[to];

	stemma_json_record(json, '{');
	write_number(json, "start", first->span.start);
	write_number(json, "end", last->span.end);
	write_origin(json, blame, from, to);
	stemma_json_key(json, "restored");
	stemma_json_bool(json, first->restored);
	if (blame->reformatted) {
		stemma_json_key(json, "reformatted");
		if (first->reformatted)
			stemma_json_number(json, first->reformatted);
		else
			stemma_json_null(json);
	}
	if (blame->absences)
		write_absences(json, blame->origins, first->absence, absences);
	stemma_json_close(json, '}');
}

/* How many words of the unit each revision brought. */
static void
write_shares(struct stemma_json *json, const struct stemma_blame *blame,
	size_t u, uint32_t *counts)
{
	const struct stemma_origins *origins = blame->origins;

	memset(counts, 0, ((size_t)blame->revision + 1) * sizeof *counts);
	for (size_t k = origins->firsts[u]; k < origins->firsts[u + 1]; k++)
		counts[origins->words[k].revision]++;
	stemma_json_key(json, "shares");
	stemma_json_open(json, '[');
	for (uint32_t r = 1; r <= blame->revision; r++) {
		if (!counts[r])
			continue;
		stemma_json_record(json, '{');
		write_number(json, "revision", r);
		write_number(json, "words", counts[r]);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
}

static void
write_unit(struct stemma_json *json, const struct stemma_blame *blame, size_t u,
	const struct room *room)
{
	const struct stemma_origins *origins = blame->origins;
	const struct stemma_unit *unit = &blame->doc->units[u];
	size_t end = origins->firsts[u + 1], next;

	stemma_json_open(json, '{');
	write_number(json, "start", stemma_doc_offset(blame->doc, unit->start));
	write_number(json, "end", stemma_doc_offset(blame->doc, unit->end));
	stemma_json_key(json, "kind");
	stemma_json_word(
		json, stemma_kind_name((enum stemma_kind)blame->kinds[u]));
	write_number(json, "seen", origins->seen[u]);
	write_number(json, "edited", origins->edited[u]);
	write_number(json, "edits", origins->edits[u]);
	write_shares(json, blame, u, room->counts);
	if (blame->across) {
		stemma_json_key(json, "boilerplate");
		stemma_json_bool(json, blame->across->holders[u] != 0);
	}
	stemma_json_key(json, "runs");
	stemma_json_open(json, '[');
	for (size_t k = origins->firsts[u]; k < end; k = next) {
		next = k + 1;
		while (next < end && is_joined(blame, next))
			next++;
		write_run(json, blame, k, next - 1, room->absences);
	}
	stemma_json_close(json, ']');
	stemma_json_close(json, '}');
}

enum stemma_code
stemma_render_blame_json(struct stemma_out *out,
	const struct stemma_blame *blame,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_json json = {.out = out, .pretty = options->pretty};
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct room room = {
		.counts = stemma_arena_alloc(scratch,
			(size_t)blame->revision + 1, sizeof *room.counts),
		.absences = stemma_arena_alloc(scratch,
			blame->origins->absence_count, sizeof *room.absences)};

	if (!room.counts || !room.absences)
		return STEMMA_NOMEM;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "format");
	stemma_json_word(&json, "stemma.blame/1");
	stemma_json_key(&json, "story");
	stemma_json_string(&json, blame->story);
	write_number(&json, "revision", blame->revision);
	write_revisions(&json, blame);
	if (blame->across)
		write_others(&json, blame->across);
	stemma_json_key(&json, "units");
	stemma_json_open(&json, '[');
	for (size_t u = 0; u < blame->origins->unit_count; u++)
		write_unit(&json, blame, u, &room);
	stemma_json_close(&json, ']');
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}

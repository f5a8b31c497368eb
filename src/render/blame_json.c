/* stemma.blame/1 (formats.md). SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/render.h>

#include "json_writer.h"

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

/* The words from `first` to `last`, both included. */
static void
write_run(struct stemma_json *json, const struct stemma_blame *blame,
	const struct stemma_word_origin *first,
	const struct stemma_word_origin *last)
{
	stemma_json_record(json, '{');
	write_number(json, "start", first->span.start);
	write_number(json, "end", last->span.end);
	write_number(json, "revision", first->revision);
	stemma_json_key(json, "at");
	stemma_json_record(json, '[');
	stemma_json_number(json, first->at.start);
	stemma_json_number(json, last->at.end);
	stemma_json_close(json, ']');
	stemma_json_key(json, "story");
	stemma_json_string(json, blame->story);
	stemma_json_key(json, "restored");
	stemma_json_bool(json, first->restored);
	if (blame->reformatted) {
		stemma_json_key(json, "reformatted");
		if (first->reformatted)
			stemma_json_number(json, first->reformatted);
		else
			stemma_json_null(json);
	}
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
	uint32_t *counts)
{
	const struct stemma_origins *origins = blame->origins;
	const struct stemma_word_origin *words = origins->words;
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
	write_shares(json, blame, u, counts);
	stemma_json_key(json, "runs");
	stemma_json_open(json, '[');
	for (size_t k = origins->firsts[u]; k < end; k = next) {
		next = k + 1;
		while (next < end && !blame->words && words[next].joins)
			next++;
		write_run(json, blame, &words[k], &words[next - 1]);
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
	uint32_t *counts = stemma_arena_alloc(
		scratch, (size_t)blame->revision + 1, sizeof *counts);

	if (!counts)
		return STEMMA_NOMEM;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "format");
	stemma_json_word(&json, "stemma.blame/1");
	stemma_json_key(&json, "story");
	stemma_json_string(&json, blame->story);
	write_number(&json, "revision", blame->revision);
	write_revisions(&json, blame);
	stemma_json_key(&json, "units");
	stemma_json_open(&json, '[');
	for (size_t u = 0; u < blame->origins->unit_count; u++)
		write_unit(&json, blame, u, counts);
	stemma_json_close(&json, ']');
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}

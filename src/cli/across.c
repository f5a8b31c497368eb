/* SPDX-License-Identifier: MIT */
#include "across.h"

#include "origin.h"
#include "trouble.h"

enum {
	CONTEXT = 3, /* fewer words in a row are nobody's, in a passage too */
	SKIPPED = 8  /* words of the source that are looked past */
};

/* Everything that looking takes. */
struct across {
	struct stemma_past *past;
	struct stemma_blame_across *found;
	struct stemma_blame_other *others; /* found->others, to be written */
	struct stemma_blame_elsewhere *words;
};

/* A revision of another story whose passages are gone through. */
struct reader {
	struct across *across;
	const struct stemma_origin_read *read;
	uint32_t other; /* its number among the others, from 1; 0: none yet */
	struct stemma_intern *intern;
	struct stemma_words words[2]; /* of the stretch: there, and here */
	size_t first;                 /* of the words here, in all of them */
};

static struct stemma_arena *
scratch_of(const struct across *across)
{
	return across->past->archive.scratch;
}

/* Note the revision among those that are told. */
static bool
add_other(struct reader *reader)
{
	struct across *across = reader->across;
	struct stemma_arena *arena = across->past->archive.arena;
	const struct stemma_revision *revision = reader->read->revision;
	struct stemma_blame_other *other;
	char *commit = stemma_arena_alloc(arena, 41, 1);
	char *date = stemma_arena_alloc(arena, STEMMA_TIME_SIZE, 1);

	if (!commit || !date)
		return false;
	stemma_id_hex(commit, &revision->commit);
	stemma_time_write(date, revision->date);
	other = &across->others[across->found->other_count++];
	other->story = reader->read->story;
	other->number = revision->number;
	other->time = revision->date;
	other->name =
		(struct stemma_blame_revision){commit, date, revision->source};
	reader->other = (uint32_t)across->found->other_count;
	return true;
}

/* Whether the other revision is older than what is known of the word. */
static bool
is_earlier(const struct reader *reader, size_t word)
{
	const struct across *across = reader->across;
	const struct stemma_past *past = across->past;
	uint32_t other = across->words[word].other;
	uint32_t own = past->origins.words[word].revision;
	int64_t known = other ? across->others[other - 1].time
			      : past->log.revisions[own - 1].date;

	return reader->read->revision->date < known;
}

/* Words that are the same here and there, from `here` and `there` on. */
static bool
take(struct reader *reader, size_t there, size_t here, size_t count)
{
	const struct stemma_doc *doc = reader->read->doc;
	const struct stemma_words *words = &reader->words[0];
	bool joins = false;

	for (size_t k = 0; k < count; k++) {
		const struct stemma_word *word = &words->words[there + k];
		size_t at = reader->first + here + k;

		if (!is_earlier(reader, at)) {
			joins = false;
			continue;
		}
		if (!reader->other && !add_other(reader))
			return false;
		reader->across->words[at] =
			(struct stemma_blame_elsewhere){.other = reader->other,
				.joins = joins,
				.at = {stemma_doc_offset(
					       doc, words->base + word->start),
					stemma_doc_offset(
						doc, words->base + word->end)}};
		joins = true;
	}
	return true;
}

/* Where the word stands next there; the count of words if nowhere near. */
static size_t
find_next(const struct reader *reader, size_t there, size_t here)
{
	const struct stemma_words *words = reader->words;
	uint32_t id = words[1].words[here].id;

	for (size_t k = there; k < words[0].count && k < there + SKIPPED; k++)
		if (words[0].words[k].id == id)
			return k;
	return words[0].count;
}

static bool
pair_words(struct reader *reader)
{
	const struct stemma_words *words = reader->words;
	size_t there = 0, here = 0;

	while (here < words[1].count) {
		size_t at = find_next(reader, there, here), run = 0;

		while (at + run < words[0].count &&
			here + run < words[1].count &&
			words[0].words[at + run].id ==
				words[1].words[here + run].id)
			run++;
		if (run >= CONTEXT && !take(reader, at, here, run))
			return false;
		if (run)
			there = at + run;
		here += run ? run : 1;
	}
	return true;
}

/* The first word of the text that does not start before `start`. */
static size_t
find_word(const struct stemma_origins *origins, size_t start)
{
	size_t low = 0, high = origins->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (origins->words[middle].text.start < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A stretch without edits, there and here. */
static enum stemma_code
read_stretch(struct reader *reader, struct stemma_span there,
	struct stemma_span here)
{
	const struct stemma_origins *origins = &reader->across->past->origins;
	struct stemma_arena *scratch = scratch_of(reader->across);
	enum stemma_code code;

	if (there.start >= there.end || here.start >= here.end)
		return STEMMA_OK;
	code = stemma_words_split(&reader->words[0], reader->read->doc, there,
		reader->intern, scratch);
	if (code == STEMMA_OK)
		code = stemma_words_split(&reader->words[1],
			&reader->across->past->doc, here, reader->intern,
			scratch);
	if (code != STEMMA_OK)
		return code;
	reader->first = find_word(origins, here.start);
	if (reader->first + reader->words[1].count > origins->count)
		return STEMMA_OK;
	return pair_words(reader) ? STEMMA_OK : STEMMA_NOMEM;
}

/* The stretches between the passage's edits. */
static enum stemma_code
read_passage(struct reader *reader, const struct stemma_passage *passage)
{
	const struct stemma_passage_edit *edits =
		reader->read->reuse->edits + passage->first_edit;
	struct stemma_span there = passage->source.span;
	struct stemma_span here = passage->target.span;
	enum stemma_code code = STEMMA_OK;

	for (uint32_t k = 0; k < passage->edit_count && code == STEMMA_OK;
		k++) {
		code = read_stretch(reader,
			(struct stemma_span){
				there.start, edits[k].source.start},
			(struct stemma_span){
				here.start, edits[k].target.start});
		there.start = edits[k].source.end;
		here.start = edits[k].target.end;
	}
	return code == STEMMA_OK ? read_stretch(reader, there, here) : code;
}

static enum stemma_code
read_revision(void *cookie, const struct stemma_origin_read *read)
{
	struct across *across = cookie;
	struct stemma_arena *scratch = scratch_of(across);
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct reader reader = {.across = across, .read = read};
	enum stemma_code code = STEMMA_OK;

	if (stemma_view_equal(read->story, across->past->log.story) ||
		across->found->other_count == STEMMA_ORIGIN_READS)
		return STEMMA_OK;
	for (size_t k = 0; k < read->reuse->passage_count; k++) {
		if (code != STEMMA_OK)
			break;
		reader.intern = stemma_intern_new(scratch);
		code = reader.intern ? read_passage(&reader,
					       &read->reuse->passages[k])
				     : STEMMA_NOMEM;
		stemma_arena_rewind(scratch, mark);
	}
	return code;
}

/* How many stories hold the units that are boilerplate. */
static bool
tell_holders(struct across *across, const struct stemma_origin_page *page)
{
	size_t count = across->past->doc.unit_count;
	uint32_t *holders = stemma_arena_zalloc(
		across->past->archive.arena, count, sizeof *holders);

	if (!holders)
		return false;
	for (size_t k = 0; k < count; k++)
		if (page->units[k].boilerplate)
			holders[k] = page->units[k].stories;
	across->found->holders = holders;
	return true;
}

int
stemma_across_find(
	struct stemma_past *past, struct stemma_blame *blame, bool rebuild)
{
	struct stemma_arena *arena = past->archive.arena;
	struct stemma_blame_across *found =
		stemma_arena_zalloc(arena, 1, sizeof *found);
	struct across across = {.past = past, .found = found};
	const struct stemma_origin_options options = {
		.boilerplate = STEMMA_BOILERPLATE,
		.all = true,
		.read = read_revision,
		.cookie = &across};
	struct stemma_origin_page page = {.name = "blame",
		.text = {&past->doc, past->log.story, past->revision}};

	across.others = stemma_arena_zalloc(
		arena, STEMMA_ORIGIN_READS, sizeof *across.others);
	across.words = stemma_arena_zalloc(
		arena, past->origins.count, sizeof *across.words);
	if (!found || !across.others || !across.words)
		return stemma_trouble("out of memory");
	found->others = across.others;
	found->words = across.words;
	if (stemma_origin_ask(&page, &past->archive, &options, rebuild))
		return STEMMA_EXIT_TROUBLE;
	if (!tell_holders(&across, &page))
		return stemma_trouble("out of memory");
	if (page.approximate)
		stemma_origin_warn();
	blame->across = found;
	return STEMMA_EXIT_SAME;
}

/*
 * Three archives and a hub, and everything that can be done with them, in any
 * order: in the end all have the same stories, and whatever was acknowledged
 * anywhere can be read everywhere, byte for byte.
 *
 *     STEMMA_SEED=n STEMMA_RUNS=n build/…/tests/test_store_together
 *
 * A failure names the seed of its run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "places.h"

enum { STORIES = 5, STEPS = 60, RUNS = 4, TEXTS = 4 * STEPS };

/* Names that are not easily told from each other, or are hard to store. */
static const char *const names[STORIES] = {
	"a", "a/b", "A", "c\xc3\xb4te ../\xe2\x80\xae\xf0\x9f\x90\x8c", NULL};

/* A text that was acknowledged. */
struct kept {
	int story;
	char bytes[64];
	size_t size;
};

struct run {
	struct places *places;
	uint64_t seed, state;
	char longest[400];
	struct kept kept[TEXTS];
	size_t count;
	unsigned clones;
};

static unsigned
roll(struct run *run, unsigned sides)
{
	run->state = run->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(run->state >> 33) % sides;
}

static const char *
name_of(struct run *run, int story)
{
	return names[story] ? names[story] : run->longest;
}

/* Any bytes, and now and then what was there before. */
static struct stemma_entry
make_entry(struct run *run, struct kept *kept)
{
	struct stemma_entry entry = {0};

	kept->story = (int)roll(run, STORIES);
	kept->size = 0;
	if (run->count && !roll(run, 4)) {
		*kept = run->kept[roll(run, (unsigned)run->count)];
	} else if (roll(run, 20)) {
		kept->size = 8 + roll(run, 50);
		for (size_t at = 0; at < kept->size; at++)
			kept->bytes[at] = (char)roll(run, 256);
	}
	entry.story = stemma_view_of(name_of(run, kept->story));
	entry.bytes = (struct stemma_view){kept->bytes, kept->size};
	entry.dated = roll(run, 5) > 0;
	/* Few dates for many texts: they meet in one second. */
	entry.date = 1700000000 + (int64_t)roll(run, 40);
	return entry;
}

/* An addition without a date is an observation: what is there is not stored a
   second time, but can be read. */
static void
keep(struct run *run, const struct kept *kept)
{
	assert_true(run->count < TEXTS);
	run->kept[run->count++] = *kept;
}

static void
track(struct run *run, struct archive *archive)
{
	struct stemma_added added;
	struct stemma_error error = {0};
	struct kept kept = {0};
	struct stemma_entry entry = make_entry(run, &kept);

	if (stemma_store_add(
		    archive->store, &entry, &added, archive->scratch, &error))
		fail_msg("seed %llu: %s", (unsigned long long)run->seed,
			error.message);
	keep(run, &kept);
}

static void
import(struct run *run, struct archive *archive)
{
	struct stemma_bulk *bulk;
	struct kept kept[3] = {0};

	assert_int_equal(stemma_bulk_start(
				 &bulk, archive->store, archive->scratch, NULL),
		STEMMA_OK);
	for (int at = 0; at < 3; at++) {
		struct stemma_entry entry = make_entry(run, &kept[at]);
		struct stemma_added added;

		assert_int_equal(stemma_bulk_add(bulk, &entry, &added,
					 archive->scratch, NULL),
			STEMMA_OK);
	}
	assert_int_equal(
		stemma_bulk_finish(bulk, archive->scratch, NULL), STEMMA_OK);
	stemma_bulk_free(bulk);
	for (int at = 0; at < 3; at++)
		keep(run, &kept[at]);
}

/* An archive is thrown away for what git makes of another one. */
static void
clone(struct run *run, int to)
{
	int from = (to + 1 + (int)roll(run, PLACES - 1)) % PLACES;
	struct archive *archive = &run->places->archives[to];

	places_sync(run->places, to);
	stemma_store_close(archive->store);
	archive->store = NULL;
	assert_int_equal(
		shell("cd %s && rm -rf %d && git clone -q %s %d %d && git -C "
		      "%d config core.fsync none",
			run->places->folder, to,
			roll(run, 2) ? "--mirror" : "--bare", from, to, to),
		0);
	places_open(run->places, to);
	run->clones++;
}

static void
step(struct run *run)
{
	int at = (int)roll(run, PLACES);
	struct archive *archive = &run->places->archives[at];
	struct stemma_gc gc;

	switch (roll(run, 12)) {
	case 0:
	case 1:
	case 2:
		places_sync(run->places, at);
		break;
	case 3:
		assert_int_equal(stemma_store_gc(archive->store, &gc,
					 roll(run, 2), NULL),
			STEMMA_OK);
		break;
	case 4:
		clone(run, at);
		break;
	case 5:
	case 6:
		import(run, archive);
		break;
	default:
		track(run, archive);
	}
}

static bool
has_text(struct archive *archive, const struct stemma_log *log,
	const struct kept *kept)
{
	struct stemma_mark mark = stemma_arena_mark(archive->arena);
	bool found = false;

	for (uint32_t at = 0; at < log->count && !found; at++) {
		struct stemma_view bytes;

		assert_int_equal(
			stemma_store_read(archive->store, &bytes,
				&log->revisions[at], archive->arena, NULL),
			STEMMA_OK);
		found = stemma_view_equal(
			bytes, (struct stemma_view){kept->bytes, kept->size});
	}
	stemma_arena_rewind(archive->arena, mark);
	return found;
}

static void
check(struct run *run)
{
	for (int round = 0; round < 2; round++)
		for (int at = 0; at < PLACES; at++)
			places_sync(run->places, at);
	places_sync(run->places, 0);
	if (shell("cd %s && for at in 0 1 2; do git -C $at for-each-ref "
		  "refs/heads/story >$at.refs; done; cmp 0.refs 1.refs && cmp "
		  "1.refs 2.refs",
		    run->places->folder))
		fail_msg("seed %llu: the archives do not agree",
			(unsigned long long)run->seed);
	for (int at = 0; at < PLACES; at++) {
		struct archive *archive = &run->places->archives[at];

		for (size_t k = 0; k < run->count; k++) {
			struct stemma_log log = archive_log(
				archive, name_of(run, run->kept[k].story));

			if (!has_text(archive, &log, &run->kept[k]))
				fail_msg("seed %llu: text %zu is not in "
					 "archive %d",
					(unsigned long long)run->seed, k, at);
		}
	}
	places_are_sound(run->places);
}

static uint64_t
setting(const char *name, uint64_t usual)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 10) : usual;
}

static void
whatever_is_done_nothing_acknowledged_is_lost(void **state)
{
	uint64_t seed = setting("STEMMA_SEED", 1);
	uint64_t runs = setting("STEMMA_RUNS", RUNS);
	unsigned clones = 0;

	(void)state;
	for (uint64_t at = 0; at < runs; at++) {
		struct run *run = calloc(1, sizeof *run);
		void *places;

		assert_non_null(run);
		assert_int_equal(places_set_up_as(&places, (seed + at) % 2), 0);
		run->places = places;
		run->seed = seed + at;
		run->state = run->seed * 0x9e3779b97f4a7c15u;
		memset(run->longest, 'x', sizeof run->longest - 1);
		for (int steps = 0; steps < STEPS; steps++)
			step(run);
		check(run);
		clones += run->clones;
		places_tear_down(&places);
		free(run);
	}
	assert_true(clones > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_done_nothing_acknowledged_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

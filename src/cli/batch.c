/*
 * stemma batch: a stream of pairs on standard input, compared by all cores, a
 * stream of answers in the same order on standard output.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "article.h"
#include "commands.h"
#include "stories.h"
#include "trouble.h"

#define JOBS_MOST 1024
/* How often progress is told, in milliseconds. */
#define TICK 500

struct settings {
	uint64_t jobs; /* 0: as many as there are cores */
	bool unnumbered;
	bool strict;
	unsigned reading; /* enum stemma_reading */
	struct stemma_compare_settings compare;
};

/* ---- while the workers work --------------------------------------------- */

/* The signals that ask to end, but for those that are ignored (nohup). */
static void
ending_signals(sigset_t *set)
{
	static const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
	struct sigaction action;

	sigemptyset(set);
	for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
		if (sigaction(numbers[k], NULL, &action) == 0 &&
			action.sa_handler != SIG_IGN)
			sigaddset(set, numbers[k]);
}

static void
tell_progress(const struct stemma_batch *batch, const struct timespec *start)
{
	struct timespec now;
	struct stemma_out out = {0};
	uint64_t lines = atomic_load(&batch->lines);
	double seconds;
	ssize_t ignored;

	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (double)(now.tv_sec - start->tv_sec) +
		  (double)(now.tv_nsec - start->tv_nsec) / 1e9;
	stemma_out_format(&out, "\r\033[K%llu pairs, %.0f a second, %llu bad",
		(unsigned long long)lines,
		seconds > 0 ? (double)lines / seconds : 0.0,
		(unsigned long long)atomic_load(&batch->bad));
	if (stemma_out_finish(&out) == STEMMA_OK) {
		ignored = write(STDERR_FILENO, out.bytes, out.size);
		(void)ignored;
	}
	stemma_out_free(&out);
}

static void
clear_progress(void)
{
	ssize_t ignored = write(STDERR_FILENO, "\r\033[K", 4);

	(void)ignored;
}

/* Wait for the last worker. A first signal makes them take no more lines, and
   is returned; a second one ends the process at once. */
static int
supervise(struct stemma_batch *batch, const sigset_t *signals, int signal_fd)
{
	/* On one terminal the answers themselves are progress enough. */
	bool shown = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
	struct pollfd files[] = {
		{.fd = batch->ended, .events = POLLIN},
		{.fd = signal_fd, .events = POLLIN},
	};
	struct signalfd_siginfo info;
	struct timespec start;
	int ended_by = 0;

	clock_gettime(CLOCK_MONOTONIC, &start);
	while (!files[0].revents) {
		if (poll(files, 2, shown ? TICK : -1) < 0)
			continue;
		if (shown)
			tell_progress(batch, &start);
		if (!files[1].revents || read(signal_fd, &info, sizeof info) !=
						 (ssize_t)sizeof info)
			continue;
		ended_by = (int)info.ssi_signo;
		stemma_batch_stop(batch);
		files[1].fd = -1;
		pthread_sigmask(SIG_UNBLOCK, signals, NULL);
	}
	if (shown)
		clear_progress();
	return ended_by;
}

/* ---- before and after --------------------------------------------------- */

static bool
open_batch(struct stemma_batch *batch, unsigned jobs)
{
	batch->parcel_count = 2 * (size_t)jobs;
	batch->parcels = calloc(batch->parcel_count, sizeof *batch->parcels);
	batch->ended = eventfd(0, EFD_CLOEXEC);
	batch->feed.fd = STDIN_FILENO;
	batch->feed.stop = eventfd(0, EFD_CLOEXEC);
	return batch->parcels && batch->ended >= 0 && batch->feed.stop >= 0 &&
	       !pthread_mutex_init(&batch->reading, NULL) &&
	       !pthread_mutex_init(&batch->writing, NULL) &&
	       !pthread_cond_init(&batch->freed, NULL);
}

static void
close_batch(struct stemma_batch *batch)
{
	for (size_t k = 0; batch->parcels && k < batch->parcel_count; k++)
		stemma_out_free(&batch->parcels[k].out);
	free(batch->parcels);
	stemma_feed_free(&batch->feed);
}

/* End as the signal would have ended us: an engine asks for that. */
static void
end_by(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static int
finish(struct stemma_batch *batch, int ended_by, bool strict)
{
	unsigned long long lines = batch->lines, bad = batch->bad;
	unsigned long long starved = batch->starved;
	int trouble = stemma_output_close(&batch->output, batch->code);

	if (batch->feed.error && !trouble)
		trouble = stemma_trouble(
			"standard input: %s", strerror(batch->feed.error));
	if (starved)
		trouble = stemma_trouble(
			"%llu of %llu lines could not be answered with a "
			"comparison, %llu for want of memory or descriptors; "
			"another try may answer these, or fewer threads (-j)",
			bad, lines, starved);
	else if (bad)
		stemma_trouble("%llu of %llu lines could not be answered with "
			       "a comparison",
			bad, lines);
	if (ended_by)
		end_by(ended_by);
	return trouble || !strict || !bad ? trouble : STEMMA_EXIT_TROUBLE;
}

static int
run_threads(struct stemma_batch *batch, unsigned jobs, bool strict)
{
	pthread_t *threads = calloc(jobs, sizeof *threads);
	int signal_fd = -1, ended_by = 0, trouble;
	bool started = false;
	sigset_t signals;

	ending_signals(&signals);
	if (threads && open_batch(batch, jobs) &&
		!stemma_output_open(&batch->output, NULL)) {
		pthread_sigmask(SIG_BLOCK, &signals, NULL);
		signal_fd = signalfd(-1, &signals, SFD_CLOEXEC);
		started = signal_fd >= 0 &&
			  stemma_batch_start(batch, threads, jobs);
	}
	if (started) {
		ended_by = supervise(batch, &signals, signal_fd);
		for (unsigned k = 0; k < jobs; k++)
			pthread_join(threads[k], NULL);
		trouble = finish(batch, ended_by, strict);
	} else {
		trouble = stemma_trouble("%u threads: %s", jobs,
			strerror(errno ? errno : EAGAIN));
	}
	close_batch(batch);
	free(threads);
	return trouble;
}

/* A mistake of ours is told once, and not as one of each line. */
static int
check_encoding(const char *encoding, struct stemma_arena *arena)
{
	struct stemma_text_options options = {.encoding = encoding};
	struct stemma_error error = {0};
	struct stemma_doc nothing;
	enum stemma_code code = stemma_doc_split(
		&nothing, (struct stemma_view){"", 0}, &options, arena, &error);

	return code == STEMMA_OK
		       ? STEMMA_EXIT_SAME
		       : stemma_trouble_code("--encoding", code, &error);
}

/* What all lines share, in `arena`. */
static int
read_settings(struct stemma_answers *answers,
	const struct stemma_compare_settings *compare,
	struct stemma_arena *arena)
{
	answers->compare = compare;
	for (int side = STEMMA_OLD; side <= STEMMA_NEW; side++) {
		const char **encoding = &answers->encodings[side];

		if (!stemma_article_encoding(
			    encoding, compare->article.encoding, side, arena))
			return stemma_trouble("out of memory");
		if (check_encoding(*encoding, arena))
			return STEMMA_EXIT_TROUBLE;
	}
	return stemma_stories_read_pair(
		answers->stories, compare->stories, arena);
}

static int
batch_run(const struct stemma_command *command, const void *cookie,
	char **operands, size_t count)
{
	const struct settings *settings = cookie;
	struct stemma_batch batch = {
		.answers = {.unnumbered = settings->unnumbered,
			.reading = (enum stemma_reading)settings->reading}};
	struct stemma_arena *arena = stemma_arena_new(0);
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	uint64_t jobs = settings->jobs;
	int trouble;

	(void)command;
	(void)operands;
	(void)count;
	if (!jobs)
		jobs = cores < 1                 ? 1
		       : cores > (long)JOBS_MOST ? JOBS_MOST
						 : (uint64_t)cores;
	if (!arena)
		return stemma_trouble("out of memory");
	trouble = read_settings(&batch.answers, &settings->compare, arena);
	if (!trouble)
		trouble = run_threads(&batch, (unsigned)jobs, settings->strict);
	stemma_arena_free(arena);
	return trouble;
}

/* ---- the row ------------------------------------------------------------ */

static const struct stemma_word_choice reading_words[] = {
	{"all", "kinds, stories and what stands twice, as compare does",
		STEMMA_READ_ALL},
	{"changed", "the same where they may differ, in a fraction of the time",
		STEMMA_READ_CHANGED},
	{"nothing", "only what became of each paragraph, and its edits",
		STEMMA_READ_NOTHING},
	{0},
};

static const struct stemma_option batch_options[] = {
	{.name = "jobs",
		.letter = 'j',
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "N",
		.help = "work with N threads; without it, as many as there are "
			"cores",
		.least = 1,
		.most = JOBS_MOST,
		.at = offsetof(struct settings, jobs)},
	{.name = "read",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "HOW",
		.help = "how much the pages are read beside being compared; "
			"all without it, which takes several times as long as "
			"changed",
		.words = reading_words,
		.at = offsetof(struct settings, reading)},
	{.name = "no-line-numbers",
		.value = STEMMA_VALUE_FLAG,
		.help = "leave the number of a bad line out of its answer, so "
			"that the same line has the same answer wherever it "
			"stands",
		.at = offsetof(struct settings, unnumbered)},
	{.name = "strict",
		.value = STEMMA_VALUE_FLAG,
		.help = "end with status 2 if any line was bad",
		.at = offsetof(struct settings, strict)},
	{0},
};

static const struct settings defaults = {.reading = STEMMA_READ_ALL};

static const struct stemma_operand batch_operands[] = {
	{0},
};

static const struct stemma_option_group batch_groups[] = {
	{"How it works", batch_options, 0},
	{"What is compared", stemma_compare_options_what,
		offsetof(struct settings, compare)},
	{"What is compared", stemma_encodings_options,
		offsetof(struct settings, compare.article)},
	{"What is compared", stemma_layout_options,
		offsetof(struct settings, compare.article)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example batch_examples[] = {
	{"stemma batch <pairs.ndjson >answers.ndjson",
		"compare every pair of a file with all cores"},
	{"stemma batch -j 4 --unit=sentence <pairs.ndjson >answers.ndjson",
		"with four threads, by sentence"},
	{"stemma batch --read=changed <pairs.ndjson >answers.ndjson",
		"much quicker, where no one asks for what did not change"},
	{"stemma batch --no-line-numbers <pairs.ndjson >answers.ndjson",
		"the same answers however the stream was cut in parts"},
	{0},
};

const struct stemma_command stemma_batch_command = {
	.name = "batch",
	.title = "stemma batch",
	.summary = "compare many pairs, a line of JSON each",
	.about = "Reads pairs from standard input, a line of JSON each, and "
		 "writes an answer a line to standard output, in the same "
		 "order: {\"id\": \"…\", \"old\": \"text\", \"new\": \"text\"} "
		 "becomes {\"id\": \"…\", \"compare\": {…}}, as compare "
		 "--format=json has it. \"old_file\" and \"new_file\" name "
		 "files. A line that is no request is answered with an "
		 "\"error\", and the stream goes on.",
	.operands = batch_operands,
	.groups = batch_groups,
	.examples = batch_examples,
	.exits = "Exit status: 0 if every line was answered, 2 if there was "
		 "trouble.",
	.defaults = &defaults,
	.settings_size = sizeof(struct settings),
	.run = batch_run,
};

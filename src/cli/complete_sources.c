/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* In milliseconds since the start: when what came by then has to do, of archives
   and, as these may be asked for after them, of files; and how long more about
   what came is waited for. */
#define PATIENCE 95.0
#define PATIENCE_FILES 120.0
#define PATIENCE_MORE 25.0

/* So many times as long, for tests on machines that have much else to do. */
#define PATIENCE_TIMES "STEMMA_PATIENCE"

/* What goes through the pipe: this, the value, the help. */
struct record {
	uint32_t value, help; /* bytes */
	uint32_t flags;
};

#define OPEN 1U
#define ENOUGH 2U
#define END 4U

/* Some of what is given may be there already. */
#define GIVEN_MAX ((size_t)2 * STEMMA_CANDIDATES_MAX)
#define RECORD_MAX ((size_t)1 << 16) /* bytes of a value or help */

double
stemma_complete_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- whoever answers --------------------------------------------------- */

static bool
write_all(int fd, const char *bytes, size_t size)
{
	while (size) {
		ssize_t written = write(fd, bytes, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes += written;
		size -= (size_t)written;
	}
	return true;
}

bool
stemma_answer_give(struct stemma_answer *answer, struct stemma_view value,
	struct stemma_view help, bool open)
{
	struct record record = {.flags = open ? OPEN : 0};
	struct stemma_out out = {0};
	bool good;

	if (value.size > RECORD_MAX || help.size > RECORD_MAX)
		return true;
	record.value = (uint32_t)value.size;
	record.help = (uint32_t)help.size;
	stemma_out_bytes(&out, (const char *)&record, sizeof record);
	stemma_out_view(&out, value);
	stemma_out_view(&out, help);
	good = stemma_out_finish(&out) == STEMMA_OK &&
	       write_all(answer->fd, out.bytes, out.size);
	stemma_out_free(&out);
	return good && ++answer->count < GIVEN_MAX;
}

static void
say(struct stemma_answer *answer, uint32_t flags)
{
	struct record record = {.flags = flags};

	write_all(answer->fd, (const char *)&record, sizeof record);
}

void
stemma_answer_enough(struct stemma_answer *answer)
{
	say(answer, ENOUGH);
}

bool
stemma_answer_fits(const struct stemma_answer *answer, struct stemma_view text)
{
	struct stemma_view typed = answer->question->typed;

	return text.size >= typed.size &&
	       (!typed.size || !memcmp(text.bytes, typed.bytes, typed.size));
}

const char *
stemma_answer_archive(struct stemma_answer *answer)
{
	struct stemma_archive_settings settings = {
		.path = answer->question->archive};
	const char *path;

	if (settings.path && *settings.path &&
		!stemma_store_probe(settings.path))
		settings.path = stemma_answer_path(
			answer, stemma_view_of(settings.path), true);
	if (answer->question->archive && !settings.path)
		return NULL;
	path = stemma_archive_path(&settings, answer->arena);
	return path && stemma_store_probe(path) ? path : NULL;
}

struct stemma_index *
stemma_answer_index(struct stemma_answer *answer, const char *archive)
{
	struct stemma_index_options options = {.read_only = true};
	struct stemma_index *index = NULL;
	struct stemma_out path = {0};

	stemma_out_format(&path, "%s/stemma/index", archive);
	stemma_out_char(&path, '\0');
	if (stemma_out_finish(&path) == STEMMA_OK)
		(void)stemma_index_open(
			&index, NULL, path.bytes, &options, NULL);
	stemma_out_free(&path);
	(void)answer;
	return index;
}

static void
answer_question(struct stemma_answer *answer)
{
	switch (answer->question->what) {
	case STEMMA_ASK_FILES:
	case STEMMA_ASK_FOLDERS:
		stemma_answer_files(answer);
		break;
	case STEMMA_ASK_TREE:
		stemma_answer_tree(answer);
		break;
	case STEMMA_ASK_ARCHIVES:
		stemma_answer_archives(answer);
		break;
	case STEMMA_ASK_STORIES:
		stemma_answer_stories(answer);
		break;
	case STEMMA_ASK_REVISIONS:
		stemma_answer_revisions(answer);
		break;
	case STEMMA_ASK_DAYS:
		if (answer->question->story.size)
			stemma_answer_revisions(answer);
		else
			stemma_answer_days(answer);
		break;
	case STEMMA_ASK_PARAGRAPHS:
		stemma_answer_paragraphs(answer);
		break;
	case STEMMA_ASK_PHRASES:
		stemma_answer_phrases(answer);
		break;
	case STEMMA_ASK_REMOTES:
		stemma_answer_remotes(answer);
		break;
	}
}

/* The process that answers. What it has to complain about, nobody hears. */
static _Noreturn void
answer(const struct stemma_real_sources *real,
	const struct stemma_question *question, int fd)
{
	struct stemma_answer answer = {.question = question,
		.start = real->start,
		.times = real->times,
		.fd = fd};
	int nowhere = open("/dev/null", O_RDWR);

	if (nowhere >= 0)
		for (int k = 0; k < 3; k++)
			dup2(nowhere, k);
	signal(SIGPIPE, SIG_DFL);
	answer.arena = stemma_arena_new(0);
	answer.scratch = stemma_arena_new(0);
	if (answer.arena && answer.scratch)
		answer_question(&answer);
	/* To give all memory back takes a while: nobody waits for that. */
	say(&answer, END);
	_exit(0);
}

/* ---- whoever asks ------------------------------------------------------ */

struct hearing {
	struct stemma_candidates *candidates;
	double start, times;
	double patience;
	char *bytes; /* that came and are no whole record yet */
	size_t size, room;
	bool enough; /* all values are there */
	bool ended;  /* nothing more comes */
};

/* A candidate that is there gets more help; any other is added. */
static void
hear(struct hearing *hearing, struct stemma_view value, struct stemma_view help,
	bool open)
{
	struct stemma_candidates *candidates = hearing->candidates;
	size_t before = candidates->before.size;
	char *copy;

	for (size_t k = 0; hearing->enough && k < candidates->count; k++) {
		struct stemma_candidate *item = &candidates->items[k];
		struct stemma_view own = {
			item->value.bytes + before, item->value.size - before};

		if (!stemma_view_equal(own, value))
			continue;
		copy = stemma_arena_string(candidates->arena, help);
		if (copy)
			item->help = (struct stemma_view){copy, help.size};
		return;
	}
	if (!hearing->enough)
		stemma_candidates_add(candidates, value, help, open);
}

/* Take whole records off the front. */
static void
take_records(struct hearing *hearing)
{
	struct record record;
	size_t at = 0;

	while (hearing->size - at >= sizeof record) {
		const char *text = hearing->bytes + at + sizeof record;
		struct stemma_view value, help;

		memcpy(&record, hearing->bytes + at, sizeof record);
		if (hearing->size - at - sizeof record <
			(size_t)record.value + record.help)
			break;
		value = (struct stemma_view){text, record.value};
		help = (struct stemma_view){text + record.value, record.help};
		if (record.flags & (ENOUGH | END)) {
			hearing->enough = true;
			hearing->ended = record.flags & END;
		} else
			hear(hearing, value, help, record.flags & OPEN);
		at += sizeof record + record.value + record.help;
	}
	memmove(hearing->bytes, hearing->bytes + at, hearing->size - at);
	hearing->size -= at;
}

/* Read what came; false at the end of it. */
static bool
read_more(struct hearing *hearing, int fd)
{
	ssize_t size = read(fd, hearing->bytes + hearing->size,
		hearing->room - hearing->size);

	if (size <= 0)
		return size < 0 && errno == EINTR;
	hearing->size += (size_t)size;
	take_records(hearing);
	return !hearing->ended && hearing->size < hearing->room;
}

static void
listen_to(struct hearing *hearing, int fd)
{
	struct pollfd waiting = {.fd = fd, .events = POLLIN};

	for (;;) {
		double left =
			hearing->start - stemma_complete_clock() +
			(hearing->enough ? PATIENCE_MORE : hearing->patience) *
				hearing->times;
		int ready;

		if (left < 1)
			return;
		ready = poll(&waiting, 1, (int)left);
		if (ready == 0 || (ready < 0 && errno != EINTR))
			return;
		if (ready > 0 && !read_more(hearing, fd))
			return;
	}
}

static void
ask(void *cookie, const struct stemma_question *question,
	struct stemma_candidates *candidates)
{
	struct stemma_real_sources *real = cookie;
	struct hearing hearing = {.candidates = candidates,
		.start = real->start,
		.times = real->times,
		.patience = question->what == STEMMA_ASK_FILES ? PATIENCE_FILES
							       : PATIENCE};
	int ends[2];
	pid_t pid;

	hearing.room = sizeof(struct record) + 2 * RECORD_MAX;
	hearing.bytes = malloc(hearing.room);
	if (!hearing.bytes || pipe(ends)) {
		free(hearing.bytes);
		return;
	}
	pid = fork();
	if (pid == 0)
		answer(real, question, ends[1]);
	close(ends[1]);
	if (pid > 0) {
		listen_to(&hearing, ends[0]);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, WNOHANG);
	}
	close(ends[0]);
	free(hearing.bytes);
}

void
stemma_real_sources_set(struct stemma_real_sources *real)
{
	const char *times = getenv(PATIENCE_TIMES);

	real->start = stemma_complete_clock();
	real->times = times ? strtod(times, NULL) : 1;
	if (!(real->times >= 1 && real->times <= 1000))
		real->times = 1;
	real->sources.cookie = real;
	real->sources.ask = ask;
}

/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "request.h"

/* As much as a line may have. */
#define FILE_MOST ((size_t)1 << 30)

bool
stemma_answerer_open(
	struct stemma_answerer *answerer, const struct stemma_answers *answers)
{
	answerer->answers = answers;
	answerer->arena = stemma_arena_new(0);
	answerer->scratch = stemma_arena_new(0);
	if (answerer->arena && answerer->scratch)
		return true;
	stemma_answerer_close(answerer);
	return false;
}

void
stemma_answerer_close(struct stemma_answerer *answerer)
{
	stemma_arena_free(answerer->arena);
	stemma_arena_free(answerer->scratch);
	*answerer = (struct stemma_answerer){0};
}

/* ---- files -------------------------------------------------------------- */

/* Read to the end into `arena`. Half of what was asked for is wasted at the
   worst, since a file's size is only a guess. Returns an errno. */
static int
read_all(struct stemma_view *bytes, int fd, size_t expected,
	struct stemma_arena *arena)
{
	size_t room = expected + 1, size = 0;
	char *buffer = stemma_arena_alloc(arena, room, 1), *larger;
	ssize_t done;

	while (buffer) {
		done = read(fd, buffer + size, room - size);
		if (done < 0 && errno != EINTR)
			return errno;
		if (done == 0)
			break;
		size += done > 0 ? (size_t)done : 0;
		if (size < room)
			continue;
		if (size > FILE_MOST)
			return EFBIG;
		room *= 2;
		larger = stemma_arena_alloc(arena, room, 1);
		if (larger)
			memcpy(larger, buffer, size);
		buffer = larger;
	}
	*bytes = (struct stemma_view){buffer, size};
	return buffer ? 0 : ENOMEM;
}

/* The bytes of an open file. Returns an errno, or -1 if it is none. */
static int
read_open(struct stemma_view *bytes, int fd, struct stemma_arena *arena)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return errno;
	if (!S_ISREG(status.st_mode))
		return -1;
	if (status.st_size > (off_t)FILE_MOST)
		return EFBIG;
	return read_all(bytes, fd, (size_t)status.st_size, arena);
}

/* What is short is the machine's; all else is the file's. */
static enum stemma_code
code_of(int error)
{
	return error == ENOMEM || error == EMFILE || error == ENFILE
		       ? STEMMA_NOMEM
		       : STEMMA_IO;
}

static bool
read_file(struct stemma_view *bytes, const char *path,
	struct stemma_arena *arena, struct stemma_error *error)
{
	/* A FIFO without a writer must not stop a thread for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int result = fd < 0 ? errno : read_open(bytes, fd, arena);

	if (fd >= 0)
		close(fd);
	if (result)
		stemma_error_set(error, code_of(result), "%.150s: %s", path,
			result < 0 ? "it is no file" : strerror(result));
	return !result;
}

/* ---- one request -------------------------------------------------------- */

/* One answer in the making. */
struct job {
	struct stemma_answerer *answerer;
	struct stemma_request request;
	struct stemma_doc docs[2];
	const char *names[2];
	struct stemma_error error;
};

/* The bytes of a side, and what the file is called. */
static bool
fetch(struct job *job, int side, struct stemma_view *bytes)
{
	const struct stemma_request_side *asked = &job->request.sides[side];
	struct stemma_arena *arena = job->answerer->arena;
	char *path;

	*bytes = asked->text;
	if (!asked->file)
		return true;
	path = stemma_arena_string(arena, asked->text);
	job->names[side] = path;
	if (!path) {
		stemma_error_set(&job->error, STEMMA_NOMEM, "%s",
			stemma_code_message(STEMMA_NOMEM));
		return false;
	}
	if (strlen(path) == asked->text.size)
		return read_file(bytes, path, arena, &job->error);
	stemma_error_set(&job->error, STEMMA_INVALID,
		"%.150s: there is a NUL in the name", path);
	return false;
}

static bool
split(struct job *job, int side)
{
	const struct stemma_answers *answers = job->answerer->answers;
	bool file = job->request.sides[side].file;
	struct stemma_text_options options = {
		.encoding = file ? answers->encodings[side] : NULL,
		.layout = (enum stemma_layout)answers->compare->article.layout,
		.unit = (enum stemma_unit_type)answers->compare->unit};
	struct stemma_view bytes;
	enum stemma_code code;

	if (!fetch(job, side, &bytes))
		return false;
	code = stemma_doc_split(&job->docs[side], bytes, &options,
		job->answerer->arena, &job->error);
	if (code != STEMMA_OK)
		stemma_error_set(
			&job->error, code, "%s", stemma_code_message(code));
	return code == STEMMA_OK;
}

static bool
compare(struct job *job, struct stemma_out *out)
{
	const struct stemma_answers *answers = job->answerer->answers;
	struct stemma_compare_options options = {
		.stories = {&answers->stories[STEMMA_OLD],
			&answers->stories[STEMMA_NEW]},
		.ignore = answers->compare->ignore,
		.budget = answers->compare->budget,
		.reading = answers->reading};
	struct stemma_render_options shown = {0};
	struct stemma_comparison comparison;
	enum stemma_code code;

	if (!split(job, STEMMA_OLD) || !split(job, STEMMA_NEW))
		return false;
	memcpy(shown.names, job->names, sizeof shown.names);
	code = stemma_comparison_make(&comparison, &job->docs[STEMMA_OLD],
		&job->docs[STEMMA_NEW], &options, job->answerer->arena,
		job->answerer->scratch);
	if (code == STEMMA_OK)
		code = stemma_render_json(
			out, &comparison, &shown, job->answerer->scratch);
	if (code != STEMMA_OK)
		stemma_error_set(
			&job->error, code, "%s", stemma_code_message(code));
	return code == STEMMA_OK;
}

/* {"id":… */
static void
write_id(struct stemma_out *out, const struct stemma_request *request)
{
	stemma_out_string(out, "{\"id\":");
	if (!request->named)
		stemma_out_string(out, "null");
	else if (request->number)
		stemma_out_view(out, request->id);
	else
		stemma_out_json(out, request->id);
}

static void
write_error(const struct stemma_answers *answers, struct stemma_out *out,
	uint64_t number, const char *why)
{
	if (!answers->unnumbered) {
		stemma_out_string(out, ",\"line\":");
		stemma_out_number(out, number);
	}
	stemma_out_string(out, ",\"error\":");
	stemma_out_json(out, stemma_view_of(why));
	stemma_out_string(out, "}\n");
}

/* The object that render wrote ends its line; ours ends behind it. */
static void
close_object(struct stemma_out *out)
{
	if (out->code == STEMMA_OK)
		out->size--;
	stemma_out_string(out, "}\n");
}

enum stemma_code
stemma_answer_write(struct stemma_answerer *answerer, struct stemma_out *out,
	char *line, size_t size, uint64_t number)
{
	struct job job = {.answerer = answerer};
	struct stemma_mark mark = stemma_arena_mark(answerer->arena);
	size_t start = out->size;
	bool done = stemma_request_read(&job.request, line, size, &job.error);

	write_id(out, &job.request);
	stemma_out_string(out, ",\"compare\":");
	done = done && compare(&job, out);
	if (done) {
		close_object(out);
	} else {
		/* Memory that was short may do for saying so. */
		out->code = STEMMA_OK;
		out->size = start;
		write_id(out, &job.request);
		write_error(answerer->answers, out, number, job.error.message);
	}
	stemma_arena_rewind(answerer->arena, mark);
	return job.error.code;
}

void
stemma_answer_refuse(const struct stemma_answers *answers,
	struct stemma_out *out, uint64_t number, const char *why)
{
	const struct stemma_request none = {0};

	write_id(out, &none);
	write_error(answers, out, number, why);
}

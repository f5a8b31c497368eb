/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "pager.h"
#include "replace.h"
#include "trouble.h"

const struct stemma_option stemma_output_options[] = {
	{.name = "output",
		.letter = 'o',
		.value = STEMMA_VALUE_FILE,
		.metavar = "FILE",
		.help = "write to FILE, which is replaced only when all is "
			"written",
		.at = offsetof(struct stemma_output_settings, file)},
	{0},
};

const struct stemma_option stemma_pager_options[] = {
	{.name = "no-pager",
		.value = STEMMA_VALUE_FLAG,
		.help = "write to the terminal without a pager",
		.at = offsetof(struct stemma_output_settings, no_pager)},
	{0},
};

const struct stemma_option stemma_pretty_options[] = {
	{.name = "pretty",
		.value = STEMMA_VALUE_FLAG,
		.help = "JSON: indented, over many lines"},
	{0},
};

int
stemma_output_open(struct stemma_output *output, const char *file)
{
	/* A file-size limit is to be an error of write, not the end. */
	signal(SIGXFSZ, SIG_IGN);
	memset(output, 0, sizeof *output);
	output->fd = STDOUT_FILENO;
	output->name = "standard output";
	if (!file || !strcmp(file, "-"))
		return STEMMA_EXIT_SAME;
	output->name = file;
	if (stemma_replace_begin(output, file))
		return STEMMA_EXIT_SAME;
	return stemma_trouble("%s: %s", file, strerror(output->error));
}

/* Whoever shares a pipe with us may have made it one that does not wait; its
   reader is waited for all the same. */
static void
wait_room(int fd)
{
	struct pollfd file = {.fd = fd, .events = POLLOUT};

	poll(&file, 1, -1);
}

enum stemma_code
stemma_output_sink(void *cookie, const char *bytes, size_t size)
{
	struct stemma_output *output = cookie;
	ssize_t done;

	while (size && !output->error) {
		done = write(output->fd, bytes, size);
		if (done < 0 && errno == EAGAIN) {
			wait_room(output->fd);
			continue;
		}
		if (done < 0) {
			if (errno != EINTR)
				output->error = errno;
			continue;
		}
		bytes += done;
		size -= (size_t)done;
	}
	return output->error ? STEMMA_IO : STEMMA_OK;
}

int
stemma_output_begin(struct stemma_output *output, struct stemma_out *out,
	const struct stemma_output_settings *settings)
{
	int trouble = stemma_output_open(output, settings->file);

	output->no_pager = settings->no_pager;
	output->leavable = settings->leavable;
	*out = (struct stemma_out){
		.sink = stemma_output_sink, .cookie = output};
	return trouble;
}

/* Whoever read our output has gone: end as everybody does then. */
static void
end_by_pipe(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
}

int
stemma_output_close(struct stemma_output *output, enum stemma_code code)
{
	bool paged = output->pager != 0;
	bool whole = code == STEMMA_OK && !output->error;

	if (output->target)
		whole = whole && stemma_replace_commit(output);
	else if (close(output->fd) != 0 && !output->error)
		output->error = errno;
	if (paged)
		stemma_pager_wait(output);
	if (whole && !output->error)
		return STEMMA_EXIT_SAME;
	if (output->target)
		stemma_replace_abandon(output);
	if (output->error == EPIPE && (paged || output->leavable))
		return STEMMA_EXIT_SAME;
	if (output->error == EPIPE)
		end_by_pipe();
	if (output->error)
		return stemma_trouble(
			"%s: %s", output->name, strerror(output->error));
	return stemma_trouble_code(output->name, code, NULL);
}

int
stemma_output_cancel(struct stemma_output *output)
{
	if (output->target)
		stemma_replace_abandon(output);
	else
		close(output->fd);
	if (output->pager)
		stemma_pager_wait(output);
	return STEMMA_EXIT_TROUBLE;
}

int
stemma_output_end(struct stemma_output *output, struct stemma_out *out,
	enum stemma_code code)
{
	int trouble;

	if (code == STEMMA_OK)
		code = stemma_out_finish(out);
	trouble = stemma_output_close(output, code);
	stemma_out_free(out);
	return trouble;
}

int
stemma_output_drop(struct stemma_output *output, struct stemma_out *out)
{
	stemma_out_free(out);
	return stemma_output_cancel(output);
}

int
stemma_output_print(struct stemma_out *out)
{
	struct stemma_output output;
	int trouble = stemma_output_open(&output, NULL);

	if (!trouble && out->code == STEMMA_OK)
		out->code = stemma_output_sink(&output, out->bytes, out->size);
	if (!trouble)
		trouble = stemma_output_close(&output, out->code);
	stemma_out_free(out);
	return trouble;
}

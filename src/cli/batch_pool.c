/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Lines are taken until they are so many bytes: a few pairs of articles, so
   that locks cost nothing, and waiting for one's turn neither. */
#define PARCEL_SIZE ((size_t)64 << 10)
/* What has grown past this is given back after use. */
#define KEEP_MOST ((size_t)4 << 20)

/* A line that was taken. */
struct taken {
	size_t start, size; /* in the worker's bytes */
	bool too_long;
};

/* What a worker has for itself. */
struct worker {
	struct stemma_batch *batch;
	struct stemma_answerer answerer;
	struct stemma_out input; /* the bytes of the lines taken */
	struct taken lines[64];
	size_t line_count;
	uint64_t first; /* number of the first line */
};

static void
tell(int fd)
{
	eventfd_write(fd, 1);
}

void
stemma_batch_stop(struct stemma_batch *batch)
{
	atomic_store(&batch->stop, true);
	tell(batch->feed.stop);
}

/* ---- reading ------------------------------------------------------------ */

static bool
is_blank(struct stemma_view line)
{
	size_t at = 0;

	while (at < line.size && memchr(" \t\r", line.bytes[at], 3))
		at++;
	return at == line.size;
}

static void
keep_line(struct worker *worker, struct stemma_view line, bool too_long)
{
	worker->lines[worker->line_count++] =
		(struct taken){worker->input.size, line.size, too_long};
	stemma_out_view(&worker->input, line);
}

/* The next lines, the reading lock being held: wait for one, then what else
   is there. Blank ones are passed over, but counted. */
static bool
take_locked(struct worker *worker)
{
	struct stemma_feed *feed = &worker->batch->feed;
	const size_t most = sizeof worker->lines / sizeof *worker->lines;
	struct stemma_view line;

	while (!atomic_load(&worker->batch->stop) &&
		worker->line_count < most && worker->input.size < PARCEL_SIZE &&
		(!worker->line_count || stemma_feed_ready(feed)) &&
		stemma_feed_next(feed, &line)) {
		if (!feed->too_long && is_blank(line) && !worker->line_count)
			continue;
		if (!worker->line_count)
			worker->first = feed->number;
		keep_line(worker, line, feed->too_long);
	}
	return worker->line_count > 0;
}

static bool
take(struct worker *worker, struct stemma_parcel *parcel)
{
	struct stemma_batch *batch = worker->batch;
	bool some;

	worker->line_count = 0;
	worker->input.size = 0;
	if (worker->input.capacity > KEEP_MOST)
		stemma_out_free(&worker->input);
	pthread_mutex_lock(&batch->reading);
	some = take_locked(worker);
	if (some)
		parcel->number = batch->taken++;
	pthread_mutex_unlock(&batch->reading);
	return some;
}

/* ---- writing ------------------------------------------------------------ */

/* A parcel to fill, when there is one. */
static struct stemma_parcel *
wait_parcel(struct stemma_batch *batch)
{
	struct stemma_parcel *parcel;

	pthread_mutex_lock(&batch->writing);
	while (!batch->free)
		pthread_cond_wait(&batch->freed, &batch->writing);
	parcel = batch->free;
	batch->free = parcel->next;
	pthread_mutex_unlock(&batch->writing);
	parcel->out.size = 0;
	parcel->lines = parcel->bad = parcel->starved = 0;
	if (parcel->out.capacity > KEEP_MOST)
		stemma_out_free(&parcel->out);
	return parcel;
}

/* The lock is held. */
static void
give_back(struct stemma_batch *batch, struct stemma_parcel *parcel)
{
	parcel->done = false;
	parcel->next = batch->free;
	batch->free = parcel;
	pthread_cond_signal(&batch->freed);
}

/* The parcel whose turn it is, if it is done. The lock is held. */
static struct stemma_parcel *
next_done(struct stemma_batch *batch)
{
	for (size_t k = 0; k < batch->parcel_count; k++) {
		struct stemma_parcel *parcel = &batch->parcels[k];

		if (parcel->done && parcel->number == batch->turn)
			return parcel;
	}
	return NULL;
}

/* Write it, `code` being the trouble so far; returns what it is then. */
static enum stemma_code
write_parcel(struct stemma_batch *batch, const struct stemma_parcel *parcel,
	enum stemma_code code)
{
	if (code == STEMMA_OK)
		code = parcel->out.code;
	if (code == STEMMA_OK)
		code = stemma_output_sink(
			&batch->output, parcel->out.bytes, parcel->out.size);
	if (code != STEMMA_OK) {
		stemma_batch_stop(batch);
		return code;
	}
	atomic_fetch_add(&batch->lines, parcel->lines);
	atomic_fetch_add(&batch->bad, parcel->bad);
	atomic_fetch_add(&batch->starved, parcel->starved);
	atomic_fetch_add(&batch->bytes, parcel->out.size);
	return code;
}

/* Write it, and those that waited for it; or leave it to who does so. */
static void
put(struct stemma_batch *batch, struct stemma_parcel *parcel)
{
	enum stemma_code code;

	pthread_mutex_lock(&batch->writing);
	parcel->done = true;
	while (!batch->busy && (parcel = next_done(batch))) {
		batch->busy = true;
		code = batch->code;
		pthread_mutex_unlock(&batch->writing);
		code = write_parcel(batch, parcel, code);
		pthread_mutex_lock(&batch->writing);
		if (batch->code == STEMMA_OK)
			batch->code = code;
		batch->busy = false;
		batch->turn++;
		give_back(batch, parcel);
	}
	pthread_mutex_unlock(&batch->writing);
}

/* ---- working ------------------------------------------------------------ */

static void
answer(struct worker *worker, struct stemma_parcel *parcel)
{
	for (size_t k = 0; k < worker->line_count; k++) {
		const struct taken *line = &worker->lines[k];
		char *bytes = worker->input.bytes + line->start;
		struct stemma_view view = {bytes, line->size};
		enum stemma_code code = STEMMA_INVALID;

		if (!line->too_long && is_blank(view))
			continue;
		parcel->lines++;
		if (line->too_long)
			stemma_answer_refuse(worker->answerer.answers,
				&parcel->out, worker->first + k,
				"the line is too long");
		else
			code = stemma_answer_write(&worker->answerer,
				&parcel->out, bytes, line->size,
				worker->first + k);
		parcel->bad += code != STEMMA_OK;
		parcel->starved += code == STEMMA_NOMEM;
	}
}

static void
work(struct worker *worker)
{
	struct stemma_batch *batch = worker->batch;
	struct stemma_parcel *parcel;

	for (;;) {
		parcel = wait_parcel(batch);
		if (!take(worker, parcel))
			break;
		if (worker->input.code == STEMMA_OK)
			answer(worker, parcel);
		else
			parcel->out.code = worker->input.code;
		put(batch, parcel);
	}
	pthread_mutex_lock(&batch->writing);
	give_back(batch, parcel);
	pthread_mutex_unlock(&batch->writing);
}

static void *
run_worker(void *cookie)
{
	struct stemma_batch *batch = cookie;
	struct worker worker = {.batch = batch};
	bool opened = stemma_answerer_open(&worker.answerer, &batch->answers);
	bool last;

	if (opened)
		work(&worker);
	stemma_answerer_close(&worker.answerer);
	stemma_out_free(&worker.input);
	pthread_mutex_lock(&batch->writing);
	if (!opened && batch->code == STEMMA_OK)
		batch->code = STEMMA_NOMEM;
	last = --batch->active == 0;
	pthread_mutex_unlock(&batch->writing);
	if (!opened)
		stemma_batch_stop(batch);
	if (last)
		tell(batch->ended);
	return NULL;
}

bool
stemma_batch_start(
	struct stemma_batch *batch, pthread_t *threads, unsigned jobs)
{
	unsigned made = 0;

	for (size_t k = 0; k < batch->parcel_count; k++)
		give_back(batch, &batch->parcels[k]);
	batch->active = jobs;
	while (made < jobs &&
		!pthread_create(&threads[made], NULL, run_worker, batch))
		made++;
	if (made == jobs)
		return true;
	stemma_batch_stop(batch);
	pthread_mutex_lock(&batch->writing);
	batch->active -= jobs - made;
	pthread_mutex_unlock(&batch->writing);
	while (made)
		pthread_join(threads[--made], NULL);
	return false;
}

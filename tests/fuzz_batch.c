/*
 * Any lines are answered by the threads of stemma batch as one thread answers
 * them, byte for byte and in order, however they arrive.
 *
 * The first byte is how many threads and what is asked for, the second whether
 * the rest is lines as they are, or texts with 0xff between them, of which a
 * request is made for each and the next one.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/batch.h"
#include "support/demand.h"

enum { THREADS_MOST = 5 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- what is asked ------------------------------------------------------- */

/* A request for each text and the next one. */
static void
write_requests(struct stemma_out *out, struct stemma_view texts)
{
	struct stemma_view last = {"", 0};

	for (uint64_t number = 1; texts.size; number++) {
		const char *end = memchr(texts.bytes, 0xff, texts.size);
		size_t size = end ? (size_t)(end - texts.bytes) : texts.size;
		struct stemma_view text = {texts.bytes, size};

		stemma_out_format(out,
			"{\"id\":%llu,\"old\":", (unsigned long long)number);
		stemma_out_json(out, last);
		stemma_out_string(out, ",\"new\":");
		stemma_out_json(out, text);
		stemma_out_string(out, "}\n");
		last = text;
		size += end != NULL;
		texts.bytes += size;
		texts.size -= size;
	}
}

/* Lines, or nothing if one seems to name a file: what that has is not ours. */
static void
write_lines(struct stemma_out *out, struct stemma_view lines)
{
	if (!memmem(lines.bytes, lines.size, "file", 4) &&
		!memmem(lines.bytes, lines.size, "\\u", 2))
		stemma_out_view(out, lines);
}

/* ---- how it is answered -------------------------------------------------- */

/* Each line by itself, so that workers take some while others come. */
static void
send_lines(int fd, struct stemma_view lines)
{
	while (lines.size) {
		const char *end = memchr(lines.bytes, '\n', lines.size);
		size_t size =
			end ? (size_t)(end - lines.bytes) + 1 : lines.size;
		ssize_t done = write(fd, lines.bytes, size);

		check(done > 0 || errno == EINTR, "the lines cannot be sent");
		if (done < 0)
			continue;
		lines.bytes += done;
		lines.size -= (size_t)done;
	}
	close(fd);
}

static void
open_batch(struct stemma_batch *batch, unsigned jobs)
{
	batch->parcel_count = 2 * (size_t)jobs;
	batch->parcels = calloc(batch->parcel_count, sizeof *batch->parcels);
	batch->ended = eventfd(0, EFD_CLOEXEC);
	batch->feed.stop = eventfd(0, EFD_CLOEXEC);
	batch->output.fd = memfd_create("answers", MFD_CLOEXEC);
	check(batch->parcels && batch->ended >= 0 && batch->feed.stop >= 0 &&
			batch->output.fd >= 0 &&
			!pthread_mutex_init(&batch->reading, NULL) &&
			!pthread_mutex_init(&batch->writing, NULL) &&
			!pthread_cond_init(&batch->freed, NULL),
		"there is no room for a batch");
}

static void
close_batch(struct stemma_batch *batch)
{
	for (size_t k = 0; k < batch->parcel_count; k++)
		stemma_out_free(&batch->parcels[k].out);
	free(batch->parcels);
	stemma_feed_free(&batch->feed);
	close(batch->feed.fd);
	close(batch->feed.stop);
	close(batch->ended);
	close(batch->output.fd);
	pthread_cond_destroy(&batch->freed);
	pthread_mutex_destroy(&batch->writing);
	pthread_mutex_destroy(&batch->reading);
}

/* All that was answered, to be freed. */
static struct stemma_view
read_answers(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *bytes = malloc((size_t)size + 1);

	check(bytes && pread(fd, bytes, (size_t)size, 0) == size,
		"the answers cannot be read");
	return (struct stemma_view){bytes, (size_t)size};
}

static uint64_t
count_lines(struct stemma_view text)
{
	uint64_t count = 0;

	for (size_t k = 0; k < text.size; k++)
		count += text.bytes[k] == '\n';
	return count;
}

/* The answers of so many threads, to be freed, and how many were bad. */
static struct stemma_view
answer(const struct stemma_answers *answers, unsigned jobs,
	struct stemma_view lines, uint64_t *bad)
{
	struct stemma_batch batch = {.answers = *answers};
	pthread_t threads[THREADS_MOST];
	struct stemma_view answered;
	int ends[2];

	open_batch(&batch, jobs);
	check(pipe(ends) == 0, "there is no pipe");
	batch.feed.fd = ends[0];
	check(stemma_batch_start(&batch, threads, jobs), "no threads");
	send_lines(ends[1], lines);
	for (unsigned k = 0; k < jobs; k++)
		pthread_join(threads[k], NULL);
	check(batch.code == STEMMA_OK, stemma_code_message(batch.code));
	answered = read_answers(batch.output.fd);
	check(batch.lines == count_lines(answered),
		"there is not an answer for each line");
	check(batch.bytes == answered.size, "bytes are counted wrongly");
	*bad = batch.bad;
	close_batch(&batch);
	return answered;
}

static void
check_threads(const struct stemma_answers *answers, unsigned jobs,
	struct stemma_view lines)
{
	uint64_t bad, bad_of_one;
	struct stemma_view many = answer(answers, jobs, lines, &bad);
	struct stemma_view one = answer(answers, 1, lines, &bad_of_one);

	check(bad == bad_of_one, "other lines were bad");
	check(stemma_view_equal(many, one), "threads do not agree");
	free((char *)many.bytes);
	free((char *)one.bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_compare_settings compare = {0};
	struct stemma_answers answers = {.compare = &compare};
	struct stemma_out lines = {0};
	struct stemma_view rest;
	unsigned how;

	if (size < 2)
		return 0;
	how = data[0];
	answers.reading = (enum stemma_reading)(how / 4 % 3);
	answers.unnumbered = how / 16 % 2;
	compare.unit =
		how / 32 % 2 ? STEMMA_UNIT_SENTENCE : STEMMA_UNIT_PARAGRAPH;
	compare.ignore = how / 64 % 2 ? STEMMA_FOLD_CASE : 0;
	rest = (struct stemma_view){(const char *)data + 2, size - 2};
	if (data[1] & 1)
		write_requests(&lines, rest);
	else
		write_lines(&lines, rest);
	check(lines.code == STEMMA_OK, "no memory");
	check_threads(&answers, 2 + how % 4,
		(struct stemma_view){lines.bytes, lines.size});
	stemma_out_free(&lines);
	return 0;
}

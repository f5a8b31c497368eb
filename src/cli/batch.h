/*
 * batch.h - the threads of stemma batch.
 *
 *     stdin ─ feed ─┬─ worker ─┬─ in order ─ stdout
 *       (one takes  ├─ worker ─┤   (one writes; answers that
 *        at a time) └─ worker ─┘    come early are parked)
 *
 * A worker takes the lines that are there, up to a parcel's worth, so that an
 * engine that sends one line and waits for its answer gets it. No more
 * parcels are under way than twice the workers: who finds no free one waits,
 * and nothing is read meanwhile.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_BATCH_H
#define STEMMA_CLI_BATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include <stemma.h>

#include "answer.h"
#include "feed.h"
#include "output.h"

/* Answers on their way out. */
struct stemma_parcel {
	struct stemma_out out;
	uint64_t number; /* in the order of the lines */
	uint64_t lines, bad;
	uint64_t starved; /* of the bad: the machine was short of something */
	bool done;        /* it waits for its turn */
	struct stemma_parcel *next; /* of the free ones */
};

struct stemma_batch {
	struct stemma_answers answers;
	struct stemma_output output;

	pthread_mutex_t reading;
	struct stemma_feed feed;
	uint64_t taken; /* parcels */

	pthread_mutex_t writing;
	pthread_cond_t freed; /* a parcel */
	struct stemma_parcel *parcels;
	size_t parcel_count;
	struct stemma_parcel *free;
	uint64_t turn;         /* number of the parcel to be written next */
	bool busy;             /* somebody is writing */
	unsigned active;       /* workers that have not ended */
	enum stemma_code code; /* the first trouble of any worker */

	atomic_bool stop; /* take no more lines */
	atomic_uint_fast64_t lines, bad, starved, bytes;
	int ended; /* eventfd: the last worker has ended */
};

/*
 * Answer all lines of standard input with `jobs` threads. While they work the
 * caller waits for batch->ended; stemma_batch_stop() makes them take no more.
 * False if there could not be that many; then there are none.
 */
bool stemma_batch_start(
	struct stemma_batch *batch, pthread_t *threads, unsigned jobs);
void stemma_batch_stop(struct stemma_batch *batch);

#endif

/* SPDX-License-Identifier: MIT */
#include "feed.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As much as a worker takes: others wait while one reads. */
#define READ_SIZE ((size_t)64 << 10)

/* Have room for another read behind what is there. */
static bool
make_room(struct stemma_feed *feed)
{
	size_t left = feed->size - feed->at, room = feed->room;
	char *bytes;

	if (feed->at) {
		memmove(feed->bytes, feed->bytes + feed->at, left);
		feed->size = left;
		feed->at = 0;
	}
	if (room - left >= READ_SIZE)
		return true;
	room = room ? room * 2 : 2 * READ_SIZE;
	bytes = realloc(feed->bytes, room);
	if (!bytes) {
		feed->error = ENOMEM;
		return false;
	}
	feed->bytes = bytes;
	feed->room = room;
	return true;
}

/* Wait until there is something to read; false where it is to stop first. */
static bool
may_read(struct stemma_feed *feed)
{
	struct pollfd files[] = {
		{.fd = feed->stop, .events = POLLIN},
		{.fd = feed->fd, .events = POLLIN},
	};

	if (!feed->stop)
		return true;
	while (poll(files, 2, -1) < 0 && errno == EINTR)
		;
	feed->stopped = files[0].revents != 0;
	return !feed->stopped;
}

/* Read some more; false at the end or when that fails. */
static bool
read_more(struct stemma_feed *feed)
{
	ssize_t done;

	if (feed->ended || !make_room(feed))
		return false;
	if (!may_read(feed)) {
		feed->ended = true;
		return false;
	}
	do
		done = read(feed->fd, feed->bytes + feed->size, READ_SIZE);
	while (done < 0 && errno == EINTR);
	if (done < 0)
		feed->error = errno;
	if (done <= 0) {
		feed->ended = true;
		return false;
	}
	feed->size += (size_t)done;
	return true;
}

bool
stemma_feed_next(struct stemma_feed *feed, struct stemma_view *line)
{
	size_t looked = 0;
	char *end = NULL;

	feed->too_long = false;
	for (;;) {
		size_t left = feed->size - feed->at;
		char *from = left ? feed->bytes + feed->at : NULL;

		if (left > looked)
			end = memchr(from + looked, '\n', left - looked);
		if (end)
			break;
		looked = left;
		if (left > STEMMA_LINE_MOST) {
			feed->too_long = true;
			feed->at = feed->size;
			looked = 0;
		}
		if (!read_more(feed))
			break;
	}
	if (feed->error || feed->stopped ||
		(!end && feed->at == feed->size && !feed->too_long))
		return false;
	line->bytes = feed->bytes + feed->at;
	line->size = end ? (size_t)(end - line->bytes) : feed->size - feed->at;
	feed->at += line->size + (end != NULL);
	if (feed->too_long)
		line->size = 0;
	feed->number++;
	return true;
}

bool
stemma_feed_ready(const struct stemma_feed *feed)
{
	size_t left = feed->size - feed->at;

	return left && memchr(feed->bytes + feed->at, '\n', left);
}

void
stemma_feed_free(struct stemma_feed *feed)
{
	free(feed->bytes);
	*feed = (struct stemma_feed){.fd = feed->fd, .stop = feed->stop};
}

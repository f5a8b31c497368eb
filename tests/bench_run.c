/*
 * bench_run - measure commands beside each other.
 *
 *     bench_run ROUNDS CAP COMMAND... -- COMMAND...
 *
 * Runs each command once a round, in turn, so that whatever else the machine
 * does meets all of them alike. Output goes to /dev/null. A run may take CAP
 * seconds of processor time. For each command one line, tab-separated:
 *
 *     cpu  wall  rss  cpu-ratio  wall-ratio  state
 *
 * cpu and wall are medians in milliseconds (or, with BENCH_PERCENTILE=95 in the
 * environment, what 95 of 100 runs do not exceed), rss the peak in KiB, the
 * ratios medians over the rounds to the first command of the same round. state is
 * "ok" (exit status 0 or 1), "cap" or "failed"; a command that does not end
 * well once is not run again.
 *
 * SPDX-License-Identifier: MIT
 */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_COMMANDS 8
#define MOST_ROUNDS 1000

struct sample {
	double cpu, wall; /* in milliseconds */
};

struct command {
	char **arguments; /* ends with NULL */
	struct sample samples[MOST_ROUNDS];
	int rounds; /* of them */
	long rss;   /* the largest, in KiB */
	const char *state;
};

static double
milliseconds(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) * 1e3 +
	       (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static double
processor_time(const struct rusage *usage)
{
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e3 +
	       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) /
		       1e3;
}

static void
become(char **arguments, unsigned cap)
{
	struct rlimit limit = {cap, cap + 1};
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
		dup2(null, 2) < 0 || setrlimit(RLIMIT_CPU, &limit) < 0)
		_exit(127);
	/* One that waits for ever would never use its cap. */
	alarm(cap * 4);
	execvp(arguments[0], arguments);
	_exit(127);
}

static void
run(struct command *command, unsigned cap)
{
	struct timespec from, to;
	struct rusage usage;
	int status = 0;
	pid_t child;

	clock_gettime(CLOCK_MONOTONIC, &from);
	child = fork();
	if (child == 0)
		become(command->arguments, cap);
	if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
		command->state = "failed";
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	command->samples[command->rounds++] =
		(struct sample){processor_time(&usage), milliseconds(from, to)};
	if (usage.ru_maxrss > command->rss)
		command->rss = usage.ru_maxrss;
	if (WIFSIGNALED(status) &&
		(WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGALRM ||
			WTERMSIG(status) == SIGKILL))
		command->state = "cap";
	else if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		command->state = "failed";
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, int count)
{
	if (count == 0)
		return 0;
	qsort(values, (size_t)count, sizeof *values, by_size);
	return (values[count / 2] + values[(count - 1) / 2]) / 2;
}

/* Of sorted values: what so many of 100 do not exceed. */
static double
percentile(const double *values, int count, int percent)
{
	int at = (count * percent + 99) / 100 - 1;

	return values[at < 0 ? 0 : at];
}

static void
report(const struct command *command, const struct command *first)
{
	double cpu[MOST_ROUNDS], wall[MOST_ROUNDS];
	double cpu_ratio[MOST_ROUNDS], wall_ratio[MOST_ROUNDS];
	int count = command->rounds, both = 0;
	const char *asked = getenv("BENCH_PERCENTILE");
	int percent = asked ? atoi(asked) : 0;
	double cpu_told, wall_told;

	for (int k = 0; k < count; k++) {
		const struct sample *own = &command->samples[k];

		cpu[k] = own->cpu;
		wall[k] = own->wall;
		if (k < first->rounds) {
			cpu_ratio[k] = own->cpu / first->samples[k].cpu;
			wall_ratio[k] = own->wall / first->samples[k].wall;
			both++;
		}
	}
	cpu_told = median(cpu, count);
	wall_told = median(wall, count);
	if (count && percent > 0 && percent <= 100) {
		cpu_told = percentile(cpu, count, percent);
		wall_told = percentile(wall, count, percent);
	}
	printf("%.3f\t%.3f\t%ld\t%.4f\t%.4f\t%s\n", cpu_told, wall_told,
		command->rss, median(cpu_ratio, both), median(wall_ratio, both),
		command->state);
}

int
main(int argc, char **argv)
{
	static struct command commands[MOST_COMMANDS];
	int rounds = argc > 3 ? atoi(argv[1]) : 0, count = 0;
	int cap = argc > 3 ? atoi(argv[2]) : 0;

	if (rounds < 1 || rounds > MOST_ROUNDS || cap < 1) {
		fprintf(stderr, "usage: bench_run ROUNDS CAP COMMAND... "
				"-- COMMAND...\n");
		return 2;
	}
	commands[count++] =
		(struct command){.arguments = argv + 3, .state = "ok"};
	for (int k = 3; k < argc; k++)
		if (strcmp(argv[k], "--") == 0 && count < MOST_COMMANDS) {
			argv[k] = NULL;
			commands[count++] = (struct command){
				.arguments = argv + k + 1, .state = "ok"};
		}
	for (int round = 0; round < rounds; round++)
		for (int k = 0; k < count; k++)
			if (strcmp(commands[k].state, "ok") == 0)
				run(&commands[k], (unsigned)cap);
	for (int k = 0; k < count; k++)
		report(&commands[k], &commands[0]);
	return 0;
}

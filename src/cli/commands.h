/*
 * commands.h - the commands there are, one file each, for the table in main.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMMANDS_H
#define STEMMA_CLI_COMMANDS_H

#include "command.h"

extern const struct stemma_command stemma_compare_command;   /* compare.c */
extern const struct stemma_command stemma_segment_command;   /* segment.c */
extern const struct stemma_command stemma_reuse_command;     /* reuse.c */
extern const struct stemma_command stemma_init_command;      /* init.c */
extern const struct stemma_command stemma_track_command;     /* track.c */
extern const struct stemma_command stemma_import_command;    /* import.c */
extern const struct stemma_command stemma_list_command;      /* list.c */
extern const struct stemma_command stemma_log_command;       /* log.c */
extern const struct stemma_command stemma_show_command;      /* show.c */
extern const struct stemma_command stemma_origin_command;    /* origin.c */
extern const struct stemma_command stemma_verify_command;    /* verify.c */
extern const struct stemma_command stemma_gc_command;        /* gc.c */
extern const struct stemma_command stemma_sync_command;      /* sync.c */
extern const struct stemma_command stemma_blame_command;     /* blame.c */
extern const struct stemma_command stemma_whence_command;    /* whence.c */
extern const struct stemma_command stemma_history_command;   /* history.c */
extern const struct stemma_command stemma_report_command;    /* report.c */
extern const struct stemma_command stemma_feed_command;      /* atom.c */
extern const struct stemma_command stemma_collate_command;   /* collate.c */
extern const struct stemma_command stemma_critic_command;    /* critic.c */
extern const struct stemma_command stemma_git_setup_command; /* git_setup.c */
extern const struct stemma_command stemma_git_diff_command;  /* git_diff.c */
extern const struct stemma_command stemma_batch_command;     /* batch.c */
extern const struct stemma_command stemma_help_command;      /* manual.c */
extern const struct stemma_command stemma_complete_command;
extern const struct stemma_command stemma_completion_command;
extern const struct stemma_command stemma_table_command; /* table.c */

/* Say that `name` is no command, nor one of `words`, if there are any, and which
   one may be meant; the status. */
int stemma_command_unknown(
	const char *name, const struct stemma_word_choice *words);

#endif

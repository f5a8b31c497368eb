/*
 * command.h - the table that everything about the command line comes from:
 * parsing, help, completion, and the test that the manual names every option.
 *
 *     command ── operands    OLD NEW
 *             ├─ groups ──── options ──── words     --format=term|json|…
 *             ├─ examples
 *             └─ run()
 *
 * A new command is one file with a `const struct stemma_command` and one row
 * in main.c. Parsed values go into a struct of the command's own, `settings`,
 * at the offsets that its options name; what it starts as are `defaults`.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMMAND_H
#define STEMMA_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit statuses: comparisons use all three, other commands the outer two. */
enum {
	STEMMA_EXIT_SAME = 0,
	STEMMA_EXIT_DIFFERENT = 1,
	STEMMA_EXIT_TROUBLE = 2
};

/* What an option or operand takes, and the type of its field in settings. */
enum stemma_value {
	STEMMA_VALUE_FLAG,   /* nothing; sets a bool */
	STEMMA_VALUE_CHOICE, /* one of `words`; an unsigned: its value */
	STEMMA_VALUE_SET,    /* words with commas, repeatable; an unsigned: the
	                          values or-ed together */
	STEMMA_VALUE_NUMBER, /* a uint64_t from `least` to `most`, or a word */
	STEMMA_VALUE_TEXTS,  /* anything, repeatable; a struct stemma_texts */
	STEMMA_VALUE_TEXT,   /* anything; the rest are `const char *` too */
	STEMMA_VALUE_TIME,   /* a date, with or without a time */
	STEMMA_VALUE_SINCE,  /* the same, of something that is kept */
	STEMMA_VALUE_FOLDER, /* the name of a folder */
	STEMMA_VALUE_REPOSITORY, /* the same, of a git repository in which
	                            operands that are texts are then */
	STEMMA_VALUE_ARCHIVE,    /* the name of an archive's folder */
	STEMMA_VALUE_REMOTE,     /* a folder, an address, or a remote's name */
	STEMMA_VALUE_STORY,      /* the name of a story */
	STEMMA_VALUE_REVISION,   /* STORY or STORY@SELECTOR */
	STEMMA_VALUE_SELECTOR,   /* SELECTOR, of the story named before it */
	STEMMA_VALUE_PHRASE,     /* words of the revision named before it */
	STEMMA_VALUE_PARAGRAPH,  /* the number of one of its paragraphs: as
	                           STEMMA_VALUE_NUMBER */
	STEMMA_VALUE_FILE,       /* the name of a file to write */
	STEMMA_VALUE_INPUT,      /* the name of a file to read; or `words` */
	STEMMA_VALUE_ENCODING,   /* names that iconv knows */
	STEMMA_VALUE_ARTICLE,    /* a text to read: a file, or - */
	STEMMA_VALUE_VERSION,    /* a text to read: a file, -, STORY@SELECTOR */
	STEMMA_VALUE_COMMAND,    /* the name of a command */
	STEMMA_VALUE_HELP,       /* nothing; prints the help and ends */
};

/* What an option that may be repeated was given. */
#define STEMMA_TEXTS_MAX 64
struct stemma_texts {
	const char *items[STEMMA_TEXTS_MAX];
	size_t count;
};

/* A word that may stand as a value. A list of them ends with a NULL name. */
struct stemma_word_choice {
	const char *name;
	const char *help; /* half a sentence */
	uint64_t value;   /* what is stored for it */
};

/* A list of options ends with one without a name. */
struct stemma_option {
	const char *name; /* without its dashes */
	char letter;      /* the short form, or 0 */
	enum stemma_value value;
	const char *metavar; /* what help calls the value; NULL for none */
	const char *help;    /* half a sentence, lower case, no full stop */
	const struct stemma_word_choice *words; /* or NULL */
	uint64_t least, most;  /* of a number; most 0: no limit. Of an encoding:
	                         how many, with commas between them */
	const char *only_with; /* the option beside which alone it has a
	                          meaning, or NULL */
	const char *not_with;  /* the option beside which it has none */
	bool no_operands;      /* there are no operands beside it */
	size_t at; /* offset of its field in the struct of its group */
};

/* A list of groups ends with one without a title. */
struct stemma_option_group {
	const char *title; /* the heading in help; as of the group before it:
	                      goes on there */
	const struct stemma_option *options;
	size_t at; /* offset of the struct they write to in the settings */
};

/* A list of operands ends with one without a name. Optional ones come last. */
struct stemma_operand {
	const char *name; /* OLD */
	enum stemma_value value;
	const char *help;
	const char *suffixes; /* files offered first: "txt md html", or NULL:
	                         of a story, that no file may be meant */
	const struct stemma_word_choice *words; /* that may stand there */
	bool optional;
	bool repeats; /* the last one only: any number more of it */
};

/* A list of examples ends with one without a line, and has at least one. */
struct stemma_example {
	const char *line; /* as typed */
	const char *help; /* what it does */
};

struct stemma_command {
	const char *name;
	const char *title;   /* as typed: "stemma compare" */
	const char *summary; /* half a sentence for the list of commands */
	const char *about;   /* a paragraph for --help */
	const struct stemma_operand *operands;
	const struct stemma_option_group *groups;
	const struct stemma_example *examples;
	const char *exits;    /* what the exit statuses mean, for --help */
	const void *defaults; /* what settings start as; NULL: zeros */
	size_t settings_size; /* in bytes; 0: the command has none */
	bool hidden;          /* not listed: for scripts of our own */
	bool verbatim; /* no options behind the first operand, but a "--" may
	                  follow it */
	/* Does the work; returns the exit status. */
	int (*run)(const struct stemma_command *command, const void *settings,
		char **operands, size_t count);
};

/* The command that stands for the program itself: its options and operands. */
extern const struct stemma_command stemma_program;

/* All commands, in the order of help; ends with NULL. */
extern const struct stemma_command *const stemma_commands[];

/* The options -h and --help, a group of every command. */
extern const struct stemma_option stemma_help_options[];

/* The command called `name`, or NULL. */
const struct stemma_command *stemma_command_find(const char *name);

/* How often `operands` may be given. */
size_t stemma_operands_least(const struct stemma_operand *operands);
size_t stemma_operands_most(const struct stemma_operand *operands);

#endif

/* SPDX-License-Identifier: MIT */
#include <stemma.h>

#include "article.h"
#include "compare.h"
#include "stories.h"
#include "terminal.h"

#define AT(field) offsetof(struct stemma_compare_settings, field)

static const struct stemma_word_choice unit_words[] = {
	{"paragraph", "whole paragraphs", STEMMA_UNIT_PARAGRAPH},
	{"sentence", "sentences, which may move between paragraphs",
		STEMMA_UNIT_SENTENCE},
	{0},
};

static const struct stemma_word_choice ignore_words[] = {
	{"case", "upper and lower case", STEMMA_FOLD_CASE},
	{"punctuation", "punctuation marks", STEMMA_FOLD_PUNCTUATION},
	{"numbers", "which number it is", STEMMA_FOLD_NUMBERS},
	{0},
};

static const struct stemma_word_choice format_words[] = {
	{"term", "for reading on a terminal", STEMMA_FORMAT_TERM},
	{"json", "for programs: one stemma.compare/1 document",
		STEMMA_FORMAT_JSON},
	{"ndjson", "the same; of every change with --all",
		STEMMA_FORMAT_NDJSON},
	{"wdiff", "the text with [-deleted-] and {+inserted+} words",
		STEMMA_FORMAT_WDIFF},
	{"criticmarkup", "the text with {--deleted--} and {++inserted++} words",
		STEMMA_FORMAT_CRITICMARKUP},
	{"unified", "a unified diff, one paragraph a line",
		STEMMA_FORMAT_UNIFIED},
	{"stat", "counts alone", STEMMA_FORMAT_STAT},
	{"csv", "for spreadsheets: a row a paragraph or edit",
		STEMMA_FORMAT_CSV},
	{"markdown", "for GitHub, pandoc and the like", STEMMA_FORMAT_MARKDOWN},
	{"tei", "TEI P5, parallel segmentation", STEMMA_FORMAT_TEI},
	{"collatex", "the JSON table of CollateX", STEMMA_FORMAT_COLLATEX},
	{"html", "one page for a browser, which asks for nothing",
		STEMMA_FORMAT_HTML},
	{0},
};

static const struct stemma_word_choice context_words[] = {
	{"all", "every paragraph", STEMMA_CONTEXT_ALL},
	{0},
};

static const struct stemma_word_choice budget_words[] = {
	{"unlimited", "however long it takes", UINT64_MAX},
	{0},
};

const struct stemma_option stemma_compare_options_what[] = {
	{.name = "unit",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "UNIT",
		.help = "compare text by",
		.words = unit_words,
		.at = AT(unit)},
	{.name = "ignore",
		.value = STEMMA_VALUE_SET,
		.metavar = "WHAT",
		.help = "hide edits that change nothing but these, with commas "
			"between "
			"them",
		.words = ignore_words,
		.at = AT(ignore)},
	{.name = "stories",
		.value = STEMMA_VALUE_INPUT,
		.metavar = "HOW",
		.words = stemma_stories_words,
		.help = "where stories start in the new page: one of these "
			"words, how many there are, or a file with the number "
			"of the first paragraph of each; OLD,NEW for both "
			"pages",
		.at = AT(stories)},
	{.name = "budget",
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "STEPS",
		.help = "search no longer than this many steps (k, M and G "
			"may follow the number); past it the answer gets "
			"coarser, and that is said",
		.words = budget_words,
		.least = 1,
		.at = AT(budget)},
	{0},
};

const struct stemma_option stemma_compare_options_how[] = {
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "write the answer as",
		.words = format_words,
		.at = AT(format)},
	{.name = "digest",
		.value = STEMMA_VALUE_FLAG,
		.help = "write a dozen lines at most, what matters most first, "
			"in place of any format",
		.at = AT(digest)},
	{.name = "context",
		.letter = 'C',
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "N",
		.help = "show N unchanged paragraphs around a change (1 for "
			"term and markdown, 3 for unified; the others show "
			"everything)",
		.words = context_words,
		.most = STEMMA_CONTEXT_ALL - 1,
		.at = AT(context)},
	{.name = "unfold",
		.value = STEMMA_VALUE_FLAG,
		.help = "show the paragraphs of stories that came or went, "
			"not one line for each story",
		.at = AT(unfold)},
	{.name = "side-by-side",
		.letter = 'y',
		.value = STEMMA_VALUE_FLAG,
		.help = "two columns, where there are 100 or more",
		.at = AT(side_by_side)},
	{.name = "old-name",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "NAME",
		.help = "call the older version NAME",
		.at = AT(names[STEMMA_OLD])},
	{.name = "new-name",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "NAME",
		.help = "call the newer version NAME",
		.at = AT(names[STEMMA_NEW])},
	{.name = "quiet",
		.letter = 'q',
		.value = STEMMA_VALUE_FLAG,
		.help = "write nothing: the exit status is the answer",
		.at = AT(quiet)},
	{0},
};

/* SPDX-License-Identifier: MIT */
#include <stemma/compare.h>

const char *
stemma_op_name(enum stemma_op op)
{
	static const char *const names[STEMMA_OP_COUNT] = {
		[STEMMA_UNCHANGED] = "unchanged",
		[STEMMA_REFORMATTED] = "reformatted",
		[STEMMA_EDITED] = "edited",
		[STEMMA_SPLIT] = "split",
		[STEMMA_MERGED] = "merged",
		[STEMMA_REGROUPED] = "regrouped",
		[STEMMA_ADDED] = "added",
		[STEMMA_REMOVED] = "removed",
	};

	return (unsigned)op < STEMMA_OP_COUNT ? names[op] : "?";
}

const char *
stemma_change_op_name(enum stemma_change_op op)
{
	switch (op) {
	case STEMMA_DELETE:
		return "delete";
	case STEMMA_INSERT:
		return "insert";
	case STEMMA_REPLACE:
		return "replace";
	}
	return "?";
}

const char *
stemma_weight_name(unsigned weight)
{
	switch (weight) {
	case STEMMA_WEIGHT_NUMBER:
		return "number";
	case STEMMA_WEIGHT_DATE:
		return "date";
	case STEMMA_WEIGHT_NAME:
		return "name";
	case STEMMA_WEIGHT_NEGATION:
		return "negation";
	case STEMMA_WEIGHT_QUOTE:
		return "quote";
	case STEMMA_WEIGHT_ATTRIBUTION:
		return "attribution";
	}
	return "?";
}

const char *
stemma_about_name(enum stemma_about about)
{
	static const char *const names[] = {
		[STEMMA_ABOUT_HEADLINE] = "headline",
		[STEMMA_ABOUT_CORRECTION] = "correction",
		[STEMMA_ABOUT_NEGATION] = "negation",
		[STEMMA_ABOUT_NUMBER] = "number",
		[STEMMA_ABOUT_NAME] = "name",
		[STEMMA_ABOUT_QUOTE] = "quote",
		[STEMMA_ABOUT_ATTRIBUTION] = "attribution",
		[STEMMA_ABOUT_DATE] = "date",
		[STEMMA_ABOUT_STORIES] = "stories",
		[STEMMA_ABOUT_UNITS] = "units",
		[STEMMA_ABOUT_MOVES] = "moves",
		[STEMMA_ABOUT_REST] = "rest",
		[STEMMA_ABOUT_NOTHING] = "nothing",
	};

	return (unsigned)about < sizeof names / sizeof *names ? names[about]
							      : "?";
}

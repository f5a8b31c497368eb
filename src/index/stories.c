/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	FEW = 600, /* stories that may be sorted for one answer */
	TERMS = 16 /* words of a question that are looked at */
};

struct listing {
	struct stemma_index *index;
	struct stemma_error *error;
	struct stemma_arena *arena;
	struct stemma_view prefix;       /* of the name, if words are not */
	struct stemma_view terms[TERMS]; /* folded */
	size_t term_count;
	struct stemma_listed *stories;
	size_t count, room, limit;
};

static enum stemma_code
no_memory(const struct listing *listing)
{
	return stemma_error_set(listing->error, STEMMA_NOMEM, "no memory");
}

/* ---- words ------------------------------------------------------------- */

/* `text` folded, in UTF-8 whatever it was, to cut words out of. */
static enum stemma_code
fold(struct stemma_view *folded, struct stemma_view text,
	struct stemma_arena *arena)
{
	struct stemma_text_options options = {.layout = STEMMA_LAYOUT_NEWLINE};
	struct stemma_doc doc;
	enum stemma_code code =
		stemma_doc_split(&doc, text, &options, arena, NULL);

	if (code == STEMMA_OK)
		code = stemma_fold(folded, doc.text,
			STEMMA_FOLD_TYPOGRAPHY | STEMMA_FOLD_CASE, arena);
	return code;
}

static bool
next_word(struct stemma_tokens *tokens, struct stemma_view *word)
{
	struct stemma_token token;

	if (!stemma_tokens_next(tokens, &token))
		return false;
	*word = stemma_view_cut(
		tokens->text, (struct stemma_span){token.start, token.end});
	return true;
}

enum stemma_code
stemma_words_note(struct stemma_index *index, uint32_t story,
	struct stemma_view text, bool there, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(index->arena);
	struct stemma_tokens tokens = {.scratch = index->arena};
	struct stemma_view word;
	enum stemma_code code = fold(&tokens.text, text, index->arena);

	while (code == STEMMA_OK && next_word(&tokens, &word)) {
		sqlite3_stmt *statement;

		code = stemma_sql_get(index, &statement,
			there ? STEMMA_SQL_ADD_WORD : STEMMA_SQL_DROP_WORD,
			error);
		if (code != STEMMA_OK)
			break;
		stemma_sql_bind(statement, 1, word);
		sqlite3_bind_int64(statement, 2, story);
		code = stemma_sql_finish(index, statement, error);
	}
	if (code == STEMMA_OK)
		code = tokens.code;
	stemma_arena_rewind(index->arena, mark);
	return code == STEMMA_OK ? code
				 : stemma_error_set(error, code, "no memory");
}

static bool
starts_with(struct stemma_view text, struct stemma_view prefix)
{
	return text.size >= prefix.size &&
	       (!prefix.size || !memcmp(text.bytes, prefix.bytes, prefix.size));
}

static enum stemma_code
has_term(bool *has, struct stemma_view text, struct stemma_view term,
	struct stemma_arena *arena)
{
	struct stemma_tokens tokens = {.scratch = arena};
	struct stemma_view word;
	enum stemma_code code = fold(&tokens.text, text, arena);

	while (code == STEMMA_OK && !*has && next_word(&tokens, &word))
		*has = starts_with(word, term);
	return code == STEMMA_OK ? tokens.code : code;
}

/* Whether the story is one of those asked for. */
static enum stemma_code
fits(struct listing *listing, bool *fit, const struct stemma_listed *story)
{
	struct stemma_mark mark = stemma_arena_mark(listing->arena);
	enum stemma_code code = STEMMA_OK;

	*fit = true;
	if (!listing->term_count)
		*fit = starts_with(story->name, listing->prefix);
	for (size_t k = 0; k < listing->term_count && *fit && code == STEMMA_OK;
		k++) {
		*fit = false;
		code = has_term(
			fit, story->name, listing->terms[k], listing->arena);
		if (code == STEMMA_OK && !*fit)
			code = has_term(fit, story->title, listing->terms[k],
				listing->arena);
	}
	stemma_arena_rewind(listing->arena, mark);
	return code == STEMMA_OK ? code : no_memory(listing);
}

/* ---- stories ----------------------------------------------------------- */

static bool
grow(struct listing *listing)
{
	size_t room = listing->room ? listing->room * 2 : 32;
	struct stemma_listed *stories =
		stemma_arena_alloc(listing->arena, room, sizeof *stories);

	if (!stories)
		return false;
	if (listing->count)
		memcpy(stories, listing->stories,
			listing->count * sizeof *stories);
	listing->stories = stories;
	listing->room = room;
	return true;
}

/* Take the story in `row` if it fits. */
static enum stemma_code
take(struct listing *listing, sqlite3_stmt *row)
{
	struct stemma_listed story = {.key = stemma_sql_view(row, 0),
		.name = stemma_sql_view(row, 1),
		.title = stemma_sql_view(row, 2),
		.time = sqlite3_column_int64(row, 3),
		.revisions = (uint32_t)sqlite3_column_int64(row, 4)};
	bool fit;
	enum stemma_code code = fits(listing, &fit, &story);

	if (code != STEMMA_OK || !fit)
		return code;
	if (!stemma_sql_copy(&story.key, row, 0, listing->arena) ||
		!stemma_sql_copy(&story.name, row, 1, listing->arena) ||
		!stemma_sql_copy(&story.title, row, 2, listing->arena))
		return no_memory(listing);
	if (listing->count == listing->room && !grow(listing))
		return no_memory(listing);
	listing->stories[listing->count++] = story;
	return STEMMA_OK;
}

/* Whether there are few stories in a statement's range; they are taken. */
static enum stemma_code
take_rows(struct listing *listing, sqlite3_stmt *rows, bool *few)
{
	size_t seen = 0;
	bool row = true;
	enum stemma_code code = STEMMA_OK;

	while (code == STEMMA_OK) {
		code = stemma_sql_step(
			listing->index, rows, &row, listing->error);
		if (code != STEMMA_OK || !row)
			break;
		if (++seen > FEW)
			break;
		code = take(listing, rows);
	}
	sqlite3_reset(rows);
	*few = seen <= FEW;
	return code;
}

/* The first bytes after all that start with `prefix`; false: there are none. */
static bool
end_of(char *end, size_t *size, struct stemma_view prefix)
{
	memcpy(end, prefix.bytes, prefix.size);
	for (*size = prefix.size; *size; --*size)
		if ((unsigned char)end[*size - 1] != 0xff) {
			end[*size - 1]++;
			return true;
		}
	return false;
}

/* Bind a range of everything that starts with `prefix`. */
static enum stemma_code
bind_range(struct listing *listing, sqlite3_stmt *statement,
	struct stemma_view prefix)
{
	char *end = stemma_arena_alloc(listing->arena, prefix.size, 1);
	size_t size;

	if (!end)
		return no_memory(listing);
	stemma_sql_bind(statement, 1, prefix);
	if (prefix.size && end_of(end, &size, prefix))
		stemma_sql_bind(statement, 2, (struct stemma_view){end, size});
	else
		sqlite3_bind_text(statement, 2, NULL, 0, SQLITE_STATIC);
	sqlite3_bind_int(statement, 3, FEW + 1);
	return STEMMA_OK;
}

static enum stemma_code
list_by_name(struct listing *listing, bool *few)
{
	sqlite3_stmt *statement;
	enum stemma_code code;

	if (!listing->prefix.size)
		return STEMMA_OK;
	code = stemma_sql_get(
		listing->index, &statement, STEMMA_SQL_BY_NAME, listing->error);
	if (code == STEMMA_OK)
		code = bind_range(listing, statement, listing->prefix);
	return code == STEMMA_OK ? take_rows(listing, statement, few) : code;
}

static int
by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The stories that have a word that starts with `term`, if they are few. */
static enum stemma_code
read_ids(struct listing *listing, int64_t *ids, size_t *count,
	struct stemma_view term)
{
	sqlite3_stmt *statement;
	bool row = true;
	enum stemma_code code = stemma_sql_get(
		listing->index, &statement, STEMMA_SQL_BY_WORD, listing->error);

	assert(ids);
	*count = 0;
	if (code == STEMMA_OK)
		code = bind_range(listing, statement, term);
	while (code == STEMMA_OK && *count <= FEW) {
		code = stemma_sql_step(
			listing->index, statement, &row, listing->error);
		if (code != STEMMA_OK || !row)
			break;
		ids[(*count)++] = sqlite3_column_int64(statement, 0);
	}
	if (statement)
		sqlite3_reset(statement);
	return code;
}

static enum stemma_code
take_ids(struct listing *listing, int64_t *ids, size_t count)
{
	enum stemma_code code = STEMMA_OK;
	bool few;

	if (count)
		qsort(ids, count, sizeof *ids, by_id);
	for (size_t k = 0; k < count && code == STEMMA_OK; k++) {
		sqlite3_stmt *statement;

		if (k && ids[k] == ids[k - 1])
			continue;
		code = stemma_sql_get(listing->index, &statement,
			STEMMA_SQL_BY_ID, listing->error);
		if (code != STEMMA_OK)
			break;
		sqlite3_bind_int64(statement, 1, ids[k]);
		code = take_rows(listing, statement, &few);
	}
	return code;
}

/* Through the first of the words that few stories have. */
static enum stemma_code
list_by_word(struct listing *listing, bool *few)
{
	int64_t *ids = stemma_arena_alloc(listing->arena, FEW + 1, sizeof *ids);
	enum stemma_code code = STEMMA_OK;
	size_t count;

	if (!ids)
		return no_memory(listing);
	for (size_t k = 0; k < listing->term_count && code == STEMMA_OK; k++) {
		code = read_ids(listing, ids, &count, listing->terms[k]);
		if (code != STEMMA_OK || count > FEW)
			continue;
		*few = true;
		return take_ids(listing, ids, count);
	}
	return code;
}

/* Where very many might fit, from the newest until there are enough. */
static enum stemma_code
list_by_time(struct listing *listing)
{
	sqlite3_stmt *statement;
	bool row = true;
	enum stemma_code code = stemma_sql_get(
		listing->index, &statement, STEMMA_SQL_BY_TIME, listing->error);

	listing->count = 0;
	if (code != STEMMA_OK)
		return code;
	while (!listing->limit || listing->count < listing->limit) {
		code = stemma_sql_step(
			listing->index, statement, &row, listing->error);
		if (code != STEMMA_OK || !row)
			break;
		code = take(listing, statement);
		if (code != STEMMA_OK)
			break;
	}
	sqlite3_reset(statement);
	return code;
}

static int
newest_first(const void *a, const void *b)
{
	const struct stemma_listed *x = a, *y = b;
	size_t shorter = x->key.size < y->key.size ? x->key.size : y->key.size;
	int order;

	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	order = shorter ? memcmp(x->key.bytes, y->key.bytes, shorter) : 0;
	return order ? order
		     : (x->key.size > y->key.size) -
			       (x->key.size < y->key.size);
}

static enum stemma_code
read_terms(struct listing *listing, struct stemma_view text)
{
	struct stemma_tokens tokens = {.scratch = listing->arena};
	enum stemma_code code = fold(&tokens.text, text, listing->arena);

	while (code == STEMMA_OK && listing->term_count < TERMS &&
		next_word(&tokens, &listing->terms[listing->term_count]))
		listing->term_count++;
	if (code != STEMMA_OK || tokens.code != STEMMA_OK)
		return no_memory(listing);
	return STEMMA_OK;
}

static enum stemma_code
list(struct listing *listing)
{
	bool few = false;
	enum stemma_code code = listing->term_count
					? list_by_word(listing, &few)
					: list_by_name(listing, &few);

	if (code == STEMMA_OK && !few)
		return list_by_time(listing);
	if (code == STEMMA_OK && listing->count)
		qsort(listing->stories, listing->count,
			sizeof *listing->stories, newest_first);
	if (listing->limit && listing->count > listing->limit)
		listing->count = listing->limit;
	return code;
}

enum stemma_code
stemma_index_stories(struct stemma_index *index, struct stemma_listed **stories,
	size_t *count, struct stemma_view text, bool words, size_t limit,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct listing listing = {
		.index = index, .error = error, .arena = arena, .limit = limit};
	enum stemma_code code = STEMMA_OK;

	*stories = NULL;
	*count = 0;
	if (words)
		code = read_terms(&listing, text);
	else
		listing.prefix = text;
	if (code == STEMMA_OK)
		code = stemma_index_hold(index, error);
	if (code != STEMMA_OK)
		return code;
	code = list(&listing);
	stemma_index_release(index);
	if (code == STEMMA_OK) {
		*stories = listing.stories;
		*count = listing.count;
	}
	return code;
}

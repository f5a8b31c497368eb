/* SPDX-License-Identifier: MIT */
#include "page_data.h"

#include <json-c/json.h>
#include <limits.h>
#include <string.h>

/* How deep its JSON is, and how many versions it tells of at most. */
#define DEPTH 8
#define MOST 1000000

/* Set a reason, and be false. */
#define wrong(error, ...) \
	(stemma_error_set(error, STEMMA_INVALID, __VA_ARGS__), false)

/* The only place of `what` in `text`, or NULL. */
static const char *
find_once(struct stemma_view text, const char *what)
{
	size_t size = strlen(what);
	const char *at = memmem(text.bytes, text.size, what, size);
	const char *end = text.bytes + text.size;

	if (!at || memmem(at + 1, (size_t)(end - at - 1), what, size))
		return NULL;
	return at + size;
}

/* The JSON of the page's data. */
static bool
find_data(struct stemma_view *data, struct stemma_view page,
	struct stemma_error *error)
{
	const char *start =
		page.size ? find_once(page, "<script type=\"application/"
					    "json\" id=stemma>")
			  : NULL;
	const char *end;

	if (!start)
		return wrong(error, "it is no page that stemma wrote");
	end = memmem(start, page.size - (size_t)(start - page.bytes),
		"</script>", 9);
	if (!end || end - start > INT_MAX)
		return wrong(error, "its data for programs has no end");
	*data = (struct stemma_view){start, (size_t)(end - start)};
	return true;
}

static struct json_object *
parse(struct stemma_view data, struct stemma_error *error)
{
	struct json_tokener *parser = json_tokener_new_ex(DEPTH);
	struct json_object *object = NULL;

	if (!parser) {
		stemma_error_set(error, STEMMA_NOMEM, "out of memory");
		return NULL;
	}
	json_tokener_set_flags(
		parser, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	object = json_tokener_parse_ex(parser, data.bytes, (int)data.size);
	if (json_tokener_get_error(parser) != json_tokener_success ||
		json_tokener_get_parse_end(parser) != data.size) {
		json_object_put(object);
		object = NULL;
		stemma_error_set(error, STEMMA_INVALID,
			"its data for programs is no JSON");
	}
	json_tokener_free(parser);
	return object;
}

/* A copy of the string called `name`; empty without one. False without memory. */
static bool
get_string(struct stemma_view *view, struct json_object *object,
	const char *name, struct stemma_arena *arena)
{
	struct json_object *value;
	struct stemma_view text;

	*view = (struct stemma_view){"", 0};
	if (!json_object_object_get_ex(object, name, &value) ||
		!json_object_is_type(value, json_type_string))
		return true;
	text.bytes = json_object_get_string(value);
	text.size = (size_t)json_object_get_string_len(value);
	view->bytes = stemma_arena_string(arena, text);
	view->size = text.size;
	return view->bytes != NULL;
}

static bool
is_hash(struct stemma_view text)
{
	size_t good = 0;

	while (good < text.size &&
		strchr("0123456789abcdef",
			text.bytes[good] ? text.bytes[good] : 'x'))
		good++;
	return text.size == 64 && good == 64;
}

/* The name of an encoding, and nothing else, is what a converter is asked for. */
static bool
is_name(struct stemma_view text)
{
	for (size_t k = 0; k < text.size; k++) {
		unsigned char c = (unsigned char)text.bytes[k];

		if (!strchr("-_.:+", c) &&
			!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
			!(c >= '0' && c <= '9'))
			return false;
		if (!c)
			return false;
	}
	return text.size < 40;
}

/* How the version's file was read. False without memory. */
static bool
read_reading(struct stemma_page_claim *claim, struct json_object *object,
	struct stemma_arena *arena)
{
	struct stemma_view encoding, layout;

	if (!get_string(&encoding, object, "encoding", arena) ||
		!get_string(&layout, object, "layout", arena))
		return false;
	claim->encoding = is_name(encoding) ? encoding.bytes : "";
	claim->layout = STEMMA_LAYOUT_AUTO;
	for (int k = STEMMA_LAYOUT_AUTO; k <= STEMMA_LAYOUT_MIXED; k++)
		if (stemma_view_equal(layout, stemma_view_of(stemma_layout_name(
						      (enum stemma_layout)k))))
			claim->layout = (enum stemma_layout)k;
	return true;
}

static bool
read_claim(struct stemma_page_claim *claim, struct json_object *object,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct json_object *revision;

	if (!json_object_is_type(object, json_type_object))
		return wrong(error, "a version in it is no object");
	if (!get_string(&claim->name, object, "name", arena) ||
		!get_string(&claim->sha256, object, "sha256", arena) ||
		!get_string(&claim->story, object, "story", arena) ||
		!read_reading(claim, object, arena)) {
		stemma_error_set(error, STEMMA_NOMEM, "out of memory");
		return false;
	}
	if (!is_hash(claim->sha256))
		return wrong(error, "a version in it has no SHA-256");
	claim->revision = 0;
	if (json_object_object_get_ex(object, "revision", &revision) &&
		json_object_get_int64(revision) > 0)
		claim->revision = (uint64_t)json_object_get_int64(revision);
	return true;
}

/* Which differences were ignored. */
static unsigned
read_ignored(struct json_object *object)
{
	struct json_object *list;
	unsigned ignored = 0;

	if (!json_object_object_get_ex(object, "ignore", &list) ||
		!json_object_is_type(list, json_type_array))
		return 0;
	for (size_t k = 0; k < json_object_array_length(list); k++) {
		const char *name, *word = json_object_get_string(
					  json_object_array_get_idx(list, k));

		for (unsigned flag = STEMMA_FOLD_CASE;
			word && (name = stemma_fold_name(flag)) != NULL;
			flag <<= 1) {
			if (!strcmp(word, name))
				ignored |= flag;
		}
	}
	return ignored;
}

/* Where somebody said that stories start, on the page of one side. Untrusted:
   any numbers. False without memory. */
static bool
read_starts(struct stemma_outline_options *options, struct json_object *list,
	struct stemma_arena *arena)
{
	size_t count;
	uint32_t *starts;

	if (!json_object_is_type(list, json_type_array))
		return true;
	count = json_object_array_length(list);
	starts = stemma_arena_alloc(arena, count, sizeof *starts);
	if (!starts)
		return false;
	for (size_t k = 0; k < count; k++) {
		int64_t start = json_object_get_int64(
			json_object_array_get_idx(list, k));

		starts[k] =
			start > 0 && start < UINT32_MAX ? (uint32_t)start : 0;
	}
	*options =
		(struct stemma_outline_options){.stories = STEMMA_STORIES_GIVEN,
			.starts = starts,
			.start_count = count};
	return true;
}

static bool
read_stories(struct stemma_page_data *data, struct json_object *object,
	struct stemma_arena *arena)
{
	struct json_object *list;

	if (!json_object_object_get_ex(object, "stories", &list) ||
		!json_object_is_type(list, json_type_array))
		return true;
	for (size_t side = 0; side < 2; side++)
		if (!read_starts(&data->stories[side],
			    json_object_array_get_idx(list, side), arena))
			return false;
	return true;
}

/* How the page was made. */
static bool
read_settings(struct stemma_page_data *data, struct json_object *object,
	struct stemma_arena *arena)
{
	struct stemma_view until, unit;
	struct json_object *limit, *budget;
	int64_t last;

	if (!get_string(&until, object, "until", arena) ||
		!get_string(&unit, object, "unit", arena) ||
		!read_stories(data, object, arena))
		return false;
	data->unit =
		stemma_view_equal(unit, stemma_view_of(stemma_unit_type_name(
						STEMMA_UNIT_SENTENCE)))
			? STEMMA_UNIT_SENTENCE
			: STEMMA_UNIT_PARAGRAPH;
	data->ignore = read_ignored(object);
	if (json_object_object_get_ex(object, "budget", &budget))
		data->budget = json_object_get_uint64(budget);
	data->alone = stemma_time_read(&data->until, &last, until) != STEMMA_OK;
	if (json_object_object_get_ex(object, "limit", &limit) &&
		json_object_get_int64(limit) > 0)
		data->limit = (uint64_t)json_object_get_int64(limit);
	return true;
}

static bool
read_claims(struct stemma_page_data *data, struct json_object *object,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_page_claim *claims;
	struct json_object *versions;
	struct stemma_view format, kind;

	if (!get_string(&format, object, "format", arena) ||
		!get_string(&kind, object, "kind", arena) ||
		!read_settings(data, object, arena)) {
		stemma_error_set(error, STEMMA_NOMEM, "out of memory");
		return false;
	}
	if (!stemma_view_equal(format, stemma_view_of("stemma.page/1")) ||
		!json_object_object_get_ex(object, "versions", &versions) ||
		!json_object_is_type(versions, json_type_array))
		return wrong(error, "its data is not of stemma.page/1");
	data->history = stemma_view_equal(kind, stemma_view_of("history"));
	data->count = json_object_array_length(versions);
	if (!data->count || data->count > MOST)
		return wrong(error, "it tells of %zu versions", data->count);
	data->claims = claims =
		stemma_arena_alloc(arena, data->count, sizeof *claims);
	if (!claims) {
		stemma_error_set(error, STEMMA_NOMEM, "out of memory");
		return false;
	}
	for (size_t k = 0; k < data->count; k++)
		if (!read_claim(&claims[k],
			    json_object_array_get_idx(versions, k), arena,
			    error))
			return false;
	return true;
}

bool
stemma_page_data_read(struct stemma_page_data *data, struct stemma_view page,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct json_object *object;
	struct stemma_view text;
	bool good;

	*data = (struct stemma_page_data){0};
	if (!find_data(&text, page, error))
		return false;
	object = parse(text, error);
	if (!object)
		return false;
	good = read_claims(data, object, arena, error);
	json_object_put(object);
	return good;
}

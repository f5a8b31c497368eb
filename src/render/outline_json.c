/* SPDX-License-Identifier: MIT */
#include "outline_json.h"

static void
member(struct stemma_json *json, const char *name, uint64_t number)
{
	stemma_json_key(json, name);
	stemma_json_number(json, number);
}

static void
member_word(struct stemma_json *json, const char *name, const char *word)
{
	stemma_json_key(json, name);
	stemma_json_word(json, word);
}

void
stemma_json_units(struct stemma_json *json, const struct stemma_doc *doc,
	const struct stemma_outline *outline)
{
	size_t story = 0;

	stemma_json_key(json, "units");
	stemma_json_open(json, '[');
	for (size_t i = 0; i < doc->unit_count; i++) {
		const struct stemma_unit *unit = &doc->units[i];

		stemma_json_record(json, '{');
		member(json, "start", stemma_doc_offset(doc, unit->start));
		member(json, "end", stemma_doc_offset(doc, unit->end));
		member(json, "line", unit->line);
		if (outline->kinds)
			member_word(json, "kind",
				stemma_kind_name(outline->kinds[i]));
		if (outline->story_count) {
			story += i > outline->stories[story].last;
			member(json, "story", story);
		}
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
}

void
stemma_json_stories(
	struct stemma_json *json, const struct stemma_outline *outline)
{
	stemma_json_key(json, "stories");
	stemma_json_open(json, '[');
	for (size_t i = 0; i < outline->story_count; i++) {
		const struct stemma_story *story = &outline->stories[i];

		stemma_json_record(json, '{');
		member(json, "first", story->first);
		member(json, "last", story->last);
		stemma_json_key(json, "title");
		if (story->title == STEMMA_NO_TITLE)
			stemma_json_null(json);
		else
			stemma_json_number(json, story->title);
		stemma_json_key(json, "confidence");
		stemma_json_share(json, story->confidence);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
}

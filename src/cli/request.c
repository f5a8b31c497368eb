/* SPDX-License-Identifier: MIT */
#include "request.h"

#include "line.h"

static bool
is_name(struct stemma_view name, const char *known)
{
	return stemma_view_equal(name, stemma_view_of(known));
}

static bool
fault(struct stemma_line *line, const char *format, const char *name)
{
	stemma_error_set(line->error, STEMMA_INVALID, format, name);
	return false;
}

/* What was taken for an id is one if nothing else is stuck to it: 007 is no
   number, nor is it the id 0. */
static bool
ends_here(struct stemma_line *line, struct stemma_request *request)
{
	stemma_line_skip_space(line);
	request->named =
		line->at < line->end && (*line->at == ',' || *line->at == '}');
	return request->named ||
	       stemma_line_wrong(line, "a comma or a bracket is missing");
}

static bool
read_id(struct stemma_line *line, struct stemma_request *request)
{
	stemma_line_skip_space(line);
	if (request->named)
		return fault(line, "it has more than one \"%s\"", "id");
	if (stemma_line_take_word(line, "null"))
		return true;
	request->number = stemma_line_is_number(line);
	if (request->number)
		request->named = stemma_line_number(line, &request->id);
	else if (stemma_line_take(line, '"'))
		request->named = stemma_line_string(line, &request->id);
	else
		return fault(line, "\"%s\" is no string and no number", "id");
	return request->named && ends_here(line, request);
}

static bool
read_side(struct stemma_line *line, struct stemma_request_side *side,
	const char *name, bool file)
{
	stemma_line_skip_space(line);
	if (stemma_line_take_word(line, "null"))
		return true;
	if (side->given)
		return fault(
			line, "\"%s\" stands where that side is known", name);
	if (!stemma_line_take(line, '"'))
		return fault(line, "\"%s\" is no string", name);
	side->given = true;
	side->file = file;
	return stemma_line_string(line, &side->text);
}

static bool
read_member(struct stemma_line *line, struct stemma_request *request)
{
	static const char *const names[] = {
		"old", "new", "old_file", "new_file"};
	struct stemma_view name;

	if (!stemma_line_take(line, '"'))
		return stemma_line_wrong(line, "a name is missing");
	if (!stemma_line_string(line, &name))
		return false;
	if (!stemma_line_take(line, ':'))
		return stemma_line_wrong(line, "a colon is missing");
	if (is_name(name, "id"))
		return read_id(line, request);
	for (int k = 0; k < 4; k++)
		if (is_name(name, names[k]))
			return read_side(
				line, &request->sides[k % 2], names[k], k >= 2);
	return stemma_line_skip_value(line);
}

static bool
read_members(struct stemma_line *line, struct stemma_request *request)
{
	if (stemma_line_take(line, '}'))
		return true;
	do {
		if (!read_member(line, request))
			return false;
	} while (stemma_line_take(line, ','));
	return stemma_line_take(line, '}') ||
	       stemma_line_wrong(line, "a comma or a bracket is missing");
}

bool
stemma_request_read(struct stemma_request *request, char *bytes, size_t size,
	struct stemma_error *error)
{
	struct stemma_line line = {bytes, bytes, bytes + size, error};

	*request = (struct stemma_request){0};
	if (!stemma_line_take(&line, '{'))
		return stemma_line_wrong(&line, "it is no object");
	if (!read_members(&line, request))
		return false;
	stemma_line_skip_space(&line);
	if (line.at != line.end)
		return stemma_line_wrong(
			&line, "there is more behind the object");
	for (int side = STEMMA_OLD; side <= STEMMA_NEW; side++)
		if (!request->sides[side].given)
			return fault(&line, "it has no \"%s\"",
				side ? "new" : "old");
	return true;
}

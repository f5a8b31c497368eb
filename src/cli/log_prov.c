/* SPDX-License-Identifier: MIT */
#include "log_prov.h"

#include <string.h>

struct prov {
	struct stemma_out *out;
	const struct stemma_log *log;
	uint32_t first;
	char key[STEMMA_KEY_SIZE];
	bool begun; /* the object has a member */
};

/* The next member of an object. */
static void
part(struct prov *p)
{
	if (p->begun)
		stemma_out_char(p->out, ',');
	p->begun = true;
}

static void
open_group(struct prov *p, const char *name)
{
	part(p);
	stemma_out_format(p->out, "\"%s\":{", name);
	p->begun = false;
}

static void
close_group(struct prov *p)
{
	stemma_out_char(p->out, '}');
	p->begun = true;
}

/* ---- names --------------------------------------------------------------- */

/* "story:night-ferry": the key, its =xx as a local name has it: %xx. */
static void
write_story(struct prov *p)
{
	stemma_out_string(p->out, "\"story:");
	for (const char *at = p->key; *at; at++)
		stemma_out_char(p->out, *at == '=' ? '%' : *at);
	stemma_out_char(p->out, '"');
}

/* "revision:0123…", or of another kind that a revision has one of. */
static void
write_name(struct prov *p, const char *kind, uint32_t k)
{
	char hex[41];

	stemma_id_hex(hex, &p->log->revisions[k].commit);
	stemma_out_format(p->out, "\"%s:%s\"", kind, hex);
}

/* What collected it: its name is of [a-z0-9-], or somebody else wrote it. */
static bool
has_collector(const struct prov *p, uint32_t k)
{
	struct stemma_view name = p->log->revisions[k].collector;

	for (size_t at = 0; at < name.size; at++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-",
			    name.bytes[at]) ||
			!name.bytes[at])
			return false;
	return name.size > 0;
}

static void
write_collector(struct prov *p, uint32_t k)
{
	stemma_out_string(p->out, "\"collector:");
	stemma_out_view(p->out, p->log->revisions[k].collector);
	stemma_out_char(p->out, '"');
}

static bool
is_first_of_collector(const struct prov *p, uint32_t k)
{
	for (uint32_t n = k; n-- > p->first;)
		if (stemma_view_equal(p->log->revisions[n].collector,
			    p->log->revisions[k].collector))
			return false;
	return true;
}

/* ---- things -------------------------------------------------------------- */

static void
write_type(struct prov *p, const char *type)
{
	stemma_out_format(p->out,
		"\"prov:type\":{\"$\":\"%s\",\"type\":\"prov:QUALIFIED_NAME\"}",
		type);
}

static void
write_text(struct prov *p, const char *name, struct stemma_view text)
{
	if (!text.size)
		return;
	stemma_out_format(p->out, ",\"%s\":", name);
	stemma_out_json(p->out, text);
}

static void
write_entity(struct prov *p, uint32_t k)
{
	const struct stemma_revision *revision = &p->log->revisions[k];
	struct stemma_out label = {0};

	part(p);
	write_name(p, "revision", k);
	stemma_out_string(p->out, ":{");
	write_type(p, "stemma:Revision");
	stemma_out_view(&label, p->log->story);
	stemma_out_format(&label, "@%lu", (unsigned long)revision->number);
	write_text(
		p, "prov:label", (struct stemma_view){label.bytes, label.size});
	if (label.code != STEMMA_OK && p->out->code == STEMMA_OK)
		p->out->code = label.code;
	stemma_out_free(&label);
	write_text(p, "dcterms:title", revision->title);
	write_text(p, "dcterms:source", revision->source);
	write_text(p, "dcterms:format", revision->type);
	write_text(p, "stemma:sha256", revision->sha256);
	stemma_out_format(p->out,
		",\"stemma:bytes\":{\"$\":\"%llu\",\"type\":\"xsd:long\"}}",
		(unsigned long long)revision->size);
}

static void
write_entities(struct prov *p)
{
	open_group(p, "entity");
	part(p);
	write_story(p);
	stemma_out_string(p->out, ":{");
	write_type(p, "stemma:Story");
	write_text(p, "prov:label", p->log->story);
	stemma_out_char(p->out, '}');
	for (uint32_t k = p->first; k < p->log->count; k++)
		write_entity(p, k);
	close_group(p);
}

static void
write_agents(struct prov *p)
{
	open_group(p, "agent");
	for (uint32_t k = p->first; k < p->log->count; k++) {
		if (!has_collector(p, k) || !is_first_of_collector(p, k))
			continue;
		part(p);
		write_collector(p, k);
		stemma_out_string(p->out, ":{");
		write_type(p, "prov:SoftwareAgent");
		write_text(p, "prov:label", p->log->revisions[k].collector);
		stemma_out_char(p->out, '}');
	}
	close_group(p);
}

static void
write_activities(struct prov *p)
{
	char time[STEMMA_TIME_SIZE];

	open_group(p, "activity");
	for (uint32_t k = p->first; k < p->log->count; k++) {
		stemma_time_write(time, p->log->revisions[k].retrieved);
		part(p);
		write_name(p, "retrieval", k);
		stemma_out_format(p->out,
			":{\"prov:startTime\":\"%s\",\"prov:endTime\":\"%s\","
			"\"prov:type\":{\"$\":\"stemma:Retrieval\",\"type\":"
			"\"prov:QUALIFIED_NAME\"}}",
			time, time);
	}
	close_group(p);
}

/* ---- relations ----------------------------------------------------------- */

/* A relation without a name of its own: "_:g7", by the revision's number. */
static void
open_relation(struct prov *p, char letter, uint32_t k)
{
	part(p);
	stemma_out_format(p->out, "\"_:%c%lu\":{", letter,
		(unsigned long)p->log->revisions[k].number);
}

static void
write_generations(struct prov *p)
{
	char time[STEMMA_TIME_SIZE];

	open_group(p, "wasGeneratedBy");
	for (uint32_t k = p->first; k < p->log->count; k++) {
		stemma_time_write(time, p->log->revisions[k].retrieved);
		open_relation(p, 'g', k);
		stemma_out_string(p->out, "\"prov:entity\":");
		write_name(p, "revision", k);
		stemma_out_string(p->out, ",\"prov:activity\":");
		write_name(p, "retrieval", k);
		stemma_out_format(p->out, ",\"prov:time\":\"%s\"}", time);
	}
	close_group(p);
}

/* Who collected it: of the revision, or of its retrieval. */
static void
write_collecting(struct prov *p, const char *group, char letter,
	const char *role, const char *kind)
{
	open_group(p, group);
	for (uint32_t k = p->first; k < p->log->count; k++) {
		if (!has_collector(p, k))
			continue;
		open_relation(p, letter, k);
		stemma_out_format(p->out, "\"%s\":", role);
		write_name(p, kind, k);
		stemma_out_string(p->out, ",\"prov:agent\":");
		write_collector(p, k);
		stemma_out_char(p->out, '}');
	}
	close_group(p);
}

static void
write_derivations(struct prov *p)
{
	open_group(p, "wasDerivedFrom");
	for (uint32_t k = p->first + 1; k < p->log->count; k++) {
		open_relation(p, 'd', k);
		stemma_out_string(p->out, "\"prov:generatedEntity\":");
		write_name(p, "revision", k);
		stemma_out_string(p->out, ",\"prov:usedEntity\":");
		write_name(p, "revision", k - 1);
		stemma_out_char(p->out, ',');
		write_type(p, "prov:Revision");
		stemma_out_char(p->out, '}');
	}
	close_group(p);
}

static void
write_specializations(struct prov *p)
{
	open_group(p, "specializationOf");
	for (uint32_t k = p->first; k < p->log->count; k++) {
		open_relation(p, 's', k);
		stemma_out_string(p->out, "\"prov:specificEntity\":");
		write_name(p, "revision", k);
		stemma_out_string(p->out, ",\"prov:generalEntity\":");
		write_story(p);
		stemma_out_char(p->out, '}');
	}
	close_group(p);
}

void
stemma_log_prov_write(
	struct stemma_out *out, const struct stemma_log *log, uint32_t first)
{
	struct prov p = {.out = out, .log = log, .first = first};
	enum stemma_code code = stemma_key_make(p.key, log->story, NULL);

	if (code != STEMMA_OK) {
		out->code = out->code == STEMMA_OK ? code : out->code;
		return;
	}
	stemma_out_string(out, "{\"prefix\":{\"story\":\"urn:stemma:story:\","
			       "\"revision\":\"urn:stemma:revision:\","
			       "\"retrieval\":\"urn:stemma:retrieval:\","
			       "\"collector\":\"urn:stemma:collector:\","
			       "\"stemma\":\"urn:stemma:terms:\","
			       "\"dcterms\":\"http://purl.org/dc/terms/\"}");
	p.begun = true;
	write_entities(&p);
	write_agents(&p);
	write_activities(&p);
	write_generations(&p);
	write_collecting(
		&p, "wasAssociatedWith", 'w', "prov:activity", "retrieval");
	write_collecting(&p, "wasAttributedTo", 'a', "prov:entity", "revision");
	write_derivations(&p);
	write_specializations(&p);
	stemma_out_string(out, "}\n");
}

/*
 * stemma verify [STORY]: prove that an archive holds what it says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "archive.h"
#include "commands.h"
#include "output.h"
#include "trouble.h"
#include "verify_page.h"

struct verify_settings {
	struct stemma_archive_settings archive;
};

/* "iran/talks: revision 3 (commit 0123456789ab): its text …" */
static void
put_fault(struct stemma_out *out, const struct stemma_fault *fault)
{
	char hex[41];

	if (fault->story.size) {
		stemma_out_visible(out, fault->story);
		stemma_out_string(out, ": ");
	}
	if (fault->number)
		stemma_out_format(out, "revision %u ", (unsigned)fault->number);
	if (fault->has_commit) {
		stemma_id_hex(hex, &fault->commit);
		stemma_out_format(out, "(commit %.12s): ", hex);
	}
	stemma_out_visible(out, fault->what);
	stemma_out_char(out, '\n');
}

static void
put_count(struct stemma_out *out, uint64_t count, const char *one,
	const char *many)
{
	stemma_out_format(out, "%llu %s", (unsigned long long)count,
		count == 1 ? one : many);
}

static void
put_signatures(struct stemma_out *out, const struct stemma_verified *verified)
{
	uint64_t bad = verified->signatures - verified->good_signatures;

	if (!verified->signatures)
		return;
	stemma_out_string(out, ", ");
	put_count(out, verified->good_signatures, "good signature",
		"good signatures");
	if (bad)
		stemma_out_format(out, ", %llu bad", (unsigned long long)bad);
	if (verified->revisions > verified->signatures) {
		stemma_out_string(out, ", ");
		put_count(out, verified->revisions - verified->signatures,
			"unsigned revision", "unsigned revisions");
	}
}

static void
put_summary(struct stemma_out *out, const struct stemma_verified *verified)
{
	if (verified->fault_count)
		stemma_out_format(out, "%zu fault%s; good are still %llu of ",
			verified->fault_count,
			verified->fault_count == 1 ? "" : "s",
			(unsigned long long)verified->good_revisions);
	else
		stemma_out_string(out, "all is well: ");
	put_count(out, verified->revisions, "revision", "revisions");
	stemma_out_string(
		out, verified->fault_count ? " that can be reached, " : " of ");
	if (verified->fault_count)
		stemma_out_format(
			out, "and %u of ", (unsigned)verified->good_stories);
	put_count(out, verified->stories, "story", "stories");
	stemma_out_string(out, ", ");
	put_count(out, verified->objects, "object", "objects");
	put_signatures(out, verified);
	if (verified->foreign) {
		stemma_out_string(out, ", ");
		put_count(out, verified->foreign,
			"revision that others made and that tells of no text",
			"revisions that others made and that tell of no text");
	}
	if (verified->lost) {
		stemma_out_string(out, ", ");
		put_count(out, verified->lost,
			"revision that no story leads to",
			"revisions that no story leads to");
	}
	stemma_out_char(out, '\n');
}

static int
tell(const struct stemma_verified *verified)
{
	struct stemma_out out = {0};
	int status;

	for (size_t at = 0; at < verified->fault_count; at++)
		put_fault(&out, &verified->faults[at]);
	put_summary(&out, verified);
	status = stemma_output_print(&out);
	if (!status && verified->fault_count)
		return stemma_trouble("the archive is damaged");
	return status;
}

static int
verify_run(const struct stemma_command *command, const void *values,
	char **operands, size_t count)
{
	const struct verify_settings *settings = values;
	struct stemma_view story = {NULL, 0};
	struct stemma_archive archive = {0};
	struct stemma_verified verified;
	struct stemma_error error = {0};
	enum stemma_code code;
	int status;

	(void)command;
	/* Not all stories, as without an operand. */
	if (count && !*operands[0])
		return stemma_trouble(": a story's name is empty");
	if (count && stemma_page_is(operands[0]))
		return stemma_page_verify(&settings->archive, operands[0]);
	status = stemma_archive_open(&archive, &settings->archive, false);
	if (status)
		return status;
	if (count)
		story = stemma_view_of(operands[0]);
	code = stemma_store_verify(archive.store, &verified, story,
		archive.arena, archive.scratch, &error);
	if (code == STEMMA_OK)
		status = tell(&verified);
	else if (code == STEMMA_NOTFOUND && count)
		status = stemma_archive_no_story(&archive, story, false);
	else
		status = stemma_trouble_code(archive.path, code, &error);
	stemma_archive_close(&archive);
	return status;
}

static const struct stemma_operand verify_operands[] = {
	{.name = "STORY|PAGE.html",
		.value = STEMMA_VALUE_STORY,
		.suffixes = "html",
		.help = "this story alone, or a page that compare or report "
			"wrote. Without it: the whole archive",
		.optional = true},
	{0},
};

static const struct stemma_option_group verify_groups[] = {
	{"Archive", stemma_archive_options,
		offsetof(struct verify_settings, archive)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example verify_examples[] = {
	{"stemma verify", "prove the whole archive"},
	{"stemma verify talks", "one story and its revisions"},
	{"stemma verify talks.html",
		"whether a page shows what the archive holds"},
	{0},
};

const struct stemma_command stemma_verify_command = {
	.name = "verify",
	.title = "stemma verify",
	.summary = "prove that an archive holds what it says",
	.about = "Hashes every object of the archive again, compares each text "
		 "with the SHA-256 and the size that its commit tells, and "
		 "looks at names, dates, chains and signatures. Says what is "
		 "damaged, and what is still good. Of a page it tells whether "
		 "the archive holds the texts that it shows, and whether this "
		 "stemma makes the same page of them.",
	.operands = verify_operands,
	.groups = verify_groups,
	.examples = verify_examples,
	.exits = "Exit status: 0 if all is well, 1 if the archive holds the "
		 "texts of a page, but the page is another one than is made of "
		 "them here, 2 if something is damaged or missing or cannot be "
		 "read.",
	.settings_size = sizeof(struct verify_settings),
	.run = verify_run,
};

/*
 * render.h - a comparison written out: for people at a terminal, for other
 * programs, and in the plain-text formats of the field. One function per
 * format; all take the same options and write to a stemma_out.
 *
 * Renderers get labels, widths and colours in their options; they never look
 * at the environment, the clock or a file, so the same input gives the same
 * bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_H
#define STEMMA_RENDER_H

#include <stemma/base.h>
#include <stemma/compare.h>
#include <stemma/collate.h>
#include <stemma/trace.h>
#include <stemma/reuse.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* `context` value: show every unchanged unit. */
#define STEMMA_CONTEXT_ALL UINT32_MAX

/* What a page tells of a version that it shows. Texts are untrusted. */
struct stemma_page_version {
	const char *name;          /* what it is called, or NULL */
	struct stemma_view raw;    /* its bytes, of which the hash is told */
	struct stemma_view sha256; /* or that, in hexadecimal, where the bytes
	                              are not at hand */
	uint64_t size;             /* and their number */
	struct stemma_view title, story, date, source; /* empty: unknown */
	uint32_t revision;                             /* 0: none */
};

/* Zeros mean: no names, 80 columns, no context, no colour, one line of JSON. */
struct stemma_render_options {
	const char *names[2]; /* by side: what to call the documents; untrusted,
	                         any bytes; NULL for none */
	uint32_t width;       /* term: columns of the terminal; 0: 80 */
	uint32_t context;     /* term: unchanged units shown around a change;
	                         unified: unchanged lines, where git wants 3 */
	bool color;           /* term: SGR sequences; readable without */
	bool side_by_side;    /* term: two columns, from 100 columns on */
	bool unfold;          /* term: show the paragraphs of stories that came
	                         or went, not one line for each story */
	bool pretty;          /* json: indented over many lines */
	/* html: by side, what is known of revisions; or NULL */
	const struct stemma_page_version *versions;
	/* html: how they were compared, to be told; or NULL */
	const struct stemma_compare_options *asked;
};

/*
 * All of them return the failure of `out` (which is sticky there too) or
 * STEMMA_OK; STEMMA_NOMEM also where `scratch` gives no more. `scratch` is
 * left as it was found. The same input gives the same bytes.
 */

/*
 * For people at a terminal: a summary line, the digest but for its counts
 * (unless the page has but one thing to tell), the names, then what changed in
 * reading order.
 *
 *     1 paragraph edited, 1 added, 1 moved; edits: +2 -1 words
 *     · headline: rejects → shoots down
 *     --- old.txt
 *     +++ new.txt
 *     ~  1  1 │ Bank [-rejects-]{+shoots down+} the plan
 *             │ … 4 paragraphs unchanged
 *     <  6    │ moved to ¶9: The minister said on Monday that the plan …
 *     +     6 │ A paragraph that was not there before.
 *
 * The margin has a mark, the number in the old and that in the new text:
 *
 *     ~ edited     + added      > moved here (from where is said)
 *     ^ split      - removed    < moved away (to where is said)
 *     v merged     = reformatted: typography or white space alone
 *     x regrouped    unchanged, or folded ("…")
 *
 * A story that came or went as a whole is one line, with its title, unless
 * `unfold` is set or `context` is STEMMA_CONTEXT_ALL:
 *
 *     +    14 │ story appended, 13 paragraphs: Choir wins valley prize
 *
 * + - and > stand on every line of their paragraphs, the others on the first.
 * Below 60 columns there is one number (the new one, or the old of what is
 * gone), below 24 none, below 4 the mark has a line of its own. Edits are
 * between [- -] and {+ +} in colour too: no colour says anything alone.
 * Unchanged text past 1200 bytes inside a unit is left out in the middle,
 * which is said, unless `context` is STEMMA_CONTEXT_ALL.
 *
 * Lines are wrapped to `width` by grapheme cluster, and never wider unless one
 * cluster is (a name is not wrapped). Control and bidi characters are shown as
 * ^[, <9B> and <U+202E>. A line with right-to-left letters is put between RLI
 * or LRI and PDI, so that it turns nothing beside it. O(units + bytes shown).
 */
enum stemma_code stemma_render_term(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* A stemma.compare/1 document (formats.md) and a line feed. O(units + links +
   changes), and hashing both files. */
enum stemma_code stemma_render_json(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * Both texts in one, as GNU wdiff: [-deleted-] and {+inserted+}. Nothing is
 * left out: without what is inserted it is the old text byte for byte, without
 * what is deleted the new one (as UTF-8, without a BOM). A moved unit is
 * deleted here and inserted there. The format has no escape, so that is true
 * only of texts without its marks. O(bytes of both texts).
 */
enum stemma_code stemma_render_wdiff(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * The same as CriticMarkup: {--deleted--} {++inserted++} {~~old~>new~~}. No
 * mark holds a blank line together with other text; a comment after a moved
 * unit says where it went or came from. Marks in the text itself are broken as
 * formats.md says, so that stemma_critic_read() has both files byte for byte
 * out of it, whatever they hold. O(bytes of both texts).
 */
enum stemma_code stemma_render_criticmarkup(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * A unified diff of the texts with one paragraph a line. A document that has
 * this layout is taken by its lines, with blank ones and indents as they are,
 * so that the patch applies to the file; any other by its paragraphs, the line
 * breaks inside them made single spaces. Empty without a difference.
 *
 * Both header lines name the old file, since that is what git apply and patch
 * look for in the second one; the new name follows behind a tab, where they
 * look for nothing. Names are quoted as git does. O(bytes of both texts).
 */
enum stemma_code stemma_render_unified(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * CSV (formats.md) for spreadsheets: a row for each link with its texts, and
 * below it one for each of its edits. A text that a spreadsheet might take for
 * a formula has an apostrophe before it. O(bytes of both texts).
 */
enum stemma_code stemma_render_csv(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * Markdown as GitHub and pandoc read it: the summary, the digest, then each
 * paragraph that changed as a quotation with ~~deleted~~ and **inserted**
 * words, under a line that says which it is. Nothing in the texts is taken for
 * a mark, a link or HTML, and controls are shown. Of the options the names and
 * `context` count. O(bytes shown).
 */
enum stemma_code stemma_render_markdown(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* TEI P5 by parallel segmentation, and the JSON table of CollateX (formats.md):
   the old text is witness A, the new one B, and the words of either are had
   again from both. O(words), and a diff for each edited paragraph. */
enum stemma_code stemma_render_tei(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);
enum stemma_code stemma_render_collatex(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * One page of HTML for a browser, which asks for nothing from anywhere and lets
 * no script run but its own; complete without it. The digest, then both texts
 * in one: every character of both stands in it once, deleted ones in <del> and
 * inserted ones in <ins>, but that what moved stands a second time where it was,
 * to be seen with the old text alone. The texts are data, whatever they hold.
 * Of the options names and versions count. The page is stemma.page/1
 * (formats.md). O(bytes of both texts).
 */
enum stemma_code stemma_render_html(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* The digest of the comparison, a line each. Controls are shown as by
   stemma_render_term(). O(bytes of the digest). */
enum stemma_code stemma_render_digest(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* A short summary: counts of what happened, one thing a line. O(1). */
enum stemma_code stemma_render_stat(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* ---- any number of versions ----------------------------------------------- */

/* As the render options. */
struct stemma_table_options {
	const char *const *names; /* by version, untrusted; or NULL */
	uint32_t width;           /* term: columns of the terminal; 0: 80 */
	bool color;               /* term */
	bool pretty;              /* json, collatex: over many lines */
};

/* For people at a terminal: who is who, then a row for each unit with its number
   in every version (or a list of versions where there is no room for that) and
   its text; below it what others read, between marks. */
enum stemma_code stemma_render_table_term(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);

/* A stemma.collate/1 document (formats.md) and a line feed. O(units). */
enum stemma_code stemma_render_table_json(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);

/* CSV as stemma_render_csv() writes it: a row a unit, a column a version. */
enum stemma_code stemma_render_table_csv(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);

/* One page of HTML without scripts, links or anything to load. */
enum stemma_code stemma_render_table_html(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);

/* As stemma_render_tei() and stemma_render_collatex(), of all versions. */
enum stemma_code stemma_render_table_tei(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);
enum stemma_code stemma_render_table_collatex(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);

/* ---- text that stands twice --------------------------------------------- */

struct stemma_reuse_page {
	const struct stemma_doc *docs[2];
	size_t doc_count; /* 1 or 2 */
	const struct stemma_reuse *reuse;
};

/*
 * For people at a terminal: the passages, each with its two places and its text
 * as it stands at the second, edits between the marks of stemma_render_term().
 *
 *     1 passage stands again: 1 with edits
 *     page.txt
 *     ¶7 (line 13) → ¶44 (line 87): 19 words, 1 edit, 92 % alike
 *       There are two ways: militarily or [-through-]{+you make+} a deal.
 *
 * Wrapped and made harmless as there; of the options, names, width and color
 * count, and with a context of STEMMA_CONTEXT_ALL no long text is left out in
 * the middle. O(bytes shown).
 */
enum stemma_code stemma_render_reuse_term(struct stemma_out *out,
	const struct stemma_reuse_page *page,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* A stemma.reuse/1 document (formats.md) and a line feed. O(passages + edits),
   and hashing the files. */
enum stemma_code stemma_render_reuse_json(struct stemma_out *out,
	const struct stemma_reuse_page *page,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * A page for people: the stories, and a line for each paragraph.
 *
 *     story 2, ¶14–26, confidence 0.93
 *      14 headline     Choir wins valley prize
 *      15 body         Forty singers had rehearsed in a barn all winter…
 *
 * Lines are cut to options->width; nothing of the text is obeyed. O(units +
 * bytes shown).
 */
enum stemma_code stemma_render_segment_term(struct stemma_out *out,
	const struct stemma_doc *doc, const struct stemma_outline *outline,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* The text alone, in UTF-8, a unit a line: line breaks inside it are single
   spaces, and between the sentences of two paragraphs stands a blank line. What
   a program that compares lines can read. O(bytes). */
enum stemma_code
stemma_render_text(struct stemma_out *out, const struct stemma_doc *doc);

/* A stemma.segment/1 document (formats.md) and a line feed. O(units). */
enum stemma_code stemma_render_segment_json(struct stemma_out *out,
	const struct stemma_doc *doc, const struct stemma_outline *outline,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* ---- origins of words -------------------------------------------------- */

/* What is told of a revision beside its number. */
struct stemma_blame_revision {
	const char *commit; /* in hexadecimal */
	const char *date;   /* "2025-03-08T14:05:09Z" */
	struct stemma_view source;
};

/* A revision of another story. */
struct stemma_blame_other {
	struct stemma_view story;
	uint32_t number;
	int64_t time;
	struct stemma_blame_revision name;
};

/* Where a word stood in another story, before it stood in its own. */
struct stemma_blame_elsewhere {
	uint32_t other;        /* which of the others, from 1; 0: nowhere */
	struct stemma_span at; /* in the bytes of that revision */
	bool joins;            /* it follows the word before it there too */
};

/* What is told of words that other stories had earlier. */
struct stemma_blame_across {
	const struct stemma_blame_other *others;
	size_t other_count;
	const struct stemma_blame_elsewhere *words; /* by word */
	const uint32_t *holders; /* by unit of boilerplate: stories; or 0 */
};

/* A revision of a story with the origins of its words. */
struct stemma_blame {
	struct stemma_view story;
	const struct stemma_doc *doc;
	const struct stemma_origins *origins;
	const uint8_t *kinds; /* enum stemma_kind, by unit */
	const struct stemma_blame_revision *revisions; /* up to this one */
	uint32_t revision;                             /* how many they are */
	uint32_t since;   /* older ones are nobody in particular; 0: tell all */
	bool words;       /* every word is a run of its own */
	bool paragraphs;  /* terminal: sums by paragraph, no runs inside */
	bool reformatted; /* tell which revision changed the typography */
	bool absences;    /* tell when words were gone, which was asked for */
	const struct stemma_blame_across *across; /* NULL: nobody asked */
};

/* A stemma.blame/1 document (formats.md) and a line feed. O(words). */
enum stemma_code stemma_render_blame_json(struct stemma_out *out,
	const struct stemma_blame *blame,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/*
 * The text for a terminal. The margin has the revision that brought most of a
 * paragraph, and its day; what others brought stands between {N: and }:
 *
 *        2 2025-03-08 │ The {5:old} bridge is closed.
 *
 * {5-7+9: was gone since 7 and back in 9; with `across`, {talks@3: has what
 * another story had. `since`: only paragraphs to which newer ones brought
 * something. Wrapping and harmlessness as in stemma_render_term(). O(bytes).
 */
enum stemma_code stemma_render_blame_term(struct stemma_out *out,
	const struct stemma_blame *blame,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* ---- a story as a page ------------------------------------------------ */

/* What a revision changed against the one before it; of the first all zeros. */
struct stemma_history_change {
	struct stemma_stats stats;
	const struct stemma_view *lines; /* of the digest, untrusted */
	size_t line_count;
	bool shown; /* the pair with the one before will be on the page */
};

/* clang-format off */
enum stemma_life_kind {
	STEMMA_LIFE_SEEN, STEMMA_LIFE_EDITED, STEMMA_LIFE_REFORMATTED,
	STEMMA_LIFE_SPLIT, STEMMA_LIFE_MERGED, STEMMA_LIFE_REGROUPED,
	STEMMA_LIFE_MOVED, STEMMA_LIFE_REMOVED, STEMMA_LIFE_RESTORED
};
/* clang-format on */

/* What happened to a paragraph in a revision. */
struct stemma_life_event {
	uint32_t revision;
	uint32_t unit[2]; /* which it was before and is then, from 0 */
	uint8_t kind;     /* enum stemma_life_kind */
};

/* Another story that holds a paragraph, or a part of it. */
struct stemma_history_other {
	const char *name, *date; /* of the revision; untrusted */
	struct stemma_view text; /* what it holds; empty: all of it */
	bool nearly;             /* with edits */
	bool earlier;            /* than this story had it */
};

/* What is told of a unit of the newest text, the oldest first. */
struct stemma_history_life {
	const struct stemma_life_event *events;
	size_t event_count;
	const struct stemma_history_other *others;
	size_t other_count;
};

/* A story up to the newest revision that is told; all of it is borrowed. */
struct stemma_history {
	const struct stemma_blame *blame; /* the newest text, revisions, story;
	                                     `words` and so on do not count */
	const struct stemma_page_version *versions;  /* by revision, from 0 */
	const int64_t *times;                        /* seconds since 1970 */
	const struct stemma_history_change *changes; /* by revision */
	const struct stemma_history_life *lives;     /* by unit */
	/* How the page came about, for who wants to make it again: bytes of
	   pairs at most, and when the newest revision is from that counts as
	   another story, or NULL: there are none. */
	uint64_t limit;
	const char *until;
};

/*
 * One page of HTML for the whole story, as self-contained as that of
 * stemma_render_html().
 *
 *     start(out, history)
 *     pair(out, history, 6, 7), pair(5, 6) … pair(1, 2)  neighbours
 *     pair(out, history, 1, 7) …                         others, in any order
 *     end(out, history, how many pairs are not there)
 *
 * Of neighbours that are not shown the digest is told: no comparison (NULL).
 * O(bytes written).
 */
enum stemma_code stemma_render_history_start(struct stemma_out *out,
	const struct stemma_history *history, struct stemma_arena *scratch);
enum stemma_code stemma_render_history_pair(struct stemma_out *out,
	const struct stemma_history *history, uint32_t old, uint32_t new_,
	const struct stemma_comparison *comparison,
	struct stemma_arena *scratch);
enum stemma_code stemma_render_history_end(struct stemma_out *out,
	const struct stemma_history *history, uint64_t left_out);

/* ---- feeds --------------------------------------------------------------- */

/* A revision as an entry of a feed; all of it is borrowed. */
struct stemma_feed_entry {
	const char *id; /* an IRI that is this revision's for ever */
	const struct stemma_page_version *version; /* with name and date */
	const struct stemma_history_change *change;
	const struct stemma_comparison *comparison; /* with the one before it;
	                                               NULL: there is none … */
	const struct stemma_doc *doc; /* … and this is its text */
};

/*
 * An Atom feed (RFC 4287) in UTF-8: start, entries (the newest first), end.
 * `updated` is the date of the newest entry, `self` the address at which the feed
 * is to be found, or NULL. Each entry has the digest as its summary, and as its
 * content HTML that needs no style: the paragraphs that changed with <ins> and
 * <del>. Texts are data; a source is a link only if it is one of the web.
 * O(bytes of both texts) an entry.
 */
enum stemma_code
stemma_render_feed_start(struct stemma_out *out, struct stemma_view title,
	const char *id, const char *updated, const char *self);
enum stemma_code stemma_render_feed_entry(struct stemma_out *out,
	const struct stemma_feed_entry *entry, struct stemma_arena *scratch);
enum stemma_code stemma_render_feed_end(struct stemma_out *out);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: MIT */
#include "abbreviation.h"

#include <stdlib.h>
#include <string.h>

#include <stemma/text.h>

#include "fold.h"
#include "tables.h"
#include "utf8.h"

/* Longer words, in bytes, are no abbreviations. */
#define LONGEST 24

/* What may follow the full stop in the same sentence. */
enum follower {
	ANYTHING,  /* Dr. Lind */
	A_NUMBER,  /* No. 5; a month before its day */
	NO_STARTER /* no word that begins sentences: Acme Inc. Chairman */
};

struct shortened {
	const char *word; /* folded, without its last full stop */
	enum follower follower;
};

/*
 * Sorted. Those that dictionaries of the language give for titles, ranks,
 * references, units before a noun and forms of companies; none that is a word
 * as well ("no", "art", "sun") but before a number.
 */
static const struct shortened table[] = {
	{"abb", A_NUMBER}, /* German: figure */
	{"abs", A_NUMBER},
	{"adm", ANYTHING},
	{"approx", ANYTHING},
	{"apr", A_NUMBER},
	{"art", A_NUMBER},
	{"aug", A_NUMBER},
	{"av", NO_STARTER},
	{"ave", NO_STARTER},
	{"bd", A_NUMBER},
	{"blvd", NO_STARTER},
	{"brig", ANYTHING},
	{"bros", NO_STARTER},
	{"bzw", ANYTHING},
	{"ca", ANYTHING},
	{"cap", A_NUMBER},
	{"capt", ANYTHING},
	{"cf", ANYTHING},
	{"cmdr", ANYTHING},
	{"co", NO_STARTER},
	{"col", ANYTHING},
	{"cols", ANYTHING},
	{"corp", NO_STARTER},
	{"cpl", ANYTHING},
	{"dec", A_NUMBER},
	{"dept", NO_STARTER},
	{"dez", A_NUMBER},
	{"dipl", ANYTHING},
	{"dott", ANYTHING},
	{"dr", ANYTHING},
	{"dra", ANYTHING},
	{"drs", ANYTHING},
	{"dña", ANYTHING},
	{"ene", A_NUMBER},
	{"etc", NO_STARTER},
	{"evtl", ANYTHING},
	{"feb", A_NUMBER},
	{"febr", A_NUMBER},
	{"fig", A_NUMBER},
	{"figs", A_NUMBER},
	{"fr", ANYTHING},
	{"ft", NO_STARTER},
	{"gen", ANYTHING},
	{"ggf", ANYTHING},
	{"gov", ANYTHING},
	{"hon", ANYTHING},
	{"hr", ANYTHING},
	{"hrsg", ANYTHING},
	{"inc", NO_STARTER},
	{"inkl", ANYTHING},
	{"insp", ANYTHING},
	{"jan", A_NUMBER},
	{"jr", NO_STARTER},
	{"jul", A_NUMBER},
	{"jun", A_NUMBER},
	{"kap", A_NUMBER},
	{"lic", ANYTHING},
	{"lt", ANYTHING},
	{"ltd", NO_STARTER},
	{"maj", ANYTHING},
	{"mar", A_NUMBER},
	{"messrs", ANYTHING},
	{"mio", NO_STARTER}, /* German: million */
	{"mlle", ANYTHING},
	{"mme", ANYTHING},
	{"mmes", ANYTHING},
	{"mr", ANYTHING},
	{"mrd", NO_STARTER},
	{"mrs", ANYTHING},
	{"ms", ANYTHING},
	{"msgr", ANYTHING},
	{"mt", ANYTHING},
	{"mto", ANYTHING},
	{"no", A_NUMBER},
	{"nos", A_NUMBER},
	{"nov", A_NUMBER},
	{"nr", ANYTHING},
	{"núm", A_NUMBER},
	{"oct", A_NUMBER},
	{"okt", A_NUMBER},
	{"op", A_NUMBER},
	{"p", A_NUMBER},
	{"para", A_NUMBER},
	{"pfc", ANYTHING},
	{"pp", A_NUMBER},
	{"pres", ANYTHING},
	{"prof", ANYTHING},
	{"profs", ANYTHING},
	{"pt", A_NUMBER},
	{"pvt", ANYTHING},
	{"rd", NO_STARTER},
	{"rep", ANYTHING},
	{"reps", ANYTHING},
	{"rev", ANYTHING},
	{"rt", ANYTHING},
	{"s", A_NUMBER},
	{"sen", ANYTHING},
	{"sens", ANYTHING},
	{"sep", A_NUMBER},
	{"sept", A_NUMBER},
	{"sgt", ANYTHING},
	{"sog", ANYTHING},
	{"sr", NO_STARTER},
	{"sra", ANYTHING},
	{"srta", ANYTHING},
	{"st", NO_STARTER},
	{"ste", ANYTHING},
	{"str", NO_STARTER},
	{"supt", ANYTHING},
	{"tel", A_NUMBER},
	{"tsd", NO_STARTER},
	{"usw", NO_STARTER},
	{"v", ANYTHING}, /* in names of cases; German: von */
	{"vgl", ANYTHING},
	{"vol", A_NUMBER},
	{"vols", A_NUMBER},
	{"vs", ANYTHING},
	{"zzgl", ANYTHING},
	{"акад", ANYTHING},
	{"г", NO_STARTER}, /* Russian: city, or year */
	{"гл", A_NUMBER},
	{"долл", NO_STARTER},
	{"др", NO_STARTER},
	{"им", ANYTHING},
	{"млн", NO_STARTER},
	{"млрд", NO_STARTER},
	{"наб", ANYTHING},
	{"обл", NO_STARTER},
	{"пер", ANYTHING},
	{"пл", ANYTHING},
	{"пр", NO_STARTER},
	{"проф", ANYTHING},
	{"рис", A_NUMBER},
	{"руб", NO_STARTER},
	{"св", ANYTHING},
	{"см", NO_STARTER},
	{"ст", A_NUMBER},
	{"стр", A_NUMBER},
	{"тыс", NO_STARTER},
	{"ул", ANYTHING},
};

/* Sorted. Words that stand first in sentences and hardly ever in names. */
static const char *const starters[] = {"a", "aber", "according", "after", "al",
	"all", "although", "am", "an", "and", "another", "as", "at", "auch",
	"auf", "aux", "avec", "because", "before", "bei", "both", "but", "by",
	"ce", "ces", "cette", "con", "critics", "dans", "das", "dem", "den",
	"der", "des", "die", "dies", "diese", "dieser", "doch", "during",
	"each", "ein", "eine", "einen", "el", "elle", "elles", "en", "er", "es",
	"esta", "este", "et", "every", "few", "for", "from", "für", "he", "her",
	"here", "his", "how", "however", "i", "ich", "if", "il", "ils", "im",
	"in", "is", "it", "its", "je", "la", "las", "last", "le", "les", "los",
	"mais", "many", "meanwhile", "mehr", "mit", "most", "my", "nach",
	"nearly", "no", "none", "nor", "not", "nous", "now", "nur", "officials",
	"on", "once", "one", "only", "or", "other", "our", "para", "pero",
	"police", "pour", "se", "según", "seit", "selon", "she", "sich", "sie",
	"since", "so", "some", "still", "su", "that", "the", "their", "then",
	"there", "these", "they", "this", "those", "though", "to", "two", "un",
	"una", "und", "under", "une", "until", "von", "was", "we", "weil",
	"wenn", "were", "what", "when", "where", "whether", "which", "while",
	"who", "why", "wie", "wir", "with", "y", "yet", "you", "zu", "zum",
	"zur", "а", "в", "из", "как", "когда", "мы", "на", "но", "об", "он",
	"она", "они", "от", "по", "после", "при", "с", "так", "у", "что", "это",
	"я"};

/* Sorted. What an ordinal with a full stop stands before in German. */
static const char *const after_ordinals[] = {"april", "august", "bundesliga",
	"dezember", "etage", "fc", "februar", "jahrhundert", "jahrhunderts",
	"januar", "juli", "juni", "jänner", "klasse", "liga", "mai", "märz",
	"november", "oktober", "september", "weltkrieg", "weltkriegs"};

/* Sorted. What an hour with "a.m." or "p.m." stands before. */
static const char *const after_hours[] = {"cet", "edt", "est", "friday", "gmt",
	"monday", "pdt", "pst", "saturday", "sunday", "thursday", "tuesday",
	"utc", "wednesday"};

static int
compare_words(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static int
compare_rows(const void *a, const void *b)
{
	return strcmp(a, ((const struct shortened *)b)->word);
}

#define IN(list, word)                                          \
	(bsearch((word), (list), sizeof(list) / sizeof *(list), \
		 sizeof *(list), compare_words) != NULL)

/* A word, folded. */
struct word {
	char folded[LONGEST + 1]; /* empty: there is none, or it is too long */
	size_t letters;           /* code points that are letters */
	bool upper;               /* the first one is a capital */
	bool digits;              /* it has digits and nothing else */
	bool stops;               /* a full stop stands inside */
};

/* take() of a word of ASCII letters, digits and full stops. False if it is
   another. */
static bool
take_plain(struct word *word, struct stemma_view view)
{
	size_t digits = 0;

	if (view.size > LONGEST)
		return false;
	for (size_t k = 0; k < view.size; k++) {
		unsigned char c = (unsigned char)view.bytes[k], low = c | 0x20;

		if (low >= 'a' && low <= 'z') {
			word->letters++;
			word->folded[k] = (char)low;
			continue;
		}
		if (c != '.' && (c < '0' || c > '9'))
			return false;
		digits += c != '.';
		word->stops |= c == '.';
		word->folded[k] = (char)c;
	}
	word->upper = view.size && view.bytes[0] >= 'A' && view.bytes[0] <= 'Z';
	word->digits = view.size && digits == view.size;
	return true;
}

static void
take(struct word *word, struct stemma_view text, size_t start, size_t end)
{
	struct stemma_view view = {text.bytes + start, end - start};
	size_t size;

	memset(word, 0, sizeof *word);
	if (take_plain(word, view))
		return;
	memset(word, 0, sizeof *word);
	word->digits = start < end;
	for (size_t at = start; at < end; at += size) {
		const struct stemma_property *p =
			stemma_property_of(stemma_utf8_read(text, at, &size));

		if (at == start)
			word->upper = p->sentence == STEMMA_SB_UPPER;
		word->letters += p->kind == STEMMA_KIND_LETTER;
		word->digits &= p->kind == STEMMA_KIND_DIGIT;
		word->stops |= p->sentence == STEMMA_SB_ATERM;
	}
	size = stemma_fold_write(word->folded, LONGEST, view,
		STEMMA_FOLD_CASE | STEMMA_FOLD_TYPOGRAPHY);
	word->folded[size <= LONGEST ? size : 0] = '\0';
}

/* Where the word that ends at `end` starts: letters, digits, marks on them and
   full stops. `end` itself if it is longer than an abbreviation. */
static size_t
start_of(struct stemma_view text, size_t end)
{
	size_t at = end, size;

	while (at) {
		size_t before = stemma_utf8_before(text, at);
		const struct stemma_property *p = stemma_property_of(
			stemma_utf8_read(text, before, &size));

		if (p->kind != STEMMA_KIND_LETTER &&
			p->kind != STEMMA_KIND_DIGIT &&
			p->sentence != STEMMA_SB_ATERM &&
			p->sentence != STEMMA_SB_EXTEND)
			break;
		if (end - before > LONGEST)
			return end;
		at = before;
	}
	return at;
}

/* The word that begins at `at` or behind marks there. */
static void
take_next(struct word *word, struct stemma_view text, size_t at)
{
	size_t start, end, size = 0;
	const struct stemma_property *p = NULL;

	for (start = at; start < text.size; start += size) {
		p = stemma_property_of(stemma_utf8_read(text, start, &size));
		if (p->kind != STEMMA_KIND_MARK)
			break;
	}
	for (end = start; end < text.size && end - start <= LONGEST;
		end += size) {
		p = stemma_property_of(stemma_utf8_read(text, end, &size));
		if (p->kind != STEMMA_KIND_LETTER &&
			p->kind != STEMMA_KIND_DIGIT)
			break;
	}
	take(word, text, start, end);
}

/* Whether a word of one letter that ends at `start` in front of spaces stands
   before `start`: "J. " */
static bool
follows_initial(struct stemma_view text, size_t start)
{
	struct word word;
	size_t end = start;

	while (end && (text.bytes[end - 1] == ' '))
		end--;
	if (end == start || end == 0 || text.bytes[end - 1] != '.')
		return false;
	take(&word, text, start_of(text, end - 1), end - 1);
	return word.letters == 1 && word.upper;
}

/* "J. K. Rowling", "George W. Bush": not the Roman numbers of kings and wars,
   nor the pronoun, unless another initial stands beside them. */
static bool
is_initial(struct stemma_view text, size_t start, const struct word *word,
	const struct word *next)
{
	if (next->letters == 1)
		return next->upper;
	if (!next->upper || IN(starters, next->folded))
		return false;
	return !strchr("ivx", *word->folded) || follows_initial(text, start);
}

/* What closes behind a stop closes the sentence too, so a space has to be. */
static bool
is_space(struct stemma_view text, size_t at)
{
	size_t size;

	return at < text.size &&
	       stemma_property_of(stemma_utf8_read(text, at, &size))->kind ==
		       STEMMA_KIND_SPACE;
}

static bool
may_follow(const struct shortened *row, const struct word *word,
	const struct word *next)
{
	switch (row->follower) {
	case ANYTHING: /* "Roe v. Wade", not "Henry V. Shakespeare" */
		return word->letters > 1 || !word->upper;
	case A_NUMBER:
		return next->digits;
	default:
		return !IN(starters, next->folded);
	}
}

bool
stemma_is_abbreviation(struct stemma_view text, size_t stop, size_t next)
{
	size_t start = start_of(text, stop);
	const struct shortened *row;
	struct word word, follower;

	if (start == stop || text.bytes[stop] != '.' ||
		!is_space(text, stop + 1))
		return false;
	take(&word, text, start, stop);
	row = word.digits ? NULL
			  : bsearch(word.folded, table,
				    sizeof table / sizeof *table, sizeof *table,
				    compare_rows);
	/* So it is with nearly all: a word like any other. */
	if (!row && !word.digits && !word.stops && word.letters != 1)
		return false;
	take_next(&follower, text, next);
	if (word.digits)
		return stop - start <= 2 && IN(after_ordinals, follower.folded);
	if (row && may_follow(row, &word, &follower))
		return true;
	if (word.letters == 1)
		return word.upper && is_initial(text, start, &word, &follower);
	if (!word.stops)
		return false;
	if (strcmp(word.folded, "a.m") == 0 || strcmp(word.folded, "p.m") == 0)
		return IN(after_hours, follower.folded);
	/* "z.B.", "i.e." point at what follows; "U.S.", "Ph.D." may be last. */
	return !word.upper || !IN(starters, follower.folded);
}

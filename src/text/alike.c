/* SPDX-License-Identifier: MIT */
#include "base/eight.h"
#include "fold.h"
#include "tables.h"
#include "utf8.h"

/*
 * Whether folding drops a character, composes it with another or puts it
 * elsewhere, or one takes what follows into its word: only such a one makes
 * other words of a text than of the folded text. Few texts of a Latin script
 * have any.
 */
static bool
is_reshaped(struct stemma_view text)
{
	size_t at = 0, size;

	while (at < text.size) {
		const struct stemma_property *p;

		while (text.size - at >= 8 &&
			!(stemma_eight(text.bytes + at) & STEMMA_EACH(0x80u)))
			at += 8;
		if (at == text.size)
			break;
		p = stemma_property_of(stemma_utf8_read(text, at, &size));
		if (p->folds >= STEMMA_FOLDS_INVISIBLE || p->ccc ||
			p->flags & STEMMA_IS_UNNORMAL ||
			p->grapheme == STEMMA_GB_PREPEND)
			return true;
		at += size;
	}
	return false;
}

enum stemma_code
stemma_fold_alike(bool *alike, struct stemma_view a, struct stemma_view b,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_view folded[2];
	enum stemma_code code;

	*alike = false;
	if (!is_reshaped(a) && !is_reshaped(b))
		return STEMMA_OK;
	if (stemma_fold_write(NULL, 0, a, STEMMA_FOLD_TYPOGRAPHY) !=
		stemma_fold_write(NULL, 0, b, STEMMA_FOLD_TYPOGRAPHY))
		return STEMMA_OK;
	code = stemma_fold(&folded[0], a, STEMMA_FOLD_TYPOGRAPHY, scratch);
	if (code == STEMMA_OK)
		code = stemma_fold(
			&folded[1], b, STEMMA_FOLD_TYPOGRAPHY, scratch);
	*alike = code == STEMMA_OK && stemma_view_equal(folded[0], folded[1]);
	stemma_arena_rewind(scratch, mark);
	return code;
}

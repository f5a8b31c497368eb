/*
 * Any bytes are a text: read them, and hold the document to what text.h says.
 * The first byte chooses the options, the rest is the file.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include <stemma.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

static void
check_unit(const struct stemma_doc *doc, size_t index,
	struct stemma_intern *intern, struct stemma_arena *arena)
{
	const struct stemma_unit *unit = &doc->units[index];
	struct stemma_span span = {unit->start, unit->end};
	struct stemma_words words;
	struct stemma_span *sentences;
	size_t count, at = unit->start;

	check(unit->start < unit->end && unit->end <= doc->text.size);
	check(index == 0 || doc->units[index - 1].end <= unit->start);
	check(unit->key == stemma_hash(stemma_doc_unit(doc, index)));
	check(stemma_words_split(&words, doc, span, intern, arena) ==
		STEMMA_OK);
	for (size_t k = 0; k < words.count; k++) {
		check(words.words[k].start < words.words[k].end);
		check(words.base + words.words[k].end <= unit->end);
		check(k == 0 || words.words[k - 1].end <= words.words[k].start);
		check(words.words[k].id < stemma_intern_count(intern));
	}
	check(stemma_sentences_split(&sentences, &count, doc, span, arena) ==
		STEMMA_OK);
	for (size_t k = 0; k < count; k++) {
		check(sentences[k].start < sentences[k].end);
		check(sentences[k].start >= at &&
			sentences[k].end <= unit->end);
		at = sentences[k].end;
	}
	for (at = unit->start; at < unit->end;) {
		size_t next = stemma_grapheme_next(doc->text, at);

		check(next > at && next <= doc->text.size);
		at = next;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = {
		NULL, "utf-8", "utf-16le", "iso-8859-2"};
	struct stemma_arena *arena = stemma_arena_new((size_t)256 << 20);
	struct stemma_text_options options = {0};
	struct stemma_intern *intern;
	struct stemma_doc doc;
	size_t before = 0;

	if (size == 0 || !arena) {
		stemma_arena_free(arena);
		return 0;
	}
	options.encoding = encodings[data[0] & 3];
	options.unit =
		data[0] & 4 ? STEMMA_UNIT_SENTENCE : STEMMA_UNIT_PARAGRAPH;
	options.layout = (enum stemma_layout)((data[0] >> 3) % 5);
	intern = stemma_intern_new(arena);
	check(intern != NULL);
	check(stemma_doc_split(&doc,
		      (struct stemma_view){(const char *)data + 1, size - 1},
		      &options, arena, NULL) == STEMMA_OK);
	for (size_t k = 0; k < doc.unit_count; k++)
		check_unit(&doc, k, intern, arena);
	for (size_t at = 0; at <= doc.text.size; at++) {
		size_t raw = stemma_doc_offset(&doc, at);

		check(raw >= before && raw <= size - 1);
		before = raw;
	}
	stemma_arena_free(arena);
	return 0;
}

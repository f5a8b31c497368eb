/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cues.h"
#include "lexeme.h"
#include "page.h"
#include "shape.h"
#include "terms.h"

/* Words in which the line "LONDON (Reuters) -" must come to its dash. */
#define DATELINE_WORDS 12

static bool
is_quote_mark(uint32_t c)
{
	return c == '"' || c == 0x201c || c == 0x201d || c == 0x201e ||
	       c == 0xab || c == 0xbb || c == 0x300c || c == 0x300d;
}

static uint32_t
point_of(const struct stemma_page *page, size_t word)
{
	const struct stemma_words *words = &page->words;
	size_t size;

	return stemma_code_point(
		page->doc->text, words->base + words->words[word].start, &size);
}

/*
 * How a token stands to the one before it: whether a sentence or a quotation
 * begins, or no more than a blank, a hyphen or the full stop of an initial
 * lies between them.
 */
static uint8_t
gap_flags(const struct stemma_page *page, const struct stemma_token *last,
	uint32_t word)
{
	const struct stemma_word *words = page->words.words;
	const struct stemma_word *a = &words[last->word], *b = &words[word];
	bool is_short = page->lexemes[last->lexeme].flags & STEMMA_LEXEME_SHORT;
	uint8_t flags = 0;
	uint32_t c = 0;

	if (last->word + 1 == word) {
		if (a->sentence_end)
			return STEMMA_TOKEN_BEGINS | STEMMA_TOKEN_SENTENCE;
		return b->start - a->end <= 2 ? STEMMA_TOKEN_GLUED : 0;
	}
	for (uint32_t k = last->word + 1; k < word; k++) {
		c = point_of(page, k);
		if (c == '.' && is_short && k == last->word + 1)
			continue;
		if (words[k].sentence_end || c == '!' || c == '?' ||
			c == 0x3002)
			flags |= STEMMA_TOKEN_BEGINS | STEMMA_TOKEN_SENTENCE;
		else if (c == ':' || c == 0x2018 || is_quote_mark(c))
			flags |= STEMMA_TOKEN_BEGINS;
	}
	if (!flags && last->word + 2 == word &&
		a->end == words[word - 1].start &&
		(c == '.' || (c == '-' && words[word - 1].end == b->start)))
		flags = STEMMA_TOKEN_GLUED;
	return flags;
}

/* Flags that tell of the body of a block, not of what stands in front. */
#define OF_THE_BODY                                                \
	(STEMMA_BLOCK_QUOTE | STEMMA_BLOCK_QUOTE_END |             \
		STEMMA_BLOCK_QUOTED_LEAD | STEMMA_BLOCK_DATELINE | \
		STEMMA_BLOCK_COLON)

/* The tokens of a paragraph as its twin had them, if it did. */
static bool
copy_tokens(struct stemma_page *page, struct stemma_block *block, size_t k,
	const struct stemma_page *before)
{
	struct stemma_token *tokens = &page->tokens[page->token_count];
	const struct stemma_block *from;
	size_t twin;

	if (!page->alike || !page->copied[k])
		return false;
	twin = (size_t)(page->paragraphs[k].twin - before->paragraphs);
	if (before->block_of[twin] == STEMMA_NONE)
		return false;
	page->twins[page->block_count] = before->block_of[twin];
	from = &before->blocks[before->block_of[twin]];
	for (uint32_t t = 0; t < from->token_count; t++) {
		const struct stemma_token *token =
			&before->tokens[from->first_token + t];
		uint32_t word = token->word - before->first_words[twin] +
				page->first_words[k];

		tokens[t] = (struct stemma_token){.word = word,
			.lexeme = page->words.words[word].id,
			.term = STEMMA_NONE,
			.flags = token->flags};
	}
	block->first_token = (uint32_t)page->token_count;
	block->token_count = from->token_count;
	block->lead = from->lead;
	block->flags |= from->flags & OF_THE_BODY;
	page->token_count += from->token_count;
	return true;
}

/* The tokens of the words up to byte `end`; `*word` is where to go on. */
static void
read_tokens(struct stemma_page *page, struct stemma_block *block,
	uint32_t *word, size_t end)
{
	const struct stemma_words *words = &page->words;

	block->first_token = (uint32_t)page->token_count;
	for (; *word < words->count &&
		words->base + words->words[*word].start < end;
		++*word) {
		struct stemma_token *token = &page->tokens[page->token_count];
		uint32_t id = words->words[*word].id;

		if (!page->lexemes[id].flags)
			continue;
		*token = (struct stemma_token){.word = *word,
			.lexeme = id,
			.term = STEMMA_NONE,
			.flags = STEMMA_TOKEN_BEGINS};
		if (block->token_count)
			token->flags = gap_flags(page, token - 1, *word);
		if (!block->lead && token->flags & STEMMA_TOKEN_SENTENCE)
			block->lead = block->token_count;
		block->token_count++;
		page->token_count++;
	}
	if (!block->lead)
		block->lead = block->token_count;
}

/*
 * Whether the words from `word` on begin with a place, perhaps a day and an
 * agency, and a dash: capitals, or an agency in brackets, tell it from a
 * sentence with a dash.
 */
static bool
is_dateline(const struct stemma_page *page, uint32_t word, uint32_t end)
{
	bool bracket = false, agency = false, capitals = false;
	const struct stemma_word *words = page->words.words;
	uint32_t first = word;

	if (end > word + DATELINE_WORDS)
		end = word + DATELINE_WORDS;
	for (; word < end; word++) {
		const struct stemma_lexeme *l = &page->lexemes[words[word].id];
		uint32_t c = l->flags ? 0 : point_of(page, word);
		bool apart =
			word > first && words[word].start > words[word - 1].end;

		if (c == '(' || c == ')') {
			bracket = c == '(';
			agency |= c == ')' && word <= first + 8;
		} else if (c == '-' || c == 0x2013 || c == 0x2014) {
			if (apart)
				return word > first && (agency || capitals);
		} else if (c == ':') {
			return capitals && !agency;
		} else if (l->flags & STEMMA_LEXEME_CAPITALS && !bracket) {
			capitals = true;
		} else if (c == ',' || c == '.' || c == '/' || bracket ||
			   l->flags & (STEMMA_LEXEME_CAPITAL |
					      STEMMA_LEXEME_NUMBER) ||
			   l->cues & (STEMMA_CUE_MONTH | STEMMA_CUE_PARTICLE |
					     STEMMA_CUE_TIME)) {
			continue;
		} else if (!agency || l->flags & STEMMA_LEXEME_WORD) {
			/* "(CNN) The sentence goes on" needs no dash. */
			return agency && word <= first + 4 &&
			       point_of(page, first) == '(';
		}
	}
	return false;
}

static void
mark(const struct stemma_page *page, struct stemma_block *block,
	uint32_t first_word, uint32_t end_word)
{
	uint32_t last, lead_end = end_word;

	if (first_word == end_word)
		return;
	if (is_quote_mark(point_of(page, first_word)))
		block->flags |= STEMMA_BLOCK_QUOTE;
	last = point_of(page, end_word - 1);
	if (is_quote_mark(last) || last == 0x2019 || last == '\'')
		block->flags |= STEMMA_BLOCK_QUOTE_END;
	if (last == ':')
		block->flags |= STEMMA_BLOCK_COLON;
	if (block->lead < block->token_count)
		lead_end = page->tokens[block->first_token + block->lead].word;
	for (uint32_t k = first_word; k < lead_end; k++) {
		if (!page->lexemes[page->words.words[k].id].flags &&
			is_quote_mark(point_of(page, k)))
			block->flags |= STEMMA_BLOCK_QUOTED_LEAD;
	}
	if (is_dateline(page, first_word, end_word))
		block->flags |= STEMMA_BLOCK_DATELINE;
}

/* Take note of a paragraph that stands in front of a block's body. */
static void
put_in_front(struct stemma_block *block,
	const struct stemma_paragraph *paragraph, uint32_t words)
{
	switch (paragraph->shape) {
	case STEMMA_SHAPE_HEADING:
		if (block->headings < UINT16_MAX)
			block->headings++;
		if (words > block->heading_words)
			block->heading_words =
				(uint16_t)(words < 999 ? words : 999);
		break;
	case STEMMA_SHAPE_RULE:
		/* What stood in front of it ends the story before. */
		*block = (struct stemma_block){
			.first_unit = STEMMA_NONE, .flags = STEMMA_BLOCK_RULE};
		break;
	case STEMMA_SHAPE_BYLINE:
		if (block->headings)
			block->flags |= STEMMA_BLOCK_SIGNED;
		block->flags |= STEMMA_BLOCK_BYLINE;
		break;
	case STEMMA_SHAPE_DATELINE:
		/* The hours of one day stand in a page that grows. */
		if (paragraph->traits & STEMMA_TRAIT_DAY)
			block->flags |= STEMMA_BLOCK_DATED;
		break;
	case STEMMA_SHAPE_CAPTION:
		block->flags |= STEMMA_BLOCK_CAPTION;
		break;
	default:
		block->flags |= STEMMA_BLOCK_CLOSED;
		break;
	}
}

static bool
is_body(const struct stemma_paragraph *paragraph)
{
	return paragraph->shape == STEMMA_SHAPE_BODY ||
	       paragraph->shape == STEMMA_SHAPE_LIST ||
	       paragraph->shape == STEMMA_SHAPE_QUOTE;
}

/* Whether what `paragraph` is goes with the story before it. */
static bool
belongs_before(const struct stemma_paragraph *paragraph)
{
	return paragraph->shape == STEMMA_SHAPE_RULE ||
	       paragraph->shape == STEMMA_SHAPE_BOILERPLATE ||
	       paragraph->shape == STEMMA_SHAPE_CORRECTION;
}

/* Pass over the words up to byte `end`. */
static void
pass_words(const struct stemma_page *page, uint32_t *word, size_t end)
{
	const struct stemma_words *words = &page->words;

	while (*word < words->count &&
		words->base + words->words[*word].start < end)
		++*word;
}

/* The body of a block, which is paragraph `k`; its words go up to `*word`. */
static void
read_body(struct stemma_page *page, struct stemma_block *block, size_t k,
	const struct stemma_page *before, uint32_t *word)
{
	const struct stemma_paragraph *p = &page->paragraphs[k];
	uint32_t first = *word;

	block->unit = p->first_unit;
	if (p->shape == STEMMA_SHAPE_LIST)
		block->flags |= STEMMA_BLOCK_LIST;
	page->block_of[k] = (uint32_t)page->block_count;
	page->twins[page->block_count] = STEMMA_NONE;
	if (copy_tokens(page, block, k, before)) {
		pass_words(page, word, p->span.end);
	} else {
		read_tokens(page, block, word, p->span.end);
		mark(page, block, first, *word);
	}
	page->blocks[page->block_count++] = *block;
}

static void
read_blocks(struct stemma_page *page, const struct stemma_page *before)
{
	struct stemma_block block = {.first_unit = STEMMA_NONE};
	uint32_t word = 0;

	for (size_t k = 0; k < page->paragraph_count; k++) {
		const struct stemma_paragraph *p = &page->paragraphs[k];

		if (block.first_unit == STEMMA_NONE && !belongs_before(p))
			block.first_unit = p->first_unit;
		page->first_words[k] = word;
		if (is_body(p)) {
			read_body(page, &block, k, before, &word);
			block = (struct stemma_block){
				.first_unit = STEMMA_NONE};
			continue;
		}
		page->block_of[k] = STEMMA_NONE;
		pass_words(page, &word, p->span.end);
		put_in_front(&block, p, word - page->first_words[k]);
	}
	page->first_words[page->paragraph_count] = word;
}

enum stemma_code
stemma_page_read(struct stemma_page *page, const struct stemma_doc *doc,
	const struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_page *before, struct stemma_arena *arena)
{
	enum stemma_code code;

	*page = (struct stemma_page){
		.doc = doc, .paragraphs = paragraphs, .paragraph_count = count};
	code = stemma_page_words(page, before, arena);
	if (code == STEMMA_OK)
		code = stemma_lexemes_make(page, before, arena);
	if (code != STEMMA_OK)
		return code;
	page->first_words =
		stemma_arena_alloc(arena, count + 1, sizeof *page->first_words);
	page->block_of =
		stemma_arena_alloc(arena, count, sizeof *page->block_of);
	page->tokens = stemma_arena_alloc(
		arena, page->words.count, sizeof *page->tokens);
	page->blocks = stemma_arena_alloc(arena, count, sizeof *page->blocks);
	page->twins = stemma_arena_alloc(arena, count, sizeof *page->twins);
	if (!page->first_words || !page->block_of || !page->tokens ||
		!page->blocks || !page->twins)
		return STEMMA_NOMEM;
	read_blocks(page, before);
	return stemma_terms_find(page, before, arena);
}

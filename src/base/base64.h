/*
 * base64.h - bytes as text (RFC 4648, section 4, padded, no line breaks).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_BASE_BASE64_H
#define STEMMA_BASE_BASE64_H

#include <stemma/base.h>

void stemma_base64_write(struct stemma_out *out, struct stemma_view bytes);

/*
 * Decode `text` into `arena`. False if it is no base64 or there is no memory
 * (then `*nomem` is true).
 */
bool stemma_base64_read(struct stemma_view *bytes, struct stemma_view text,
	struct stemma_arena *arena, bool *nomem);

#endif

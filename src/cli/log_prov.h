/*
 * log_prov.h - a story's history as PROV-JSON, W3C's way to tell provenance
 * (docs/formats.md).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_LOG_PROV_H
#define STEMMA_CLI_LOG_PROV_H

#include <stemma.h>

/* Write the revisions of `log` from `first` (from 0) on. O(revisions). */
void stemma_log_prov_write(
	struct stemma_out *out, const struct stemma_log *log, uint32_t first);

#endif

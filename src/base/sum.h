/*
 * sum.h - the checksum of git's files.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_BASE_SUM_H
#define STEMMA_BASE_SUM_H

#include <stemma/base.h>

/* SHA-1 of the bytes: of no use against somebody who looks for two texts that
   have the same. */
void stemma_sha1(unsigned char digest[20], struct stemma_view view);

#endif

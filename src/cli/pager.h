/*
 * pager.h - long output on a terminal goes through a pager, as git does it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_PAGER_H
#define STEMMA_CLI_PAGER_H

#include "output.h"

/*
 * Put a pager between `output` and the terminal, if it is one: STEMMA_PAGER,
 * else PAGER, else less; empty or "cat" is none. LESS=FRX and LV=-c are set
 * for it unless they are. Without a working pager `output` stays as it is.
 */
void stemma_pager_start(struct stemma_output *output);

/* Wait until the reader has finished; the pipe to the pager is closed. */
void stemma_pager_wait(struct stemma_output *output);

#endif

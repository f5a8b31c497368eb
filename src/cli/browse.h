/*
 * browse.h - a page shown in the user's browser.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_BROWSE_H
#define STEMMA_CLI_BROWSE_H

/*
 * Show the file `path` with BROWSER, else what the desktop or the system calls so,
 * and wait until that has ended, for it may be one for the terminal. Returns 0,
 * or STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_browse(const char *path);

/*
 * The name of a new empty file for a page that is only to be shown: nobody else
 * may read it, and it stays, as nobody knows when the browser has read it. The
 * caller frees it; NULL after a line on stderr.
 */
char *stemma_browse_file(void);

#endif

/*
 * stemma.h - the whole library, in the order in which data flows:
 *
 *     bytes -> text -> (structure, align, reuse) -> compare -> render
 *
 * and beside it the store, which keeps the bytes of all versions, and the
 * index, which finds passages and stories in it. A caller who wants one part
 * includes its header alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_H
#define STEMMA_H

#include <stemma/base.h>
#include <stemma/text.h>
#include <stemma/structure.h>
#include <stemma/reuse.h>
#include <stemma/compare.h>
#include <stemma/collate.h>
#include <stemma/trace.h>
#include <stemma/render.h>
#include <stemma/critic.h>
#include <stemma/store.h>
#include <stemma/index.h>

#endif

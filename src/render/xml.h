/*
 * xml.h - any text as XML's character data or the value of an attribute.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_XML_H
#define STEMMA_RENDER_XML_H

#include <stemma/base.h>

/*
 * Escape < > & and quotation marks; what XML 1.0 has no way to say (controls,
 * U+FFFE, U+FFFF) and invalid sequences become U+FFFD, line breaks spaces.
 */
void stemma_xml_write(struct stemma_out *out, struct stemma_view text);

#endif

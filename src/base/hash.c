/* SPDX-License-Identifier: MIT */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The one-shot functions are all we need, and the only ones of libcrypto that
   work without its costly initialisation. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <stemma/base.h>

#include "base/sum.h"

uint64_t
stemma_hash(struct stemma_view view)
{
	return XXH3_64bits(view.bytes, view.size);
}

void
stemma_sha256(unsigned char digest[32], struct stemma_view view)
{
	SHA256_CTX context;

	SHA256_Init(&context);
	SHA256_Update(&context, view.bytes, view.size);
	SHA256_Final(digest, &context);
}

void
stemma_sha256_hex(char hex[65], struct stemma_view view)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[32];

	stemma_sha256(digest, view);
	for (size_t k = 0; k < sizeof digest; k++) {
		hex[2 * k] = digits[digest[k] >> 4];
		hex[2 * k + 1] = digits[digest[k] & 15];
	}
	hex[64] = '\0';
}

void
stemma_sha1(unsigned char digest[20], struct stemma_view view)
{
	SHA_CTX context;

	SHA1_Init(&context);
	SHA1_Update(&context, view.bytes, view.size);
	SHA1_Final(digest, &context);
}

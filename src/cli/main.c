/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stemma.h>

int
main(void)
{
	char hex[65];

	stemma_sha256_hex(hex, stemma_view_of("abc"));
	printf("stemma %s %s\n", stemma_version(), hex);
	return 0;
}

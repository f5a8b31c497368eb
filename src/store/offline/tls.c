/*
 * tls.c - the calls of libgit2 to mbedTLS that have to answer something, so
 * that it starts: see stubs.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <mbedtls/error.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#pragma GCC visibility push(hidden)

/* libgit2 frees what the structure says it owns. */
void
mbedtls_ssl_config_init(mbedtls_ssl_config *config)
{
	memset(config, 0, sizeof *config);
}

void
mbedtls_ssl_conf_rng(mbedtls_ssl_config *config,
	int (*random)(void *, unsigned char *, size_t), void *generator)
{
	(void)random;
	config->p_rng = generator;
}

/* It does not start unless it knows one cipher at least. */
int
mbedtls_ssl_get_ciphersuite_id(const char *name)
{
	return name != NULL;
}

/* There are no authorities; it starts without, and forgets the chain. */
int
mbedtls_x509_crt_parse_file(mbedtls_x509_crt *chain, const char *path)
{
	(void)chain;
	(void)path;
	return MBEDTLS_ERR_X509_FILE_IO_ERROR;
}

int
mbedtls_x509_crt_parse_path(mbedtls_x509_crt *chain, const char *path)
{
	(void)chain;
	(void)path;
	return MBEDTLS_ERR_X509_FILE_IO_ERROR;
}

void
mbedtls_strerror(int error, char *text, size_t size)
{
	(void)error;
	if (size > 0)
		text[0] = '\0';
}

#pragma GCC visibility pop

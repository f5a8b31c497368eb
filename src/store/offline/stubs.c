/*
 * stubs.c - what libgit2's archive asks of network libraries, for a program
 * that never asks libgit2 for the network: that is the git program's work.
 *
 * libgit2 starts TLS and SSH whenever it starts, and TLS reads the list of all
 * certificate authorities, which takes longer than all that we do (10 ms
 * beside 2). Here every such call succeeds at once and does nothing; tls.c has
 * those that may not, and regex.c what is there of regular expressions. They are
 * linked into the program alone, never into the library.
 *
 * SPDX-License-Identifier: MIT
 */

__attribute__((visibility("hidden"))) int stemma_offline(void);

int
stemma_offline(void)
{
	return 0;
}

/* A linker's name for the function above; nobody looks at its type. */
#define OFFLINE(name)  \
	int name(void) \
		__attribute__((alias("stemma_offline"), visibility("hidden")))

OFFLINE(gss_delete_sec_context);
OFFLINE(gss_display_status);
OFFLINE(gss_import_name);
OFFLINE(gss_indicate_mechs);
OFFLINE(gss_init_sec_context);
OFFLINE(gss_release_buffer);
OFFLINE(gss_release_name);
OFFLINE(gss_release_oid_set);

OFFLINE(libssh2_agent_connect);
OFFLINE(libssh2_agent_disconnect);
OFFLINE(libssh2_agent_free);
OFFLINE(libssh2_agent_get_identity);
OFFLINE(libssh2_agent_init);
OFFLINE(libssh2_agent_list_identities);
OFFLINE(libssh2_agent_userauth);
OFFLINE(libssh2_channel_close);
OFFLINE(libssh2_channel_free);
OFFLINE(libssh2_channel_open_ex);
OFFLINE(libssh2_channel_process_startup);
OFFLINE(libssh2_channel_read_ex);
OFFLINE(libssh2_channel_set_blocking);
OFFLINE(libssh2_channel_write_ex);
OFFLINE(libssh2_exit);
OFFLINE(libssh2_hostkey_hash);
OFFLINE(libssh2_init);
OFFLINE(libssh2_knownhost_checkp);
OFFLINE(libssh2_knownhost_free);
OFFLINE(libssh2_knownhost_init);
OFFLINE(libssh2_knownhost_readfile);
OFFLINE(libssh2_session_abstract);
OFFLINE(libssh2_session_disconnect_ex);
OFFLINE(libssh2_session_free);
OFFLINE(libssh2_session_handshake);
OFFLINE(libssh2_session_hostkey);
OFFLINE(libssh2_session_init_ex);
OFFLINE(libssh2_session_last_error);
OFFLINE(libssh2_session_method_pref);
OFFLINE(libssh2_session_set_blocking);
OFFLINE(libssh2_userauth_authenticated);
OFFLINE(libssh2_userauth_keyboard_interactive_ex);
OFFLINE(libssh2_userauth_list);
OFFLINE(libssh2_userauth_password_ex);
OFFLINE(libssh2_userauth_publickey);
OFFLINE(libssh2_userauth_publickey_fromfile_ex);
OFFLINE(libssh2_userauth_publickey_frommemory);

OFFLINE(mbedtls_ctr_drbg_free);
OFFLINE(mbedtls_ctr_drbg_init);
OFFLINE(mbedtls_ctr_drbg_random);
OFFLINE(mbedtls_ctr_drbg_seed);
OFFLINE(mbedtls_entropy_free);
OFFLINE(mbedtls_entropy_func);
OFFLINE(mbedtls_entropy_init);
OFFLINE(mbedtls_ssl_close_notify);
OFFLINE(mbedtls_ssl_conf_authmode);
OFFLINE(mbedtls_ssl_conf_ca_chain);
OFFLINE(mbedtls_ssl_conf_ciphersuites);
OFFLINE(mbedtls_ssl_conf_min_version);
OFFLINE(mbedtls_ssl_config_defaults);
OFFLINE(mbedtls_ssl_config_free);
OFFLINE(mbedtls_ssl_free);
OFFLINE(mbedtls_ssl_get_peer_cert);
OFFLINE(mbedtls_ssl_get_verify_result);
OFFLINE(mbedtls_ssl_handshake);
OFFLINE(mbedtls_ssl_init);
OFFLINE(mbedtls_ssl_read);
OFFLINE(mbedtls_ssl_set_bio);
OFFLINE(mbedtls_ssl_set_hostname);
OFFLINE(mbedtls_ssl_setup);
OFFLINE(mbedtls_ssl_write);
OFFLINE(mbedtls_x509_crt_free);
OFFLINE(mbedtls_x509_crt_init);
OFFLINE(mbedtls_x509_crt_verify_info);

/* A constant of GSSAPI. */
__attribute__((
	visibility("hidden"))) extern void *const GSS_C_NT_HOSTBASED_SERVICE;
void *const GSS_C_NT_HOSTBASED_SERVICE = 0;

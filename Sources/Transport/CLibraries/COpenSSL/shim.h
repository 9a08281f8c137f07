#ifndef OPENMMT_COPENSSL_H
#define OPENMMT_COPENSSL_H

// Much of OpenSSL is macros, which Swift does not import: functions that are macros, constants that are
// casts, and the accessors of its stacks.

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

// OpenSSL's exit handler races with threads that still run. To be called before anything else of
// OpenSSL or of a library that uses it.
static inline int COpenSSL_start(void) {
  return OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
}

static inline long COpenSSL_setMinimumVersion(SSL_CTX *context, int version) {
  return SSL_CTX_set_min_proto_version(context, version);
}

static inline long COpenSSL_setMode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_mode(context, mode);
}

static inline long COpenSSL_setSessionCacheMode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}

// The server chooses the cipher; no compression; no renegotiation.
static inline uint64_t COpenSSL_setServerOptions(SSL_CTX *context) {
  return SSL_CTX_set_options(
      context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
}

static inline unsigned long COpenSSL_setHostName(SSL *connection, const char *name) {
  return SSL_set_tlsext_host_name(connection, name);
}

// Whether an error says that a key is not the one of a certificate. OpenSSL finds out in several places.
static inline int COpenSSL_isMismatch(unsigned long error) {
  if (ERR_GET_LIB(error) == ERR_LIB_X509) {
    return ERR_GET_REASON(error) == X509_R_KEY_VALUES_MISMATCH || ERR_GET_REASON(error) == X509_R_KEY_TYPE_MISMATCH;
  }
  return ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) == SSL_R_NO_CERTIFICATE_ASSIGNED;
}

static inline void COpenSSL_setRetryRead(BIO *bio) {
  BIO_clear_retry_flags(bio);
  BIO_set_retry_read(bio);
}

static inline void COpenSSL_clearRetry(BIO *bio) {
  BIO_clear_retry_flags(bio);
}

// Copies a name, unless it is empty, too long, or holds a NUL with which it could pass for another.
static inline int COpenSSL_copyName(const ASN1_STRING *string, char *name, int capacity) {
  int length = ASN1_STRING_length(string);
  const unsigned char *bytes = ASN1_STRING_get0_data(string);
  if (length <= 0 || length > capacity || memchr(bytes, 0, (size_t)length)) return 0;
  memcpy(name, bytes, (size_t)length);
  return length;
}

// The name of a certificate's owner: the first alternative name that is a DNS name, a URI or an e-mail
// address, else the common name. Returns its length in bytes, 0 where there is none.
static inline int COpenSSL_nameOf(X509 *certificate, char *name, int capacity) {
  int length = 0;
  GENERAL_NAMES *names = (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  for (int index = 0; names && !length && index < sk_GENERAL_NAME_num(names); index++) {
    int type = 0;
    void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &type);
    if (type == GEN_DNS || type == GEN_URI || type == GEN_EMAIL) {
      length = COpenSSL_copyName((const ASN1_STRING *)value, name, capacity);
    }
  }
  GENERAL_NAMES_free(names);
  if (length) return length;
  X509_NAME *subject = X509_get_subject_name(certificate);
  int position = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (position < 0) return 0;
  return COpenSSL_copyName(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, position)), name, capacity);
}

#endif

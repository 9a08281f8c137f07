#ifndef OPENMMT_CCURL_H
#define OPENMMT_CCURL_H

// libcurl's setters and getters take a variable number of arguments, which Swift cannot call. Here is
// one function for each kind of argument. All return CURLE_OK (0) or the library's error.

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/socket.h>

static inline CURLcode CCurl_setLong(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCurl_setLarge(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCurl_setText(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCurl_setPointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCurl_setList(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*CCurl_WriteCallback)(char *data, size_t size, size_t count, void *context);

static inline CURLcode CCurl_setWriteCallback(CURL *handle, CCurl_WriteCallback callback) {
  return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
}

static inline CURLcode CCurl_setHeaderCallback(CURL *handle, CCurl_WriteCallback callback) {
  return curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
}

// Copies the bytes.
static inline CURLcode CCurl_setBlob(CURL *handle, CURLoption option, const void *bytes, size_t length) {
  struct curl_blob blob = {(void *)bytes, length, CURL_BLOB_COPY};
  return curl_easy_setopt(handle, option, &blob);
}

static inline int CCurl_limitAcknowledgement(void *milliseconds, curl_socket_t socket, curlsocktype purpose) {
  unsigned int value = (unsigned int)(uintptr_t)milliseconds;
  (void)purpose;
  // A socket that does not know of it, such as one of a Unix domain, is as good without.
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value);
  return CURL_SOCKOPT_OK;
}

// Data and keep-alive probes that nobody acknowledges for so long end the connection.
static inline CURLcode CCurl_setAcknowledgementTimeout(CURL *handle, unsigned int milliseconds) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, CCurl_limitAcknowledgement);
  return code ? code : curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, (void *)(uintptr_t)milliseconds);
}

static inline CURLcode CCurl_getLong(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode CCurl_getLarge(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode CCurl_getPointer(CURL *handle, CURLINFO info, void **value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode CCurl_getSocket(CURL *handle, CURLINFO info, curl_socket_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

typedef int (*CCurl_SocketCallback)(CURL *easy, curl_socket_t socket, int what, void *context, void *socketContext);
typedef int (*CCurl_TimerCallback)(CURLM *multi, long milliseconds, void *context);

static inline CURLMcode CCurl_setMultiLong(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode CCurl_setSocketCallback(CURLM *multi, CCurl_SocketCallback callback, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
  return code ? code : curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
}

static inline CURLMcode CCurl_setTimerCallback(CURLM *multi, CCurl_TimerCallback callback, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
  return code ? code : curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

// A message's result is a member of a union, which Swift sees as raw bytes.
static inline CURLcode CCurl_resultOf(const CURLMsg *message) {
  return message->data.result;
}

// Macros that are casts, which Swift does not import.
static const curl_socket_t CCurl_socketTimeout = CURL_SOCKET_TIMEOUT;

static const long CCurl_atLeastTLS12 = CURL_SSLVERSION_TLSv1_2;

static inline const char *CCurl_version(void) {
  return curl_version_info(CURLVERSION_NOW)->version;
}

// All that curl_global_init can start: CURL_GLOBAL_ALL.
static inline CURLcode CCurl_start(void) {
  return curl_global_init(CURL_GLOBAL_ALL);
}

#endif

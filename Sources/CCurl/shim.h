#include <curl/curl.h>

/* The library takes its options as variable arguments, which Swift can not pass. */

static inline CURLcode curl_set_number(CURL *transfer, CURLoption option, long value) {
  return curl_easy_setopt(transfer, option, value);
}

static inline CURLcode curl_set_size(CURL *transfer, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(transfer, option, value);
}

static inline CURLcode curl_set_text(CURL *transfer, CURLoption option, const char *value) {
  return curl_easy_setopt(transfer, option, value);
}

static inline CURLcode curl_set_pointer(CURL *transfer, CURLoption option, const void *value) {
  return curl_easy_setopt(transfer, option, value);
}

static inline CURLcode curl_set_headers(CURL *transfer, struct curl_slist *headers) {
  return curl_easy_setopt(transfer, CURLOPT_HTTPHEADER, headers);
}

typedef size_t (*curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_set_receiver(CURL *transfer, curl_receiver receiver, void *context) {
  CURLcode code = curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, receiver);
  return code != CURLE_OK ? code : curl_easy_setopt(transfer, CURLOPT_WRITEDATA, context);
}

typedef curl_socket_t (*curl_opener)(void *context, curlsocktype purpose, struct curl_sockaddr *to);

static inline CURLcode curl_set_opener(CURL *transfer, curl_opener opener, void *context) {
  CURLcode code = curl_easy_setopt(transfer, CURLOPT_OPENSOCKETFUNCTION, opener);
  return code != CURLE_OK ? code : curl_easy_setopt(transfer, CURLOPT_OPENSOCKETDATA, context);
}

static inline const struct sockaddr *curl_address(const struct curl_sockaddr *to) {
  return &to->addr;
}

static inline curl_socket_t curl_bad_socket(void) { return CURL_SOCKET_BAD; }

static inline long curl_status(CURL *transfer) {
  long status = 0;
  return curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

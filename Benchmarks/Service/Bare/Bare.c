/* What libmicrohttpd does alone with the same requests: it reads each body, and answers one and the
   same body as long as a quote is. Start it with a port, a number of bytes, and one of threads. */

#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct MHD_Response *answer;

static enum MHD_Result reply(void *context, struct MHD_Connection *connection, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **place) {
  static int started;
  (void)context, (void)url, (void)method, (void)version, (void)upload;
  if (*place == NULL) {
    *place = &started;
    return MHD_YES;
  }
  if (*upload_size > 0) {
    *upload_size = 0;
    return MHD_YES;
  }
  return MHD_queue_response(connection, 200, answer);
}

int main(int count, char **words) {
  if (count != 4) return fprintf(stderr, "usage: bare-http PORT BYTES THREADS\n"), 2;
  size_t size = (size_t)strtoul(words[2], NULL, 10);
  char *body = malloc(size + 1);
  if (body == NULL) return 2;
  memset(body, 'a', size);
  answer = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  sigprocmask(SIG_BLOCK, &ends, NULL);
  struct MHD_Daemon *daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, (uint16_t)atoi(words[1]), NULL, NULL, reply,
      NULL, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)atoi(words[3]), MHD_OPTION_END);
  if (daemon == NULL) return fprintf(stderr, "bare-http: the port can not be had\n"), 2;
  int signal;
  sigwait(&ends, &signal);
  MHD_stop_daemon(daemon);
  return 0;
}

/* The least that a proxy could do, with a thread and blocking sockets a connection: takes a body, decodes it,
 * looks for the tenant labels, sends, waits for the answers, and answers. It checks nothing, bounds nothing and
 * survives nothing; what it costs is what a real proxy is to be compared with.
 *
 * cc -O2 minimal-proxy.c -o minimal-proxy -lsnappy -lpthread && ./minimal-proxy SINK_PORT MODE
 *
 * MODE: `pass` sends the body on as it came; `split` sends what each of ten tenants, tnt0 to tnt9, gets, compressed
 * again; `both` does both, as with a default tenant.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <snappy-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { TENANTS = 10, ROOM = 4 << 20 };

static int sink_port, passes, splits;

static void check(long result) {
  if (result < 0) perror("minimal-proxy"), exit(1);
}

static size_t varint(const unsigned char **p) {
  size_t v = 0;
  for (int shift = 0;; shift += 7) {
    unsigned char b = *(*p)++;
    v |= (size_t)(b & 127) << shift;
    if (b < 128) return v;
  }
}

/* Finds each series' tenant, and copies the series to where the tenant's are. */
static void scan(const unsigned char *p, const unsigned char *end, char **out, size_t *lengths) {
  while (p < end) {
    const unsigned char *start = p++;
    size_t length = varint(&p);
    const unsigned char *stop = p + length;
    int tenant = 0;
    while (p < stop) {
      unsigned char tag = *p++;
      size_t n = tag == 10 || tag == 18 ? varint(&p) : 0;
      if (tag == 10 && p[1] == 9 && !memcmp(p + 2, "tenant_id", 9)) tenant = (p[16] - '0') % TENANTS;
      p += n;
    }
    if (!splits) continue;
    memcpy(out[tenant] + lengths[tenant], start, stop - start);
    lengths[tenant] += stop - start;
  }
}

static int dial(void) {
  struct sockaddr_in a = {
      .sin_family = AF_INET, .sin_port = htons(sink_port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  check(connect(s, (void *)&a, sizeof a));
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return s;
}

static void send_on(int s, int tenant, const char *body, size_t length) {
  char head[512];
  int n = snprintf(head, sizeof head,
                   "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: minimal\r\nX-Scope-OrgID: tnt%d\r\n"
                   "Content-Type: application/x-protobuf\r\nContent-Encoding: snappy\r\n"
                   "X-Prometheus-Remote-Write-Version: 0.1.0\r\nContent-Length: %zu\r\n\r\n",
                   tenant, length);
  /* A blocking socket takes all of it. */
  struct iovec parts[] = {{head, n}, {(char *)body, length}};
  check(writev(s, parts, 2) == (ssize_t)(n + length) ? 0 : -1);
}

static void read_answer(int s) {
  char answer[4096];
  size_t n = 0;
  do {
    ssize_t got = recv(s, answer + n, sizeof answer - 1 - n, 0);
    check(got - 1);
    answer[n += got] = 0;
  } while (!strstr(answer, "\r\n\r\n"));
}

/* Reads a request; returns where its body begins, and NULL where the peer has gone. */
static char *read_request(int s, char *in, size_t *length) {
  size_t n = 0, needed = 0;
  char *body = NULL;
  while (!body || n < needed) {
    ssize_t got = recv(s, in + n, ROOM - 1 - n, 0);
    if (got <= 0) return NULL;
    in[n += got] = 0;
    char *end = body ? NULL : strstr(in, "\r\n\r\n"), *field;
    if (!end || !(field = strcasestr(in, "content-length:"))) continue;
    body = end + 4;
    *length = atol(field + 15);
    needed = body - in + *length;
  }
  return body;
}

static void *serve(void *argument) {
  int client = (int)(long)argument, one = 1, upstreams[TENANTS + 1];
  char *in = malloc(ROOM), *raw = malloc(ROOM), *packed[TENANTS], *portions[TENANTS], *body;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  for (int i = 0; i <= TENANTS; i++) upstreams[i] = dial();
  for (int i = 0; i < TENANTS; i++) packed[i] = malloc(ROOM), portions[i] = malloc(ROOM);
  size_t length;
  while ((body = read_request(client, in, &length))) {
    size_t raw_length = ROOM, lengths[TENANTS] = {0};
    check(-(long)snappy_uncompress(body, length, raw, &raw_length));
    scan((unsigned char *)raw, (unsigned char *)raw + raw_length, portions, lengths);
    for (int i = 0; splits && i < TENANTS; i++) {
      size_t packed_length = ROOM;
      snappy_compress(portions[i], lengths[i], packed[i], &packed_length);
      send_on(upstreams[i], i, packed[i], packed_length);
    }
    if (passes) send_on(upstreams[TENANTS], 0, body, length);
    for (int i = 0; splits && i < TENANTS; i++) read_answer(upstreams[i]);
    if (passes) read_answer(upstreams[TENANTS]);
    static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    check(write(client, ok, sizeof ok - 1));
  }
  for (int i = 0; i <= TENANTS; i++) close(upstreams[i]);
  for (int i = 0; i < TENANTS; i++) free(packed[i]), free(portions[i]);
  free(in), free(raw), close(client);
  return NULL;
}

static void end(int signal) { _exit(0); }

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: minimal-proxy SINK_PORT pass|split|both\n"), 2;
  sink_port = atoi(argv[1]);
  passes = strcmp(argv[2], "split") != 0;
  splits = strcmp(argv[2], "pass") != 0;
  signal(SIGTERM, end);
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof a;
  int s = socket(AF_INET, SOCK_STREAM, 0);
  check(bind(s, (void *)&a, sizeof a));
  check(listen(s, 64));
  check(getsockname(s, (void *)&a, &size));
  fprintf(stderr, "proxy listening on http://127.0.0.1:%d\n", ntohs(a.sin_port));
  for (;;) {
    pthread_t thread;
    int client = accept(s, NULL, NULL);
    check(client);
    pthread_create(&thread, NULL, serve, (void *)(long)client);
    pthread_detach(thread);
  }
}

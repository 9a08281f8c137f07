#ifndef OPENMMT_CZLIB_H
#define OPENMMT_CZLIB_H

#include <zlib.h>

/* zlib's own initialisers are macros, which Swift does not see. */

/* A gzip header and trailer around the stream, with the largest window. */
#define OPENMMT_GZIP_WINDOW_BITS (15 + 16)

static inline int openmmt_gzip_inflate_init(z_streamp stream) {
  return inflateInit2(stream, OPENMMT_GZIP_WINDOW_BITS);
}

static inline int openmmt_gzip_deflate_init(z_streamp stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, OPENMMT_GZIP_WINDOW_BITS, 8, Z_DEFAULT_STRATEGY);
}

#endif

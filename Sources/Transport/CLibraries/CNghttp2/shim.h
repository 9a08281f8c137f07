#ifndef OPENMMT_CNGHTTP2_H
#define OPENMMT_CNGHTTP2_H

#include <nghttp2/nghttp2.h>

#endif

#ifndef OPENMMT_CSNAPPY_H
#define OPENMMT_CSNAPPY_H

#include <snappy-c.h>

#endif

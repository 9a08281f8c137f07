#ifndef OPENMMT_CLINUX_H
#define OPENMMT_CLINUX_H

// What Swift's Glibc module leaves out of Linux.

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Behind _GNU_SOURCE in pthread.h.
extern int pthread_setname_np(pthread_t thread, const char *name);

#endif

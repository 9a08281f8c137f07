#ifndef OPENMMT_CLINUX_H
#define OPENMMT_CLINUX_H

// What Swift's Glibc module leaves out of Linux.

#include <pthread.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/statfs.h>

// Behind _GNU_SOURCE in pthread.h.
extern int pthread_setname_np(pthread_t thread, const char *name);

// Likewise in unistd.h.
extern int pipe2(int descriptors[2], int flags);

// Likewise in spawn.h.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif

#ifndef OPENMMT_CCRYPT_H
#define OPENMMT_CCRYPT_H

#include <crypt.h>

#endif

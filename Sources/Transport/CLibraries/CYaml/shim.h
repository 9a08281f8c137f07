#ifndef OPENMMT_CYAML_H
#define OPENMMT_CYAML_H

#include <yaml.h>

#endif

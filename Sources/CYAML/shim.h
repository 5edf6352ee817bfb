// The one door to libyaml. Linked as libyaml.a, so the module map names no library.
#ifndef INJECT_CYAML_SHIM_H
#define INJECT_CYAML_SHIM_H

#include <yaml.h>

#endif

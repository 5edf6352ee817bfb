#ifndef INJECT_CPOSTGRES_SHIM_H
#define INJECT_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

#endif

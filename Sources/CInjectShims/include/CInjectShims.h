// System calls that Swift cannot make itself (variadics, macros, fork). One topic a header.
#ifndef INJECT_SHIMS_H
#define INJECT_SHIMS_H

#include "inject_files.h"
#include "inject_folder.h"
#include "inject_hardening.h"
#include "inject_memory.h"
#include "inject_monitor.h"
#include "inject_question.h"
#include "inject_reaper.h"
#include "inject_signals.h"
#include "inject_spawn.h"
#include "inject_terminal.h"

#endif

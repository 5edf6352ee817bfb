// Terminals: a pair for the command, and the mode and size of inject's own.
#ifndef INJECT_TERMINAL_H
#define INJECT_TERMINAL_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

/// Opens inject's controlling terminal for reading without waiting; without one, standard input where that is a
/// terminal; -1 where it is none either.
int inject_terminal_open(void);

/// Whether a descriptor leads to inject's controlling terminal.
bool inject_terminal_controls(int descriptor);

/// Whether two descriptors lead to the same terminal.
bool inject_terminal_is_same(int left, int right);

/// Makes a pseudo-terminal with the mode and size of the terminal `model`, both ends close-on-exec; false sets errno.
///
/// What the command writes is read from `manager`, which never waits; `subsidiary` is the command's.
bool inject_terminal_make(int model, int *_Nonnull manager, int *_Nonnull subsidiary);

/// Gives a terminal the raw variant of a mode, in which keys are bytes and bytes are shown as they are, also from the
/// background; with `keeps_interrupts` Ctrl-C and its like remain signals.
void inject_terminal_make_raw(int terminal, struct termios mode, bool keeps_interrupts);

/// Gives a terminal a mode, also from the background; what was typed or written and not yet read stays.
void inject_terminal_restore(int terminal, const struct termios *_Nonnull mode);

/// Gives the terminal `to` the size of `from`; says whether that was a change, which the kernel tells the foreground.
bool inject_terminal_copy_size(int from, int to);

/// Makes `group` the terminal's foreground group, also from the background.
bool inject_terminal_give(int terminal, pid_t group);

#endif

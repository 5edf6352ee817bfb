// A question at a terminal whose answer is not shown.
#ifndef INJECT_QUESTION_H
#define INJECT_QUESTION_H

#include <stdbool.h>

/// Lets the terminal show nothing of what is typed, and hand every key on; false where it is none. One question stands at
/// a time.
///
/// SIGHUP, SIGINT, SIGQUIT and SIGTERM, unless they are ignored, give the terminal back before they end the process.
bool inject_question_begin(int terminal);

/// Gives the terminal back and breaks the line, once; any thread may call it. What was typed and not read is dropped.
void inject_question_give_back(void);

/// Gives the terminal back, and the signals what they did before.
void inject_question_end(void);

#endif

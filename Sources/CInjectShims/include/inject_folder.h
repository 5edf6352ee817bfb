// Folders that are removed by descriptors, so that no symbolic link leads out of them. All of it is async-signal-safe.
#ifndef INJECT_FOLDER_H
#define INJECT_FOLDER_H

#include <stdbool.h>

/// Removes everything in an open folder, whatever permissions it was left with; says whether nothing is left.
bool inject_folder_empty(int folder);

/// Removes `name` in the folder `parent` and everything below; says whether nothing is left.
bool inject_folder_remove(int parent, const char *_Nonnull name);

#endif

#include "fuzz_driver.h"

#include <stddef.h>
#include <stdint.h>

// libFuzzer's own interface (LLVM, "libFuzzer": using libFuzzer as a library). Its main function cannot be used,
// because the package manager renames the one of an executable target.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int drive(int argc, char **argv) { return LLVMFuzzerRunDriver(&argc, &argv, LLVMFuzzerTestOneInput); }

int FuzzAge_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzAnalysis_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzArchive_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzCompactJWS_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzDotenv_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzForm_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzINI_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzImport_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzJSON_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzJWKSet_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzLint_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzMasking_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzPolicy_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzQuestion_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzSops_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzToken_main(int argc, char **argv) { return drive(argc, argv); }
int FuzzXML_main(int argc, char **argv) { return drive(argc, argv); }

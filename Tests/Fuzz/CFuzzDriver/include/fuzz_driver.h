// The main functions of the fuzz programs, under the names the package manager gives them.
#ifndef INJECT_FUZZ_DRIVER_H
#define INJECT_FUZZ_DRIVER_H

int FuzzAge_main(int argc, char **argv);
int FuzzAnalysis_main(int argc, char **argv);
int FuzzArchive_main(int argc, char **argv);
int FuzzCompactJWS_main(int argc, char **argv);
int FuzzDotenv_main(int argc, char **argv);
int FuzzForm_main(int argc, char **argv);
int FuzzINI_main(int argc, char **argv);
int FuzzImport_main(int argc, char **argv);
int FuzzJSON_main(int argc, char **argv);
int FuzzJWKSet_main(int argc, char **argv);
int FuzzLint_main(int argc, char **argv);
int FuzzMasking_main(int argc, char **argv);
int FuzzPolicy_main(int argc, char **argv);
int FuzzQuestion_main(int argc, char **argv);
int FuzzSops_main(int argc, char **argv);
int FuzzToken_main(int argc, char **argv);
int FuzzXML_main(int argc, char **argv);

#endif

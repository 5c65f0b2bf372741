// Names in strings stay, unless asked; kernel source in a string is for a person.
// RUN: { %cuport translate %s -o %t/keep 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/keep/string-name.cu | FileCheck %s --check-prefix=KEEP
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=warning:
// RUN: { %cuport translate %s -o %t/strings --strings 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/strings/string-name.cu | FileCheck %s --check-prefix=STRINGS

#include <cuda_runtime.h>
// KEEP: const char *a = "cudaMalloc failed\n";
// STRINGS: const char *a = "hipMalloc failed\n";
const char *a = "cudaMalloc failed\n";
// STRINGS: const char *b = "\ncudaMallocator hipFree,hipMalloc";
const char *b = "\ncudaMallocator cudaFree,cudaMalloc";
// WARN: string-name.cu:[[#@LINE+1]]:19: warning: the string holds kernel source {{.*}} [string-name]
const char *src = R"(extern "C" __global__ void k() {})";

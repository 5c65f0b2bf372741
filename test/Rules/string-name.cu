// Names in strings stay, unless asked; what is looked up by its name is renamed; kernel source in a string is for a person.
// RUN: { %cuport translate %s -o %t/keep; test $? -eq 1; }
// RUN: %strip %t/keep/string-name.cu | FileCheck %s --check-prefix=KEEP
// RUN: { %cuport translate %s --rules=string-name -o %t/only 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=warning:
// RUN: { %cuport translate %s --rules=string-name --to=musa -o %t/musa 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --check-prefix=MUSA
// RUN: { %cuport translate %s -o %t/strings --strings 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/strings/string-name.cu | FileCheck %s --check-prefix=STRINGS

#include <cuda.h>
#include <cuda_runtime.h>
// KEEP: const char *a = "cudaMalloc failed\n";
// STRINGS: const char *a = "hipMalloc failed\n";
const char *a = "cudaMalloc failed\n";
// STRINGS: const char *b = "\ncudaMallocator hipFree,hipMalloc";
const char *b = "\ncudaMallocator cudaFree,cudaMalloc";
// WARN: string-name.cu:[[#@LINE+1]]:19: warning: the string holds kernel source {{.*}} [string-name]
const char *src = R"(extern "C" __global__ void k() {})";

extern "C" void *dlsym(void *, const char *);
extern "C" void *dlopen(const char *, int);
void lookups(void *h, void **f) {
  // KEEP: void *a = dlsym(h, "hipMalloc");
  // WARN: string-name.cu:[[#@LINE+2]]:22: warning: looked up by name: 'cudaMalloc' is 'hipMalloc' in HIP; see that the library it is looked up in is HIP's [string-name]
  // MUSA: string-name.cu:[[#@LINE+1]]:22: warning: looked up by name: 'cudaMalloc' is 'musaMalloc' in Moore Threads MUSA; see that the library it is looked up in is Moore Threads MUSA's [string-name]
  void *a = dlsym(h, "cudaMalloc");
  // KEEP: hipGetProcAddress("hipMemCreate", f, 12000, 0, nullptr);
  cuGetProcAddress("cuMemCreate", f, 12000, 0, nullptr);
  // WARN: string-name.cu:[[#@LINE+1]]:20: warning: looked up by name: HIP has nothing for 'cuDevResourceGenerateDesc'{{.*}} [string-name]
  cuGetProcAddress("cuDevResourceGenerateDesc", f, 12000, 0, nullptr);
  // KEEP: void *b = dlopen("/usr/lib/libcudart.so.12", 1);
  // WARN: string-name.cu:[[#@LINE+2]]:20: warning: '/usr/lib/libcudart.so.12' is a library of CUDA's; what stands for it with HIP is in 'libamdhip64.so' [string-name]
  // MUSA: string-name.cu:[[#@LINE+1]]:20: warning: '/usr/lib/libcudart.so.12' is a library of CUDA's; what stands for it with Moore Threads MUSA has to be found in its SDK [string-name]
  void *b = dlopen("/usr/lib/libcudart.so.12", 1);
  // KEEP: dlopen("libmine.so", 1);
  dlopen("libmine.so", 1);
}

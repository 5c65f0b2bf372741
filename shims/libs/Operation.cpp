// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Operation.h"

#include <cstdio>
#include <mutex>
#include <set>
#include <string>

extern "C" {
void **__hipRegisterFatBinary(const void *wrapper);
void __hipRegisterFunction(void **handle, const void *stub, char *, const char *name, unsigned, void *, void *, void *, void *,
                           int *);
}

using namespace cuport;

namespace {

struct LibraryKernel {
  uint32_t size, offset = 0;
  std::string unit{};
  cuport_kernel kernel{};
  cuport_image image{};
};

struct FatBinary {
  uint32_t magic = 0, version = 0;
  const char *binary;
  void *unused = nullptr;
};

} // namespace

const void *libs::makeKernel(const char *name, uint32_t size, uint32_t flags, decltype(cuport_kernel::thread) thread,
                             decltype(cuport_kernel::block) block) {
  auto *made = new LibraryKernel{size};
  // Two closures may have one name; a unit of its own keeps them apart.
  made->unit = "cuport-library-" + std::to_string(reinterpret_cast<uintptr_t>(made));
  cuport_kernel &kernel = made->kernel;
  kernel.name = name;
  kernel.file = "";
  kernel.flags = flags;
  kernel.thread = thread;
  kernel.block = block;
  kernel.parameter_sizes = &made->size;
  kernel.parameter_offsets = &made->offset;
  kernel.parameter_count = 1;
  made->image = {CUPORT_IMAGE_VERSION, 1, 0, &kernel, nullptr, made->unit.c_str()};
  cuport_register_image(&made->image);
  std::string binary = "cuport:" + made->unit;
  FatBinary wrapper{.binary = binary.c_str()};
  __hipRegisterFunction(__hipRegisterFatBinary(&wrapper), made, nullptr, name, 0, nullptr, nullptr, nullptr, nullptr, nullptr);
  return made;
}

void libs::logUnsupported(const char *what) {
  static std::mutex &mutex = *new std::mutex;
  static std::set<std::string> &logged = *new std::set<std::string>;
  std::lock_guard lock(mutex);
  if (logged.insert(what).second)
    std::fprintf(stderr, "cuport: %s is not supported\n", what);
}

/// What the weak definitions of functions that nobody wrote call.
extern "C" void cuport_not_supported_library(const char *name) { libs::logUnsupported(name); }

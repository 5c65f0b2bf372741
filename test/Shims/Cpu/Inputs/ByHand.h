// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels written as the pass plugin compiles them, and a way to launch them without the runtime.
//
//   KERNEL(name, flags, shared bytes) { ... body of one CUDA thread ... }
//   launch(name, {grid}, {block}, arguments ...);  finish() -> status

#ifndef BYHAND_H
#define BYHAND_H

#include "backends/cpu/Block.h"
#include "runtime/Backend.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <type_traits>

__thread cuport_thread *cuport_self;

#define TEXT_OF(path) #path
#define TEXT(path) TEXT_OF(path)
#define PLACE                                                                                      \
  [](const char *function) {                                                                       \
    static const cuport_place place = {"kernel.cu", function, __LINE__};                           \
    return &place;                                                                                 \
  }(__func__)

inline const cuport_scheduler &cuda() { return *cuport_self->block->scheduler; }
inline unsigned tid() { return cuport_self->linear; }
inline unsigned lane() { return cuport_self->lane; }
inline unsigned bid() { return cuport_self->block->block_idx[0]; }
template <typename T> T *shared() { return reinterpret_cast<T *>(cuport_self->block->shared); }
#define SYNC() cuda().barrier(PLACE, 0, 0)

/// A kernel of up to four parameters of 8 bytes.
#define KERNEL(id, kernelFlags, sharedBytes)                                                       \
  void id##Body(void *const *arguments);                                                           \
  static const uint32_t id##Sizes[4] = {8, 8, 8, 8};                                               \
  static cuport_kernel make##id() {                                                                \
    cuport_kernel kernel = {};                                                                     \
    kernel.name = #id;                                                                             \
    kernel.file = "kernel.cu";                                                                     \
    kernel.line = __LINE__;                                                                        \
    kernel.flags = kernelFlags;                                                                    \
    kernel.thread = id##Body;                                                                      \
    kernel.parameter_sizes = id##Sizes;                                                            \
    kernel.parameter_count = 4;                                                                    \
    kernel.static_shared = sharedBytes;                                                            \
    return kernel;                                                                                 \
  }                                                                                                \
  static const cuport_kernel id = make##id();                                                      \
  void id##Body(void *const *arguments)

template <typename T> T argument(void *const *arguments, int i) {
  return *static_cast<T *>(arguments[i]);
}

inline const cuport_backend &backend() {
  static const cuport_backend *table = [] {
    const char *reason = "";
    void *library = dlopen(TEXT(BACKEND), RTLD_NOW);
    if (!library) {
      std::printf("%s\n", dlerror());
      std::exit(2);
    }
    auto get = reinterpret_cast<const cuport_backend *(*)(const char **)>(dlsym(library, "cuport_backend_table"));
    const cuport_backend *table = get(&reason);
    if (!table) {
      std::printf("refused: %s\n", reason);
      std::exit(3);
    }
    return table;
  }();
  return *table;
}

inline cuport_queue *queue() {
  static cuport_queue *queue = [] {
    cuport_queue *made = nullptr;
    backend().queue_create(0, 0, &made);
    return made;
  }();
  return queue;
}

inline int finish() { return backend().queue_synchronize(queue()); }

struct Shape {
  cuport_size3 grid, block;
  uint32_t dynamicShared = 0;
  uint32_t flags = 0;
};

template <typename... Arguments>
int launchOn(cuport_queue *queue, const cuport_kernel &kernel, Shape shape, Arguments... arguments) {
  static_assert(((sizeof(Arguments) == 8) && ...));
  uint64_t nothing = 0;
  void *pointers[4] = {&nothing, &nothing, &nothing, &nothing};
  int i = 0;
  ((pointers[i++] = &arguments), ...);
  cuport_launch launch = {&kernel, shape.grid, shape.block, shape.dynamicShared, shape.flags, pointers};
  return backend().launch(queue, &launch);
}

template <typename... Arguments>
int launch(const cuport_kernel &kernel, Shape shape, Arguments... arguments) {
  return launchOn(queue(), kernel, shape, arguments...);
}

template <typename T> T *deviceMemory(size_t count) {
  void *pointer = nullptr;
  if (backend().allocate(0, CUPORT_MEMORY_DEVICE, count * sizeof(T), &pointer))
    std::exit(4);
  return static_cast<T *>(pointer);
}

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition))                                                                              \
      std::printf("line %d: not so: %s\n", __LINE__, #condition);                                  \
  } while (0)

#endif

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUPORT_RECORD in front of NVIDIA's runtime: functions of CUDA's by their own names, loaded before libcudart (LD_PRELOAD), so that what a
// program does on its card is recorded like what it does on the CPU.
//
//   program of nvcc's (-cudart=shared)  ->  libcuport-record-cuda.so  ->  libcudart.so
//
// nvcc's host half registers each kernel and variable by its name before main(); libcudart tells since CUDA 12.4 how large a kernel's
// arguments are. Where CUPORT_RECORD is not set, or libcuport-rt is behind, which has a recorder of its own, calls pass through.

#include "Recorder.h"
#include "Signature.h"

#include "runtime/Api.h"

#include <dlfcn.h>

#include <cstdlib>
#include <unordered_map>

using namespace cuport::record;

/// A function behind this library; called with exactly the types that CUDA declares.
struct Next {
  void *function; ///< null where there is none
  template <class... Arguments> cudaError_t operator()(Arguments... arguments) const {
    return reinterpret_cast<cudaError_t (*)(Arguments...)>(function)(arguments...);
  }
};
#define NEXT(NAME)                                                                                                                 \
  ([] {                                                                                                                            \
    static const Next next{dlsym(RTLD_NEXT, #NAME)};                                                                               \
    return next;                                                                                                                   \
  }())

// What nvcc's host half calls; no header of the shim's has them.
CUPORT_EXPORT void __cudaRegisterFunction(void **, const char *, char *, const char *, int, void *, void *, void *, void *, int *);
CUPORT_EXPORT void __cudaRegisterVar(void **, char *, char *, const char *, int, size_t, int, int);
CUPORT_EXPORT cudaError_t __cudaGetKernel(void **, const void *);
CUPORT_EXPORT cudaError_t __cudaLaunchKernel(void *, dim3, dim3, void **, size_t, cudaStream_t);
CUPORT_EXPORT cudaError_t __cudaLaunchKernel_ptsz(void *, dim3, dim3, void **, size_t, cudaStream_t);

namespace {

struct Variable {
  const char *host; ///< by which CUDA's functions know it
  const char *name;
  size_t size;
  void *address = nullptr; ///< on the device; found when it is first looked at
};

/// What is registered before main(), and the kernels by their newer handles.
struct Registered {
  std::mutex mutex;
  std::unordered_map<const void *, const char *> kernels; ///< mangled names, by the function of the host's
  std::unordered_map<const void *, const void *> handles; ///< the function of the host's
  std::vector<Variable> variables;
};
Registered &registered() {
  static Registered &made = *new Registered;
  return made;
}

/// A call that the runtime makes of itself is none of the program's.
thread_local bool inside = false;
struct Inside {
  const bool before = inside;
  Inside() { inside = true; }
  ~Inside() { inside = before; }
};

bool fetch(void *to, const void *from, size_t size) { return NEXT(cudaMemcpy)(to, from, size, cudaMemcpyDeviceToHost) == cudaSuccess; }

void eachVariable(Recorder &here) {
  Registered &all = registered();
  std::lock_guard lock(all.mutex);
  for (Variable &variable : all.variables) {
    if (!variable.address && NEXT(cudaGetSymbolAddress)(&variable.address, variable.host) != cudaSuccess) {
      NEXT(cudaGetLastError)();
      continue;
    }
    here.variable(variable.address, variable.size, variable.name, "?");
  }
}

/// What is to be recorded in; null: nothing is.
const char *file = nullptr;

// Before the program's first call: the variable is taken away, or a recorder behind this one would write the same file.
__attribute__((constructor)) void takeFile() {
  const char *wanted = getenv("CUPORT_RECORD");
  Dl_info behind{};
  void *next = NEXT(cudaMalloc).function;
  if (!wanted || !*wanted || !next || !dladdr(next, &behind) || strstr(behind.dli_fname, "libcuport-rt"))
    return;
  file = strdup(wanted);
  unsetenv("CUPORT_RECORD");
}

Recorder *begin() {
  if (!file)
    return nullptr;
  const char *reason = nullptr;
  int warp = 0;
  NEXT(cudaDeviceGetAttribute)(&warp, cudaDevAttrWarpSize, 0);
  Recorder *made = Recorder::begin({file, "cuda", uint32_t(warp), Layer::Runtime, fetch, eachVariable}, &reason);
  // A run that was to be recorded and cannot be would look like one that was.
  if (!made) {
    fprintf(stderr, "cuport: CUPORT_RECORD: %s: nothing can be recorded: %s\n", file, reason);
    _exit(1);
  }
  return made;
}

/// Null where calls pass through.
Recorder *recorder() {
  if (inside)
    return nullptr;
  Inside within;
  static Recorder *const made = begin();
  return made && made->isHere() ? made : nullptr;
}

/// A number for the stream that a handle means; the null stream is each device's own.
const void *queueOf(cudaStream_t stream) {
  uintptr_t key = reinterpret_cast<uintptr_t>(stream);
  if (key <= uintptr_t(cudaStreamLegacy)) {
    int device = 0;
    NEXT(cudaGetDevice)(&device);
    key = 16 + uintptr_t(device); // no handle of a stream
  }
  return reinterpret_cast<const void *>(key);
}

/// Records what call() does, which the caller has handed on as it is. While a stream is captured nothing runs, and waiting is forbidden.
template <class Describe, class Call>
cudaError_t record(Operation operation, cudaStream_t stream, bool mayChange, Describe &&describe, Call &&call) {
  Recorder *here = recorder();
  Inside within;
  cudaStreamCaptureStatus capture = cudaStreamCaptureStatusNone;
  if (!here || (NEXT(cudaStreamIsCapturing)(stream, &capture) == cudaSuccess && capture != cudaStreamCaptureStatusNone))
    return call();
  const void *queue = queueOf(stream);
  here->queueMade(queue);
  return cudaError_t(here->operate(
      operation, queue, mayChange, [&] { return describe(*here); }, [&] { return int(call()); },
      [] { return int(NEXT(cudaDeviceSynchronize)()); }));
}

Fields nothing(Recorder &) { return {}; }

/// A call that allocates; size() is asked when it has succeeded.
template <class Size, class Call> cudaError_t allocated(void **pointer, Memory kind, Size &&size, Call &&call) {
  Recorder *here = recorder();
  Inside within;
  const cudaError_t status = call();
  const size_t bytes = here && status == cudaSuccess ? size() : 0;
  if (!bytes)
    return status;
  int device = 0;
  NEXT(cudaGetDevice)(&device);
  if (kind == Memory::Device) {
    NEXT(cudaMemset)(*pointer, int(here->fill()), bytes);
    NEXT(cudaDeviceSynchronize)();
  } else {
    memset(*pointer, int(here->fill()), bytes);
  }
  here->allocated(*pointer, bytes, kind, uint32_t(device));
  return status;
}

template <class Call> cudaError_t freed(void *pointer, Call &&call) {
  if (Recorder *here = recorder(); here && pointer)
    here->freed(pointer);
  Inside within;
  return call();
}

/// One row where rows follow each other without a gap, as libcuport-rt makes it.
Box box(void *to, size_t toPitch, const void *from, size_t fromPitch, size_t width, size_t height) {
  if (toPitch == width && fromPitch == width)
    return {to, from, width * height, 1, 1};
  return {to, from, width, height, 1};
}

/// A copy or fill of nothing is no operation.
template <class Call> cudaError_t copied(const Box &box, cudaStream_t stream, Call &&call) {
  if (!box.width || !box.height)
    return call();
  return record(Operation::Copy, stream, true, [&](Recorder &here) { return here.copyOf(box); }, call);
}

template <class Call> cudaError_t filled(const Box &box, int value, cudaStream_t stream, Call &&call) {
  if (!box.width || !box.height)
    return call();
  return record(Operation::Fill, stream, true, [&](Recorder &here) { return here.fillOf(box, uint8_t(value), 1); }, call);
}

void *placeOf(const void *symbol, size_t offset) {
  void *address = nullptr;
  NEXT(cudaGetSymbolAddress)(&address, symbol);
  return static_cast<char *>(address) + offset;
}

/// Of the arguments of a function of the host's that stands for a kernel.
std::vector<Parameter> parametersOf(const void *function, const char *name) {
  std::vector<Parameter> parameters;
  const bool clean = NEXT(cudaPeekAtLastError)() == cudaSuccess;
  size_t offset, size;
  if (!NEXT(cudaFuncGetParamInfo).function)
    fprintf(stderr, "cuport: CUPORT_RECORD: this libcudart does not tell the arguments of '%s': they are not recorded\n", name);
  else
    while (NEXT(cudaFuncGetParamInfo)(function, parameters.size(), &offset, &size) == cudaSuccess)
      parameters.push_back({uint32_t(size), "?"});
  if (clean)
    NEXT(cudaGetLastError)(); // of the question behind the last one
  nameTypes(name, parameters);
  return parameters;
}

template <class Call>
cudaError_t launched(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream, bool cooperative,
                     Call &&call) {
  return record(
      Operation::Launch, stream, true,
      [&](Recorder &here) {
        static std::unordered_map<const void *, std::vector<uint32_t>> &sizes = *new std::unordered_map<const void *, std::vector<uint32_t>>;
        Fields fields;
        fields.u32(here.kernel(function, [&](const char *&name, const char *&, uint32_t &, std::vector<Parameter> &parameters) {
          {
            Registered &all = registered();
            std::lock_guard lock(all.mutex);
            auto known = all.kernels.find(function);
            name = known == all.kernels.end() ? "a kernel that was not registered" : known->second;
          }
          parameters = parametersOf(function, name);
          for (const Parameter &each : parameters)
            sizes[function].push_back(each.size);
        }));
        size3(fields, grid.x, grid.y, grid.z);
        size3(fields, block.x, block.y, block.z);
        fields.u32(uint32_t(shared));
        fields.u32(cooperative);
        fields.add(here.arguments(arguments, sizes[function].data(), uint32_t(sizes[function].size())));
        return fields;
      },
      call);
}

} // namespace

// ---- what nvcc's host half calls ----

void __cudaRegisterFunction(void **handle, const char *function, char *device, const char *name, int limit, void *tid, void *bid, void *block,
                            void *grid, int *size) {
  {
    std::lock_guard lock(registered().mutex);
    registered().kernels.try_emplace(function, name);
  }
  reinterpret_cast<decltype(&__cudaRegisterFunction)>(NEXT(__cudaRegisterFunction).function)(handle, function, device, name, limit, tid, bid, block, grid, size);
}

void __cudaRegisterVar(void **handle, char *host, char *device, const char *name, int external, size_t size, int constant, int global) {
  {
    std::lock_guard lock(registered().mutex);
    registered().variables.push_back({host, name, size});
  }
  reinterpret_cast<decltype(&__cudaRegisterVar)>(NEXT(__cudaRegisterVar).function)(handle, host, device, name, external, size, constant, global);
}

cudaError_t __cudaGetKernel(void **kernel, const void *function) {
  const cudaError_t status = NEXT(__cudaGetKernel)(kernel, function);
  if (status == cudaSuccess) {
    std::lock_guard lock(registered().mutex);
    registered().handles[*kernel] = function;
  }
  return status;
}

cudaError_t __cudaLaunchKernel(void *kernel, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream) {
  const void *function = kernel;
  {
    std::lock_guard lock(registered().mutex);
    if (auto known = registered().handles.find(kernel); known != registered().handles.end())
      function = known->second;
  }
  return launched(function, grid, block, arguments, shared, stream, false,
                  [&] { return NEXT(__cudaLaunchKernel)(kernel, grid, block, arguments, shared, stream); });
}

// ---- launches and host functions ----

cudaError_t cudaLaunchKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream) {
  return launched(function, grid, block, arguments, shared, stream, false,
                  [&] { return NEXT(cudaLaunchKernel)(function, grid, block, arguments, shared, stream); });
}

cudaError_t cudaLaunchCooperativeKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream) {
  return launched(function, grid, block, arguments, shared, stream, true,
                  [&] { return NEXT(cudaLaunchCooperativeKernel)(function, grid, block, arguments, shared, stream); });
}

cudaError_t cudaLaunchKernelExC(const cudaLaunchConfig_t *config, const void *function, void **arguments) {
  return launched(function, config->gridDim, config->blockDim, arguments, config->dynamicSmemBytes, config->stream, false,
                  [&] { return NEXT(cudaLaunchKernelExC)(config, function, arguments); });
}

cudaError_t cudaLaunchHostFunc(cudaStream_t stream, cudaHostFn_t function, void *data) {
  return record(Operation::HostFunction, stream, true, nothing, [&] { return NEXT(cudaLaunchHostFunc)(stream, function, data); });
}

// ---- memory ----

cudaError_t cudaMalloc(void **pointer, size_t size) {
  return allocated(pointer, Memory::Device, [&] { return size; }, [&] { return NEXT(cudaMalloc)(pointer, size); });
}
cudaError_t cudaMallocAsync(void **pointer, size_t size, cudaStream_t stream) {
  return allocated(pointer, Memory::Device, [&] { return size; }, [&] { return NEXT(cudaMallocAsync)(pointer, size, stream); });
}
cudaError_t cudaMallocPitch(void **pointer, size_t *pitch, size_t width, size_t height) {
  return allocated(pointer, Memory::Device, [&] { return *pitch * height; }, [&] { return NEXT(cudaMallocPitch)(pointer, pitch, width, height); });
}
cudaError_t cudaMallocManaged(void **pointer, size_t size, unsigned flags) {
  return allocated(pointer, Memory::Managed, [&] { return size; }, [&] { return NEXT(cudaMallocManaged)(pointer, size, flags); });
}
cudaError_t cudaMallocHost(void **pointer, size_t size) {
  return allocated(pointer, Memory::Host, [&] { return size; }, [&] { return NEXT(cudaMallocHost)(pointer, size); });
}
cudaError_t cudaHostAlloc(void **pointer, size_t size, unsigned flags) {
  return allocated(pointer, Memory::Host, [&] { return size; }, [&] { return NEXT(cudaHostAlloc)(pointer, size, flags); });
}
cudaError_t cudaFree(void *pointer) {
  return freed(pointer, [&] { return NEXT(cudaFree)(pointer); });
}
cudaError_t cudaFreeAsync(void *pointer, cudaStream_t stream) {
  return freed(pointer, [&] { return NEXT(cudaFreeAsync)(pointer, stream); });
}
cudaError_t cudaFreeHost(void *pointer) {
  return freed(pointer, [&] { return NEXT(cudaFreeHost)(pointer); });
}

// ---- copies and fills ----

cudaError_t cudaMemcpy(void *to, const void *from, size_t size, cudaMemcpyKind kind) {
  return copied({to, from, size, 1, 1}, nullptr, [&] { return NEXT(cudaMemcpy)(to, from, size, kind); });
}
cudaError_t cudaMemcpyAsync(void *to, const void *from, size_t size, cudaMemcpyKind kind, cudaStream_t stream) {
  return copied({to, from, size, 1, 1}, stream, [&] { return NEXT(cudaMemcpyAsync)(to, from, size, kind, stream); });
}
cudaError_t cudaMemcpy2D(void *to, size_t toPitch, const void *from, size_t fromPitch, size_t width, size_t height, cudaMemcpyKind kind) {
  return copied(box(to, toPitch, from, fromPitch, width, height), nullptr,
                [&] { return NEXT(cudaMemcpy2D)(to, toPitch, from, fromPitch, width, height, kind); });
}
cudaError_t cudaMemcpy2DAsync(void *to, size_t toPitch, const void *from, size_t fromPitch, size_t width, size_t height, cudaMemcpyKind kind,
                              cudaStream_t stream) {
  return copied(box(to, toPitch, from, fromPitch, width, height), stream,
                [&] { return NEXT(cudaMemcpy2DAsync)(to, toPitch, from, fromPitch, width, height, kind, stream); });
}
cudaError_t cudaMemcpyToSymbol(const void *symbol, const void *from, size_t size, size_t offset, cudaMemcpyKind kind) {
  return copied({placeOf(symbol, offset), from, size, 1, 1}, nullptr, [&] { return NEXT(cudaMemcpyToSymbol)(symbol, from, size, offset, kind); });
}
cudaError_t cudaMemcpyToSymbolAsync(const void *symbol, const void *from, size_t size, size_t offset, cudaMemcpyKind kind, cudaStream_t stream) {
  return copied({placeOf(symbol, offset), from, size, 1, 1}, stream,
                [&] { return NEXT(cudaMemcpyToSymbolAsync)(symbol, from, size, offset, kind, stream); });
}
cudaError_t cudaMemcpyFromSymbol(void *to, const void *symbol, size_t size, size_t offset, cudaMemcpyKind kind) {
  return copied({to, placeOf(symbol, offset), size, 1, 1}, nullptr, [&] { return NEXT(cudaMemcpyFromSymbol)(to, symbol, size, offset, kind); });
}
cudaError_t cudaMemcpyFromSymbolAsync(void *to, const void *symbol, size_t size, size_t offset, cudaMemcpyKind kind, cudaStream_t stream) {
  return copied({to, placeOf(symbol, offset), size, 1, 1}, stream,
                [&] { return NEXT(cudaMemcpyFromSymbolAsync)(to, symbol, size, offset, kind, stream); });
}
cudaError_t cudaMemcpyPeer(void *to, int toDevice, const void *from, int fromDevice, size_t size) {
  return copied({to, from, size, 1, 1}, nullptr, [&] { return NEXT(cudaMemcpyPeer)(to, toDevice, from, fromDevice, size); });
}
cudaError_t cudaMemcpyPeerAsync(void *to, int toDevice, const void *from, int fromDevice, size_t size, cudaStream_t stream) {
  return copied({to, from, size, 1, 1}, stream, [&] { return NEXT(cudaMemcpyPeerAsync)(to, toDevice, from, fromDevice, size, stream); });
}
cudaError_t cudaMemset(void *to, int value, size_t size) {
  return filled({to, nullptr, size, 1, 1}, value, nullptr, [&] { return NEXT(cudaMemset)(to, value, size); });
}
cudaError_t cudaMemsetAsync(void *to, int value, size_t size, cudaStream_t stream) {
  return filled({to, nullptr, size, 1, 1}, value, stream, [&] { return NEXT(cudaMemsetAsync)(to, value, size, stream); });
}
cudaError_t cudaMemset2D(void *to, size_t pitch, int value, size_t width, size_t height) {
  return filled(box(to, pitch, nullptr, pitch, width, height), value, nullptr, [&] { return NEXT(cudaMemset2D)(to, pitch, value, width, height); });
}
cudaError_t cudaMemset2DAsync(void *to, size_t pitch, int value, size_t width, size_t height, cudaStream_t stream) {
  return filled(box(to, pitch, nullptr, pitch, width, height), value, stream,
                [&] { return NEXT(cudaMemset2DAsync)(to, pitch, value, width, height, stream); });
}

// ---- streams and waits ----

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  if (Recorder *here = recorder())
    here->queueGone(queueOf(stream));
  Inside within;
  return NEXT(cudaStreamDestroy)(stream);
}
cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return record(Operation::Synchronize, stream, false, nothing, [&] { return NEXT(cudaStreamSynchronize)(stream); });
}
cudaError_t cudaDeviceSynchronize() {
  return record(Operation::Synchronize, nullptr, false, nothing, [] { return NEXT(cudaDeviceSynchronize)(); });
}
cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned flags) {
  return record(Operation::EventWait, stream, false, nothing, [&] { return NEXT(cudaStreamWaitEvent)(stream, event, flags); });
}
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  return record(Operation::EventRecord, stream, false, nothing, [&] { return NEXT(cudaEventRecord)(event, stream); });
}

// ---- what cannot be recorded, and says so ----

/// Says it once a function.
#define UNSEEN(NAME)                                                                                                               \
  static const bool said = recorder() && fprintf(stderr, "cuport: CUPORT_RECORD: " #NAME " is not recorded: what it does shows "    \
                                                         "with the next call\n");                                                  \
  (void)said

cudaError_t cudaGraphLaunch(cudaGraphExec_t graph, cudaStream_t stream) {
  UNSEEN(cudaGraphLaunch);
  return NEXT(cudaGraphLaunch)(graph, stream);
}
cudaError_t __cudaLaunchKernel_ptsz(void *kernel, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream) {
  UNSEEN(a program of --default-stream=per-thread);
  return NEXT(__cudaLaunchKernel_ptsz)(kernel, grid, block, arguments, shared, stream);
}
cudaError_t cudaMemcpy3D(const cudaMemcpy3DParms *parameters) {
  UNSEEN(cudaMemcpy3D);
  return NEXT(cudaMemcpy3D)(parameters);
}

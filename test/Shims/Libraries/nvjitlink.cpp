// Device code of several modules, linked while the program runs: NVRTC's LTO IR by nvJitLink, its cubins and cuport-cc's by cuLink*, and
// HIP's bitcode by hiprtcLink*.
// RUN: rm -rf %t && mkdir -p %t
// RUN: %cuport-cc -cubin -rdc=true -DPART=1 %S/Inputs/link_parts.cu -o %t/one.cubin
// RUN: %cuport-cc -ltoir -DPART=2 %S/Inputs/link_parts.cu -o %t/two.cubin
// RUN: %cuport-cc -dc -DPART=2 %S/Inputs/link_parts.cu -o %t/host.o
// RUN: %cuport-cc %s -lnvrtc -lnvJitLink -lcuda -o %t/program
// RUN: %t/program %t 2>&1 | FileCheck %s
// RUN: %cuport-cc %S/Inputs/link_hip.hip -lhiprtc -o %t/hip
// RUN: %t/hip 2>&1 | FileCheck %s --check-prefix=HIP
// CHECK: nvJitLink: 11 14 17
// CHECK-NEXT: not complete: 9
// CHECK-NEXT: undefined symbol: base{{$}}
// CHECK-NEXT: undefined symbol: offset(int){{$}}
// CHECK-NEXT: first.cu:(fill)
// CHECK-NEXT: files: 5 6 7
// CHECK-NEXT: bytes: 11 14 17
// CHECK-NEXT: host object: 801
// CHECK-NEXT: host.o is an object or a library of the host's
// CHECK-NEXT: PTX: 218
// CHECK-NEXT: alone: 4 4 4
// CHECK-NEXT: undefined symbol: base{{$}}
// CHECK: undefined symbol: offset(int){{$}}
// CHECK: the module in memory:(fill)
// CHECK: all as it should be
// HIP: linked: 11 14 17
// HIP-NEXT: all as it should be

#include <cstdio>
#include <cstring>
#include <cuda.h>
#include <nvJitLink.h>
#include <nvrtc.h>
#include <string>
#include <vector>

static int failures;
#define CHECK(...)                                                                                                     \
  if (!(__VA_ARGS__))                                                                                                  \
  failures += std::printf("line %d: not so: %s\n", __LINE__, #__VA_ARGS__) > 0

static const char *const first = "extern __device__ int offset(int);\n"
                                 "extern __constant__ int base;\n"
                                 "extern \"C\" __global__ void fill(int *out) { out[threadIdx.x] = base + offset(threadIdx.x); }\n";
static const char *const second = "__constant__ int base = 10;\n"
                                  "__device__ int offset(int i) { return 3 * i + 1; }\n";

static std::string compiled(const char *text, const char *name, const char *option, bool isLtoIr) {
  nvrtcProgram program;
  CHECK(nvrtcCreateProgram(&program, text, name, 0, nullptr, nullptr) == 0);
  CHECK(nvrtcCompileProgram(program, 1, &option) == 0);
  size_t size = 0, ltoIrSize = 1;
  CHECK(nvrtcGetLTOIRSize(program, &ltoIrSize) == 0 && (ltoIrSize != 0) == isLtoIr);
  CHECK(nvrtcGetCUBINSize(program, &size) == 0 && size > 0);
  std::string code(isLtoIr ? ltoIrSize : size, ' ');
  CHECK((isLtoIr ? nvrtcGetLTOIR(program, code.data()) : nvrtcGetCUBIN(program, code.data())) == 0);
  CHECK(nvrtcDestroyProgram(&program) == 0);
  return code;
}

static void run(const char *title, const void *code, const char *kernel = "fill") {
  CUmodule module;
  CHECK(cuModuleLoadData(&module, code) == 0);
  CUfunction function;
  CHECK(cuModuleGetFunction(&function, module, kernel) == 0);
  int *ints;
  cuMemAllocManaged((CUdeviceptr *)&ints, 3 * sizeof(int), CU_MEM_ATTACH_GLOBAL);
  void *arguments[] = {&ints};
  CHECK(cuLaunchKernel(function, 1, 1, 1, 3, 1, 1, 0, nullptr, arguments, nullptr) == 0);
  CHECK(cuCtxSynchronize() == 0);
  std::printf("%s: %d %d %d\n", title, ints[0], ints[1], ints[2]);
  cuMemFree((CUdeviceptr)ints);
  CHECK(cuModuleUnload(module) == 0);
}

// What is undefined, and where, of a log's lines.
static void show(const std::string &log) {
  for (const char *text : {"undefined symbol: base", "undefined symbol: offset", "first.cu:", "host.o is an"})
    if (size_t place = log.find(text); place != std::string::npos)
      std::printf("%s\n", log.substr(place, log.find('\n', place) - place).c_str());
}

static void byNvJitLink() {
  std::string one = compiled(first, "first.cu", "-dlto", true), two = compiled(second, "second.cu", "-dlto", true);
  nvJitLinkHandle handle;
  size_t size = 7;
  const char *unknown[] = {"-arch=sm_80", "-no-such-option"};
  CHECK(nvJitLinkCreate(&handle, 2, unknown) == NVJITLINK_ERROR_UNRECOGNIZED_OPTION);
  CHECK(nvJitLinkGetErrorLogSize(handle, &size) == 0 && size > 0);
  std::string log(size, ' ');
  CHECK(nvJitLinkGetErrorLog(handle, log.data()) == 0 && log.find("-no-such-option") != std::string::npos);
  CHECK(nvJitLinkDestroy(&handle) == 0 && !handle);
  const char *options[] = {"-lto", "-arch=sm_80", "-O3"};
  CHECK(nvJitLinkCreate(&handle, 1, options) == NVJITLINK_ERROR_MISSING_ARCH);
  CHECK(nvJitLinkDestroy(&handle) == 0);
  CHECK(nvJitLinkCreate(&handle, 1, options + 1) == 0);
  CHECK(nvJitLinkAddData(handle, NVJITLINK_INPUT_LTOIR, one.data(), one.size(), "first") == NVJITLINK_ERROR_LTO_NOT_ENABLED);
  CHECK(nvJitLinkDestroy(&handle) == 0);

  CHECK(nvJitLinkCreate(&handle, 3, options) == 0);
  CHECK(nvJitLinkAddData(handle, NVJITLINK_INPUT_LTOIR, one.data(), one.size(), "first") == 0);
  CHECK(nvJitLinkAddData(handle, NVJITLINK_INPUT_ANY, two.data(), two.size(), nullptr) == 0);
  CHECK(nvJitLinkGetLinkedCubinSize(handle, &size) == NVJITLINK_ERROR_INVALID_INPUT);
  CHECK(nvJitLinkComplete(handle) == 0);
  CHECK(nvJitLinkGetErrorLogSize(handle, &size) == 0 && size == 0);
  CHECK(nvJitLinkGetLinkedCubinSize(handle, &size) == 0 && size > 0);
  std::string cubin(size, ' ');
  CHECK(nvJitLinkGetLinkedCubin(handle, cubin.data()) == 0);
  CHECK(nvJitLinkDestroy(&handle) == 0);
  run("nvJitLink", cubin.data());

  CHECK(nvJitLinkCreate(&handle, 3, options) == 0);
  CHECK(nvJitLinkAddData(handle, NVJITLINK_INPUT_LTOIR, one.data(), one.size(), "first.cu") == 0);
  std::printf("not complete: %d\n", nvJitLinkComplete(handle));
  CHECK(nvJitLinkGetErrorLogSize(handle, &size) == 0 && size > 0);
  log.assign(size, ' ');
  CHECK(nvJitLinkGetErrorLog(handle, log.data()) == 0);
  show(log);
  CHECK(nvJitLinkDestroy(&handle) == 0);
  unsigned major = 0, minor = 99;
  CHECK(nvJitLinkVersion(&major, &minor) == 0 && major >= 12 && minor < 99);
}

static void byDriver(const std::string &folder) {
  CUlinkState state;
  void *code;
  size_t size = 0;
  CHECK(cuLinkCreate(0, nullptr, nullptr, &state) == 0);
  CHECK(cuLinkAddFile(state, CU_JIT_INPUT_CUBIN, (folder + "/one.cubin").c_str(), 0, nullptr, nullptr) == 0);
  CHECK(cuLinkAddFile(state, CU_JIT_INPUT_FATBINARY, (folder + "/two.cubin").c_str(), 0, nullptr, nullptr) == 0);
  CHECK(cuLinkAddFile(state, CU_JIT_INPUT_CUBIN, (folder + "/three.cubin").c_str(), 0, nullptr, nullptr) == CUDA_ERROR_FILE_NOT_FOUND);
  CHECK(cuLinkComplete(state, &code, &size) == 0 && size > 0);
  run("files", code);
  CHECK(cuLinkDestroy(state) == 0);

  char log[400];
  CUjit_option options[] = {CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, CU_JIT_ERROR_LOG_BUFFER, CU_JIT_WALL_TIME};
  void *values[] = {(void *)sizeof(log), log, nullptr};
  CHECK(cuLinkCreate(3, options, values, &state) == 0);
  std::string one = compiled(first, "first.cu", "-rdc=true", false), two = compiled(second, "second.cu", "--relocatable-device-code=true", false);
  CHECK(cuLinkAddData(state, CU_JIT_INPUT_PTX, one.data(), one.size(), "first", 0, nullptr, nullptr) == 0);
  CHECK(cuLinkAddData(state, CU_JIT_INPUT_CUBIN, two.data(), two.size(), "second", 0, nullptr, nullptr) == 0);
  CHECK(cuLinkComplete(state, &code, &size) == 0);
  CHECK(log[0] == '\0' && values[0] == nullptr);
  float milliseconds;
  std::memcpy(&milliseconds, &values[2], sizeof(milliseconds));
  CHECK(milliseconds > 0 && milliseconds < 60000);
  run("bytes", code);
  std::printf("host object: %d\n", cuLinkAddFile(state, CU_JIT_INPUT_OBJECT, (folder + "/host.o").c_str(), 0, nullptr, nullptr));
  CHECK(uint32_t(uintptr_t(values[0])) == std::strlen(log));
  show(log);
  char ptx[] = ".version 7.0\n.target sm_80\n";
  std::printf("PTX: %d\n", cuLinkAddData(state, CU_JIT_INPUT_PTX, ptx, sizeof(ptx), "text", 0, nullptr, nullptr));
  CHECK(cuLinkDestroy(state) == 0);

  // What needs nothing of others is loaded as it is, and a whole program passes through a link.
  one = compiled("extern \"C\" __global__ void four(int *out) { out[threadIdx.x] = 4; }", "four.cu", "-rdc=true", false);
  run("alone", one.data(), "four");
  one = compiled("extern \"C\" __global__ void fill(int *out) { out[threadIdx.x] = 5; }", "five.cu", "-rdc=false", false);
  CHECK(cuLinkCreate(0, nullptr, nullptr, &state) == 0);
  CHECK(cuLinkAddData(state, CU_JIT_INPUT_PTX, one.data(), one.size(), "five", 0, nullptr, nullptr) == 0);
  CHECK(cuLinkComplete(state, &code, &size) == 0 && size == one.size());
  CHECK(cuLinkAddData(state, CU_JIT_INPUT_PTX, two.data(), two.size(), "second", 0, nullptr, nullptr) == 0);
  CHECK(cuLinkComplete(state, &code, &size) == CUDA_ERROR_INVALID_IMAGE);
  CHECK(cuLinkDestroy(state) == 0);
  CUmodule module;
  one = compiled(first, "first.cu", "-rdc=true", false);
  std::fflush(stdout);
  CHECK(cuModuleLoadData(&module, one.data()) == CUDA_ERROR_INVALID_IMAGE);
}

int main(int, char **arguments) {
  cuInit(0);
  CUcontext context;
  CUdevice device;
  cuDeviceGet(&device, 0);
  cuDevicePrimaryCtxRetain(&context, device);
  cuCtxSetCurrent(context);
  byNvJitLink();
  byDriver(arguments[1]);
  std::printf("%s\n", failures ? "failed" : "all as it should be");
  return failures != 0;
}

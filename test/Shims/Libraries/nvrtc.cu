// Programs compiled while a program runs: NVRTC's functions, and hipRTC's over them.
// RUN: %cuport-cc -O1 %s -lnvrtc -lcuda -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: %cuport translate %s -o %t.hip > /dev/null || test $? = 1
// RUN: %cuport-cc -O1 -x hip -DHIP_SOURCE %t.hip/nvrtc.cu -lhiprtc -o %t.program
// RUN: %t.program 2>&1 | FileCheck %s
// CHECK: scaled: 3 6 9
// CHECK-NEXT: of a template: 1.5 2.5
// CHECK-NEXT: extern "C": scale
// CHECK-NEXT: variable: 7
// CHECK-NEXT: names: 8
// CHECK-NEXT: error: 6
// CHECK-SAME: RTC_ERROR_COMPILATION
// CHECK-NEXT: broken.cu:3
// CHECK-NEXT: option: 5
// CHECK-NEXT: all as it should be

#include <cstdio>
#include <cstring>
#include <cuda.h>
#include <nvrtc.h>
#include <string>
#include <vector>

static int failures;
#define CHECK(...)                                                                                                     \
  if (!(__VA_ARGS__))                                                                                                  \
  failures += std::printf("line %d: not so: %s\n", __LINE__, #__VA_ARGS__) > 0

// One function of the header has no word for where it is for, as -default-device allows; hipRTC takes that always.
static const char *const header = "inline int factor(int x) { return FACTOR * x; }\n";
static const char *const text = R"(
#include "parts/factor.h"
extern "C" __global__ void scale(int *out) { out[threadIdx.x] = factor(threadIdx.x + 1); }
namespace numbers {
struct Pair { float a, b; };
template <class T> __global__ void add(T *out, T more) { out[threadIdx.x] += more; }
template <class T, int N> __global__ void pair(T *first, Pair *second, T *third) { *first = T(N + second->a); *third = *first; }
__constant__ int variable;
__global__ void read(int *out) { *out = variable; }
}
#ifndef __HIPCC_RTC__
template __global__ decltype(numbers::add<double>) numbers::add<double>;
#endif
#ifndef __CUDACC_RTC__
#error not so
#endif
)";

static std::string logOf(nvrtcProgram program) {
  size_t size = 0;
  nvrtcGetProgramLogSize(program, &size);
  std::string log(size, ' ');
  nvrtcGetProgramLog(program, log.data());
  log.resize(size - 1);
  return log;
}

int main() {
  cuInit(0);
  CUcontext context;
  CUdevice device;
  cuDeviceGet(&device, 0);
  cuDevicePrimaryCtxRetain(&context, device);
  cuCtxSetCurrent(context);

  nvrtcProgram program;
  const char *names[] = {"parts/factor.h"};
  CHECK(nvrtcCreateProgram(&program, text, "scale.cu", 1, &header, names) == 0);
  const char *expressions[] = {"numbers::add<float>", "&numbers::pair<double, (3 > 2) ? 4 : 5>", "&scale", "&numbers::variable", "numbers::read"};
  const char *lowered[5];
  CHECK(nvrtcGetLoweredName(program, expressions[0], &lowered[0]) == 9);
  for (const char *expression : expressions)
    CHECK(nvrtcAddNameExpression(program, expression) == 0);
#ifdef HIP_SOURCE
  std::vector<const char *> options = {"-DFACTOR=3", "-std=c++17"};
#else
  std::vector<const char *> options = {"--gpu-architecture=compute_80", "-DFACTOR=3", "-default-device", "--std=c++17"};
#endif
  int result = nvrtcCompileProgram(program, int(options.size()), options.data());
  if (result || !logOf(program).empty())
    std::printf("%d: %s\n", result, logOf(program).c_str());
  CHECK(nvrtcAddNameExpression(program, "late") == 8);
  size_t size = 0;
  CHECK(nvrtcGetPTXSize(program, &size) == 0 && size > 0);
  std::vector<char> code(size);
  CHECK(nvrtcGetPTX(program, code.data()) == 0);
  for (int i = 0; i < 5; ++i)
    CHECK(nvrtcGetLoweredName(program, expressions[i], &lowered[i]) == 0);
  const char *none;
  CHECK(nvrtcGetLoweredName(program, "numbers::add<int>", &none) == 10);

  CUmodule module;
  CHECK(cuModuleLoadData(&module, code.data()) == 0);
  auto run = [&](const char *name, int threads, std::vector<void *> arguments) {
    CUfunction function;
    CHECK(cuModuleGetFunction(&function, module, name) == 0);
    CHECK(cuLaunchKernel(function, 1, 1, 1, threads, 1, 1, 0, nullptr, arguments.data(), nullptr) == 0);
    CHECK(cuCtxSynchronize() == 0);
  };
  int *ints;
  float *floats, more = 0.5f;
  double *doubles;
  cuMemAllocManaged((CUdeviceptr *)&ints, 3 * sizeof(int), CU_MEM_ATTACH_GLOBAL);
  cuMemAllocManaged((CUdeviceptr *)&floats, 2 * sizeof(float), CU_MEM_ATTACH_GLOBAL);
  cuMemAllocManaged((CUdeviceptr *)&doubles, 2 * sizeof(double), CU_MEM_ATTACH_GLOBAL);
  run("scale", 3, {&ints});
  std::printf("scaled: %d %d %d\n", ints[0], ints[1], ints[2]);
  floats[0] = 1, floats[1] = 2;
  run(lowered[0], 2, {&floats, &more});
  std::printf("of a template: %g %g\n", floats[0], floats[1]);
  std::printf("extern \"C\": %s\n", lowered[2]);
  CUdeviceptr variable;
  int seven = 7;
  CHECK(cuModuleGetGlobal(&variable, &size, module, lowered[3]) == 0 && size == sizeof(int));
  cuMemcpyHtoD(variable, &seven, sizeof(int));
  run(lowered[4], 1, {&ints});
  std::printf("variable: %d\n", ints[0]);
  floats[0] = 4;
  double *second = doubles + 1;
  run(lowered[1], 1, {&doubles, &floats, &second});
  std::printf("names: %g\n", doubles[1]);
  CHECK(cuModuleUnload(module) == 0);
  CHECK(nvrtcDestroyProgram(&program) == 0 && !program);

  CHECK(nvrtcCreateProgram(&program, "\n\n__global__ void k() { unknown(); }\n", "broken.cu", 0, nullptr, nullptr) == 0);
  result = nvrtcCompileProgram(program, 0, nullptr);
  std::printf("error: %d %s\n", result, nvrtcGetErrorString((nvrtcResult)result));
  std::printf("%s\n", logOf(program).substr(0, 11).c_str());
  CHECK(nvrtcGetPTXSize(program, &size) == 4);
  const char *unknown = "--no-such-option";
  std::printf("option: %d\n", nvrtcCompileProgram(program, 1, &unknown));
  CHECK(logOf(program).find("--no-such-option") != std::string::npos);
  CHECK(nvrtcCompileProgram(nullptr, 0, nullptr) == 4);
  int major = 0, minor = -1;
  CHECK(nvrtcVersion(&major, &minor) == 0 && major >= 9 && minor >= 0);
  std::printf("%s\n", failures ? "failed" : "all as it should be");
  return failures != 0;
}

// hiprtcLink* over hiprtcGetBitcode.
#include <cstdio>
#include <hip/hip_runtime.h>
#include <hip/hiprtc.h>
#include <string>

static int failures;
#define CHECK(...)                                                                                                     \
  if (!(__VA_ARGS__))                                                                                                  \
  failures += std::printf("line %d: not so: %s\n", __LINE__, #__VA_ARGS__) > 0

static std::string bitcode(const char *text) {
  hiprtcProgram program;
  CHECK(hiprtcCreateProgram(&program, text, "part.hip", 0, nullptr, nullptr) == HIPRTC_SUCCESS);
  const char *option = "-fgpu-rdc";
  CHECK(hiprtcCompileProgram(program, 1, &option) == HIPRTC_SUCCESS);
  size_t size = 0;
  CHECK(hiprtcGetBitcodeSize(program, &size) == HIPRTC_SUCCESS && size > 0);
  std::string code(size, ' ');
  CHECK(hiprtcGetBitcode(program, code.data()) == HIPRTC_SUCCESS);
  CHECK(hiprtcDestroyProgram(&program) == HIPRTC_SUCCESS);
  return code;
}

int main() {
  std::string one = bitcode("extern __device__ int offset(int);\n"
                            "extern \"C\" __global__ void fill(int *out) { out[threadIdx.x] = 10 + offset(threadIdx.x); }\n"),
              two = bitcode("__device__ int offset(int i) { return 3 * i + 1; }\n");
  hiprtcLinkState state;
  CHECK(hiprtcLinkCreate(0, nullptr, nullptr, &state) == HIPRTC_SUCCESS);
  CHECK(hiprtcLinkAddData(state, HIPRTC_JIT_INPUT_LLVM_BITCODE, one.data(), one.size(), "one", 0, nullptr, nullptr) == HIPRTC_SUCCESS);
  void *code;
  size_t size = 0;
  CHECK(hiprtcLinkComplete(state, &code, &size) == HIPRTC_ERROR_LINKING);
  CHECK(hiprtcLinkAddData(state, HIPRTC_JIT_INPUT_LLVM_BITCODE, two.data(), two.size(), "two", 0, nullptr, nullptr) == HIPRTC_SUCCESS);
  CHECK(hiprtcLinkComplete(state, &code, &size) == HIPRTC_SUCCESS && size > 0);
  hipModule_t module;
  hipFunction_t function;
  CHECK(hipModuleLoadData(&module, code) == hipSuccess);
  CHECK(hiprtcLinkDestroy(state) == HIPRTC_SUCCESS);
  CHECK(hipModuleGetFunction(&function, module, "fill") == hipSuccess);
  int *ints;
  CHECK(hipMallocManaged((void **)&ints, 3 * sizeof(int)) == hipSuccess);
  void *arguments[] = {&ints};
  CHECK(hipModuleLaunchKernel(function, 1, 1, 1, 3, 1, 1, 0, nullptr, arguments, nullptr) == hipSuccess);
  CHECK(hipDeviceSynchronize() == hipSuccess);
  std::printf("linked: %d %d %d\n", ints[0], ints[1], ints[2]);
  CHECK(hipModuleUnload(module) == hipSuccess);
  std::printf("%s\n", failures ? "failed" : "all as it should be");
  return failures != 0;
}

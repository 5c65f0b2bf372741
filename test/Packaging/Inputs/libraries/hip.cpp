#include <hip/hip_runtime.h>
#include <hip/hiprtc.h>
#include <hipfft/hipfft.h>
#include <stdio.h>
#include <vector>

static const char *text = "extern \"C\" __global__ void twice(int *value) { *value *= 2; }";

int main() {
  hipfftHandle plan;
  printf("plan: %d\n", hipfftPlan1d(&plan, -1, HIPFFT_C2C, 1));
  hiprtcProgram program;
  size_t size = 0;
  hiprtcCreateProgram(&program, text, "twice.hip", 0, nullptr, nullptr);
  printf("compiled: %d\n", hiprtcCompileProgram(program, 0, nullptr));
  hiprtcGetCodeSize(program, &size);
  std::vector<char> code(size);
  hiprtcGetCode(program, code.data());
  hipModule_t module;
  hipFunction_t twice;
  int value = 21, *memory;
  hipMalloc((void **)&memory, sizeof value);
  hipModuleLoadData(&module, code.data());
  hipModuleGetFunction(&twice, module, "twice");
  hipMemcpy(memory, &value, sizeof value, hipMemcpyHostToDevice);
  void *arguments[] = {&memory};
  hipModuleLaunchKernel(twice, 1, 1, 1, 1, 1, 1, 0, nullptr, arguments, nullptr);
  hipMemcpy(&value, memory, sizeof value, hipMemcpyDeviceToHost);
  printf("twice: %d\n", value);
  return 0;
}

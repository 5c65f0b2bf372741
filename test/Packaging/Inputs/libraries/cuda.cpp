#include <cuda.h>
#include <cufft.h>
#include <nvrtc.h>
#include <stdio.h>
#include <vector>

static const char *text = "extern \"C\" __global__ void twice(int *value) { *value *= 2; }";

int main() {
  cufftHandle plan;
  printf("plan: %d\n", cufftPlan1d(&plan, 16, CUFFT_C2C, 1));
  nvrtcProgram program;
  size_t size = 0;
  nvrtcCreateProgram(&program, text, "twice.cu", 0, nullptr, nullptr);
  printf("compiled: %d\n", nvrtcCompileProgram(program, 0, nullptr));
  nvrtcGetPTXSize(program, &size);
  std::vector<char> code(size);
  nvrtcGetPTX(program, code.data());
  CUdevice device;
  CUcontext context;
  CUmodule module;
  CUfunction twice;
  CUdeviceptr memory;
  int value = 21;
  cuInit(0);
  cuDeviceGet(&device, 0);
  cuDevicePrimaryCtxRetain(&context, device);
  cuCtxSetCurrent(context);
  cuModuleLoadData(&module, code.data());
  cuModuleGetFunction(&twice, module, "twice");
  cuMemAlloc(&memory, sizeof value);
  cuMemcpyHtoD(memory, &value, sizeof value);
  void *arguments[] = {&memory};
  cuLaunchKernel(twice, 1, 1, 1, 1, 1, 1, 0, nullptr, arguments, nullptr);
  cuMemcpyDtoH(&value, memory, sizeof value);
  printf("twice: %d\n", value);
  return 0;
}

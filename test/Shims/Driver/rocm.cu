// --target=rocm compiles CUDA source, and HIP source as cuport translate writes it, against ROCm's headers, and links its runtime.
// Nothing is run.
// REQUIRES: hip-toolchain

// RUN: %cuport-cc --target=rocm --offload-arch=gfx906 -Werror -O1 %s -o %t.cuda
// RUN: llvm-readelf -d %t.cuda | FileCheck %s --check-prefix=NEEDED --implicit-check-not=cuport
// NEEDED: Shared library: [libamdhip64
// RUN: llvm-readelf --sections %t.cuda | FileCheck %s --check-prefix=SECTION
// SECTION: .hip_fatbin

// RUN: rm -rf %t.hip && not %cuport translate %s -o %t.hip --hip-version=5.2
// RUN: %cuport-cc --target=rocm -x hip -O1 %t.hip/rocm.cu -o %t.translated

// Device code across files.
// RUN: split-file %S/separate.cu %t.separate && cd %t.separate
// RUN: %cuport-cc --target=rocm -dc one.cu two.cu && %cuport-cc --target=rocm -rdc=true one.o two.o -o prog

// What HIP lacks is named where it stands.
// RUN: not %cuport-cc --target=rocm -DMISSING -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: rocm.cu:[[#MISSING_LINE:]]:{{.*}} error: use of undeclared identifier 'cudaIpcGetEventHandleX'

// RUN: not %cuport-cc --target=rocm --rocm-path=%t.nowhere -c %s 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: error: {{.*}}nowhere/include/hip/hip_version.h is missing: --rocm-path says where ROCm is
// RUN: not %cuport-cc --target=rocm --check=thread -c %s 2>&1 | FileCheck %s --check-prefix=CHECKS
// CHECKS: error: '--target=rocm' compiles and links; checks and modules are the CPU's

__constant__ float factor;

__global__ void scale(float *numbers, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    numbers[i] = powf(numbers[i], factor); // asks for a library of HIP 5's that clang does not link any more
  __syncthreads(); // of HIP 5 in a device library that clang does not link any more
}

int main() {
  float *numbers = nullptr, two = 2;
  cudaStream_t stream;
  cudaMalloc(&numbers, 64 * sizeof(float));
  cudaMemcpyToSymbol(factor, &two, sizeof two);
  cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
  scale<<<1, 64, 0, stream>>>(numbers, 64);
  cudaError_t ended = cudaStreamSynchronize(stream);
#ifdef MISSING
  cudaIpcGetEventHandleX();
#endif
  cudaFree(numbers);
  return ended == cudaSuccess ? 0 : 1;
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "heat.h"

#include "check.h"
#include "kernels.cuh"

#include <algorithm>
#include <cstring>

Solver::Solver(const Plate &start, Diffusion diffusion)
    : width_(start.width), height_(start.height), bytes_(start.bytes()) {
  const dim3 grid((width_ + TileX - 1) / TileX, (height_ + TileY - 1) / TileY);
  blocks_ = grid.x * grid.y;

  CHECK(cudaStreamCreate(&compute_));
  CHECK(cudaStreamCreateWithFlags(&copy_, cudaStreamNonBlocking));
  CHECK(cudaEventCreate(&start_));
  CHECK(cudaEventCreate(&stop_));
  CHECK(cudaEventCreateWithFlags(&stepped_, cudaEventDisableTiming));

  CHECK(cudaMalloc((void **)&now_, bytes_));
  CHECK(cudaMalloc((void **)&next_, bytes_));
  CHECK(cudaMalloc((void **)&partial_, blocks_ * sizeof(float)));
  CHECK(cudaHostAlloc((void **)&staging_, bytes_, cudaHostAllocDefault));
  CHECK(cudaMallocHost((void **)&residuals_, blocks_ * sizeof(float)));

  const float constants[2] = {diffusion.alongX, diffusion.alongY};
  CHECK(cudaMemcpyToSymbol(coefficients, constants, sizeof(constants)));

  std::memcpy(staging_, start.cells.data(), bytes_);
  CHECK(cudaMemcpyAsync(now_, staging_, bytes_, cudaMemcpyHostToDevice, compute_));
}

Solver::~Solver() {
  cudaDeviceSynchronize();
  cudaFree(now_);
  cudaFree(next_);
  cudaFree(partial_);
  cudaFreeHost(staging_);
  cudaFreeHost(residuals_);
  cudaEventDestroy(start_);
  cudaEventDestroy(stop_);
  cudaEventDestroy(stepped_);
  cudaStreamDestroy(compute_);
  cudaStreamDestroy(copy_);
}

void Solver::step(bool withResidual) {
  const dim3 block(TileX, TileY);
  const dim3 grid((width_ + TileX - 1) / TileX, (height_ + TileY - 1) / TileY);
  if (withResidual)
    LAUNCH(stepKernel<true>, grid, block, 0, compute_, now_, next_, width_, height_, partial_);
  else
    stepKernel<false><<<grid, block, 0, compute_>>>(now_, next_, width_, height_, nullptr);
  std::swap(now_, next_);
}

Progress Solver::run(int maxSteps, int checkEvery, double tolerance) {
  Progress progress;
  CHECK(cudaEventRecord(start_, compute_));
  while (progress.steps < maxSteps) {
    const bool look = (progress.steps + 1) % checkEvery == 0 || progress.steps + 1 == maxSteps;
    step(look);
    ++progress.steps;
    if (!look)
      continue;

    // The partial sums travel on the second stream, behind the step that made them.
    CHECK(cudaEventRecord(stepped_, compute_));
    CHECK(cudaStreamWaitEvent(copy_, stepped_, 0));
    CHECK(cudaMemcpyAsync(residuals_, partial_, blocks_ * sizeof(float), cudaMemcpyDeviceToHost,
                          copy_));
    CHECK(cudaStreamSynchronize(copy_));
    progress.residual = 0.0;
    for (int block = 0; block < blocks_; ++block)
      progress.residual += residuals_[block];
    if (progress.residual < tolerance)
      break;
  }
  CHECK(cudaEventRecord(stop_, compute_));
  CHECK(cudaEventSynchronize(stop_));
  CHECK(cudaEventElapsedTime(&progress.milliseconds, start_, stop_));
  return progress;
}

void Solver::read(Plate &plate) {
  CHECK(cudaMemcpyAsync(staging_, now_, bytes_, cudaMemcpyDeviceToHost, compute_));
  CHECK(cudaStreamSynchronize(compute_));
  plate.cells.resize(plate.size());
  std::memcpy(plate.cells.data(), staging_, bytes_);
}

void printDevice() {
  int device = 0;
  cudaDeviceProp properties;
  CHECK(cudaGetDevice(&device));
  CHECK(cudaGetDeviceProperties(&properties, device));
  std::printf("device: %s, %d multiprocessors, %.1f GiB", properties.name,
              properties.multiProcessorCount, properties.totalGlobalMem / 1073741824.0);
#if CUDART_VERSION >= 13000
  int kilohertz = 0;
  CHECK(cudaDeviceGetAttribute(&kilohertz, cudaDevAttrClockRate, device));
  std::printf(", %.2f GHz\n", kilohertz / 1e6);
#else
  std::printf(", %.2f GHz\n", properties.clockRate / 1e6);
#endif
}

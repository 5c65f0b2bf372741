// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Heat diffusion on a rectangular plate: u_t = kx * u_xx + ky * u_yy. The edges keep their
// temperature.
#ifndef HEAT_H
#define HEAT_H

#include <cuda_runtime.h>

#include <cstddef>
#include <vector>

struct Plate {
  int width = 0;
  int height = 0;
  std::vector<float> cells; // row by row

  std::size_t size() const { return std::size_t(width) * height; }
  std::size_t bytes() const { return size() * sizeof(float); }
};

struct Diffusion {
  float alongX = 0.2f; // kx * dt / dx^2
  float alongY = 0.1f; // ky * dt / dy^2
};

struct Progress {
  int steps = 0;          // steps done
  double residual = 0.0;  // sum of squared changes of the last step that was looked at
  float milliseconds = 0; // on the device
};

// Keeps a plate in device memory and moves it forward in time.
class Solver {
public:
  Solver(const Plate &start, Diffusion diffusion);
  ~Solver();
  Solver(const Solver &) = delete;
  Solver &operator=(const Solver &) = delete;

  // Runs up to maxSteps steps; stops when the residual, looked at every checkEvery steps, falls
  // below tolerance.
  Progress run(int maxSteps, int checkEvery, double tolerance);

  // Copies the plate's present state to the host.
  void read(Plate &plate);

private:
  void step(bool withResidual);

  int width_;
  int height_;
  std::size_t bytes_;
  float *now_ = nullptr;
  float *next_ = nullptr;
  float *partial_ = nullptr;   // one partial residual a block, on the device
  float *staging_ = nullptr;   // pinned: the plate on its way to and from the device
  float *residuals_ = nullptr; // pinned: the partial residuals on the host
  int blocks_ = 0;
  cudaStream_t compute_ = nullptr;
  cudaStream_t copy_ = nullptr;
  cudaEvent_t start_ = nullptr;
  cudaEvent_t stop_ = nullptr;
  cudaEvent_t stepped_ = nullptr;
};

// The device that the solver runs on, in one line.
void printDevice();

#endif

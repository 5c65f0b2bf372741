// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// heat [--width N] [--height N] [--steps N] [--check]: a plate with one hot edge, cooling down.
#include "heat.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace {

struct Arguments {
  int width = 510;
  int height = 254;
  int steps = 500;
  bool check = false;
};

[[noreturn]] void usage(const char *program) {
  std::fprintf(stderr, "usage: %s [--width N] [--height N] [--steps N] [--check]\n", program);
  std::exit(2);
}

Arguments parse(int argc, char **argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    int *number = nullptr;
    if (!std::strcmp(argv[i], "--check")) {
      arguments.check = true;
      continue;
    }
    if (!std::strcmp(argv[i], "--width"))
      number = &arguments.width;
    else if (!std::strcmp(argv[i], "--height"))
      number = &arguments.height;
    else if (!std::strcmp(argv[i], "--steps"))
      number = &arguments.steps;
    if (!number || i + 1 == argc || (*number = std::atoi(argv[++i])) < 1)
      usage(argv[0]);
  }
  return arguments;
}

Plate hotEdge(int width, int height) {
  Plate plate{width, height, std::vector<float>(std::size_t(width) * height, 20.0f)};
  for (int x = 0; x < width; ++x)
    plate.cells[x] = 100.0f;
  return plate;
}

// The same steps on the CPU.
Plate reference(Plate plate, Diffusion diffusion, int steps) {
  Plate next = plate;
  const int w = plate.width;
  for (int step = 0; step < steps; ++step) {
    for (int y = 1; y < plate.height - 1; ++y)
      for (int x = 1; x < w - 1; ++x) {
        const float *u = &plate.cells[std::size_t(y) * w + x];
        next.cells[std::size_t(y) * w + x] = u[0] +
                                             diffusion.alongX * (u[-1] + u[1] - 2.0f * u[0]) +
                                             diffusion.alongY * (u[-w] + u[w] - 2.0f * u[0]);
      }
    std::swap(plate.cells, next.cells);
  }
  return plate;
}

double largestDifference(const Plate &a, const Plate &b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::fmax(largest, std::fabs(double(a.cells[i]) - b.cells[i]));
  return largest;
}

double mean(const Plate &plate) {
  double sum = 0.0;
  for (float cell : plate.cells)
    sum += cell;
  return sum / plate.size();
}

} // namespace

int main(int argc, char **argv) {
  const Arguments arguments = parse(argc, argv);
  const Diffusion diffusion;
  const Plate start = hotEdge(arguments.width, arguments.height);

  printDevice();
  Solver solver(start, diffusion);
  const Progress progress = solver.run(arguments.steps, 100, 1e-6);
  Plate result = start;
  solver.read(result);
  std::printf("%d steps on %d x %d cells in %.2f ms, residual %.6f, mean %.4f\n", progress.steps,
              arguments.width, arguments.height, progress.milliseconds, progress.residual,
              mean(result));

  if (!arguments.check)
    return 0;
  const double difference = largestDifference(result, reference(start, diffusion, progress.steps));
  const bool good = difference < 1e-2;
  std::printf("largest difference to the CPU: %.2e: %s\n", difference, good ? "good" : "WRONG");
  return good ? 0 : 1;
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Discrete Fourier transforms of one line of complex numbers, of any length, not normalised.
//
//   small prime factors   Stockham's algorithm, a pass a factor
//   a large one           Bluestein's: a convolution of a power of two

#ifndef CUPORT_LIBS_FFT_LINE_H
#define CUPORT_LIBS_FFT_LINE_H

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace cuport::fft {

template <class Real> class Line {
public:
  using Complex = std::complex<Real>;

  explicit Line(int64_t length) : length(length), roots(length) {
    constexpr double Turn = 6.283185307179586476925286766559;
    for (int64_t i = 0; i < length; ++i)
      roots[i] = Complex(Real(std::cos(Turn * i / length)), Real(-std::sin(Turn * i / length)));
    int64_t rest = length;
    for (int64_t factor : {4, 2, 3})
      for (; rest % factor == 0; rest /= factor)
        factors.push_back(factor);
    for (int64_t factor = 5; factor <= LargestFactor; factor += 2)
      for (; rest % factor == 0; rest /= factor)
        factors.push_back(factor);
    if (rest > 1)
      prepareChirp(Turn);
  }

  /// Transforms \p line in place; \p inverse: with the other sign.
  void run(Complex *line, bool inverse) const {
    if (length == 1)
      return;
    if (convolution)
      return runChirp(line, inverse);
    std::vector<Complex> other(length);
    Complex *from = line, *to = other.data();
    int64_t left = length, stride = 1;
    for (int64_t factor : factors) {
      pass(from, to, left, stride, factor, inverse);
      std::swap(from, to);
      left /= factor;
      stride *= factor;
    }
    if (from != line)
      std::copy_n(from, length, line);
  }

private:
  static constexpr int64_t LargestFactor = 61;

  Complex root(int64_t index, bool inverse) const { return inverse ? std::conj(roots[index]) : roots[index]; }

  /// Without the checks for infinities that C++'s product of complex numbers has.
  static Complex times(Complex a, Complex b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
  }

  /// Transforms of \p factor elements, then turns by the root that stands for the place: left = factor * parts.
  void pass(const Complex *from, Complex *to, int64_t left, int64_t stride, int64_t factor, bool inverse) const {
    int64_t parts = left / factor, step = length / factor;
    Complex in[LargestFactor], turns[LargestFactor], small[LargestFactor];
    for (int64_t i = 0; i < factor; ++i)
      small[i] = root(i * step, inverse);
    for (int64_t part = 0; part < parts; ++part) {
      for (int64_t i = 0; i < factor; ++i)
        turns[i] = root(part * i * stride, inverse);
      for (int64_t s = 0; s < stride; ++s) {
        for (int64_t i = 0; i < factor; ++i)
          in[i] = from[s + stride * (part + parts * i)];
        Complex *out = to + s + stride * factor * part;
        if (factor == 2) {
          out[0] = in[0] + in[1];
          out[stride] = times(in[0] - in[1], turns[1]);
        } else if (factor == 4) {
          Complex a = in[0] + in[2], b = in[0] - in[2], c = in[1] + in[3], d = times(in[1] - in[3], small[1]);
          out[0] = a + c;
          out[stride] = times(b + d, turns[1]);
          out[2 * stride] = times(a - c, turns[2]);
          out[3 * stride] = times(b - d, turns[3]);
        } else
          for (int64_t k = 0; k < factor; ++k) {
            Complex sum = in[0];
            for (int64_t i = 1; i < factor; ++i)
              sum += times(in[i], small[i * k % factor]);
            out[k * stride] = times(sum, turns[k]);
          }
      }
    }
  }

  /// i k = (i^2 + k^2 - (k - i)^2) / 2: the transform is a convolution with exp(pi i k^2 / length).
  void prepareChirp(double turn) {
    int64_t size = 1;
    while (size < 2 * length - 1)
      size *= 2;
    convolution = std::make_unique<Line>(size);
    chirp.resize(length);
    kernel.assign(size, Complex());
    for (int64_t i = 0; i < length; ++i) {
      double angle = turn / 2 * double(uint64_t(i) * uint64_t(i) % uint64_t(2 * length)) / length;
      chirp[i] = Complex(Real(std::cos(angle)), Real(-std::sin(angle)));
      kernel[i] = kernel[(size - i) % size] = std::conj(chirp[i]);
    }
    convolution->run(kernel.data(), false);
  }

  void runChirp(Complex *line, bool inverse) const {
    int64_t size = convolution->length;
    std::vector<Complex> work(size);
    // The inverse is the transform of the conjugates, conjugated.
    for (int64_t i = 0; i < length; ++i)
      work[i] = times(inverse ? std::conj(line[i]) : line[i], chirp[i]);
    convolution->run(work.data(), false);
    for (int64_t i = 0; i < size; ++i)
      work[i] = times(work[i], kernel[i]);
    convolution->run(work.data(), true);
    for (int64_t i = 0; i < length; ++i) {
      Complex value = times(work[i], chirp[i]) * (Real(1) / Real(size));
      line[i] = inverse ? std::conj(value) : value;
    }
  }

  int64_t length;
  std::vector<Complex> roots; ///< exp(-2 pi i k / length)
  std::vector<int64_t> factors;
  std::unique_ptr<Line> convolution; ///< of a length with a large prime factor
  std::vector<Complex> chirp, kernel;
};

/// The line of that length; made once.
template <class Real> const Line<Real> &lineOf(int64_t length) {
  static std::mutex &mutex = *new std::mutex;
  static auto &lines = *new std::map<int64_t, Line<Real>>;
  std::lock_guard lock(mutex);
  return lines.try_emplace(length, length).first->second;
}

} // namespace cuport::fft

#endif

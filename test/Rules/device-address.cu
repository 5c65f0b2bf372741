// A CUdeviceptr is an integer, a hipDeviceptr_t a pointer: what of its uses does not compile any more is told.
// RUN: { %cuport translate %s -o %t --rules=device-address,api-name,include 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

#include <cstdint>
#include <cuda.h>
#include <vector>

struct Buffer {
  CUdeviceptr address;
  // CHECK: device-address.cu:[[#@LINE+1]]:25: warning: 'address(size)' takes a CUdeviceptr and an integer for one; {{.*}} [device-address]
  Buffer(size_t size) : address(size) {}
  Buffer(CUdeviceptr p) : address(p) {}
};
typedef CUdeviceptr Mine;
void take(CUdeviceptr p);
void number(uint64_t n);
template <class T> void any(T value) { T copy = value; }
template <class T> struct Holder { T value; };
// Of an initialiser in parentheses clang knows no type before the template has its arguments.
template <class T> int lanes(T value) { const int known(sizeof(T)), asked(value.size()); int both(known + asked); return both; }

// CHECK: device-address.cu:[[#@LINE+1]]:27: warning: 'return p' takes
size_t asNumber(Mine p) { return p; }

void f(CUdeviceptr p, Mine q, size_t n, const void *host, unsigned long long plain) {
  // CHECK: [[#@LINE+1]]:18: warning: 'p + n' takes a CUdeviceptr and an integer for one; HIP's hipDeviceptr_t is void *, and this does not compile: compute with (char *) or (uintptr_t) of it, and cast the result to hipDeviceptr_t [device-address]
  cuMemcpyHtoD(p + n, host, n);
  // CHECK: [[#@LINE+1]]:5: warning: 'q += 16' takes
  q += 16;
  // CHECK: [[#@LINE+1]]:9: warning: 'p % 256' takes
  if (p % 256 != 0)
    // CHECK: [[#@LINE+1]]:5: warning: '++p' takes
    ++p;
  // CHECK: [[#@LINE+1]]:9: warning: 'p < n' takes
  if (p < n)
    return;
  // CHECK: [[#@LINE+1]]:12: warning: 'uint64_t a = p' takes
  uint64_t a = p;
  // CHECK: [[#@LINE+1]]:22: warning: 'unsigned long long b = p' takes
  unsigned long long b = p;
  // CHECK: [[#@LINE+1]]:15: warning: 'CUdeviceptr c = plain' takes
  CUdeviceptr c = plain;
  // CHECK: [[#@LINE+1]]:15: warning: 'CUdeviceptr d{n}' takes
  CUdeviceptr d{n};
  // CHECK: [[#@LINE+1]]:5: warning: 'c = n * 4' takes
  c = n * 4;
  // CHECK: [[#@LINE+1]]:8: warning: 'n' takes
  take(n);
  // CHECK: [[#@LINE+1]]:10: warning: 'p' takes
  number(p);
  // CHECK: [[#@LINE+1]]:7: warning: 'static_cast<uint64_t>(p)' takes
  a = static_cast<uint64_t>(p);
  // CHECK: [[#@LINE+1]]:14: warning: '(int)p' takes
  int less = (int)p;
  // CHECK: [[#@LINE+1]]:16: warning: 'p - q' takes
  size_t s = p - q;
}

// What a pointer does as well.
bool g(CUdeviceptr p, Mine q, float *host, uintptr_t number, std::vector<CUdeviceptr> &many) {
  CUdeviceptr none = 0, same = q, back = (CUdeviceptr)host, cast = (CUdeviceptr)number;
  size_t address = (size_t)p;
  float *device = reinterpret_cast<float *>(p);
  auto copy = p;
  CUdeviceptr first = many[0], second = Holder<CUdeviceptr>{p}.value;
  none = copy;
  many.push_back(p);
  any(p);
  take(host ? p : 0);
  Buffer buffer(p);
  same = NULL;
  if (!p || (p && p != 0) || p == q || p < q)
    return true;
  return p;
}

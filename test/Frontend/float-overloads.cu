// CUDA's functions on double have overloads for float, as nvcc's headers declare them: functions, which win against a template of the
// program's own, and of the type float.
// RUN: (%cuport report %s --format=json || test $? -eq 1) | %python -c "import json, sys; print(json.load(sys.stdin)['files'][0]['state'])" \
// RUN:   | grep -qx parsed

template <class T> struct Is {
  template <class U> __host__ __device__ static void it(U) { static_assert(__is_same(T, U)); }
};
using Float = Is<float>;

namespace own {
template <class T> __host__ __device__ T sqrt(T value);
template <class T> __host__ __device__ T pow(T base, T exponent);
} // namespace own
namespace user {
using namespace own;
__host__ __device__ float length(float x) { return sqrt(x) + pow(x, 2.4f); }
} // namespace user

__host__ __device__ void both(float f, float *p, int i) {
  Float::it(exp10(f)), Float::it(rsqrt(f)), Float::it(rcbrt(f)), Float::it(sinpi(f)), Float::it(cospi(f));
  sincos(f, p, p), sincospi(f, p, p);
  Float::it(j0(f)), Float::it(j1(f)), Float::it(jn(i, f)), Float::it(y0(f)), Float::it(y1(f)), Float::it(yn(i, f));
  Float::it(erfinv(f)), Float::it(erfcinv(f)), Float::it(normcdfinv(f)), Float::it(normcdf(f)), Float::it(erfcx(f));
  Float::it(fma(f, f, f)), Float::it(scalbn(f, i)), Float::it(frexp(f, &i)), Float::it(modf(f, p)), Float::it(abs(f));
  Float::it(remquo(f, f, &i)), Float::it(scalbln(f, 1L)), Float::it(copysign(f, f));
  Is<int>::it(ilogb(f)), Is<long>::it(lrint(f)), Is<long>::it(lround(f)), Is<long long>::it(llrint(f));
}

__global__ void kernel(float f, float *p) { Float::it(cyl_bessel_i0(f)), Float::it(cyl_bessel_i1(f)), both(f, p, 1); }

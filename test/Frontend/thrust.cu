// Code that calls Thrust parses against the surface, lambdas and results included.
// RUN: %cuport report %s --format=json | %python -c "import json, sys; [print(f['state'], f['error_count']) for f in json.load(sys.stdin)['files']]" | FileCheck %s
// CHECK: parsed 0

#include <thrust/copy.h>
#include <thrust/device_vector.h>
#include <thrust/host_vector.h>
#include <thrust/sort.h>
#include <thrust/reduce.h>
#include <thrust/transform.h>
#include <thrust/scan.h>
#include <thrust/functional.h>
#include <thrust/iterator/zip_iterator.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/iterator/transform_iterator.h>
#include <thrust/iterator/constant_iterator.h>
#include <thrust/execution_policy.h>
#include <thrust/complex.h>
#include <thrust/random.h>
#include <thrust/system/cuda/execution_policy.h>
#include <cstdio> // <memory> and <vector> come with device_vector.h

struct Sq { __host__ __device__ float operator()(float x) const { return x*x; } };
struct Cmp { template <class T> __host__ __device__ bool operator()(const T&a,const T&b) const { return thrust::get<0>(a) < thrust::get<0>(b); } };
__global__ void k(float*p){ thrust::complex<float> z(1,2); p[0] = (z*2.0f + thrust::conj(z)).real() + thrust::abs(z); thrust::sort(thrust::seq, p, p+3); }
struct Shared { std::shared_ptr<thrust::device_vector<int>> held = std::make_shared<thrust::device_vector<int>>(1, 1); };
int main() {
  std::vector<float> v(10);
  thrust::host_vector<float> h(v.begin(), v.end()); h = v;
  thrust::device_vector<float> d = h, e(10), f(10, 1.f);
  thrust::device_vector<int> keys(10);
  cudaStream_t s; cudaStreamCreate(&s);
  thrust::sort(d.begin(), d.end(), thrust::greater<float>());
  thrust::sort_by_key(thrust::cuda::par.on(s), keys.begin(), keys.end(), d.begin());
  float sum = thrust::reduce(d.begin(), d.end()) + thrust::reduce(thrust::device, d.begin(), d.end(), 0.0f, thrust::plus<float>());
  int n = thrust::unique(keys.begin(), keys.end()) - keys.begin();
  size_t m = thrust::copy_if(thrust::device, d.begin(), d.end(), e.begin(), [] __device__(float x) { return x > 0; }) - e.begin();
  thrust::transform(d.begin(), d.end(), e.begin(), f.begin(), thrust::multiplies<float>());
  thrust::transform(d.begin(), d.end(), f.begin(), Sq());
  float t = thrust::transform_reduce(d.begin(), d.end(), Sq(), 0.f, thrust::plus<float>());
  auto z = thrust::make_zip_iterator(thrust::make_tuple(d.begin(), e.begin()));
  thrust::sort(z, z + 10, Cmp());
  auto it = thrust::max_element(d.begin(), d.end());
  printf("%f %d %zu %f %f\n", sum, n, m, t, float(*it));
  float *raw = thrust::raw_pointer_cast(d.data()); float *r2 = thrust::raw_pointer_cast(&d[0]);
  k<<<1,1,0,s>>>(raw);
  thrust::device_ptr<float> p = thrust::device_pointer_cast(r2); thrust::device_ptr<float> p2(r2);
  thrust::fill(p, p + 3, 1.f);  thrust::sequence(keys.begin(), keys.end());
  auto ends = thrust::reduce_by_key(keys.begin(), keys.end(), thrust::make_constant_iterator(1), keys.begin(), e.begin());
  int c = ends.first - keys.begin(); int cc = thrust::get<1>(ends) - e.begin();
  float x = d[3]; d[2] = 5.f; d[1] += x; thrust::default_random_engine rng(1); thrust::uniform_real_distribution<float> u(0,1); x = u(rng);
  auto cnt = thrust::make_counting_iterator(0); thrust::for_each(cnt, cnt + 5, [=] __device__ (int i) { raw[i] = i; });
  auto ti = thrust::make_transform_iterator(d.begin(), Sq()); float q = *ti;
  using namespace thrust::placeholders; thrust::transform(d.begin(), d.end(), d.begin(), 2.f * _1 + 1.f);
  thrust::inclusive_scan(d.begin(), d.end(), e.begin()); thrust::copy(e.begin(), e.end(), h.begin()); for (float g : h) printf("%f %d %d %f", g, c, cc, q);
  cudaFree(0); return thrust::equal(d.begin(), d.end(), e.begin());
}

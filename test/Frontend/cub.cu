// CUB's parts are declared, those too that code of its own making is built of.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -le 1; }
// RUN: not grep parse-error %t.err

#include <cub/cub.cuh>

template <class T, int LANES> struct Scan {
  static constexpr int STEPS = cub::Log2<LANES>::VALUE;
  static_assert(LANES == 1 << STEPS && cub::PowerOfTwo<LANES>::VALUE && LANES <= CUB_WARP_THREADS(0), "a power of two");
  static_assert(cub::Log2<33>::VALUE == 6 && cub::Log2<1>::VALUE == 0, "rounded up");
  unsigned lane = threadIdx.x & (LANES - 1), members = cub::WarpMask<LANES>(cub::WarpId());
  __device__ T all(T input) {
    for (int i = 0; i < STEPS; ++i) {
      T other = cub::ShuffleDown<LANES>(input, 1 << i, LANES - 1, members);
      input = lane + (1 << i) < LANES ? input + other : input;
    }
    return cub::ShuffleIndex<LANES>(input, 0, members);
  }
};

template <class T, int X> struct Raking {
  using Layout = cub::BlockRakingLayout<T, X>;
  static_assert(Layout::UNGUARDED, "no rest");
  struct Inner {
    typename Layout::TempStorage grid;
  };
  struct TempStorage : cub::Uninitialized<Inner> {};
  Inner &storage;
  __device__ Raking(TempStorage &storage) : storage(storage.Alias()) {}
  __device__ void put(T value) { *Layout::PlacementPtr(storage.grid, cub::RowMajorTid(X, 1, 1)) = value; }
};

__global__ void kernel(const float *in, float *out, unsigned char *bytes) {
  __shared__ typename Raking<float, 128>::TempStorage raking;
  Raking<float, 128>(raking).put(Scan<float, 32>().all(cub::ThreadLoad<cub::LOAD_LDG>(in + threadIdx.x)));
  typedef cub::BlockHistogram<unsigned char, 128, 4, 256> Histogram;
  __shared__ typename Histogram::TempStorage storage;
  __shared__ unsigned counts[256];
  unsigned char mine[4];
  Histogram(storage).Histogram(mine, counts);
  typedef cub::WarpMergeSort<int, 4, 16> Sort;
  __shared__ typename Sort::TempStorage sort;
  int keys[4] = {};
  Sort(sort).Sort(keys, [] __device__(int a, int b) { return a < b; });
  cub::Traits<float>::UnsignedBits bits = cub::Traits<float>::TwiddleIn(__float_as_uint(in[0]));
  cub::ThreadStore<cub::STORE_CG>(out + cub::BFE(bits, 3, 5), 1.0f);
}

namespace {
struct Larger {
  __device__ float operator()(float a, float b) const { return a < b ? b : a; }
};
struct Pair {
  float a, b;
};
} // namespace

// Types that only this file knows.
__global__ void own(float *p) {
  __shared__ typename cub::BlockReduce<float, 128>::TempStorage storage;
  p[0] = cub::BlockReduce<float, 128>(storage).Reduce(p[0], [](float a, float b) { return a + b; });
  p[1] = cub::WarpReduce<float>(*(typename cub::WarpReduce<float>::TempStorage *)p).Reduce(p[1], Larger());
  cub::BlockScan<float, 128>(*(typename cub::BlockScan<float, 128>::TempStorage *)p).InclusiveScan(p[2], p[3], Larger());
  typedef cub::BlockReduce<Pair, 128> Pairs;
  __shared__ typename Pairs::TempStorage pairs;
  Pair sum = Pairs(pairs).Reduce(cub::ShuffleIndex<32>(Pair(), 0, 1), [](const Pair &a, const Pair &b) { return a; });
}

static cub::CachingDeviceAllocator pool(true);

cudaError_t host(float *data, int n, cudaStream_t stream) {
  void *storage = nullptr;
  size_t bytes = 0;
  cub::DeviceAdjacentDifference::SubtractLeft(storage, bytes, data, n);
  cub::DeviceFor::Bulk(n, [] __device__(int) {});
  cub::CacheModifiedInputIterator<cub::LOAD_CS, float> in(data);
  cub::DiscardOutputIterator<> none;
  cub::DeviceReduce::Sum(storage, bytes, in, none, CUB_MIN(n, 4));
  cub::DeviceReduce::Reduce(storage, bytes, data, data + 1, n, [] __device__(float a, float b) { return a + b; }, 0.f);
  auto square = [] __host__ __device__(float x) { return x * x; };
  cub::TransformInputIterator<float, decltype(square), float *> squares(data, square);
  cub::DeviceReduce::Max(storage, bytes, squares + 1, data, n);
  cub::DeviceScan::InclusiveScan(storage, bytes, data, data, Larger(), n);
  CubDebugExit(pool.DeviceAllocate(&storage, bytes, stream));
  return CubDebug(pool.DeviceFree(storage));
}

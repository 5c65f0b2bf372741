// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUB's smaller parts, as code that is built the way CUB is uses them: numbers and types, a warp's instructions, loads and
// stores of a thread, layouts, how a grid shares its work. Of cub.h.

#ifndef CUPORT_CUB_PARTS_H
#define CUPORT_CUB_PARTS_H

#define CUB_LOG_WARP_THREADS(unused) (5)
#define CUB_WARP_THREADS(unused) (1 << CUB_LOG_WARP_THREADS(0))
#define CUB_PTX_LOG_WARP_THREADS CUB_LOG_WARP_THREADS(0)
#define CUB_PTX_WARP_THREADS CUB_WARP_THREADS(0)
#define CUB_LOG_SMEM_BANKS(unused) (5)
#define CUB_SMEM_BANKS(unused) (1 << CUB_LOG_SMEM_BANKS(0))
#define CUB_PTX_LOG_SMEM_BANKS CUB_LOG_SMEM_BANKS(0)
#define CUB_PTX_SMEM_BANKS CUB_SMEM_BANKS(0)
#define CUB_RUNTIME_FUNCTION __host__ __device__
#define CUB_MAX(a, b) (((b) > (a)) ? (b) : (a))
#define CUB_MIN(a, b) (((b) < (a)) ? (b) : (a))
#define CUB_QUOTIENT_FLOOR(x, y) ((x) / (y))
#define CUB_QUOTIENT_CEILING(x, y) (((x) + (y) - 1) / (y))
#define CUB_ROUND_UP_NEAREST(x, y) (CUB_QUOTIENT_CEILING(x, y) * y)
#define CUB_ROUND_DOWN_NEAREST(x, y) (((x) / (y)) * y)
#define CubDebug(e) ::cub::Debug((cudaError_t)(e), __FILE__, __LINE__)
#define CubDebugExit(e)                                                                            \
  if (::cub::Debug((cudaError_t)(e), __FILE__, __LINE__)) {                                        \
    __builtin_trap();                                                                              \
  }

namespace cub {

__host__ __device__ cudaError_t Debug(cudaError_t error, const char *file, int line);

template <int N, int CurrentValue = N, int Count = 0> struct Log2 {
  enum { VALUE = N <= 1 ? 0 : 32 - __builtin_clz(N - (N > 1)) };
};
template <int N> struct PowerOfTwo {
  enum { VALUE = (N & (N - 1)) == 0 };
};
template <int A> struct Int2Type {
  enum { VALUE = A };
};
template <class A, class B> struct Equals {
  enum { VALUE = 0, NEGATE = 1 };
};
template <class A> struct Equals<A, A> {
  enum { VALUE = 1, NEGATE = 0 };
};
template <bool Condition, class Then, class Else> struct If {
  typedef Then Type;
};
template <class Then, class Else> struct If<false, Then, Else> {
  typedef Else Type;
};
template <class T> struct Uninitialized {
  __host__ __device__ T &Alias() CUPORT_BODY
  T storage;
};
template <class T> struct FutureValue {
  typedef T value_type;
  __host__ __device__ explicit FutureValue(T *value) CUPORT_BODY
  __host__ __device__ operator T() CUPORT_BODY
};

enum Category { NOT_A_NUMBER, SIGNED_INTEGER, UNSIGNED_INTEGER, FLOATING_POINT };
template <int Bytes> struct CuportBits {
  typedef unsigned char Type;
};
template <> struct CuportBits<2> {
  typedef unsigned short Type;
};
template <> struct CuportBits<4> {
  typedef unsigned int Type;
};
template <> struct CuportBits<8> {
  typedef unsigned long long Type;
};
template <class T> struct NumericTraits {
  typedef typename CuportBits<sizeof(T)>::Type UnsignedBits;
  static const Category CATEGORY = (T)0.5 != (T)0 ? FLOATING_POINT : (T)-1 < (T)0 ? SIGNED_INTEGER : UNSIGNED_INTEGER;
  enum { PRIMITIVE = true, NULL_TYPE = false };
  __host__ __device__ static UnsignedBits TwiddleIn(UnsignedBits key);
  __host__ __device__ static UnsignedBits TwiddleOut(UnsignedBits key);
  __host__ __device__ static T Max();
  __host__ __device__ static T Lowest();
};
template <class T> struct Traits : NumericTraits<T> {};

// A warp's instructions.
__device__ unsigned int LaneId();
__device__ unsigned int WarpId();
__device__ unsigned int LaneMaskLt();
__device__ unsigned int LaneMaskLe();
__device__ unsigned int LaneMaskGt();
__device__ unsigned int LaneMaskGe();
__device__ int RowMajorTid(int x, int y, int z);
__device__ void ThreadExit();
__device__ void ThreadTrap();
__device__ void CTA_SYNC();
__device__ int CTA_SYNC_AND(int p);
__device__ int CTA_SYNC_OR(int p);
__device__ void WARP_SYNC(unsigned int members);
__device__ int WARP_ANY(int predicate, unsigned int members);
__device__ int WARP_ALL(int predicate, unsigned int members);
__device__ int WARP_BALLOT(int predicate, unsigned int members);
template <class Word> __device__ unsigned int BFE(Word source, unsigned int start, unsigned int bits);
__device__ void BFI(unsigned int &result, unsigned int x, unsigned int y, unsigned int start, unsigned int bits);
__device__ unsigned int IADD3(unsigned int x, unsigned int y, unsigned int z);
__device__ int PRMT(unsigned int a, unsigned int b, unsigned int index);
__device__ unsigned int SHR_ADD(unsigned int x, unsigned int shift, unsigned int addend);
__device__ unsigned int SHL_ADD(unsigned int x, unsigned int shift, unsigned int addend);
template <int Lanes> __host__ __device__ unsigned int WarpMask(unsigned int warp);
template <int Lanes, class T> __device__ T ShuffleUp(T input, int distance, int first, unsigned int members) CUPORT_BODY
template <int Lanes, class T> __device__ T ShuffleDown(T input, int distance, int last, unsigned int members) CUPORT_BODY
template <int Lanes, class T> __device__ T ShuffleIndex(T input, int lane, unsigned int members) CUPORT_BODY
template <int Bits, int Lanes = 32> __device__ unsigned int MatchAny(unsigned int label);

// A thread's own loads, stores and reductions.
enum CacheLoadModifier { LOAD_DEFAULT, LOAD_CA, LOAD_CG, LOAD_CS, LOAD_CV, LOAD_LDG, LOAD_VOLATILE };
enum CacheStoreModifier { STORE_DEFAULT, STORE_WB, STORE_CG, STORE_CS, STORE_WT, STORE_VOLATILE };
template <CacheLoadModifier M, class T> __device__ T ThreadLoad(T *from) CUPORT_BODY
template <CacheStoreModifier M, class T, class U> __device__ void ThreadStore(T *to, U value) CUPORT_BODY
template <class T, int N, class Operator> __device__ T ThreadReduce(T (&items)[N], Operator op) CUPORT_BODY
template <class T, int N, class Operator> __device__ T ThreadReduce(T (&items)[N], Operator op, T prefix) CUPORT_BODY
template <class T> __host__ __device__ void Swap(T &a, T &b) CUPORT_BODY
template <class Pointer, class Offset, class T> __device__ Offset LowerBound(Pointer input, Offset count, T value) CUPORT_BODY
template <class Pointer, class Offset, class T> __device__ Offset UpperBound(Pointer input, Offset count, T value) CUPORT_BODY
template <class T, int N> __device__ void LoadDirectBlockedVectorized(int thread, T *input, T (&items)[N]) CUPORT_BODY
template <class T, int N> __device__ void StoreDirectBlockedVectorized(int thread, T *output, T (&items)[N]) CUPORT_BODY
template <class T, class Pointer, class... Rest>
__device__ void LoadDirectWarpStriped(int thread, Pointer input, T &items, const Rest &...rest) CUPORT_BODY
template <class T, class Pointer, class... Rest>
__device__ void StoreDirectWarpStriped(int thread, Pointer output, T &items, const Rest &...rest) CUPORT_BODY

template <class T, int X, int Arch = 0> struct BlockRakingLayout {
  enum {
    SHARED_ELEMENTS = X,
    MAX_RAKING_THREADS = X < 32 ? X : 32,
    SEGMENT_LENGTH = (SHARED_ELEMENTS + MAX_RAKING_THREADS - 1) / MAX_RAKING_THREADS,
    RAKING_THREADS = (SHARED_ELEMENTS + SEGMENT_LENGTH - 1) / SEGMENT_LENGTH,
    HAS_CONFLICTS = 0,
    CONFLICT_DEGREE = 1,
    USE_SEGMENT_PADDING = (SEGMENT_LENGTH & 1) == 0 && SEGMENT_LENGTH > 2,
    GRID_ELEMENTS = RAKING_THREADS * (SEGMENT_LENGTH + USE_SEGMENT_PADDING),
    UNGUARDED = SHARED_ELEMENTS % RAKING_THREADS == 0
  };
  struct TempStorage {
    TempStorage &Alias() CUPORT_BODY
    T elements[GRID_ELEMENTS];
  };
  __device__ static T *PlacementPtr(TempStorage &storage, unsigned int thread) CUPORT_BODY
  __device__ static T *RakingPtr(TempStorage &storage, unsigned int thread) CUPORT_BODY
};

// How a grid shares its work.
enum GridMappingStrategy { GRID_MAPPING_RAKE, GRID_MAPPING_STRIP_MINE, GRID_MAPPING_DYNAMIC };
template <class Offset> struct GridEvenShare {
  Offset num_items, block_offset, block_end, block_stride;
  int grid_size;
  __host__ __device__ GridEvenShare();
  __host__ __device__ void DispatchInit(Offset items, int most, int tile);
  template <int Tile, GridMappingStrategy Strategy> __device__ void BlockInit();
};
struct GridBarrier {
  __device__ void Sync() const;
};
struct GridBarrierLifetime : GridBarrier {
  cudaError_t HostReset();
  cudaError_t Setup(int blocks);
};

struct CachingDeviceAllocator {
  CachingDeviceAllocator(bool keeps = false, bool says = false);
  CachingDeviceAllocator(unsigned int growth, unsigned int least = 1, unsigned int most = ~0u, size_t cached = ~size_t(0),
                         bool keeps = false);
  template <class T> cudaError_t DeviceAllocate(T **memory, size_t bytes, cudaStream_t stream = 0) CUPORT_BODY
  template <class T> cudaError_t DeviceAllocate(int device, T **memory, size_t bytes, cudaStream_t stream = 0) CUPORT_BODY
  cudaError_t DeviceFree(void *memory);
  cudaError_t DeviceFree(int device, void *memory);
  cudaError_t FreeAllCached();
  cudaError_t SetMaxCachedBytes(size_t bytes);
};

} // namespace cub

#endif

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUB as code outside it calls it: collectives of a device, a block and a warp. Arguments that only choose among
// algorithms are taken as they come.

#ifndef CUPORT_CUB_H
#define CUPORT_CUB_H

#include <cuda_runtime.h>

#ifdef __cplusplus

// Of what may be called with a lambda, whose type no other unit could know.
#define CUPORT_BODY                                                                                \
  {                                                                                                \
    __builtin_trap();                                                                              \
  }

#include <cuport/cub_parts.h>

namespace cub {

enum BlockReduceAlgorithm {
  BLOCK_REDUCE_RAKING_COMMUTATIVE_ONLY,
  BLOCK_REDUCE_RAKING,
  BLOCK_REDUCE_WARP_REDUCTIONS
};
enum BlockScanAlgorithm { BLOCK_SCAN_RAKING, BLOCK_SCAN_RAKING_MEMOIZE, BLOCK_SCAN_WARP_SCANS };
enum BlockLoadAlgorithm {
  BLOCK_LOAD_DIRECT,
  BLOCK_LOAD_STRIPED,
  BLOCK_LOAD_VECTORIZE,
  BLOCK_LOAD_TRANSPOSE,
  BLOCK_LOAD_WARP_TRANSPOSE,
  BLOCK_LOAD_WARP_TRANSPOSE_TIMESLICED
};
enum BlockStoreAlgorithm {
  BLOCK_STORE_DIRECT,
  BLOCK_STORE_STRIPED,
  BLOCK_STORE_VECTORIZE,
  BLOCK_STORE_TRANSPOSE,
  BLOCK_STORE_WARP_TRANSPOSE,
  BLOCK_STORE_WARP_TRANSPOSE_TIMESLICED
};
enum BlockHistogramAlgorithm { BLOCK_HISTO_SORT, BLOCK_HISTO_ATOMIC };

struct NullType {};
template <class Key, class Value> struct KeyValuePair {
  typedef Key KeyType;
  typedef Value ValueType;
  KeyValuePair() = default;
  __host__ __device__ KeyValuePair(const Key &key, const Value &value) CUPORT_BODY
  Key key;
  Value value;
};
template <class T> struct DoubleBuffer {
  DoubleBuffer() = default;
  __host__ __device__ DoubleBuffer(T *current, T *alternate) CUPORT_BODY
  __host__ __device__ T *Current() CUPORT_BODY
  __host__ __device__ T *Alternate() CUPORT_BODY
  T *d_buffers[2];
  int selector;
};

#define CUPORT_OPERATOR(name)                                                                      \
  struct name {                                                                                    \
    template <class A, class B> __host__ __device__ A operator()(const A &a, const B &b) const     \
        CUPORT_BODY                                                                                \
  };
CUPORT_OPERATOR(Sum)
CUPORT_OPERATOR(Difference)
CUPORT_OPERATOR(Division)
CUPORT_OPERATOR(Max)
CUPORT_OPERATOR(Min)
CUPORT_OPERATOR(ArgMax)
CUPORT_OPERATOR(ArgMin)
#undef CUPORT_OPERATOR
struct Equality {
  template <class A, class B> __host__ __device__ bool operator()(const A &a, const B &b) const CUPORT_BODY
};
struct Inequality {
  template <class A, class B> __host__ __device__ bool operator()(const A &a, const B &b) const CUPORT_BODY
};

// Calls that ask for their storage with a null pointer first.
#define CUPORT_CALL(name)                                                                          \
  template <class... Arguments>                                                                    \
  __host__ __device__ static cudaError_t name(void *storage, size_t &bytes,                        \
                                              const Arguments &...arguments) CUPORT_BODY
struct DeviceReduce {
  CUPORT_CALL(Reduce)
  CUPORT_CALL(Sum)
  CUPORT_CALL(Min)
  CUPORT_CALL(Max)
  CUPORT_CALL(ArgMin)
  CUPORT_CALL(ArgMax)
  CUPORT_CALL(ReduceByKey)
  CUPORT_CALL(TransformReduce)
};
struct DeviceSegmentedReduce {
  CUPORT_CALL(Reduce)
  CUPORT_CALL(Sum)
  CUPORT_CALL(Min)
  CUPORT_CALL(Max)
  CUPORT_CALL(ArgMin)
  CUPORT_CALL(ArgMax)
};
struct DeviceScan {
  CUPORT_CALL(ExclusiveSum)
  CUPORT_CALL(ExclusiveScan)
  CUPORT_CALL(InclusiveSum)
  CUPORT_CALL(InclusiveScan)
  CUPORT_CALL(InclusiveScanInit)
  CUPORT_CALL(ExclusiveSumByKey)
  CUPORT_CALL(ExclusiveScanByKey)
  CUPORT_CALL(InclusiveSumByKey)
  CUPORT_CALL(InclusiveScanByKey)
};
struct DeviceSelect {
  CUPORT_CALL(Flagged)
  CUPORT_CALL(FlaggedIf)
  CUPORT_CALL(If)
  CUPORT_CALL(Unique)
  CUPORT_CALL(UniqueByKey)
};
struct DevicePartition {
  CUPORT_CALL(Flagged)
  CUPORT_CALL(If)
};
struct DeviceRunLengthEncode {
  CUPORT_CALL(Encode)
  CUPORT_CALL(NonTrivialRuns)
};
struct DeviceHistogram {
  CUPORT_CALL(HistogramEven)
  CUPORT_CALL(HistogramRange)
  CUPORT_CALL(MultiHistogramEven)
  CUPORT_CALL(MultiHistogramRange)
};
#undef CUPORT_CALL
// Sorts change the selector of a DoubleBuffer, so they take their arguments as they are.
#define CUPORT_CALL(name)                                                                          \
  template <class... Arguments>                                                                    \
  __host__ __device__ static cudaError_t name(void *storage, size_t &bytes,                        \
                                              Arguments &&...arguments) CUPORT_BODY
struct DeviceRadixSort {
  CUPORT_CALL(SortPairs)
  CUPORT_CALL(SortPairsDescending)
  CUPORT_CALL(SortKeys)
  CUPORT_CALL(SortKeysDescending)
};
struct DeviceSegmentedRadixSort : DeviceRadixSort {};
struct DeviceSegmentedSort : DeviceRadixSort {
  CUPORT_CALL(StableSortPairs)
  CUPORT_CALL(StableSortPairsDescending)
  CUPORT_CALL(StableSortKeys)
  CUPORT_CALL(StableSortKeysDescending)
};
struct DeviceMergeSort {
  CUPORT_CALL(SortPairs)
  CUPORT_CALL(SortPairsCopy)
  CUPORT_CALL(SortKeys)
  CUPORT_CALL(SortKeysCopy)
  CUPORT_CALL(StableSortPairs)
  CUPORT_CALL(StableSortKeys)
};
#undef CUPORT_CALL
// These ask for no storage, or may do without.
#define CUPORT_CALL(name)                                                                          \
  template <class... Arguments>                                                                    \
  __host__ __device__ static cudaError_t name(Arguments &&...arguments) CUPORT_BODY
struct DeviceFor {
  CUPORT_CALL(Bulk)
  CUPORT_CALL(ForEach)
  CUPORT_CALL(ForEachN)
  CUPORT_CALL(ForEachCopy)
  CUPORT_CALL(ForEachCopyN)
  CUPORT_CALL(ForEachInExtents)
};
struct DeviceTransform {
  CUPORT_CALL(Transform)
  CUPORT_CALL(TransformStableArgumentAddresses)
};
struct DeviceAdjacentDifference {
  CUPORT_CALL(SubtractLeft)
  CUPORT_CALL(SubtractLeftCopy)
  CUPORT_CALL(SubtractRight)
  CUPORT_CALL(SubtractRightCopy)
};
struct DeviceCopy {
  CUPORT_CALL(Batched)
};
struct DeviceMemcpy {
  CUPORT_CALL(Batched)
};
struct DeviceMerge {
  CUPORT_CALL(MergeKeys)
  CUPORT_CALL(MergePairs)
};
struct DeviceSpmv {
  CUPORT_CALL(CsrMV)
};
#undef CUPORT_CALL

// What collectives of a block and of a warp share: shared memory of their own type, and calls by name.
#define CUPORT_COLLECTIVE(name)                                                                    \
  struct TempStorage {                                                                             \
    TempStorage &Alias() CUPORT_BODY                                                               \
  };                                                                                               \
  __device__ name() CUPORT_BODY                                                                    \
  __device__ name(TempStorage &storage) CUPORT_BODY                                                \
  __device__ name(TempStorage &storage, int thread) CUPORT_BODY
#define CUPORT_VALUE(name)                                                                         \
  template <class... Arguments>                                                                    \
  __device__ T name(T input, Arguments &&...arguments) CUPORT_BODY                                 \
  template <int N, class... Arguments>                                                             \
  __device__ T name(T (&input)[N], Arguments &&...arguments) CUPORT_BODY
#define CUPORT_ACTION(name)                                                                        \
  template <class... Arguments> __device__ void name(Arguments &&...arguments) CUPORT_BODY
template <class T, int X, BlockReduceAlgorithm A = BLOCK_REDUCE_WARP_REDUCTIONS, int Y = 1,
          int Z = 1, int Arch = 0>
struct BlockReduce {
  CUPORT_COLLECTIVE(BlockReduce)
  CUPORT_VALUE(Reduce)
  CUPORT_VALUE(Sum)
};
template <class T, int X, BlockScanAlgorithm A = BLOCK_SCAN_RAKING, int Y = 1, int Z = 1,
          int Arch = 0>
struct BlockScan {
  CUPORT_COLLECTIVE(BlockScan)
  CUPORT_ACTION(ExclusiveSum)
  CUPORT_ACTION(ExclusiveScan)
  CUPORT_ACTION(InclusiveSum)
  CUPORT_ACTION(InclusiveScan)
};
template <class T, int X, int Items, BlockLoadAlgorithm A = BLOCK_LOAD_DIRECT, int Y = 1, int Z = 1,
          int Arch = 0>
struct BlockLoad {
  CUPORT_COLLECTIVE(BlockLoad)
  CUPORT_ACTION(Load)
};
template <class T, int X, int Items, BlockStoreAlgorithm A = BLOCK_STORE_DIRECT, int Y = 1,
          int Z = 1, int Arch = 0>
struct BlockStore {
  CUPORT_COLLECTIVE(BlockStore)
  CUPORT_ACTION(Store)
};
template <class T, int X, int Items, class Value = NullType, int Bits = 4, bool Memoize = true,
          BlockScanAlgorithm A = BLOCK_SCAN_WARP_SCANS, int... Rest>
struct BlockRadixSort {
  CUPORT_COLLECTIVE(BlockRadixSort)
  CUPORT_ACTION(Sort)
  CUPORT_ACTION(SortDescending)
  CUPORT_ACTION(SortBlockedToStriped)
  CUPORT_ACTION(SortDescendingBlockedToStriped)
};
template <class T, int X, int Items, bool Slice = false, int Y = 1, int Z = 1, int Arch = 0>
struct BlockExchange {
  CUPORT_COLLECTIVE(BlockExchange)
  CUPORT_ACTION(StripedToBlocked)
  CUPORT_ACTION(BlockedToStriped)
  CUPORT_ACTION(WarpStripedToBlocked)
  CUPORT_ACTION(BlockedToWarpStriped)
  CUPORT_ACTION(ScatterToBlocked)
  CUPORT_ACTION(ScatterToStriped)
};
template <class T, int X, int Y = 1, int Z = 1, int Arch = 0> struct BlockAdjacentDifference {
  CUPORT_COLLECTIVE(BlockAdjacentDifference)
  CUPORT_ACTION(SubtractLeft)
  CUPORT_ACTION(SubtractRight)
  CUPORT_ACTION(SubtractLeftPartialTile)
  CUPORT_ACTION(SubtractRightPartialTile)
};
template <class T, int X, int Y = 1, int Z = 1, int Arch = 0> struct BlockDiscontinuity {
  CUPORT_COLLECTIVE(BlockDiscontinuity)
  CUPORT_ACTION(FlagHeads)
  CUPORT_ACTION(FlagTails)
  CUPORT_ACTION(FlagHeadsAndTails)
};
template <class T, int X, int Items, int Bins, BlockHistogramAlgorithm A = BLOCK_HISTO_SORT,
          int Y = 1, int Z = 1, int Arch = 0>
struct BlockHistogram {
  CUPORT_COLLECTIVE(BlockHistogram)
  CUPORT_ACTION(InitHistogram)
  CUPORT_ACTION(Histogram)
  CUPORT_ACTION(Composite)
};
template <class Key, int X, int Items, class Value = NullType, int Y = 1, int Z = 1>
struct BlockMergeSort {
  CUPORT_COLLECTIVE(BlockMergeSort)
  CUPORT_ACTION(Sort)
  CUPORT_ACTION(StableSort)
};
template <int X, int Bits, bool Descending, bool Memoize = true,
          BlockScanAlgorithm A = BLOCK_SCAN_WARP_SCANS, int... Rest>
struct BlockRadixRank {
  CUPORT_COLLECTIVE(BlockRadixRank)
  CUPORT_ACTION(RankKeys)
};
template <class T, int X, int Runs, int Decoded, class Offset = unsigned int, int Y = 1, int Z = 1>
struct BlockRunLengthDecode {
  CUPORT_COLLECTIVE(BlockRunLengthDecode)
  template <class... Arguments>
  __device__ BlockRunLengthDecode(TempStorage &storage, Arguments &&...arguments) CUPORT_BODY
  CUPORT_ACTION(RunLengthDecode)
};
template <class T, int X, int Y = 1, int Z = 1, int Arch = 0> struct BlockShuffle {
  CUPORT_COLLECTIVE(BlockShuffle)
  CUPORT_ACTION(Offset)
  CUPORT_ACTION(Rotate)
  CUPORT_ACTION(Up)
  CUPORT_ACTION(Down)
};
enum WarpLoadAlgorithm { WARP_LOAD_DIRECT, WARP_LOAD_STRIPED, WARP_LOAD_VECTORIZE, WARP_LOAD_TRANSPOSE };
enum WarpStoreAlgorithm {
  WARP_STORE_DIRECT,
  WARP_STORE_STRIPED,
  WARP_STORE_VECTORIZE,
  WARP_STORE_TRANSPOSE
};
enum WarpExchangeAlgorithm { WARP_EXCHANGE_SMEM, WARP_EXCHANGE_SHUFFLE };
template <class T, int Items, WarpLoadAlgorithm A = WARP_LOAD_DIRECT, int Lanes = 32, int Arch = 0>
struct WarpLoad {
  CUPORT_COLLECTIVE(WarpLoad)
  CUPORT_ACTION(Load)
};
template <class T, int Items, WarpStoreAlgorithm A = WARP_STORE_DIRECT, int Lanes = 32,
          int Arch = 0>
struct WarpStore {
  CUPORT_COLLECTIVE(WarpStore)
  CUPORT_ACTION(Store)
};
template <class T, int Items, int Lanes = 32, int Arch = 0,
          WarpExchangeAlgorithm A = WARP_EXCHANGE_SMEM>
struct WarpExchange {
  CUPORT_COLLECTIVE(WarpExchange)
  CUPORT_ACTION(BlockedToStriped)
  CUPORT_ACTION(StripedToBlocked)
  CUPORT_ACTION(ScatterToStriped)
};
template <class Key, int Items, int Lanes = 32, class Value = NullType, int Arch = 0>
struct WarpMergeSort {
  CUPORT_COLLECTIVE(WarpMergeSort)
  CUPORT_ACTION(Sort)
  CUPORT_ACTION(StableSort)
};
template <class T, int Lanes = 32, int Arch = 0> struct WarpReduce {
  CUPORT_COLLECTIVE(WarpReduce)
  CUPORT_VALUE(Reduce)
  CUPORT_VALUE(Sum)
  CUPORT_VALUE(Max)
  CUPORT_VALUE(Min)
  CUPORT_VALUE(HeadSegmentedReduce)
  CUPORT_VALUE(TailSegmentedReduce)
  CUPORT_VALUE(HeadSegmentedSum)
  CUPORT_VALUE(TailSegmentedSum)
};
template <class T, int Lanes = 32, int Arch = 0> struct WarpScan {
  CUPORT_COLLECTIVE(WarpScan)
  CUPORT_ACTION(ExclusiveSum)
  CUPORT_ACTION(ExclusiveScan)
  CUPORT_ACTION(InclusiveSum)
  CUPORT_ACTION(InclusiveScan)
  CUPORT_ACTION(Scan)
  __device__ T Broadcast(T input, unsigned int lane) CUPORT_BODY
};
#undef CUPORT_ACTION
#undef CUPORT_VALUE
#undef CUPORT_COLLECTIVE

template <int X, class T, class Pointer, class... Rest>
__device__ void LoadDirectStriped(int thread, Pointer input, T &items, const Rest &...rest) CUPORT_BODY
template <int X, class T, class Pointer, class... Rest>
__device__ void StoreDirectStriped(int thread, Pointer output, T &items, const Rest &...rest) CUPORT_BODY
template <class T, class Pointer, class... Rest>
__device__ void LoadDirectBlocked(int thread, Pointer input, T &items, const Rest &...rest) CUPORT_BODY
template <class T, class Pointer, class... Rest>
__device__ void StoreDirectBlocked(int thread, Pointer output, T &items, const Rest &...rest) CUPORT_BODY

// Iterators: what a pointer does, without its storage.
#define CUPORT_ITERATOR(name, ...)                                                                 \
  typedef Value value_type;                                                                        \
  typedef ptrdiff_t difference_type;                                                               \
  __host__ __device__ name(__VA_ARGS__) CUPORT_BODY                                                \
  __host__ __device__ Value operator*() const CUPORT_BODY                                          \
  template <class Distance> __host__ __device__ Value operator[](Distance n) const CUPORT_BODY     \
  template <class Distance> __host__ __device__ name operator+(Distance n) const CUPORT_BODY       \
  template <class Distance> __host__ __device__ name &operator+=(Distance n) CUPORT_BODY           \
  __host__ __device__ name &operator++() CUPORT_BODY
template <class Value, class Offset = ptrdiff_t> struct CountingInputIterator {
  CUPORT_ITERATOR(CountingInputIterator, const Value &first)
};
template <class Value, class Offset = ptrdiff_t> struct ConstantInputIterator {
  CUPORT_ITERATOR(ConstantInputIterator, const Value &value)
};
template <class Value, class Operator, class Iterator, class Offset = ptrdiff_t>
struct TransformInputIterator {
  CUPORT_ITERATOR(TransformInputIterator, Iterator input, Operator op)
};
template <class Iterator, class Offset = ptrdiff_t,
          class Value = KeyValuePair<Offset, decltype(+*static_cast<Iterator *>(nullptr)[0])>>
struct ArgIndexInputIterator {
  CUPORT_ITERATOR(ArgIndexInputIterator, Iterator input, Offset offset = 0)
  void normalize();
};
template <CacheLoadModifier M, class Value, class Offset = ptrdiff_t>
struct CacheModifiedInputIterator {
  CUPORT_ITERATOR(CacheModifiedInputIterator, const Value *input)
};
template <class Value, class Offset = ptrdiff_t> struct TexObjInputIterator {
  CUPORT_ITERATOR(TexObjInputIterator)
  cudaError_t BindTexture(const Value *memory, size_t bytes = ~size_t(0), size_t offset = 0);
  cudaError_t UnbindTexture();
};
#undef CUPORT_ITERATOR
// What is given through these is stored, or dropped.
struct CuportStored {
  template <class T> __host__ __device__ CuportStored &operator=(const T &value) CUPORT_BODY
};
#define CUPORT_ITERATOR(name, ...)                                                                 \
  typedef void value_type;                                                                         \
  typedef ptrdiff_t difference_type;                                                               \
  __host__ __device__ name(__VA_ARGS__) CUPORT_BODY                                                \
  __host__ __device__ CuportStored &operator*() const CUPORT_BODY                                  \
  template <class Distance> __host__ __device__ CuportStored &operator[](Distance n) const CUPORT_BODY\
  template <class Distance> __host__ __device__ name operator+(Distance n) const CUPORT_BODY       \
  __host__ __device__ name &operator++() CUPORT_BODY
template <CacheStoreModifier M, class Value, class Offset = ptrdiff_t>
struct CacheModifiedOutputIterator {
  CUPORT_ITERATOR(CacheModifiedOutputIterator, Value *output)
};
template <class Offset = ptrdiff_t> struct DiscardOutputIterator {
  CUPORT_ITERATOR(DiscardOutputIterator, Offset offset = 0)
};
#undef CUPORT_ITERATOR
#undef CUPORT_BODY

} // namespace cub

// A program may ask for CUB in a namespace of its own, as for Thrust.
#if defined(THRUST_CUB_WRAPPED_NAMESPACE) && !defined(CUB_WRAPPED_NAMESPACE)
#define CUB_WRAPPED_NAMESPACE THRUST_CUB_WRAPPED_NAMESPACE
#endif
#ifdef CUB_WRAPPED_NAMESPACE
#define CUB_NS_PREFIX namespace CUB_WRAPPED_NAMESPACE {
#define CUB_NS_POSTFIX }
#define CUB_NS_QUALIFIER ::CUB_WRAPPED_NAMESPACE::cub
#endif
#ifdef CUB_NS_PREFIX
CUB_NS_PREFIX
namespace cub {
using namespace ::cub;
}
CUB_NS_POSTFIX
#endif
#ifndef CUB_NS_QUALIFIER
#define CUB_NS_QUALIFIER ::cub
#endif

#endif

#endif

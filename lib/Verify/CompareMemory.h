// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The memory of two recordings side by side, as it becomes call by call; for CompareCalls.cpp only.

#ifndef CUPORT_VERIFY_COMPAREMEMORY_H
#define CUPORT_VERIFY_COMPAREMEMORY_H

#include "Verify/Comparison.h"
#include "Verify/MemoryImage.h"
#include "Verify/SiteNames.h"

namespace cuport {

/// Which allocation of the one recording is which of the other: variables by name, others by their
/// order.
class AllocationPairs {
public:
  AllocationPairs(const Recording &A, const Recording &B);

  /// record::NoAllocation where there is none.
  uint32_t inB(uint32_t OfA) const { return OfA == record::NoAllocation ? OfA : ToB[OfA]; }
  uint32_t inA(uint32_t OfB) const { return OfB == record::NoAllocation ? OfB : ToA[OfB]; }
  /// Whether two addresses mean the same place.
  bool same(const RecordedPointer &A, const RecordedPointer &B) const;

private:
  std::vector<uint32_t> ToB, ToA;
};

class MemoryComparer {
public:
  MemoryComparer(const Recording &A, const Recording &B, const AllocationPairs &Pairs,
                 const CompareOptions &Options, SiteNames &Names, Comparison &Result);

  void applyA(llvm::ArrayRef<RecordedChange> Changes) { apply(ImagesA, Changes); }
  void applyB(llvm::ArrayRef<RecordedChange> Changes) { apply(ImagesB, Changes); }

  /// Compares what the changes, which have been applied, have changed. Call is A's; it tells what
  /// the memory is used as.
  std::vector<MemoryDifference> compare(llvm::ArrayRef<RecordedChange> OfA,
                                        llvm::ArrayRef<RecordedChange> OfB,
                                        const RecordedCall &Call, bool ByHost, bool Unordered);

  /// "memory 3 (1024 bytes of cudaMalloc at prog.cu:30)", "variable 'lut'".
  std::string describe(uint32_t OfA);

private:
  struct Use {
    std::optional<Layout> Type;
    uint64_t Base = 0; ///< where an element begins
    std::string Argument;
  };
  struct Interval {
    uint64_t Begin, End;
  };
  struct Work;

  void apply(std::vector<MemoryImage> &Images, llvm::ArrayRef<RecordedChange> Changes);
  Use useOf(uint32_t OfA, const RecordedCall &Call) const;
  /// What an argument points to, by what either recording knows of the kernel.
  std::optional<Layout> pointeeOf(uint32_t KernelOfA, size_t Number) const;
  void compareAllocation(Work &W);
  void compareSorted(Work &W);
  void compareScalar(Work &W, const Scalar &S, const char *X, const char *Y, uint64_t Element);
  void comparePointer(Work &W, uint64_t At, const RecordedPointer *P, const RecordedPointer *Q);
  bool isNear(Work &W, const Scalar &S, uint64_t X, uint64_t Y, uint64_t Ulps);
  double largest(Work &W);

  const Recording &A, &B;
  const AllocationPairs &Pairs;
  const CompareOptions &Options;
  SiteNames &Names;
  Comparison &Result;
  std::vector<MemoryImage> ImagesA, ImagesB;
  std::vector<Use> Known; ///< of each allocation of A: how some launch uses it
};

} // namespace cuport

#endif

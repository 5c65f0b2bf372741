// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Two recordings of a program compared: the calls that differ, the first one first.
//
//   Recording, Recording  --compare-->  Comparison  --Report/ComparisonWriter-->  text, JSON, HTML
//
// Each call is compared with its counterpart of the same stream: what it is, and what memory it and
// the host before it have changed. What a call changed is compared where either side changed it, so
// an error is told at the call that made it.

#ifndef CUPORT_VERIFY_COMPARISON_H
#define CUPORT_VERIFY_COMPARISON_H

#include "Verify/Recording.h"
#include "Verify/Values.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

struct CompareOptions {
  Tolerances Near;
  bool IgnoreWaits = false; ///< a wait that only the first recording has is no difference
  std::vector<std::string>
      Unordered; ///< kernels whose results may stand in any order: compared sorted
};

struct ValueDifference {
  uint64_t Element = 0; ///< from where the argument points to, else from the begin of the memory
  std::string Field;    ///< "+8" in an element of several scalars
  std::string Type, A, B;
  std::optional<uint64_t> Ulps; ///< of reals; all ones where one is no number
};

/// One allocation that a call changed, or the host before it.
struct MemoryDifference {
  std::string Memory;   ///< what it is, for a person
  std::string Argument; ///< "argument 1"; empty where no argument leads to it
  bool ByHost = false;
  uint64_t Compared = 0, Different = 0; ///< scalars
  ValueDifference First;
  uint64_t MostUlps = 0;
};

struct CallDifference {
  enum class Kind { Different, OnlyA, OnlyB } Kind = Kind::Different;
  std::string Name;             ///< "scale(float*, int)", "cudaMemcpyAsync"
  std::string Defined;          ///< of a kernel: "prog.cu:10"
  std::string CalledA, CalledB; ///< "prog.cu:44"; empty where it is not known
  uint64_t Number = 0;          ///< of the call in the recording that has it, from 1
  uint64_t Launch = 0;          ///< of a kernel: which of its launches, from 1
  uint32_t Queue = 0;
  bool IsLaunch = false;
  std::string NextKernel; ///< of a call that is no launch: the kernel that its stream launches next
  std::vector<std::string> Reasons; ///< launch shape, arguments, status: sentences
  std::vector<MemoryDifference> Memory;
};

struct RunSummary {
  std::string File, Backend, Command;
  uint32_t Warp = 0;
  uint64_t Calls = 0, Launches = 0;
  bool Complete = true;
};

struct Comparison {
  RunSummary A, B;
  std::vector<CallDifference> Differences; ///< at most MostListed, in A's order
  uint64_t DifferentCalls = 0;
  /// The first launch among the differences whose results differ; -1: none.
  int FirstLaunch = -1;
  std::vector<std::string> Notes; ///< what differs and is no error by itself
  uint64_t ComparedCalls = 0, ComparedScalars = 0;
  std::map<RealType, UlpHistogram> Ulps;

  // What was not compared.
  uint64_t SampledBytes = 0;     ///< whose hash differs and of which a sample was compared and near
                                 ///< enough: nothing is known of the rest
  uint64_t UnknownBytes = 0;     ///< compared exactly, as their type is not known
  uint64_t ForeignAddresses = 0; ///< words that point to memory of the process's own
  uint64_t UnpairedMemory = 0;   ///< changes of memory that the other recording does not have

  static constexpr size_t MostListed = 100;

  bool isDifferent() const { return DifferentCalls != 0; }
  /// Nothing differs, but not all could be compared.
  bool isOpen() const {
    return !isDifferent() && (SampledBytes || UnpairedMemory || !A.Complete || !B.Complete);
  }
};

Comparison compare(const Recording &A, const Recording &B, const CompareOptions &Options);

} // namespace cuport

#endif

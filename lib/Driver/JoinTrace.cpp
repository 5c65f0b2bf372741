// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/JoinTrace.h"

#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace cuport;
using llvm::StringRef;

/// cuMemAlloc of cuMemAlloc_v2, cudaMemcpyAsync of cudaMemcpyAsync_ptsz; the name itself where source has to write it so.
static StringRef nameInSource(StringRef Symbol, const ApiTable &Apis) {
  StringRef Name = Symbol;
  if (!Name.consume_back("_ptsz"))
    Name.consume_back("_ptds");
  StringRef Base = Name.rtrim("0123456789");
  if (Base.size() != Name.size() && Base.consume_back("_v") && Apis.find(Base))
    return Base;
  return Apis.find(Name) ? Name : Symbol;
}

void cuport::joinTrace(ReportModel &Model, const CallTrace &Trace, const ApiTable &Apis) {
  std::map<std::string, TracedCall> Calls;
  auto Of = [&](StringRef Name) -> TracedCall & {
    TracedCall &Call = Calls[Name.str()];
    Call.Name = Name.str();
    return Call;
  };
  for (const auto &[Symbol, Counts] : Trace.Calls)
    Of(nameInSource(Symbol, Apis)).Counts += Counts;
  for (const ApiSummary &A : Model.Apis) {
    const ApiRow *Row = Apis.find(A.Name);
    StringRef Library = Row ? Apis.libraryOf(*Row).Id : "";
    // The trace sees what libcuport-rt has.
    if (!Row || Row->Kind != ApiKind::Function || (Library != "runtime" && Library != "driver"))
      continue;
    TracedCall &Call = Of(nameInSource(A.Name, Apis));
    Call.Places += A.Count;
    if (!Call.Verdict || *Call.Verdict < A.Verdict)
      Call.Verdict = A.Verdict;
  }
  Model.Trace.emplace();
  for (auto &[Name, Call] : Calls)
    Model.Trace->Calls.push_back(std::move(Call));
  Model.Trace->Kernels.assign(Trace.Kernels.begin(), Trace.Kernels.end());
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CallTrace.h"

#include "llvm/Support/JSON.h"

using namespace cuport;
using namespace llvm;

CallCounts &CallCounts::operator+=(const CallCounts &Other) {
  Calls += Other.Calls;
  Failed += Other.Failed;
  Unsupported += Other.Unsupported;
  return *this;
}

void CallTrace::add(const CallTrace &Other) {
  for (const auto &[Name, Counts] : Other.Calls)
    Calls[Name] += Counts;
  for (const auto &[Name, Launches] : Other.Kernels)
    Kernels[Name] += Launches;
}

/// A count of an entry; what is missing or no count is an error.
static Expected<uint64_t> countOf(const json::Object &Entry, StringRef Key) {
  if (const json::Value *V = Entry.get(Key))
    if (auto Count = V->getAsUINT64())
      return *Count;
  return createStringError("an entry has no count '" + Key + "'");
}

static Error readEntry(const json::Value &V, ArrayRef<StringRef> Keys, function_ref<void(StringRef, ArrayRef<uint64_t>)> Each) {
  const json::Object *Entry = V.getAsObject();
  auto Name = Entry ? Entry->getString("name") : std::nullopt;
  if (!Name)
    return createStringError("an entry has no name");
  SmallVector<uint64_t, 3> Counts;
  for (StringRef Key : Keys) {
    auto Count = countOf(*Entry, Key);
    if (!Count)
      return Count.takeError();
    Counts.push_back(*Count);
  }
  Each(*Name, Counts);
  return Error::success();
}

Expected<CallTrace> cuport::parseTrace(StringRef Text) {
  auto Parsed = json::parse(Text);
  if (!Parsed)
    return Parsed.takeError();
  const json::Object *Top = Parsed->getAsObject();
  if (!Top || Top->getString("schema") != "cuport-trace-1")
    return createStringError("it is no trace of cuport's (\"schema\": \"cuport-trace-1\")");
  const json::Array *Calls = Top->getArray("calls"), *Kernels = Top->getArray("kernels");
  if (!Calls || !Kernels)
    return createStringError("the lists 'calls' and 'kernels' are not both there");
  CallTrace Trace;
  for (const json::Value &V : *Calls)
    if (Error E = readEntry(V, {"calls", "failed", "unsupported"}, [&](StringRef Name, ArrayRef<uint64_t> Counts) {
          Trace.Calls[Name.str()] += CallCounts{Counts[0], Counts[1], Counts[2]};
        }))
      return std::move(E);
  for (const json::Value &V : *Kernels)
    if (Error E = readEntry(V, {"launches"}, [&](StringRef Name, ArrayRef<uint64_t> Counts) { Trace.Kernels[Name.str()] += Counts[0]; }))
      return std::move(E);
  return Trace;
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/ComparisonWriter.h"
#include "Report/PrintableText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace cuport {
namespace {

/// Differences that are told in a line each.
constexpr size_t ShortOnes = 20;

std::string counted(uint64_t Number, StringRef What) {
  const StringRef Ending = Number == 1                                   ? ""
                           : What.ends_with("s") || What.ends_with("ch") ? "es"
                                                                         : "s";
  return (Twine(Number) + " " + What + Ending).str();
}

std::string ulpText(uint64_t Ulps) {
  return Ulps == ~uint64_t(0) ? "one is no number" : utostr(Ulps) + " ULP";
}

class Writer {
public:
  Writer(const Comparison &C, raw_ostream &Out) : C(C), Out(Out) {}

  void write() {
    run("reference", C.A);
    run("compared ", C.B);
    Out << '\n';
    if (!C.Differences.empty()) {
      Out << "First difference: ";
      whole(C.Differences.front());
      if (C.FirstLaunch > 0) {
        Out << "\nFirst kernel that differs: ";
        whole(C.Differences[C.FirstLaunch]);
      }
      others();
    } else {
      Out << (C.isOpen() ? "No difference was found, but not all could be compared.\n"
                         : "No differences.\n");
    }
    Out << "\nCompared: " << counted(C.ComparedCalls, "call") << ", "
        << counted(C.ComparedScalars, "value") << ".\n";
    histogram();
    for (const std::string &Note : C.Notes)
      Out << "Note: " << printable(Note) << ".\n";
    open();
  }

private:
  void run(StringRef What, const RunSummary &R) {
    Out << What << "  " << printable(R.File) << ": " << printable(R.Backend) << ", " << R.Warp
        << " lanes, " << counted(R.Calls, "call") << ", of them " << counted(R.Launches, "launch")
        << ": " << printable(R.Command) << '\n';
  }

  std::string title(const CallDifference &D) const {
    std::string Text;
    if (D.IsLaunch)
      Text = "launch " + utostr(D.Launch) + " of ";
    Text += printable(D.Name);
    if (D.Kind == CallDifference::Kind::OnlyA)
      Text += " is missing in " + printable(C.B.File);
    else if (D.Kind == CallDifference::Kind::OnlyB)
      Text += " is in " + printable(C.B.File) + " only";
    return Text;
  }

  void whole(const CallDifference &D) {
    Out << title(D) << '\n';
    if (!D.Defined.empty())
      Out << "  defined at " << printable(D.Defined) << '\n';
    Out << "  call " << D.Number << ", stream " << D.Queue;
    if (!D.CalledA.empty())
      Out << ", called at " << printable(D.CalledA);
    if (!D.CalledB.empty() && D.CalledB != D.CalledA)
      Out << (D.CalledA.empty() ? ", called at " : " and ") << printable(D.CalledB);
    Out << '\n';
    if (!D.NextKernel.empty())
      Out << "  the next kernel in this stream is " << printable(D.NextKernel) << '\n';
    for (const MemoryDifference &M : D.Memory)
      memory(M);
    for (const std::string &Reason : D.Reasons)
      Out << "  " << printable(Reason) << '\n';
  }

  void memory(const MemoryDifference &M) {
    Out << "  " << (M.ByHost ? "before it the host wrote " : "")
        << (M.Argument.empty() ? "" : M.Argument + ", ") << printable(M.Memory) << ": "
        << M.Different << " of " << counted(M.Compared, "value") << " differ\n";
    const ValueDifference &V = M.First;
    Out << "    first at element " << V.Element << V.Field << " (" << V.Type
        << "): " << printable(V.A) << " against " << printable(V.B);
    if (V.Ulps)
      Out << ", " << ulpText(*V.Ulps);
    if (V.Ulps && M.Different > 1)
      Out << "; at most " << ulpText(M.MostUlps);
    Out << '\n';
  }

  void others() {
    if (C.DifferentCalls < 2)
      return;
    Out << '\n'
        << C.DifferentCalls - 1 << " later "
        << (C.DifferentCalls == 2 ? "call differs" : "calls differ") << ":\n";
    size_t Shown = 0;
    for (const CallDifference &D : drop_begin(C.Differences)) {
      if (Shown++ == ShortOnes)
        break;
      Out << "  call " << D.Number << ", stream " << D.Queue << ": " << title(D);
      if (!D.Memory.empty())
        Out << ", " << counted(D.Memory.front().Different, "value");
      Out << '\n';
    }
    if (C.DifferentCalls - 1 > ShortOnes)
      Out << "  and " << C.DifferentCalls - 1 - ShortOnes << " more\n";
  }

  void histogram() {
    for (const auto &[Type, H] : C.Ulps) {
      Out << "Distances of " << realTypeName(Type) << " in ULP:";
      const char *Separator = " ";
      for (size_t I = 0; I < H.Counts.size(); ++I)
        if (H.Counts[I]) {
          const uint64_t Limit = UlpHistogram::limitOf(I);
          Out << Separator
              << (I < 2                   ? utostr(Limit)
                  : Limit == ~uint64_t(0) ? "more"
                                          : "up to " + utostr(Limit))
              << ": " << H.Counts[I];
          Separator = ", ";
        }
      Out << ".\n";
    }
  }

  void open() {
    if (C.UnknownBytes)
      Out << "Of unknown type and compared exactly: " << counted(C.UnknownBytes, "byte") << ".\n";
    if (C.ForeignAddresses)
      Out << "Not compared: " << counted(C.ForeignAddresses, "address")
          << " of the process's own memory.\n";
    if (C.SampledBytes)
      Out << "Not compared: " << counted(C.SampledBytes, "byte")
          << " of large memory of which a sample was kept; record with a larger "
             "CUPORT_RECORD_KEEP.\n";
    if (C.UnpairedMemory)
      Out << "Not compared: " << counted(C.UnpairedMemory, "change")
          << " of memory that the other recording does not have.\n";
    for (const RunSummary *R : {&C.A, &C.B})
      if (!R->Complete)
        Out << "Not whole: " << printable(R->File) << " stops after call " << R->Calls
            << ", the program was ended from outside or the file cut.\n";
  }

  const Comparison &C;
  raw_ostream &Out;
};

} // namespace

void writeComparisonText(const Comparison &C, raw_ostream &Out) { Writer(C, Out).write(); }

} // namespace cuport

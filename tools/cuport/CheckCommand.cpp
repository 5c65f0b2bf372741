// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "CheckCommand.h"

#include "Report/Baseline.h"
#include "Report/Diagnostics.h"
#include "Rewrite/AtomicFile.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
namespace cl = llvm::cl;

static cl::opt<std::string>
    BaselineFile("baseline", cl::value_desc("file"), cl::cat(optionCategory()),
                 cl::sub(checkCommand()),
                 cl::desc("Places that were known before: only others are printed and fail"));
static cl::opt<std::string>
    WriteBaseline("write-baseline", cl::value_desc("file"), cl::cat(optionCategory()),
                  cl::sub(checkCommand()),
                  cl::desc("Write the places there are now as a baseline, and succeed"));

static llvm::Expected<Baseline> readBaseline(const std::string &Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createStringError(Path + ": " + Buffer.getError().message());
  auto Read = Baseline::read((*Buffer)->getBuffer());
  if (!Read)
    return llvm::createStringError(Path + ": " + llvm::toString(Read.takeError()));
  return Read;
}

int cuport::runCheck(const Invocation &Call) {
  if (!BaselineFile.empty() && !WriteBaseline.empty())
    return fail("give --baseline or --write-baseline, not both");
  if (llvm::Error E = checkFolderOf(WriteBaseline))
    return fail(std::move(E));
  Baseline Known;
  if (!BaselineFile.empty()) {
    auto Read = readBaseline(BaselineFile);
    if (!Read)
      return fail(Read.takeError());
    Known = std::move(*Read);
  }
  auto Model = scanned(Call);
  if (!Model)
    return fail(Model.takeError());
  if (!WriteBaseline.empty()) {
    if (llvm::Error E = writeFileAtomically(WriteBaseline, Baseline::of(*Model).write()))
      return fail(std::move(E));
    llvm::outs() << count(Model->Verdicts.forPerson(), "place") << " left for a person written to "
                 << WriteBaseline << "\n";
    return NothingLeft;
  }
  Baseline::Difference D = Known.compare(*Model);
  for (const Finding *F : D.New)
    llvm::errs() << toDiagnosticLine(*F) << "\n";
  llvm::outs() << count(D.New.size(), BaselineFile.empty() ? "place" : "new place")
               << " left for a person";
  if (!BaselineFile.empty())
    llvm::outs() << "; " << D.Known << " known from the baseline, " << D.Fixed << " of it gone";
  llvm::outs() << "\n";
  return D.New.empty() ? NothingLeft : SomethingLeft;
}

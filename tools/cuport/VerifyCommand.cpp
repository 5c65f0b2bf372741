// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "VerifyCommand.h"

#include "Driver/Verify.h"
#include "Report/ComparisonWriter.h"
#include "Rewrite/AtomicFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
namespace cl = llvm::cl;

static constexpr int Same = 0, Different = 1, CouldNotTell = 2;

static cl::SubCommand Command("verify",
                              "Compare what a program does on the device with another run of it");
static cl::OptionCategory Category("Options of verify");

static cl::list<std::string> Recordings(cl::Positional, cl::desc("RECORDING..."), cl::cat(Category),
                                        cl::sub(Command));
static cl::opt<std::string>
    Record("record", cl::value_desc("file"), cl::cat(Category), cl::sub(Command),
           cl::desc("Run the program behind -- and record it, as CUPORT_RECORD=FILE does"));
static cl::opt<std::string>
    Against("against", cl::value_desc("recording"), cl::cat(Category), cl::sub(Command),
            cl::desc("Run the program behind -- and compare it with this recording"));
static cl::list<std::string>
    Near("tolerance", cl::value_desc("[type:]key=value,..."), cl::cat(Category), cl::sub(Command),
         cl::desc("How far reals may be apart: ulp, relative, of-largest, absolute; for one type\n"
                  "(f16, bf16, f32, f64) or all; may be given again"));
static cl::list<std::string> Unordered(
    "unordered", cl::value_desc("kernel,..."), cl::CommaSeparated, cl::cat(Category),
    cl::sub(Command),
    cl::desc("Kernels whose results may stand in any order, as with lists that atomics fill"));
static cl::opt<bool>
    IgnoreWaits("ignore-waits", cl::cat(Category), cl::sub(Command),
                cl::desc("A wait that only the first recording has is no difference"));
enum class VerifyForm { Text, Json, Html };
static cl::opt<VerifyForm>
    Form("format", cl::cat(Category), cl::sub(Command), cl::init(VerifyForm::Text),
         cl::desc("How it is told:"),
         cl::values(clEnumValN(VerifyForm::Text, "text", "for a terminal (default)"),
                    clEnumValN(VerifyForm::Json, "json", "for a program; see docs/Verify.md"),
                    clEnumValN(VerifyForm::Html, "html", "one file for a browser")));
static cl::opt<std::string> Output("o", cl::value_desc("file"), cl::cat(Category), cl::sub(Command),
                                   cl::desc("The file to write to (default: -, stdout)"));

cl::SubCommand &cuport::verifyCommand() {
  cl::HideUnrelatedOptions(Category, Command);
  return Command;
}

static int fail(llvm::Error E) {
  llvm::errs() << "cuport: error: " << llvm::toString(std::move(E)) << "\n";
  return CouldNotTell;
}

static int fail(const llvm::Twine &Text) { return fail(llvm::createStringError(Text)); }

static llvm::Error runRecorded(const std::vector<std::string> &Program, llvm::StringRef File) {
  const std::string Self = llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&verifyCommand));
  auto Code = recordRun(Program, File, llvm::sys::path::parent_path(llvm::sys::path::parent_path(Self)));
  if (!Code)
    return Code.takeError();
  if (*Code)
    llvm::errs() << "cuport: note: " << Program.front()
                 << (*Code < 0 ? " was ended by a signal"
                               : " ended with exit code " + std::to_string(*Code))
                 << "\n";
  return llvm::Error::success();
}

int cuport::runVerify(const std::vector<std::string> &Behind) {
  if (Behind.empty() != (Record.empty() && Against.empty()))
    return fail(Behind.empty()
                    ? "--record and --against run a program: name it behind --"
                    : "say what to do with the program: --record=FILE, or --against=RECORDING");
  if (Recordings.size() != (Behind.empty() ? 2 : 0))
    return fail(
        Behind.empty()
            ? "name two recordings, or run a program: 'cuport verify --record=FILE -- PROGRAM'"
            : "with a program, recordings are named by --record and --against");
  CompareOptions Options;
  for (const std::string &Text : Near)
    if (llvm::Error E = Options.Near.set(Text))
      return fail("--tolerance: " + llvm::toString(std::move(E)));
  Options.IgnoreWaits = IgnoreWaits;
  Options.Unordered.assign(Unordered.begin(), Unordered.end());

  std::string First, Second;
  llvm::FileRemover Temporary;
  if (Behind.empty()) {
    First = Recordings[0];
    Second = Recordings[1];
  } else {
    First = Against;
    Second = Record;
    if (Second.empty()) {
      llvm::SmallString<128> Path;
      if (std::error_code Failed = llvm::sys::fs::createTemporaryFile("cuport", "rec", Path))
        return fail("no temporary file can be made: " + Failed.message());
      Second = std::string(Path);
      Temporary.setFile(Second);
    }
    if (llvm::Error E = runRecorded(Behind, Second))
      return fail(std::move(E));
    if (First.empty())
      return Same;
  }
  auto Result = compareFiles(First, Second, Options);
  if (!Result)
    return fail(Result.takeError());
  if (!Behind.empty() && Record.empty())
    Result->B.File = "this run";
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  switch (Form) {
  case VerifyForm::Text:
    writeComparisonText(*Result, Out);
    break;
  case VerifyForm::Json:
    writeComparisonJson(*Result, CUPORT_VERSION, Out);
    break;
  case VerifyForm::Html:
    writeComparisonHtml(*Result, CUPORT_VERSION, Out);
    break;
  }
  if (Output.empty() || Output == "-")
    llvm::outs() << Text;
  else if (llvm::Error E = writeFileAtomically(Output, Text))
    return fail(std::move(E));
  return Result->isDifferent() ? Different : Result->isOpen() ? CouldNotTell : Same;
}

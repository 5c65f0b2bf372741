// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Command.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

using namespace cuport;
namespace fs = llvm::sys::fs;
using llvm::StringRef;

std::string cuport::quoted(llvm::ArrayRef<std::string> Words) {
  std::string Text;
  for (StringRef Word : Words) {
    if (!Text.empty())
      Text += ' ';
    auto IsPlain = [](char C) { return llvm::isAlnum(C) || StringRef("_./=:,+@%-").contains(C); };
    if (!Word.empty() && llvm::all_of(Word, IsPlain)) {
      Text += Word;
      continue;
    }
    Text += '\'';
    for (char C : Word)
      Text += C == '\'' ? StringRef("'\\''") : StringRef(&C, 1);
    Text += '\'';
  }
  return Text;
}

Runner::~Runner() {
  for (const std::string &Path : Temporary) {
    fs::remove(Path);
    llvm::sys::DontRemoveFileOnSignal(Path);
  }
}

void Runner::print(const llvm::Twine &Text) const { llvm::errs() << "#$ " << Text << '\n'; }

llvm::Expected<std::string> Runner::intermediate(StringRef Stem, StringRef Suffix) {
  llvm::SmallString<128> Path;
  if (How.Keep) {
    Path = How.KeepDirectory;
    if (!Path.empty() && !How.DryRun)
      if (std::error_code Failed = fs::create_directories(Path))
        return llvm::createFileError(Path, Failed);
    llvm::sys::path::append(Path, Stem + "." + Suffix);
    return Path.str().str();
  }
  if (How.DryRun) {
    llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, Path);
    llvm::sys::path::append(Path, "cuport-" + Stem + "." + Suffix);
    return Path.str().str();
  }
  return temporary(Stem, Suffix);
}

llvm::Expected<std::string> Runner::temporary(StringRef Stem, StringRef Suffix) {
  llvm::SmallString<128> Path;
  if (std::error_code Failed = fs::createTemporaryFile("cuport-" + Stem, Suffix, Path))
    return llvm::createStringError(Failed, "cannot make a temporary file: %s", Failed.message().c_str());
  Temporary.push_back(Path.str().str());
  llvm::sys::RemoveFileOnSignal(Path);
  return Temporary.back();
}

llvm::Expected<std::string> Runner::intermediateWith(StringRef Stem, StringRef Suffix, StringRef Text) {
  auto Path = intermediate(Stem, Suffix);
  if (!Path || How.DryRun)
    return Path;
  std::error_code Failed;
  llvm::raw_fd_ostream Out(*Path, Failed);
  if (Failed)
    return llvm::createFileError(*Path, Failed);
  Out << Text;
  return Path;
}

namespace {
/// A program that was started.
struct Started {
  llvm::sys::ProcessInfo Process;
  std::string Name;
};
} // namespace

static llvm::Expected<Started> start(const Command &Command, StringRef Errors) {
  llvm::SmallVector<StringRef, 64> Words(Command.begin(), Command.end());
  std::optional<StringRef> Redirects[] = {std::nullopt, std::nullopt, std::nullopt};
  if (!Errors.empty())
    Redirects[2] = Errors;
  std::string Message;
  bool Failed = false;
  auto Process = llvm::sys::ExecuteNoWait(Command[0], Words, std::nullopt, Redirects, 0, &Message, &Failed);
  if (Failed)
    return llvm::createStringError("cannot run %s: %s", Command[0].c_str(), Message.c_str());
  return Started{Process, Command[0]};
}

/// The exit code; 1 and a message for a program that crashed.
static int finish(const Started &Program) {
  std::string Message;
  int Code = llvm::sys::Wait(Program.Process, std::nullopt, &Message).ReturnCode;
  if (Code >= 0)
    return Code;
  llvm::errs() << "cuport-cc: error: " << Program.Name << " ended with: " << Message << '\n';
  return 1;
}

static llvm::Error readInto(std::string &Text, StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createFileError(Path, Buffer.getError());
  Text = (*Buffer)->getBuffer().str();
  return llvm::Error::success();
}

llvm::Expected<int> Runner::run(const Command &Command, std::string *Errors) {
  if (prints())
    print(quoted(Command));
  if (How.DryRun)
    return 0;
  std::string Path;
  if (Errors) {
    auto File = temporary("messages", "txt");
    if (!File)
      return File.takeError();
    Path = *File;
  }
  auto Program = start(Command, Path);
  if (!Program)
    return Program.takeError();
  int Code = finish(*Program);
  if (Errors)
    if (llvm::Error Failed = readInto(*Errors, Path))
      return std::move(Failed);
  return Code;
}

llvm::Expected<int> Runner::runTogether(const Command &First, const Command &Second, std::string &FirstErrors,
                                        std::string &SecondErrors) {
  if (prints()) {
    print(quoted(First));
    print(quoted(Second));
  }
  if (How.DryRun)
    return 0;
  auto FirstPath = temporary("messages", "txt"), SecondPath = temporary("messages", "txt");
  if (!FirstPath || !SecondPath)
    return llvm::joinErrors(FirstPath.takeError(), SecondPath.takeError());
  auto One = start(First, *FirstPath);
  if (!One)
    return One.takeError();
  auto Two = start(Second, *SecondPath);
  int OneCode = finish(*One);
  if (!Two)
    return Two.takeError();
  int TwoCode = finish(*Two);
  if (llvm::Error Failed = llvm::joinErrors(readInto(FirstErrors, *FirstPath), readInto(SecondErrors, *SecondPath)))
    return std::move(Failed);
  return OneCode ? OneCode : TwoCode;
}

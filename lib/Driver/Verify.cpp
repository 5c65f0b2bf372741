// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Verify.h"

#include "Verify/Recording.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

#include <unistd.h>

using namespace llvm;

namespace cuport {

static Expected<std::unique_ptr<MemoryBuffer>> open(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return createFileError(Path, Buffer.getError());
  return std::move(*Buffer);
}

/// Removes a recording; an error where the file is another.
static Error makeRoom(StringRef File) {
  sys::fs::file_status State;
  if (sys::fs::status(File, State) || !sys::fs::exists(State))
    return Error::success();
  auto Head =
      MemoryBuffer::getFileSlice(File, std::min<uint64_t>(State.getSize(), record::MagicBytes), 0);
  if (!Head)
    return createFileError(File, Head.getError());
  if (State.getSize() && (*Head)->getBuffer() != StringRef(record::Magic, record::MagicBytes))
    return createFileError(File,
                           createStringError("it is there and is no recording; name another file"));
  if (auto Failed = sys::fs::remove(File))
    return createFileError(File, Failed);
  return Error::success();
}

/// The recorder that stands in front of NVIDIA's runtime; empty where the program does not load that one.
static std::string recorderFor(StringRef Program, StringRef Toolkit) {
  auto Text = MemoryBuffer::getFile(Program, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Text || !(*Text)->getBuffer().contains("libcudart.so"))
    return "";
  SmallString<128> Path(Toolkit);
  sys::path::append(Path, "lib", "cuport", "libcuport-record-cuda.so");
  return Path.str().str();
}

Expected<int> recordRun(ArrayRef<std::string> Command, StringRef File, StringRef Toolkit) {
  if (Error E = makeRoom(File))
    return std::move(E);
  std::string Program = Command.front();
  if (!StringRef(Program).contains('/')) {
    auto Found = sys::findProgramByName(Program);
    if (!Found)
      return createFileError(Program, Found.getError());
    Program = *Found;
  }
  const std::string Variable = ("CUPORT_RECORD=" + File).str();
  SmallVector<StringRef> Environment{Variable};
  std::string Preload = recorderFor(Program, Toolkit);
  if (!Preload.empty()) {
    if (auto Before = sys::Process::GetEnv("LD_PRELOAD"); Before && !Before->empty())
      Preload += ":" + *Before;
    Preload = "LD_PRELOAD=" + Preload;
    Environment.push_back(Preload);
  }
  for (char **Each = environ; *Each; ++Each)
    if (!StringRef(*Each).starts_with("CUPORT_RECORD=") && (Preload.empty() || !StringRef(*Each).starts_with("LD_PRELOAD=")))
      Environment.push_back(*Each);
  SmallVector<StringRef> Arguments(Command.begin(), Command.end());
  std::string Why;
  const int Code =
      sys::ExecuteAndWait(Program, Arguments, ArrayRef<StringRef>(Environment), {}, 0, 0, &Why);
  if (Code == -1)
    return createFileError(Program, createStringError(Why));
  if (!sys::fs::exists(File))
    return createFileError(Program,
                           createStringError("nothing was recorded: it was not built by cuport-cc "
                                             "for the CPU or, for NVIDIA's cards, with "
                                             "-cudart=shared, or called no device"));
  return Code;
}

Expected<Comparison> compareFiles(StringRef A, StringRef B, const CompareOptions &Options) {
  const StringRef Paths[] = {A, B};
  std::unique_ptr<MemoryBuffer> Texts[2];
  Recording Recordings[2];
  for (auto [Number, Path] : enumerate(Paths)) {
    auto Text = open(Path);
    if (!Text)
      return Text.takeError();
    Texts[Number] = std::move(*Text);
    auto Read = parseRecording(Texts[Number]->getBuffer());
    if (!Read)
      return createFileError(Path, Read.takeError());
    Recordings[Number] = std::move(*Read);
  }
  Comparison Result = compare(Recordings[0], Recordings[1], Options);
  Result.A.File = A.str();
  Result.B.File = B.str();
  return Result;
}

} // namespace cuport

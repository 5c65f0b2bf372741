// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/AtomicFile.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>
#include <utility>

using namespace llvm;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace cuport {
namespace {

constexpr StringLiteral TemporaryPrefix = ".cuport-";
constexpr StringLiteral TemporarySuffix = ".tmp";

Error inFile(StringRef Path, std::error_code Code) { return createFileError(Path, Code); }

/// Gives the open file the mode and, if we may, the owner of `From`.
std::error_code copyAttributes(int FD, StringRef From) {
  fs::file_status Want, Have;
  if (std::error_code Code = fs::status(From, Want))
    return Code;
  if (std::error_code Code = fs::status(FD, Have))
    return Code;
  if (Want.getUser() != Have.getUser() || Want.getGroup() != Have.getGroup())
    (void)fs::changeFileOwnership(FD, Want.getUser(), Want.getGroup()); // only root may
  return Want.permissions() == Have.permissions() ? std::error_code()
                                                  : fs::setPermissions(FD, Want.permissions());
}

/// The file that `Path` names in the end, so that a link is not replaced by a file.
Expected<std::string> followLinks(StringRef Path) {
  if (!fs::is_symlink_file(Path))
    return Path.str();
  SmallString<256> Real;
  if (std::error_code Code = fs::real_path(Path, Real))
    return inFile(Path, Code);
  return std::string(Real);
}

/// A new file beside the one to write; gone at the end, and on a signal, unless it was renamed.
class Temporary {
public:
  std::error_code create(StringRef Folder) {
    SmallString<256> Model = Folder;
    path::append(Model, TemporaryPrefix + "%%%%%%%%" + TemporarySuffix);
    if (std::error_code Code = fs::createUniqueFile(Model, FD, Name)) {
      Name.clear();
      return Code;
    }
    sys::RemoveFileOnSignal(Name);
    return {};
  }

  /// Not fs::TempFile: its keep() copies where it cannot rename, which a reader could see half
  /// done.
  std::error_code renameTo(StringRef Path) {
    if (std::error_code Code = close())
      return Code;
    std::error_code Code = fs::rename(Name, Path);
    if (!Code)
      forget();
    return Code;
  }

  ~Temporary() {
    (void)close();
    if (!Name.empty()) {
      fs::remove(Name);
      forget();
    }
  }

  int FD = -1;

private:
  std::error_code close() {
    int Closing = std::exchange(FD, -1);
    return Closing >= 0 && ::close(Closing) != 0 ? errnoAsErrorCode() : std::error_code();
  }

  void forget() {
    sys::DontRemoveFileOnSignal(Name);
    Name.clear();
  }

  SmallString<256> Name;
};

/// True for /dev/null, a terminal, a pipe: what is there takes text, and must not become a file.
bool isDevice(StringRef Path) {
  fs::file_status Status;
  if (fs::status(Path, Status))
    return false;
  return Status.type() == fs::file_type::character_file || Status.type() == fs::file_type::fifo_file;
}

Error writeToDevice(StringRef Path, function_ref<std::error_code(int)> Fill) {
  int FD;
  std::error_code Code = fs::openFileForWrite(Path, FD, fs::CD_OpenExisting);
  if (!Code) {
    Code = Fill(FD);
    if (::close(FD) != 0 && !Code)
      Code = errnoAsErrorCode();
  }
  return Code ? inFile(Path, Code) : Error::success();
}

Error replaceFile(StringRef Path, StringRef ModeFrom, function_ref<std::error_code(int)> Fill) {
  Expected<std::string> Target = followLinks(Path);
  if (!Target)
    return Target.takeError();
  if (isDevice(*Target))
    return writeToDevice(*Target, Fill);
  StringRef Attributes = ModeFrom.empty() && fs::exists(*Target) ? StringRef(*Target) : ModeFrom;
  Temporary Temp;
  std::error_code Code = Temp.create(path::parent_path(*Target));
  if (!Code)
    Code = Fill(Temp.FD);
  if (!Code && !Attributes.empty())
    Code = copyAttributes(Temp.FD, Attributes);
  if (!Code && ::fsync(Temp.FD) != 0 && errno != EINVAL) // EINVAL: a file system without it
    Code = errnoAsErrorCode();
  if (!Code)
    Code = Temp.renameTo(*Target);
  return Code ? inFile(Path, Code) : Error::success();
}

} // namespace

Expected<std::unique_ptr<MemoryBuffer>> readFile(StringRef Path, uint64_t MaxBytes) {
  fs::file_status Status;
  if (std::error_code Code = fs::status(Path, Status))
    return inFile(Path, Code);
  // Opening a named pipe would wait for its writer.
  if (Status.type() != fs::file_type::regular_file)
    return createFileError(Path, createStringError("not a regular file"));
  if (Status.getSize() > MaxBytes)
    return createFileError(Path, createStringError(Twine(Status.getSize()) +
                                                   " bytes are more than the limit of " +
                                                   Twine(MaxBytes)));
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/true,
                                      /*IsVolatile=*/true);
  if (!Buffer)
    return inFile(Path, Buffer.getError());
  return std::move(*Buffer);
}

Error writeFileAtomically(StringRef Path, StringRef Text, StringRef ModeFrom) {
  return replaceFile(Path, ModeFrom, [&](int FD) {
    raw_fd_ostream Out(FD, /*shouldClose=*/false, /*unbuffered=*/true);
    Out << Text;
    std::error_code Code = Out.error();
    Out.clear_error();
    return Code;
  });
}

Error copyFileAtomically(StringRef From, StringRef To) {
  return replaceFile(To, From, [&](int FD) { return fs::copy_file(From, FD); });
}

bool isTemporaryName(StringRef FileName) {
  return FileName.size() == TemporaryPrefix.size() + 8 + TemporarySuffix.size() &&
         FileName.starts_with(TemporaryPrefix) && FileName.ends_with(TemporarySuffix);
}

} // namespace cuport

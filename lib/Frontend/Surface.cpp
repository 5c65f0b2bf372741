// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/Surface.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;

namespace {

struct SurfaceFile {
  llvm::StringRef Path;
  llvm::StringRef Text;
};

} // namespace

static constexpr SurfaceFile SurfaceFiles[] = {
#include "Frontend/SurfaceFiles.inc"
};

Surface cuport::makeSurface(llvm::ArrayRef<SurfaceHeader> KnownHeaders) {
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  std::string Hashes;
  auto Add = [&](llvm::StringRef Path, std::unique_ptr<llvm::MemoryBuffer> Text) {
    Hashes += (Path + " " + llvm::utohexstr(llvm::xxh3_64bits(Text->getBuffer())) + "\n").str();
    Memory->addFile(SurfaceRoot + "/" + Path, /*ModificationTime=*/0, std::move(Text));
  };
  for (const SurfaceFile &F : SurfaceFiles)
    Add(F.Path, llvm::MemoryBuffer::getMemBuffer(F.Text, F.Path));
  for (const SurfaceHeader &Header : KnownHeaders)
    if (!Memory->exists(SurfaceRoot + "/" + Header.Path))
      Add(Header.Path, llvm::MemoryBuffer::getMemBufferCopy(Header.Text, Header.Path));
  return {Memory, llvm::utohexstr(llvm::xxh3_64bits(Hashes))};
}

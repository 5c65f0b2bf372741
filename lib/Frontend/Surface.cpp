// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/Surface.h"

#include "llvm/Support/MemoryBuffer.h"

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

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
cuport::makeSurface(llvm::ArrayRef<SurfaceHeader> KnownHeaders) {
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  auto Add = [&](llvm::StringRef Path, llvm::StringRef Text) {
    Memory->addFile(SurfaceRoot + "/" + Path, /*ModificationTime=*/0, llvm::MemoryBuffer::getMemBuffer(Text, Path));
  };
  for (const SurfaceFile &F : SurfaceFiles)
    Add(F.Path, F.Text);
  for (const SurfaceHeader &Header : KnownHeaders)
    if (!Memory->exists(SurfaceRoot + "/" + Header.Path))
      Memory->addFile(SurfaceRoot + "/" + Header.Path, /*ModificationTime=*/0,
                      llvm::MemoryBuffer::getMemBufferCopy(Header.Text, Header.Path));
  return Memory;
}

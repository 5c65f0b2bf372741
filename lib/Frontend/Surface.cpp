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
cuport::withSurface(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Base) {
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  for (const SurfaceFile &F : SurfaceFiles)
    Memory->addFile(SurfaceRoot + "/" + F.Path, /*ModificationTime=*/0,
                    llvm::MemoryBuffer::getMemBuffer(F.Text, F.Path));
  auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(std::move(Base));
  Overlay->pushOverlay(Memory);
  return Overlay;
}

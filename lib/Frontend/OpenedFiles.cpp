// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/OpenedFiles.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace {

class Opened : public PPCallbacks {
public:
  Opened(CompilerInstance &Compiler, cuport::TextChange Change, bool UsersOnly)
      : Sources(Compiler.getSourceManager()), Change(std::move(Change)), UsersOnly(UsersOnly) {}

  void InclusionDirective(SourceLocation, const Token &, llvm::StringRef, bool, CharSourceRange, OptionalFileEntryRef File,
                          llvm::StringRef, llvm::StringRef, const Module *, bool, SrcMgr::CharacteristicKind Kind) override {
    if (File && (!UsersOnly || Kind == SrcMgr::C_User))
      change(*File);
  }

  void change(FileEntryRef File) {
    if (!Seen.insert(&File.getFileEntry()).second)
      return;
    auto Buffer = Sources.getMemoryBufferForFileOrNone(File);
    if (!Buffer)
      return;
    if (auto Text = Change(Buffer->getBuffer()))
      Sources.overrideFileContents(File, llvm::MemoryBuffer::getMemBufferCopy(*Text, Buffer->getBufferIdentifier()));
  }

private:
  SourceManager &Sources;
  cuport::TextChange Change;
  bool UsersOnly;
  llvm::SmallPtrSet<const FileEntry *, 32> Seen;
};

} // namespace

void cuport::changeOpenedFiles(CompilerInstance &Compiler, TextChange Change, bool UsersOnly) {
  auto Callbacks = std::make_unique<Opened>(Compiler, std::move(Change), UsersOnly);
  SourceManager &Sources = Compiler.getSourceManager();
  if (auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID()))
    Callbacks->change(*Main);
  Compiler.getPreprocessor().addPPCallbacks(std::move(Callbacks));
}

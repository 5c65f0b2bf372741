// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names are read off templates as they are written, once; what clang would make of them for each argument costs time and
// says nothing more. At the end of the main file what is still to be instantiated is dropped, and files in which libstdc++
// keeps bodies of templates apart are read as empty.

#include "Frontend/Recorders.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Sema/Sema.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

namespace {

class SkipTemplates : public clang::PPCallbacks {
public:
  explicit SkipTemplates(clang::CompilerInstance &CI) : CI(CI) {}

  void InclusionDirective(clang::SourceLocation, const clang::Token &, llvm::StringRef, bool, clang::CharSourceRange,
                          clang::OptionalFileEntryRef File, llvm::StringRef, llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind Kind) override {
    if (!File || Kind == clang::SrcMgr::C_User || !holdsBodies(File->getName()))
      return;
    clang::SourceManager &SM = CI.getSourceManager();
    if (!SM.isFileOverridden(&File->getFileEntry()))
      SM.overrideFileContents(*File, llvm::MemoryBuffer::getMemBuffer(""));
  }

  void EndOfMainFile() override {
    if (!CI.hasSema())
      return;
    CI.getSema().PendingInstantiations.clear();
    CI.getSema().PendingLocalImplicitInstantiations.clear();
  }

private:
  /// Of streams, locales and <cmath>'s special functions: no constant expression needs them, and nothing else is in them.
  static bool holdsBodies(llvm::StringRef Path) {
    if (!Path.ends_with(".tcc"))
      return false;
    return llvm::sys::path::filename(llvm::sys::path::parent_path(Path)) == "tr1" ||
           llvm::StringSwitch<bool>(llvm::sys::path::filename(Path))
               .Cases({"basic_ios.tcc", "fstream.tcc", "istream.tcc", "ostream.tcc", "sstream.tcc", "streambuf.tcc"}, true)
               .Cases({"locale_classes.tcc", "locale_facets.tcc", "locale_facets_nonio.tcc"}, true)
               .Default(false);
  }

  clang::CompilerInstance &CI;
};

} // namespace

std::unique_ptr<clang::PPCallbacks> cuport::makeTemplateSkipper(clang::CompilerInstance &CI) {
  return std::make_unique<SkipTemplates>(CI);
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/FactSink.h"
#include "Frontend/Recorders.h"

#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Token.h"

using namespace cuport;
using clang::SourceLocation;
using clang::SourceRange;
using clang::Token;

namespace {

class PreprocessorRecorder : public clang::PPCallbacks {
public:
  explicit PreprocessorRecorder(FactSink &Sink) : Sink(Sink) {}

  void LexedFileChanged(clang::FileID File, LexedFileChangeReason, clang::SrcMgr::CharacteristicKind,
                        clang::FileID, SourceLocation) override {
    Sink.entered(File);
  }

  // A header that cannot be found is skipped; the include rule says so.
  bool FileNotFound(llvm::StringRef) override { return true; }

  void InclusionDirective(SourceLocation, const Token &, llvm::StringRef Spelling, bool,
                          clang::CharSourceRange NameRange, clang::OptionalFileEntryRef File,
                          llvm::StringRef, llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind Kind) override {
    Sink.include(NameRange.getBegin(), Spelling, File, Kind != clang::SrcMgr::C_User);
  }

  void MacroExpands(const Token &Name, const clang::MacroDefinition &MD, SourceRange,
                    const clang::MacroArgs *) override {
    use(Name, MD.getMacroInfo());
  }
  void Defined(const Token &Name, const clang::MacroDefinition &MD, SourceRange) override {
    use(Name, MD.getMacroInfo());
  }
  void Ifdef(SourceLocation, const Token &Name, const clang::MacroDefinition &MD) override {
    use(Name, MD.getMacroInfo());
  }
  void Ifndef(SourceLocation, const Token &Name, const clang::MacroDefinition &MD) override {
    use(Name, MD.getMacroInfo());
  }
  void MacroUndefined(const Token &Name, const clang::MacroDefinition &MD,
                      const clang::MacroDirective *) override {
    use(Name, MD.getMacroInfo());
  }

  void MacroDefined(const Token &Name, const clang::MacroDirective *MD) override {
    if (!Sink.isInteresting(Name.getIdentifierInfo()) || !Sink.isUser(Name.getLocation()))
      return;
    Sink.userName(Name.getIdentifierInfo()->getName(), /*Everywhere=*/true);
    use(Name, MD->getMacroInfo());
  }

  void SourceRangeSkipped(SourceRange Range, SourceLocation) override { Sink.skipped(Range); }

private:
  void use(const Token &Name, const clang::MacroInfo *Info) {
    clang::IdentifierInfo *Id = Name.getIdentifierInfo();
    if (!Sink.isInteresting(Id))
      return;
    // A test for a macro that nothing defines here still asks about CUDA's. One from the command line is the user's.
    bool Cuda = !Info || Sink.isCuda(Info->getDefinitionLoc());
    Sink.name(Name.getLocation(), Id->getName(), Cuda ? OwnerCuda : OwnerUser);
  }

  FactSink &Sink;
};

} // namespace

std::unique_ptr<clang::PPCallbacks> cuport::makePreprocessorRecorder(FactSink &Sink) {
  return std::make_unique<PreprocessorRecorder>(Sink);
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/FactSink.h"

#include "Frontend/SourceFile.h"
#include "Frontend/Surface.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Lex/Lexer.h"

#include "llvm/Support/Path.h"

using namespace cuport;
using clang::SourceLocation;

static constexpr size_t MaxErrors = 100;

void FactSink::begin(const clang::SourceManager &Manager, const clang::LangOptions &Options) {
  SM = &Manager;
  Lang = &Options;
}

bool FactSink::isInteresting(const clang::IdentifierInfo *Name) {
  if (!Name)
    return false;
  auto [It, New] = Interesting.try_emplace(Name, false);
  if (New)
    It->second = Options.IsInteresting(Name->getName());
  return It->second;
}

static bool isBelow(llvm::StringRef Path, llvm::StringRef Folder) {
  return !Folder.empty() && Path.consume_front(Folder) && Path.starts_with("/");
}

FactSink::Known FactSink::fileOf(clang::FileID File) {
  auto [It, New] = Files.try_emplace(File, Known{Home::Other, nullptr});
  if (!New)
    return It->second;
  Known K{Home::Other, nullptr};
  if (clang::OptionalFileEntryRef Entry = SM->getFileEntryRefForID(File)) {
    llvm::StringRef Real = Entry->getFileEntry().tryGetRealPathName();
    llvm::StringRef Path = Real.empty() ? Entry->getName() : Real;
    // Against a toolkit clang declares some of CUDA itself: threadIdx, shuffles, math.
    if (isBelow(Path, SurfaceRoot) || isBelow(Entry->getName(), Options.CudaPath) ||
        isBelow(Path, Options.CudaPath) || llvm::sys::path::filename(Path).starts_with("__clang_cuda_"))
      K.Where = Home::Cuda;
    else if (SM->getFileCharacteristic(SM->getLocForStartOfFile(File)) == clang::SrcMgr::C_User)
      K = {Home::User, &Record.Files[Path.str()]};
  } else if (SM->isWrittenInBuiltinFile(SM->getLocForStartOfFile(File))) {
    K.Where = Home::Cuda; // __CUDACC__, __CUDA_ARCH__
  }
  return Files[File] = K;
}

bool FactSink::isCuda(SourceLocation Loc) {
  return Loc.isValid() && fileOf(SM->getFileID(SM->getExpansionLoc(Loc))).Where == Home::Cuda;
}

bool FactSink::startsWith(SourceLocation Loc, char C) {
  if (Loc.isInvalid())
    return false;
  bool Invalid = false;
  const char *Text = SM->getCharacterData(SM->getSpellingLoc(Loc), &Invalid);
  return !Invalid && *Text == C;
}

bool FactSink::isUser(SourceLocation Loc) {
  return Loc.isValid() && fileOf(SM->getFileID(SM->getExpansionLoc(Loc))).Where == Home::User;
}

std::pair<FileFacts *, uint32_t> FactSink::spelled(SourceLocation Loc) {
  if (Loc.isInvalid())
    return {nullptr, 0};
  auto [File, Offset] = SM->getDecomposedSpellingLoc(Loc);
  return {fileOf(File).Facts, Offset + escapedLineEnds(SM->getBufferData(File).substr(Offset))};
}

/// The macro whose ## made the token at Loc: the token expands to where its pieces stand in the macro's body, a piece that
/// is an argument to where the parameter stands, and the body to the use of the macro.
static std::string pastingMacro(SourceLocation Loc, const clang::SourceManager &SM,
                                const clang::LangOptions &Lang) {
  while (SM.isMacroArgExpansion(Loc)) // the use stands in an argument of another macro
    Loc = SM.getImmediateSpellingLoc(Loc);
  SourceLocation Body = SM.getImmediateExpansionRange(Loc).getBegin();
  while (SM.isMacroArgExpansion(Body))
    Body = SM.getImmediateExpansionRange(Body).getBegin();
  if (!Body.isMacroID())
    return "";
  SourceLocation Use = SM.getImmediateExpansionRange(Body).getBegin();
  llvm::SmallString<32> Buffer;
  return clang::Lexer::getSpelling(SM.getSpellingLoc(Use), Buffer, SM, Lang).str();
}

void FactSink::name(SourceLocation Loc, llvm::StringRef Name, uint8_t Owner) {
  if (Loc.isInvalid())
    return;
  if (Loc.isMacroID() && SM->isWrittenInScratchSpace(SM->getSpellingLoc(Loc))) {
    // Pasted: there is no such token. The fact belongs to the outermost expansion, which a file does hold.
    auto [Facts, Offset] = spelled(SM->getExpansionLoc(Loc));
    if (Facts && (Owner & OwnerCuda))
      Facts->Pastes[Offset].insert({Name.str(), pastingMacro(Loc, *SM, *Lang)});
    return;
  }
  auto [Facts, Offset] = spelled(Loc);
  if (Facts)
    Facts->Names[Offset] |= Owner;
}

void FactSink::hipOverload(SourceLocation Loc) {
  // Of a function that a macro writes the place is that of the macro.
  auto [Facts, Offset] = spelled(SM->getExpansionLoc(Loc));
  if (Facts)
    Facts->HipOverloads.insert(Offset);
}

void FactSink::bracedHalf(SourceLocation Loc, std::string Type) {
  auto [Facts, Offset] = spelled(Loc);
  if (Facts)
    Facts->BracedHalves.try_emplace(Offset, std::move(Type));
}

uint32_t FactSink::lengthOf(SourceLocation Loc) const {
  Loc = SM->getSpellingLoc(Loc);
  auto [File, Offset] = SM->getDecomposedLoc(Loc);
  return clang::Lexer::MeasureTokenLength(Loc, *SM, *Lang) - escapedLineEnds(SM->getBufferData(File).substr(Offset));
}

std::string FactSink::wordsOf(clang::SourceRange Range) {
  constexpr size_t MaxText = 60; // of a message
  auto Whole = clang::Lexer::makeFileCharRange(clang::CharSourceRange::getTokenRange(Range), *SM, *Lang);
  if (Whole.isInvalid()) // a part of a macro: the use of it says more
    Whole = SM->getExpansionRange(Range);
  std::string Words;
  for (char C : clang::Lexer::getSourceText(Whole, *SM, *Lang))
    if (C != ' ' && C != '\t' && C != '\n' && C != '\r')
      Words += C;
    else if (!Words.empty() && Words.back() != ' ')
      Words += ' ';
  return Words.size() > MaxText ? Words.substr(0, MaxText) + " ..." : Words;
}

void FactSink::lane(SourceLocation Loc, LaneFact::Kind What, clang::SourceRange Range, llvm::StringRef Text) {
  auto [Facts, Offset] = spelled(Loc);
  if (!Facts)
    return;
  uint32_t Length = lengthOf(Loc);
  Facts->Lanes.insert({Offset, What, Length, Text.empty() ? wordsOf(Range) : Text.str()});
}

void FactSink::code(SourceLocation Loc, CodeFact::Kind What, uint64_t Amount, llvm::StringRef Text, clang::SourceRange Range) {
  auto [Facts, Offset] = spelled(Loc);
  if (!Facts)
    return;
  uint32_t Length = lengthOf(Loc);
  CodeFact Fact{Offset, What, Length, static_cast<uint32_t>(std::min<uint64_t>(Amount, UINT32_MAX)),
                Range.isValid() ? wordsOf(Range) : Text.str()};
  // Of the instances of a template the one that takes most.
  if (auto [Old, New] = Facts->Code.insert(Fact); !New && Old->Amount < Fact.Amount) {
    Facts->Code.erase(Old);
    Facts->Code.insert(std::move(Fact));
  }
}

void FactSink::laneConstant(SourceLocation Literal, llvm::StringRef Name, SourceLocation Use) {
  if (Literal.isInvalid())
    return;
  if (Name.empty()) {
    if (!SM->isMacroBodyExpansion(Literal))
      return;
    Name = clang::Lexer::getImmediateMacroName(Literal, *SM, *Lang);
    if (Use.isMacroID() && clang::Lexer::getImmediateMacroName(Use, *SM, *Lang) == Name)
      return; // the use stands in the same macro and speaks for both
  }
  lane(Literal, LaneFact::Constant, {}, Name);
}

SourceLocation FactSink::tokenOf(SourceLocation Loc) {
  while (Loc.isMacroID() && !spelled(Loc).first)
    Loc = SM->isMacroArgExpansion(Loc) ? SM->getImmediateSpellingLoc(Loc) : SM->getImmediateExpansionRange(Loc).getBegin();
  return Loc.isValid() && spelled(Loc).first ? Loc : SourceLocation();
}

const WatchedCall *FactSink::watched(SourceLocation Token) {
  llvm::SmallString<32> Buffer;
  llvm::StringRef Name = clang::Lexer::getSpelling(SM->getSpellingLoc(Token), Buffer, *SM, *Lang);
  auto [It, New] = Watched.try_emplace(Name);
  if (New)
    It->second = Options.WatchedArguments(Name);
  return It->second.Arguments ? &It->second : nullptr;
}

void FactSink::argument(SourceLocation Token, unsigned Index, ArgumentFact::Kind What, std::string Value) {
  auto [Facts, Offset] = spelled(Token);
  if (Facts)
    Facts->Arguments.insert({Offset, Index, What, std::move(Value)});
}

void FactSink::launch(SourceLocation Loc, bool InDevice) {
  auto [Facts, Offset] = spelled(Loc);
  if (Facts)
    Facts->Launches[Offset] |= InDevice;
}

void FactSink::include(SourceLocation Loc, llvm::StringRef Spelling, clang::OptionalFileEntryRef File,
                       bool IsSystem) {
  if (Loc.isMacroID())
    return;
  auto [Facts, Offset] = spelled(Loc);
  if (!Facts)
    return;
  IncludeFact Fact{IncludeFact::Missing, Spelling.str()};
  if (!File) {
    error(Loc, ("header '" + Spelling + "' was not found").str());
  } else {
    llvm::StringRef Real = File->getFileEntry().tryGetRealPathName();
    std::string Path = (Real.empty() ? File->getName() : Real).str();
    if (isBelow(Path, SurfaceRoot) || isBelow(Path, Options.CudaPath))
      Fact.Where = IncludeFact::Cuda;
    else if (IsSystem)
      Fact.Where = IncludeFact::System;
    else
      Fact = {IncludeFact::User, std::move(Path)};
  }
  Facts->Includes[Offset] = std::move(Fact);
}

void FactSink::skipped(clang::SourceRange Range) {
  auto [File, Begin] = SM->getDecomposedSpellingLoc(Range.getBegin());
  if (!fileOf(File).Facts)
    return;
  // The range begins at the # of the directive whose branch is skipped; that line itself was read.
  llvm::StringRef Text = SM->getBufferData(File);
  size_t LineEnd = Text.find('\n', Begin);
  while (LineEnd != llvm::StringRef::npos && Text.substr(0, LineEnd).rtrim('\r').ends_with("\\"))
    LineEnd = Text.find('\n', LineEnd + 1);
  uint32_t End = SM->getDecomposedSpellingLoc(Range.getEnd()).second;
  if (LineEnd < End)
    Skips[File].push_back({static_cast<uint32_t>(LineEnd), End});
}

void FactSink::finish() {
  std::map<FileFacts *, std::vector<clang::FileID>> Entries;
  for (const auto &[File, K] : Files)
    if (K.Facts)
      Entries[K.Facts].push_back(File);
  for (auto &[Facts, IDs] : Entries) {
    Facts->Skipped = std::move(Skips[IDs.front()]);
    for (clang::FileID File : llvm::drop_begin(IDs))
      Facts->Skipped = intersect(Facts->Skipped, Skips[File]);
    llvm::sort(Facts->Errors, [](const ParseError &A, const ParseError &B) {
      return std::tie(A.Offset, A.Text) < std::tie(B.Offset, B.Text);
    });
  }
}

void FactSink::error(SourceLocation Loc, llvm::StringRef Text) {
  if (!SM)
    return;
  FileFacts *Facts = nullptr;
  uint32_t Offset = 0, Line = 0;
  if (Loc.isValid()) {
    auto [File, At] = SM->getDecomposedLoc(SM->getFileLoc(Loc));
    Facts = fileOf(File).Facts;
    Offset = At;
    Line = SM->getLineNumber(File, At);
  }
  if (!Facts) {
    // In a header that is not the user's: it belongs to the file that includes it.
    Facts = fileOf(SM->getMainFileID()).Facts;
    Offset = 0;
    Line = 1;
  }
  if (Facts && Facts->Errors.size() < MaxErrors)
    Facts->Errors.push_back({Offset, Line, Text.str()});
}

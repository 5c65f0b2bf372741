// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Turns clang's source locations into facts about the user's files. Shared by the two recorders; internal to the room.

#ifndef CUPORT_FRONTEND_FACTSINK_H
#define CUPORT_FRONTEND_FACTSINK_H

#include "Frontend/ParseUnit.h"

#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace clang {
class IdentifierInfo;
class LangOptions;
} // namespace clang

namespace cuport {

class FactSink {
public:
  FactSink(UnitRecord &Record, const ParseOptions &Options) : Record(Record), Options(Options) {}

  /// Must be called before anything else: locations mean nothing without it.
  void begin(const clang::SourceManager &SM, const clang::LangOptions &Lang);

  bool isInteresting(const clang::IdentifierInfo *Name);

  /// True for a location in the CUDA surface or toolkit.
  bool isCuda(clang::SourceLocation Loc);
  /// True where the text at Loc begins with C.
  bool startsWith(clang::SourceLocation Loc, char C);
  /// True for a location in a file of the user's.
  bool isUser(clang::SourceLocation Loc);

  bool wantsBodies() const { return Options.WithBodies; }

  /// The token at Loc, spelled Name, names something of Owner's; Owner is NameOwner bits.
  void name(clang::SourceLocation Loc, llvm::StringRef Name, uint8_t Owner);
  void userName(llvm::StringRef Name, bool Everywhere) { Record.UserNames[Name.str()] |= Everywhere; }
  /// Loc is the name of a function of the user's that HIP's headers define as well.
  void hipOverload(clang::SourceLocation Loc);
  /// Loc is the { of what is assigned to a half or half2, Type.
  void bracedHalf(clang::SourceLocation Loc, std::string Type);
  /// Code at Range that takes 32 lanes for granted; Text is Range's own where it is empty.
  void lane(clang::SourceLocation Loc, LaneFact::Kind What, clang::SourceRange Range, llvm::StringRef Text = "");
  /// A fact of the code at Loc; Text is Range's own where that is valid.
  void code(clang::SourceLocation Loc, CodeFact::Kind What, uint64_t Amount, llvm::StringRef Text, clang::SourceRange Range = {});
  /// The number at Literal, which counts lanes in the code at Use, is given a name once: Name's, or a macro's where that is
  /// empty. Says nothing where it has none.
  void laneConstant(clang::SourceLocation Literal, llvm::StringRef Name, clang::SourceLocation Use);
  /// The token that a name at Loc has in a file of the user's: the name of a macro of CUDA's that stands for it, the name
  /// itself in a macro of the user's. Invalid where there is none.
  clang::SourceLocation tokenOf(clang::SourceLocation Loc);
  /// What of the calls of the function with that token's spelling is to be recorded; null where nothing is.
  const WatchedCall *watched(clang::SourceLocation Token);
  /// The call with its function's name at Token is given this for an argument.
  void argument(clang::SourceLocation Token, unsigned Index, ArgumentFact::Kind What, std::string Value);
  /// The number that one of CUDA's names stands for.
  void value(llvm::StringRef Name, int64_t Number) { Record.Values[Name.str()] = Number; }
  bool hasValue(llvm::StringRef Name) const { return Record.Values.count(Name.str()); }
  void launch(clang::SourceLocation Loc, bool InDevice);
  void include(clang::SourceLocation Loc, llvm::StringRef Spelling, clang::OptionalFileEntryRef File,
               bool IsSystem);
  void skipped(clang::SourceRange Range);
  void error(clang::SourceLocation Loc, llvm::StringRef Text);
  /// The unit reads this file, even if it has no fact of it.
  void entered(clang::FileID File) { fileOf(File); }
  /// Must be called last: settles what a file that was entered several times skips each time.
  void finish();

private:
  enum class Home : uint8_t { User, Cuda, Other };
  struct Known {
    Home Where;
    FileFacts *Facts; ///< of a User file
  };
  Known fileOf(clang::FileID File);
  /// The file and offset at which the token at Loc is spelled; null facts where that is no file of the user's, or nowhere.
  std::pair<FileFacts *, uint32_t> spelled(clang::SourceLocation Loc);
  /// The bytes of the token at Loc, where it is spelled.
  uint32_t lengthOf(clang::SourceLocation Loc) const;
  /// The source of Range on one line, as long as a message may have it.
  std::string wordsOf(clang::SourceRange Range);

  UnitRecord &Record;
  const ParseOptions &Options;
  const clang::SourceManager *SM = nullptr;
  const clang::LangOptions *Lang = nullptr;
  llvm::DenseMap<clang::FileID, Known> Files;
  llvm::DenseMap<clang::FileID, std::vector<OffsetRange>> Skips;
  llvm::DenseMap<const clang::IdentifierInfo *, bool> Interesting;
  llvm::StringMap<WatchedCall> Watched;
};

} // namespace cuport

#endif

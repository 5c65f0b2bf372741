// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/MacroTable.h"

#include "Knowledge/NamePattern.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

/// What every compilation for AMD's cards defines, of the host's half too: HIP's headers want the first, PyTorch gives the last to all files
/// of an extension. __HIPCC__ is none of them: a header may be compiled by another compiler as well, and then what stands behind #else is for
/// that one.
static bool namesAmd(llvm::StringRef Macro) { return Macro == "__HIP_PLATFORM_AMD__" || Macro == "__HIP_PLATFORM_HCC__" || Macro == "USE_ROCM"; }

/// A project's own switch. Where it is not given, code may be for AMD's cards all the same, as what was translated is.
static bool turnsAmdOn(llvm::StringRef Macro) { return isSwitchFor(Macro, "HIP") || isSwitchFor(Macro, "ROCM"); }

static MacroState ofAmds(bool IsAmd) { return {IsAmd ? MacroState::Defined : MacroState::Undefined, 1}; }

/// The branches of a file that AMD's macros keep from being compiled for AMD's cards, or for others.
static std::vector<Branch> branchesWithout(const SourceFile &File, bool IsAmd) {
  return branchesLeftOut(File, [&](llvm::StringRef Name) { return namesAmd(Name) ? ofAmds(IsAmd) : MacroState{}; });
}

void MacroTable::Definitions::add(llvm::StringRef Text) {
  Differ |= Any && Body != Text;
  Any = true;
  Body = Text.str();
}

void MacroTable::add(const SourceFile &File) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  std::array<std::vector<Branch>, 2> Without;
  if (llvm::any_of(Tokens, [&](const Token &T) { return T.InDirective && namesAmd(File.textOf(T)); }))
    Without = {branchesWithout(File, false), branchesWithout(File, true)};
  for (const Directive &D : File.directives()) {
    if (D.Name != "define" || D.Last < D.First + 3)
      continue;
    const Token &Name = Tokens[D.First + 2];
    if (Name.What != Token::Identifier)
      continue;
    for (uint32_t I = D.First + 3; I + 1 < D.Last; ++I)
      if (Tokens[I].What == Token::Identifier && File.is(Tokens[I + 1], "##")) {
        Prefixes.try_emplace(File.textOf(Name).str(), File.textOf(Tokens[I]).str());
        break;
      }
    // A parenthesis that touches the name makes it function-like.
    if (D.Last > D.First + 3 && Tokens[D.First + 3].Offset == Name.end() &&
        File.is(Tokens[D.First + 3], "("))
      continue;
    std::string Body;
    for (uint32_t I = D.First + 3; I < D.Last; ++I) {
      if (!Body.empty())
        Body += ' ';
      Body += File.textOf(Tokens[I]);
    }
    Macro &Known = Macros[File.textOf(Name).str()];
    Known.Anywhere.add(Body);
    const unsigned Line = File.placeOf(Name.Offset, 0).Line;
    for (bool IsAmd : {false, true})
      if (llvm::any_of(Without[IsAmd], [&](const Branch &B) { return B.FirstLine <= Line && Line <= B.LastLine; }))
        Known.Apart = true;
      else
        Known.OnPlatform[IsAmd].add(Body);
  }
}

const MacroTable::Macro *MacroTable::find(llvm::StringRef Name) const {
  auto It = Macros.find(std::string_view(Name));
  return It == Macros.end() ? nullptr : &It->second;
}

MacroState MacroTable::onPlatform(llvm::StringRef Name, bool IsAmd) const {
  if (namesAmd(Name))
    return ofAmds(IsAmd);
  if (!IsAmd && turnsAmdOn(Name))
    return {MacroState::Undefined, {}};
  const Macro *Known = find(Name);
  if (!Known || !Known->Apart || Known->OnPlatform[IsAmd].Differ)
    return {};
  const Definitions &Here = Known->OnPlatform[IsAmd];
  if (!Here.Any)
    return {MacroState::Undefined, {}};
  int64_t Number;
  return {MacroState::Defined, llvm::StringRef(Here.Body).getAsInteger(0, Number) ? std::nullopt : std::optional(Number)};
}

llvm::StringRef MacroTable::bodyOf(llvm::StringRef Name) const {
  const Macro *Known = find(Name);
  return Known && !Known->Anywhere.Differ ? llvm::StringRef(Known->Anywhere.Body) : "";
}

std::optional<llvm::StringRef> MacroTable::pastedPrefix(llvm::StringRef Name) const {
  auto It = Prefixes.find(std::string_view(Name));
  if (It == Prefixes.end())
    return std::nullopt;
  return llvm::StringRef(It->second);
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/BuildHints.h"

#include "Build/BuildRule.h"
#include "Frontend/IncludeConditions.h"
#include "Knowledge/NamePattern.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <set>

using namespace cuport;

/// Of setuptools: define_macros=[("NAME", None), ("OTHER", "1")]
static void addPythonMacros(const BuildStatement &S, llvm::function_ref<void(llvm::StringRef Name, llvm::StringRef Value)> Add) {
  auto Word = llvm::find_if(S.Words, [](const BuildWord &W) { return !W.Quoted && W.Text == "define_macros"; });
  for (auto Value = Word; Word != S.Words.end() && ++Value != S.Words.end(); ++Word)
    if (Word->Quoted && (Value->Quoted || Value->Text == "None"))
      Add(Word->Text, Value->Quoted ? Value->Text : "");
}

void cuport::addBuildMacros(const BuildText &Text, llvm::function_ref<void(llvm::StringRef Name, llvm::StringRef Value)> Add) {
  for (const BuildStatement &S : Text.Statements) {
    const bool Definitions = S.Name.contains_insensitive("compile_definitions") || S.is("add_definitions");
    bool Next = false;
    for (const BuildWord &W : S.Words) {
      llvm::StringRef Name = W.Text;
      if (Name.consume_front("-D") || Next || Definitions) {
        auto [Macro, Value] = Name.split('=');
        Add(Macro, Value);
      }
      Next = W.Text == "-D";
    }
    if (Text.System == BuildSystem::Python)
      addPythonMacros(S, Add);
  }
}

/// The macros that a build may define in a header: #cmakedefine NAME, and #undef NAME that Autoconf changes.
static void addConfiguredMacros(const SourceFile &File, llvm::function_ref<void(llvm::StringRef Name)> Add) {
  for (const Directive &D : File.directives())
    if ((D.Name.starts_with("cmakedefine") || D.Name == "mesondefine" || D.Name == "undef") && D.Last >= D.First + 3)
      Add(File.textOf(File.tokens()[D.First + 2]));
}

BuildHints cuport::hintsOf(llvm::ArrayRef<ScannedFile> Files, llvm::function_ref<bool(llvm::StringRef Header)> IsCuda) {
  llvm::StringSet<> AroundCuda;
  for (const ScannedFile &F : Files)
    if (F.Source && !F.Build)
      for (llvm::StringRef Macro : macrosAroundIncludes(*F.Source, IsCuda))
        AroundCuda.insert(Macro);
  BuildHints Hints;
  unsigned Newest = 0;
  std::set<std::string> Options;
  auto IsSwitch = [&](llvm::StringRef Macro) { return isSwitchFor(Macro, "CUDA") || AroundCuda.contains(Macro); };
  for (const ScannedFile &F : Files) {
    if (F.Source && isConfigured(F.Input.Path))
      addConfiguredMacros(*F.Source, [&](llvm::StringRef Macro) {
        if (IsSwitch(Macro))
          Options.insert("-D" + Macro.str());
      });
    if (!F.Build || !F.Source)
      continue;
    // Most have none of it, and need not be taken apart.
    auto Has = [&](llvm::StringRef Part) { return F.Source->text().contains(Part); };
    const bool HasStandard = Has("std") || Has("STANDARD");
    if (!HasStandard && !Has("_WRAPPED_NAMESPACE") && !Has("_CUDA") && llvm::none_of(AroundCuda.keys(), Has))
      continue;
    const BuildText Text = takeApart(*F.Build, F.Source->text());
    if (HasStandard)
      Newest = std::max(Newest, newestStandard(Text));
    Options.merge(libraryNamespaces(Text));
    // Of an option of CMake's, -DUSE_CUDA=ON, the compiler is told otherwise.
    addBuildMacros(Text, [&](llvm::StringRef Macro, llvm::StringRef Value) {
      if (IsSwitch(Macro) && (Value.empty() || Value == "1"))
        Options.insert("-D" + Macro.str());
    });
  }
  if (Newest > 17)
    Hints.Standard = "-std=gnu++" + std::to_string(Newest);
  Hints.Options.assign(Options.begin(), Options.end());
  return Hints;
}

void cuport::giveHints(std::vector<UnitCommand> &Units, const BuildHints &Hints) {
  for (UnitCommand &U : Units) {
    if (!Hints.Standard.empty() && U.Language != Language::C && llvm::none_of(U.Args, [](llvm::StringRef A) { return A.starts_with("-std="); }))
      U.Args.push_back(Hints.Standard);
    U.Args.insert(U.Args.begin(), Hints.Options.begin(), Hints.Options.end());
  }
}

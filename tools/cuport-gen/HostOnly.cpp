// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a program is compiled with for a card that runs its own kernels only: the reasons that clang gives where it launches one of
// CUDA's, and where it asks for a variable of theirs.

#include "Output.h"
#include "Verbs.h"

using namespace cuport;

llvm::Error gen::writeHostOnly(const Target &Card, llvm::StringRef OutputFile) {
  std::string Text = ("no kernel of CUDA's runs on " + Card.Title + "; it has to be written anew").str();
  const std::string Variables = ("variables of CUDA's kernels are not on " + Card.Title + "; allocate memory and hand it to the kernel that is written anew").str();
  llvm::ArrayRef<TargetFact> Language = Card.facts(FactKey::KernelLanguage);
  if (!Language.empty())
    Text += (" in " + Language.front().Value).str();
  return writeIfChanged(OutputFile, "// Written by cuport-gen host-only.\n#pragma once\n#define CUPORT_HOST_ONLY " + literal(Text) +
                                       "\n#define CUPORT_NO_VARIABLES " + literal(Variables) + "\n");
}

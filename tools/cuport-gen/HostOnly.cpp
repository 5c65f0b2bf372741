// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a program is compiled with for a card that runs its own kernels only: the reason that clang gives where it launches one.

#include "Output.h"
#include "Verbs.h"

using namespace cuport;

llvm::Error gen::writeHostOnly(const Target &Card, llvm::StringRef OutputFile) {
  std::string Text = ("no kernel of CUDA's runs on " + Card.Title + "; it has to be written anew").str();
  llvm::ArrayRef<TargetFact> Language = Card.facts(FactKey::KernelLanguage);
  if (!Language.empty())
    Text += (" in " + Language.front().Value).str();
  return writeIfChanged(OutputFile, "// Written by cuport-gen host-only.\n#pragma once\n#define CUPORT_HOST_ONLY " + literal(Text) + "\n");
}

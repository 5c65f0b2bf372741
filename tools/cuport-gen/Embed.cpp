// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace cuport;
using namespace cuport::gen;

llvm::Error gen::writeEmbedded(llvm::ArrayRef<std::string> Files, llvm::ArrayRef<std::string> Strip,
                               llvm::StringRef OutputFile) {
  std::vector<std::pair<std::string, std::string>> Entries;
  for (const std::string &File : Files) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer)
      return llvm::createFileError(File, Buffer.getError());
    llvm::StringRef Path = File;
    for (const std::string &Prefix : Strip)
      if (Path.consume_front(Prefix))
        break;
    Entries.emplace_back(Path.ltrim('/').str(), (*Buffer)->getBuffer().str());
  }
  llvm::sort(Entries);
  std::string Text = "// Written by cuport-gen embed.\n";
  for (size_t I = 0; I < Entries.size(); ++I) {
    if (I && Entries[I].first == Entries[I - 1].first)
      return llvm::createStringError("two files would be embedded as '" + Entries[I].first + "'");
    Text += "{" + stringRef(Entries[I].first) + "," + stringRef(Entries[I].second) + "},\n";
  }
  return writeIfChanged(OutputFile, Text);
}

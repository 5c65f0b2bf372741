// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;
using namespace cuport::gen;

/// Path, without what Strip cuts off, and content of each file; by path, no two alike.
static llvm::Expected<std::vector<std::pair<std::string, std::string>>>
readEntries(llvm::ArrayRef<std::string> Files, llvm::ArrayRef<std::string> Strip) {
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
  for (size_t I = 1; I < Entries.size(); ++I)
    if (Entries[I].first == Entries[I - 1].first)
      return llvm::createStringError("two files would be embedded as '" + Entries[I].first + "'");
  return Entries;
}

llvm::Error gen::writeEmbedded(llvm::ArrayRef<std::string> Files, llvm::ArrayRef<std::string> Strip,
                               llvm::StringRef OutputFile) {
  auto Entries = readEntries(Files, Strip);
  if (!Entries)
    return Entries.takeError();
  std::string Text = "// Written by cuport-gen embed.\n";
  for (const auto &[Path, Content] : *Entries)
    Text += "{" + stringRef(Path) + "," + stringRef(Content) + "},\n";
  return writeIfChanged(OutputFile, Text);
}

llvm::Error gen::writeHash(llvm::ArrayRef<std::string> Files, llvm::ArrayRef<std::string> Strip,
                           llvm::StringRef OutputFile) {
  auto Entries = readEntries(Files, Strip);
  if (!Entries)
    return Entries.takeError();
  std::string All;
  for (const auto &[Path, Content] : *Entries)
    All += Path + '\0' + std::to_string(Content.size()) + '\0' + Content;
  return writeIfChanged(
      OutputFile, "// Written by cuport-gen hash.\n\"" +
                      llvm::utohexstr(llvm::xxh3_64bits(All), /*LowerCase=*/true, /*Width=*/16) +
                      "\"\n");
}

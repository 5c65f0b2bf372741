// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
using llvm::StringRef;

llvm::Error gen::writeIfChanged(StringRef Path, StringRef Content) {
  if (auto Old = llvm::MemoryBuffer::getFile(Path); Old && (*Old)->getBuffer() == Content)
    return llvm::Error::success();
  StringRef Folder = llvm::sys::path::parent_path(Path);
  if (!Folder.empty())
    if (std::error_code EC = llvm::sys::fs::create_directories(Folder))
      return llvm::createFileError(Folder, EC);
  return llvm::writeToOutput(Path, [&](llvm::raw_ostream &OS) {
    OS << Content;
    return llvm::Error::success();
  });
}

std::string gen::literal(StringRef Text) {
  std::string Result = "\"";
  size_t InLine = 0;
  for (size_t I = 0; I < Text.size(); ++I) {
    unsigned char C = Text[I];
    if (C == '\n')
      Result += "\\n";
    else if (C == '"' || C == '\\' || C == '?') // '?' could begin a trigraph
      (Result += '\\') += C;
    else if (C < 0x20 || C >= 0x7f) {
      Result += '\\';
      for (int Shift : {6, 3, 0})
        Result += char('0' + ((C >> Shift) & 7));
    } else
      Result += C;
    if (I + 1 < Text.size() && (C == '\n' || ++InLine == 2000)) {
      Result += "\"\n\"";
      InLine = 0;
    }
  }
  return Result + "\"";
}

std::string gen::stringRef(StringRef Text) {
  if (Text.empty())
    return "{}";
  return "{" + literal(Text) + "," + std::to_string(Text.size()) + "}";
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "DependencyFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <vector>

using namespace cuport;
using llvm::StringRef;

/// The first rule's prerequisites, escaped as they stand.
static std::vector<StringRef> prerequisites(StringRef Rule) {
  std::vector<StringRef> Names;
  size_t Begin = StringRef::npos;
  for (size_t I = Rule.find(": "); I < Rule.size(); ++I) {
    char C = Rule[I];
    bool Escaped = I && Rule[I - 1] == '\\';
    bool Parts = (C == ' ' || C == '\n') && !Escaped;
    if (C == '\\' && I + 1 < Rule.size() && Rule[I + 1] == '\n')
      Parts = true;
    if (Parts || (C == '\n' && Escaped)) {
      if (Begin != StringRef::npos && Begin < I)
        Names.push_back(Rule.slice(Begin, I));
      Begin = StringRef::npos;
      if (C == '\n' && !Escaped)
        break;
    } else if (Begin == StringRef::npos && C != ':')
      Begin = I;
  }
  if (Begin != StringRef::npos)
    Names.push_back(Rule.substr(Begin).rtrim('\n'));
  return Names;
}

/// Where the first rule ends: a line's end without a backslash before it.
static size_t endOfRule(StringRef Text) {
  for (size_t I = 0; (I = Text.find('\n', I)) != StringRef::npos; ++I)
    if (!I || Text[I - 1] != '\\')
      return I;
  return Text.size();
}

std::string cuport::mergeDependencies(StringRef Host, StringRef Device) {
  llvm::StringSet<> Known;
  for (StringRef Name : prerequisites(Host))
    Known.insert(Name);
  std::string More;
  for (StringRef Name : prerequisites(Device))
    if (Known.insert(Name).second)
      More += (" \\\n  " + Name).str();
  size_t End = endOfRule(Host);
  return (Host.take_front(End) + More + Host.drop_front(End)).str();
}

llvm::Error cuport::mergeDependencyFiles(StringRef HostPath, StringRef DevicePath) {
  auto Host = llvm::MemoryBuffer::getFile(HostPath), Device = llvm::MemoryBuffer::getFile(DevicePath);
  if (!Host)
    return llvm::createFileError(HostPath, Host.getError());
  if (!Device)
    return llvm::createFileError(DevicePath, Device.getError());
  std::string Text = mergeDependencies((*Host)->getBuffer(), (*Device)->getBuffer());
  Host->reset();
  std::error_code Failed;
  llvm::raw_fd_ostream Out(HostPath, Failed);
  if (Failed)
    return llvm::createFileError(HostPath, Failed);
  Out << Text;
  return llvm::Error::success();
}

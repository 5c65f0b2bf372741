// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Toolchain.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using namespace cuport;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

/// The tool beside clang, where links lead away from it too, else the one on PATH.
static std::string beside(llvm::StringRef Clang, llvm::StringRef Name) {
  llvm::SmallString<128> Real;
  for (llvm::StringRef Place : {Clang, fs::real_path(Clang, Real) ? Clang : Real.str()}) {
    llvm::SmallString<128> Tool = path::parent_path(Place);
    path::append(Tool, Name);
    if (fs::can_execute(Tool))
      return Tool.str().str();
  }
  auto OnPath = llvm::sys::findProgramByName(Name);
  return OnPath ? *OnPath : std::string();
}

llvm::Expected<Toolchain> cuport::findToolchain(const char *Argv0, bool WithClang) {
  Toolchain Tools;
  static int Here;
  Tools.Program = fs::getMainExecutable(Argv0, &Here);
  Tools.Root = path::parent_path(path::parent_path(Tools.Program)).str();

  std::string Header = Tools.includeDirectory() + "/cuda_runtime.h";
  if (!fs::exists(Header))
    return llvm::createStringError("%s is missing: is the toolkit complete?", Header.c_str());

  if (!WithClang) {
    Tools.Archiver = beside("", "llvm-ar");
    return Tools;
  }
  if (auto Chosen = llvm::sys::Process::GetEnv("CUPORT_CLANG")) {
    auto Found = llvm::sys::findProgramByName(*Chosen);
    if (!Found)
      return llvm::createStringError("CUPORT_CLANG=%s: there is no such program", Chosen->c_str());
    Tools.Clang = *Found;
  } else if (fs::can_execute(CUPORT_CLANG_PATH)) {
    Tools.Clang = CUPORT_CLANG_PATH;
  } else if (auto Found = llvm::sys::findProgramByName("clang++-" CUPORT_LLVM_MAJOR)) {
    Tools.Clang = *Found;
  } else {
    return llvm::createStringError("clang " CUPORT_LLVM_MAJOR " is neither at " CUPORT_CLANG_PATH
                                   " nor on PATH; CUPORT_CLANG says where it is");
  }
  Tools.Linker = beside(Tools.Clang, "ld.lld");
  Tools.Archiver = beside(Tools.Clang, "llvm-ar");
  Tools.Bundler = beside(Tools.Clang, "clang-offload-bundler");
  if (Tools.Linker.empty())
    return llvm::createStringError("ld.lld is neither beside %s nor on PATH", Tools.Clang.c_str());
  return Tools;
}

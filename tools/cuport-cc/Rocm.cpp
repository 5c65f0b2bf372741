// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rocm.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace cuport;
using llvm::StringRef;

std::vector<std::string> cuport::cardsOf(const std::vector<std::string> &Given) {
  return Given.empty() ? std::vector<std::string>{"gfx906"} : Given;
}

std::vector<std::string> RocmInstallation::flags(const std::vector<std::string> &Cards) const {
  bool Wave64 = StringRef(Cards.front()).starts_with("gfx9");
  std::vector<std::string> Flags = {"--rocm-path=" + Path, "--rocm-device-lib-path=" + Bitcode, "-D__HIP_PLATFORM_AMD__=1"};
  // HIP before 7 reads the width of a wavefront from a macro that clang does not define any more.
  if (Major < 7)
    Flags.push_back(std::string("-D__AMDGCN_WAVEFRONT_SIZE=") + (Wave64 ? "64" : "32"));
  // Its libraries know no newer form of code.
  if (Major < 6)
    Flags.push_back("-mcode-object-version=4");
  for (const std::string &Card : Cards)
    Flags.push_back("--offload-arch=" + Card);
  return Flags;
}

llvm::Expected<RocmInstallation> cuport::findRocm(StringRef Path) {
  RocmInstallation Found;
  Found.Path = Path.str();
  std::string Header = Found.Path + "/include/hip/hip_version.h";
  auto Buffer = llvm::MemoryBuffer::getFile(Header);
  if (!Buffer)
    return llvm::createStringError("%s is missing: --rocm-path says where ROCm is", Header.c_str());
  StringRef Text = (*Buffer)->getBuffer();
  StringRef Name = "#define HIP_VERSION_MAJOR ";
  size_t At = Text.find(Name);
  if (At == StringRef::npos || Text.drop_front(At + Name.size()).take_while(llvm::isDigit).getAsInteger(10, Found.Major))
    return llvm::createStringError("%s says no version", Header.c_str());
  for (StringRef Place : {"/amdgcn/bitcode", "/lib/x86_64-linux-gnu/amdgcn/bitcode", "/lib/amdgcn/bitcode"})
    if (llvm::sys::fs::exists(Found.Path + Place.str() + "/ockl.bc"))
      Found.Bitcode = Found.Path + Place.str();
  if (Found.Bitcode.empty())
    return llvm::createStringError("%s has no device libraries (amdgcn/bitcode)", Found.Path.c_str());
  return Found;
}

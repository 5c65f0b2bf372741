// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Vendor.h"
#include "Compile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using namespace cuport;
using llvm::StringRef;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

static constexpr VendorInfo Vendors[] = {
#define VENDOR(ID, VARIABLES, ROOT, COMPILER, STYLE, LANGUAGE, ARCHITECTURE, LIBRARIES)                                               \
  {ID, VARIABLES, ROOT, COMPILER, VendorInfo::STYLE, LANGUAGE, ARCHITECTURE, LIBRARIES},
#include "Knowledge/Vendors.def"
};

static constexpr StringRef HostOnly[] = {
#define HOST_ONLY(ID) ID,
#include "Knowledge/Vendors.def"
};

const VendorInfo *cuport::findVendor(StringRef Id) {
  const auto *Found = llvm::find_if(Vendors, [&](const VendorInfo &V) { return V.Id == Id; });
  return Found == std::end(Vendors) ? nullptr : Found;
}

bool cuport::isHostOnly(StringRef Id) { return llvm::is_contained(HostOnly, Id); }

std::string cuport::vendorList() {
  return llvm::join(llvm::map_range(Vendors, [](const VendorInfo &V) { return V.Id; }), ", ") + ", " + llvm::join(llvm::ArrayRef(HostOnly), ", ");
}

static llvm::SmallVector<StringRef, 4> wordsOf(StringRef Text) {
  llvm::SmallVector<StringRef, 4> Words;
  Text.split(Words, ' ', -1, /*KeepEmpty=*/false);
  return Words;
}

llvm::Expected<VendorSdk> cuport::findSdk(const VendorInfo &Info, StringRef Path) {
  std::string Root = Path.str();
  for (StringRef Variable : wordsOf(Info.Variables))
    if (auto Value = llvm::sys::Process::GetEnv(Variable); Root.empty() && Value)
      Root = *Value;
  if (Root.empty())
    Root = Info.Root.str();
  llvm::SmallString<128> Compiler(Root);
  path::append(Compiler, Info.Compiler);
  if (fs::can_execute(Compiler))
    return VendorSdk{Info, Root, Compiler.str().str()};
  if (auto OnPath = llvm::sys::findProgramByName(path::filename(Info.Compiler)); OnPath && Path.empty() && Info.Style == VendorInfo::Clang &&
                                                                                 path::filename(Info.Compiler) != "clang++")
    return VendorSdk{Info, Root, *OnPath};
  return llvm::createStringError("'--target=%s': %s is missing; --sdk-path%s says where the SDK is", Info.Id.str().c_str(),
                                 Compiler.c_str(),
                                 Info.Variables.empty() ? "" : (", or " + wordsOf(Info.Variables).front() + ",").str().c_str());
}

/// nvcc hands what it does not know to the host's compiler only when it is asked to.
static void addHost(Command &Words, StringRef Word, VendorInfo::StyleKind Style) {
  if (Style == VendorInfo::Nvcc)
    Words.insert(Words.end(), {"-Xcompiler", Word.str()});
  else
    Words.push_back(Word.str());
}

static bool isHostOption(StringRef Word) {
  return Word.starts_with("-f") || Word.starts_with("-m") || Word.starts_with("-W") || Word == "-pthread";
}

llvm::Expected<Command> VendorSdk::compile(const Input &In, const Invocation &Wanted, const Toolchain &Tools, Runner &Run) const {
  Command Words = {Compiler};
  for (const std::string &Word : Wanted.Both)
    if (isHostOption(Word))
      addHost(Words, Word, Info.Style);
    else
      Words.push_back(Word);
  const std::string Bindings = Tools.includeDirectory() + "/bindings/";
  const bool Bound = fs::is_directory(Bindings + Info.Id.str());
  if (Bound)
    Words.insert(Words.end(), {"-isystem", Bindings + Info.Id.str()});
  if (Bound || In.Kind == InputKind::Hip)
    Words.insert(Words.end(), {"-isystem", Bindings + "common"});
  if (!Wanted.Optimize.empty())
    Words.push_back(Wanted.Optimize);
  for (const std::string &Word : Wanted.Host)
    addHost(Words, Word, Info.Style);
  if (!hasHalves(In)) {
    if (In.Kind != InputKind::Assembler)
      Words.insert(Words.end(), {"-x", In.Kind == InputKind::C ? "c" : "c++"});
    Words.insert(Words.end(), Wanted.Included.begin(), Wanted.Included.end());
    Words.push_back(In.Path);
    return Words;
  }
  for (const std::string &Card : Wanted.OffloadArchitectures)
    Words.push_back(Info.Architecture.str() + Card);
  if (Wanted.Separate)
    Words.push_back(Info.Style == VendorInfo::Nvcc ? "-rdc=true" : "-fgpu-rdc");
  if (In.Kind == InputKind::Hip) // by which HIP source knows that it is compiled as such, on NVIDIA too
    Words.push_back("-D__HIPCC__=1");
  if (Bound && In.Kind == InputKind::Cuda) // as nvcc does
    Words.insert(Words.end(), {"-include", "cuda_runtime.h"});
  Words.insert(Words.end(), Wanted.Included.begin(), Wanted.Included.end());
  if (Info.Language.starts_with(".")) {
    llvm::SmallString<128> Real;
    if (std::error_code Code = fs::real_path(In.Path, Real))
      return llvm::createFileError(In.Path, Code);
    auto Named = Run.intermediateWith(path::stem(In.Path), Info.Language.drop_front(), ("#include \"" + Real + "\"\n").str());
    if (!Named)
      return Named.takeError();
    Words.push_back(*Named);
    return Words;
  }
  for (StringRef Word : wordsOf(Info.Language)) {
    auto [Before, After] = Word.split('%');
    Words.push_back((Before == Word ? Word.str() : (Before + Root + After).str()));
  }
  Words.push_back(In.Path);
  return Words;
}

Command VendorSdk::linkBegin(const Invocation &Wanted) const {
  Command Words = {Compiler};
  if (Wanted.Shared)
    Words.push_back("-shared");
  if (Info.Style == VendorInfo::Nvcc && !Wanted.RuntimeLibrary.empty())
    Words.push_back("-cudart=" + Wanted.RuntimeLibrary);
  if (Wanted.Debug || Wanted.DeviceDebug)
    Words.push_back("-g");
  if (Wanted.Separate)
    Words.push_back(Info.Style == VendorInfo::Nvcc ? "-rdc=true" : "-fgpu-rdc");
  for (const std::string &Card : Wanted.OffloadArchitectures)
    if (Wanted.Separate)
      Words.push_back(Info.Architecture.str() + Card);
  return Words;
}

Command VendorSdk::linkEnd() const {
  Command Words;
  if (Info.Libraries.empty())
    return Words; // the compiler links its own runtime
  Words.push_back("-L" + Root + "/lib");
  for (StringRef Library : wordsOf(Info.Libraries))
    Words.push_back("-l" + Library.str());
  Words.push_back("-Wl,-rpath," + Root + "/lib");
  return Words;
}

std::vector<std::string> VendorSdk::libraries(StringRef Name, const Toolchain &Tools) const {
  // HIP's are named after CUDA's.
  std::string Cuda = Name == "rccl" ? "nccl" : Name.starts_with("hip") ? ("cu" + Name.drop_front(3)).str() : Name.str();
  auto Known = llvm::MemoryBuffer::getFile(Tools.includeDirectory() + "/bindings/" + Info.Id + "/cuport/libraries.txt");
  if (Known)
    for (StringRef Line : llvm::split((*Known)->getBuffer(), '\n')) {
      auto Words = wordsOf(Line);
      if (!Words.empty() && Words.front().equals_insensitive(Cuda))
        return {Words.begin() + 1, Words.end()};
    }
  return {Cuda};
}

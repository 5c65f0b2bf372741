// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Link.h"
#include "Compile.h"
#include "Diagnostics.h"
#include "Rocm.h"
#include "Vendor.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
using llvm::StringRef;

namespace {
struct KnownLibrary {
  StringRef Name;
  StringRef Title; ///< "" for what the runtime has
  StringRef File;  ///< "" for what is not there yet
  StringRef Over;  ///< what the file was built over
};
} // namespace

static constexpr KnownLibrary Libraries[] = {
#define RUNTIME(NAME) {NAME, "", "", ""},
#define LIBRARY(NAME, FILE, TITLE, OVER) {NAME, TITLE, FILE, OVER},
#define MISSING(NAME, TITLE) {NAME, TITLE, "", ""},
#include "Libraries.def"
#undef RUNTIME
#undef LIBRARY
#undef MISSING
};

/// Adds what stands for -lName, if anything; with an SDK it is the vendor's.
static llvm::Error addLibrary(StringRef Name, const LinkJob &Job, const VendorSdk *Sdk, Command &Words) {
  StringRef Plain = Name;
  if (!Plain.consume_back("_static_nocallback"))
    Plain.consume_back("_static");
  const auto *Known = llvm::find_if(Libraries, [&](const KnownLibrary &Each) { return Each.Name == Plain; });
  if (Sdk && (Known == std::end(Libraries) || !Known->Title.empty())) {
    for (const std::string &Each : Known == std::end(Libraries) ? std::vector<std::string>{Name.str()} : Sdk->libraries(Plain, Job.Tools))
      Words.push_back("-l" + Each);
    return llvm::Error::success();
  }
  if (Known == std::end(Libraries)) {
    Words.push_back(("-l" + Name).str());
    return llvm::Error::success();
  }
  if (Known->Title.empty())
    return llvm::Error::success(); // libcuport-rt is linked always
  if (Known->File.empty()) {
    // Build systems link more than a program calls; where it does call it, the linker says what is missing.
    llvm::errs() << "cuport-cc: warning: '-l" << Name << "': cuport has no " << Known->Title << " yet, and it is left out\n";
    return llvm::Error::success();
  }
  if (!llvm::sys::fs::exists(Job.Tools.libraryDirectory() + "/libcuport-" + Known->File + ".so"))
    return llvm::createStringError(llvm::Twine("'-l") + Name + "': this toolkit was built without " + Known->Over +
                                   ", which " + Known->Title + " needs; install it and build cuport again");
  Words.push_back(("-lcuport-" + Known->File).str());
  return llvm::Error::success();
}

/// The objects, options and libraries of the command line, in its order.
static llvm::Error addLinkLine(const LinkJob &Job, const VendorSdk *Sdk, Command &Words) {
  for (const LinkItem &Item : Job.Wanted.LinkLine) {
    switch (Item.What) {
    case LinkItem::Kind::Input: Words.push_back(Job.Objects[Item.Index]); break;
    case LinkItem::Kind::Option: Words.push_back(Item.Text); break;
    case LinkItem::Kind::Library:
      if (llvm::Error Failed = addLibrary(Item.Text, Job, Sdk, Words))
        return Failed;
    }
  }
  return llvm::Error::success();
}

/// The link by a vendor's compiler, which knows its device code.
static llvm::Expected<int> linkByVendor(const LinkJob &Job, StringRef Output, Runner &Run) {
  auto Sdk = findSdk(*findVendor(Job.Wanted.VendorId), Job.Wanted.SdkPath);
  if (!Sdk)
    return Sdk.takeError();
  Command Words = Sdk->linkBegin(Job.Wanted);
  if (llvm::Error Failed = addLinkLine(Job, &*Sdk, Words))
    return std::move(Failed);
  Command End = Sdk->linkEnd();
  Words.insert(Words.end(), End.begin(), End.end());
  Words.insert(Words.end(), {"-o", Output.str()});
  return Run.run(Words);
}

llvm::Expected<int> cuport::linkProgram(const LinkJob &Job, StringRef Output, Runner &Run) {
  const Invocation &Wanted = Job.Wanted;
  if (Wanted.Target == TargetKind::Vendor)
    return linkByVendor(Job, Output, Run);
  Command Words = {Job.Tools.Clang};
  if (Wanted.Shared)
    Words.push_back("-shared");
  for (const std::string &Flag : checkFlags(Wanted))
    Words.push_back(Flag);
  if (Wanted.Debug || Wanted.DeviceDebug)
    Words.push_back("-g");
  Words.insert(Words.end(), {"-o", Output.str(), "--ld-path=" + Job.Tools.Linker});
  // Before the objects, so that something follows "-x none".
  auto CompileIn = [&](StringRef Source) {
    Words.insert(Words.end(), {"-x", "c", Job.Tools.includeDirectory() + "/cuport/" + Source.str(), "-x", "none"});
  };
  if (Wanted.Target == TargetKind::HostOnly) {
    Words.push_back("-DCUPORT_DEFAULT_BACKEND=\"" + Wanted.VendorId + "\"");
    CompileIn("default_backend.c");
  }
  if (Wanted.CheckAddress && !Wanted.Shared)
    CompileIn("check_address.c");
  if (llvm::Error Failed = addLinkLine(Job, nullptr, Words))
    return std::move(Failed);
  std::string Folder = Job.Tools.libraryDirectory();
  if (Wanted.Target == TargetKind::Rocm) {
    Words.insert(Words.end(), {"-L" + Wanted.RocmPath + "/lib", "-lamdhip64"});
    if (Wanted.Separate) { // device code is linked now
      auto Rocm = findRocm(Wanted.RocmPath);
      if (!Rocm)
        return Rocm.takeError();
      std::vector<std::string> Flags = Rocm->flags(cardsOf(Wanted.OffloadArchitectures));
      Words.insert(Words.end(), {"--hip-link", "-fgpu-rdc"});
      Words.insert(Words.end(), Flags.begin(), Flags.end());
    }
  } else {
    Words.insert(Words.end(), {"-L" + Folder, "-lcuport-rt", "-Wl,-rpath," + Folder});
    if (CUPORT_RUNTIME_SANITIZE[0])
      Words.push_back("-fsanitize=" CUPORT_RUNTIME_SANITIZE);
  }
  // What build systems may call to link: CMake reads it from -v. The link itself is done by clang.
  if (Run.prints())
    Run.print(quoted({Job.Tools.Program, "-o", Output.str()}) + " \"-L" + Job.Tools.cudaDirectory() + "/lib64\" -lcudadevrt -lcudart_static");
  std::string Errors;
  auto Code = Run.run(Words, &Errors);
  llvm::errs() << Errors;
  if (Code && *Code)
    llvm::errs() << noteOn(Errors);
  return Code;
}

llvm::Expected<int> cuport::archive(const LinkJob &Job, StringRef Output, Runner &Run) {
  if (Job.Tools.Archiver.empty())
    return llvm::createStringError("llvm-ar is neither beside clang nor on PATH");
  Command Words = {Job.Tools.Archiver, "rcs"};
  Words.insert(Words.end(), Job.Wanted.Archive.begin(), Job.Wanted.Archive.end());
  Words.push_back(Output.str());
  Words.insert(Words.end(), Job.Objects.begin(), Job.Objects.end());
  // ar adds to what is there; -lib makes it anew.
  if (!Run.isDryRun())
    llvm::sys::fs::remove(Output);
  return Run.run(Words);
}

llvm::Expected<int> cuport::linkModule(const LinkJob &Job, StringRef Output, Runner &Run) {
  Command Words;
  if (Job.Wanted.Separate) {
    Words = {Job.Tools.Linker, "-r", "-o", Output.str()};
    Words.insert(Words.end(), Job.Objects.begin(), Job.Objects.end());
    return Run.run(Words);
  }
  Words = {Job.Tools.Clang, "-shared", "--ld-path=" + Job.Tools.Linker};
  for (const std::string &Flag : checkFlags(Job.Wanted))
    Words.push_back(Flag);
  Words.insert(Words.end(), Job.Objects.begin(), Job.Objects.end());
  Words.insert(Words.end(), {"-o", Output.str(), "-L" + Job.Tools.libraryDirectory(), "-lcuport-rt"});
  // What a sanitizer calls is the program's.
  if (checkFlags(Job.Wanted).empty())
    Words.insert(Words.end(), {"-Wl,-z,defs", "-Wl,--as-needed", "-lstdc++", "-lm"});
  return Run.run(Words);
}

llvm::Expected<int> cuport::emptyObject(const LinkJob &Job, StringRef Output, Runner &Run) {
  return Run.run({Job.Tools.Clang, "-x", "c", "-c", "/dev/null", "-o", Output.str()});
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Build-time tool: what is known about APIs, in the forms the rest of cuport is built from.

#include "Verbs.h"

#include "Knowledge/TargetLoader.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"

using namespace cuport;
namespace cl = llvm::cl;

static cl::SubCommand Tables("tables", "Write the rows as constexpr C++ arrays");
static cl::SubCommand Surface("surface", "Write headers that declare the APIs");
static cl::SubCommand ShimHeaders("shim-headers", "Write headers that programs are compiled with");
static cl::SubCommand ShimHip("shim-hip",
                              "Write HIP's spelling of the APIs, the first file's names first");
static cl::SubCommand ShimLegacy("shim-legacy", "Write the functions of legacy headers over those of today");
static cl::SubCommand ShimWeak("shim-weak", "Write weak definitions of all functions");
static cl::SubCommand ShimLibraryHip("shim-library-hip", "Write HIP's spelling of libraries such as cuBLAS");
static cl::SubCommand ShimNpp("shim-npp", "Write NPP's functions by operations");
static cl::SubCommand ShimTrace("shim-trace", "Write definitions of all functions that count their calls");
static cl::SubCommand Rename("rename", "Write headers of CUDA's names over those of a HIP release");
static cl::SubCommand Bind("bind", "Write headers of CUDA's names over those of a card's SDK");
static cl::SubCommand HostOnly("host-only", "Write the header for a card that runs no kernels of CUDA's");
static cl::SubCommand HipNames("hip-names", "Write headers of HIP's names over CUDA's");
static cl::SubCommand Docs("docs", "Write Markdown pages");
static cl::SubCommand PtxTables("ptx-tables", "Write the PTX rows as constexpr C++ arrays");
static cl::SubCommand PtxDocs("ptx-docs", "Write the PTX rows as a Markdown page");
static cl::SubCommand TargetTables("target-tables", "Write the targets as constexpr C++ arrays");
static cl::SubCommand TargetDocs("target-docs", "Write Markdown pages of the targets");
static cl::SubCommand Names("names", "Write a source that uses each name, to check them with");
static cl::SubCommand Embed("embed", "Write files as C++ string literals");
static cl::SubCommand Hash("hash", "Write the fingerprint of files as a C++ string literal");

static cl::opt<std::string> Output(
    "o",
    cl::desc("What to write: a folder (surface, shim-headers, shim-library-hip, rename, bind, hip-names, docs, target-docs) or a file (others)"),
    cl::value_desc("path"), cl::Required, cl::sub(cl::SubCommand::getAll()));
static cl::list<std::string> Inputs(cl::Positional, cl::desc("<YAML files, or files to embed or hash>"),
                                    cl::sub(cl::SubCommand::getAll()));
static cl::list<std::string> Strip("strip", cl::desc("Cut this off the front of paths"),
                                   cl::value_desc("prefix"), cl::sub(Embed), cl::sub(Hash));

static cl::opt<std::string> Hip("hip", cl::desc("The HIP release"), cl::value_desc("X.Y"),
                                cl::init("5.2"), cl::sub(Rename));

static cl::opt<std::string> Card("card", cl::desc("The card's facts"), cl::value_desc("file.yaml"), cl::Required, cl::sub(Bind));

static cl::opt<gen::NameSide>
    Side("side", cl::desc("Whose names to write"), cl::init(gen::NameSide::Cuda), cl::sub(Names),
         cl::values(clEnumValN(gen::NameSide::Cuda, "cuda", "CUDA's (default)"),
                    clEnumValN(gen::NameSide::Hip, "hip", "HIP's"),
                    clEnumValN(gen::NameSide::Roc, "roc", "those of roc* and MIOpen")));

static llvm::Error run() {
  if (Embed)
    return gen::writeEmbedded(Inputs, Strip, Output);
  if (Hash)
    return gen::writeHash(Inputs, Strip, Output);
  if (PtxTables || PtxDocs) {
    auto Groups = loadPtxFiles(Inputs);
    if (!Groups)
      return Groups.takeError();
    return PtxTables ? gen::writePtxTables(*Groups, Output) : gen::writePtxDocs(*Groups, Output);
  }
  if (TargetTables || TargetDocs || HostOnly) {
    TargetMemory Memory;
    auto Targets = loadTargetFiles(Inputs, Memory);
    if (!Targets)
      return Targets.takeError();
    if (HostOnly)
      return gen::writeHostOnly(Targets->front(), Output);
    return TargetTables ? gen::writeTargetTables(*Targets, Output)
                        : gen::writeTargetDocs(*Targets, Output);
  }
  auto Libraries = loadApiFiles(Inputs);
  if (!Libraries)
    return Libraries.takeError();
  if (Tables)
    return gen::writeTables(*Libraries, Output);
  if (Surface)
    return gen::writeSurface(*Libraries, Output);
  if (ShimHeaders)
    return gen::writeShimHeaders(*Libraries, Output);
  if (ShimHip)
    return gen::writeShimHip(*Libraries, Output);
  if (ShimWeak)
    return gen::writeShimWeak(*Libraries, Output);
  if (ShimLegacy)
    return gen::writeShimLegacy(*Libraries, Output);
  if (ShimLibraryHip)
    return gen::writeShimLibraryHip(*Libraries, Output);
  if (ShimNpp)
    return gen::writeShimNpp(*Libraries, Output);
  if (ShimTrace)
    return gen::writeShimTrace(*Libraries, Output);
  if (Rename) {
    auto Release = parseVersion(Hip);
    if (!Release)
      return llvm::createStringError("'%s' is no version", Hip.c_str());
    return gen::writeRename(*Libraries, *Release, Output);
  }
  if (Bind) {
    TargetMemory Memory;
    std::string CardFile = Card;
    auto Targets = loadTargetFiles({CardFile}, Memory);
    return Targets ? gen::writeBinding(*Libraries, Targets->front(), Output) : Targets.takeError();
  }
  if (HipNames)
    return gen::writeHipNames(*Libraries, Output);
  if (Names)
    return gen::writeNames(*Libraries, Side, Output);
  if (Docs)
    return gen::writeDocs(*Libraries, Output);
  return llvm::createStringError("say what to write: tables, surface, shim-headers, shim-hip, "
                                 "shim-weak, shim-legacy, shim-library-hip, shim-npp, shim-trace, rename, bind, host-only, hip-names, names, docs, ptx-tables, ptx-docs, "
                                 "target-tables, target-docs, embed or hash");
}

int main(int Argc, char **Argv) {
  cl::ParseCommandLineOptions(Argc, Argv, "cuport-gen: API rows to tables, headers and pages\n");
  if (llvm::Error E = run()) {
    // Each error that has a place begins with it, so that editors find it.
    llvm::handleAllErrors(std::move(E), [](const llvm::ErrorInfoBase &Info) {
      std::string Text = Info.message();
      if (!llvm::StringRef(Text).contains(": error: "))
        llvm::errs() << "cuport-gen: error: ";
      llvm::errs() << Text << '\n';
    });
    return 1;
  }
  return 0;
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA in Python and Cython: kernels in strings, which are compiled as the program runs, packages that compute on NVIDIA's cards, and
// headers of CUDA's.
//
//   Seen: cupy.RawKernel(r'''extern "C" __global__ void f() {...}''', 'f')     import pycuda.autoinit     from numba import cuda
//         cdef extern from "cuda_runtime_api.h":
//
// None is changed.

#include "Build/BuildRule.h"
#include "Knowledge/BuiltinRows.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;
using llvm::StringRef;

static constexpr llvm::StringLiteral Rule = "build-python";

namespace {
struct Package {
  StringRef Modules;
  cuport::Verdict Verdict;
  StringRef Message;
};
} // namespace

static constexpr Package Packages[] = {
#define PYTHON_PACKAGE(MODULES, VERDICT, MESSAGE) {MODULES, Verdict::VERDICT, MESSAGE},
#include "Build/PythonPackages.def"
#undef PYTHON_PACKAGE
};

/// By "numba.cuda" or what is below it; Module becomes the name that is listed.
static const Package *packageOf(StringRef &Module) {
  for (const Package &P : Packages) {
    llvm::SmallVector<StringRef, 8> Names;
    P.Modules.split(Names, '|');
    for (StringRef Name : Names)
      if (StringRef Rest = Module; Rest.consume_front(Name) && (Rest.empty() || Rest.starts_with("."))) {
        Module = Name;
        return &P;
      }
  }
  return nullptr;
}

/// import a.b as c, d        from a.b import c, d        from a.b cimport c
/// Said: packages of which the file has a finding; one is enough, whatever else of them it imports.
static void lookAtImports(const BuildView &File, const BuildStatement &S, llvm::StringSet<> &Said, std::vector<Finding> &Findings) {
  auto is = [&](size_t I, StringRef Text) { return I < S.Words.size() && !S.Words[I].Quoted && S.Words[I].Text == Text; };
  for (size_t I = 0; I < S.Words.size(); ++I) {
    if (!is(I, "import") && !is(I, "cimport"))
      continue;
    const bool IsFrom = I >= 2 && is(I - 2, "from");
    for (size_t J = I + 1; J < S.Words.size() && !S.Words[J].Quoted; ++J) {
      const BuildWord &W = S.Words[J];
      if (W.Text == "as") {
        ++J; // another name for it
        continue;
      }
      const std::string Imported = IsFrom ? (S.Words[I - 1].Text + "." + W.Text).str() : W.Text.str();
      StringRef Module = Imported;
      const Package *P = packageOf(Module);
      if (!P || File.Project.PythonPackages.count(Module.split('.').first.str()) || !Said.insert(Module).second)
        continue;
      Findings.push_back(File.finding(Rule, W, P->Verdict,
                                      quoted(Module) + " is for NVIDIA's cards" +
                                          (File.Options.IsHip ? ": " + P->Message.str() : "; what there is for " + File.Options.Output + " is not known")));
      Findings.back().Name = Module.str();
    }
    return;
  }
}

/// Cython's: cdef extern from "cuda.h"
static void lookAtExtern(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  if (S.Words.size() < 4 || S.Words[0].Text != "cdef" || S.Words[1].Text != "extern" || S.Words[2].Text != "from")
    return;
  if (const BuildWord &Header = S.Words[3]; Header.Quoted && findBuiltinRow(Header.Text, /*Include=*/true))
    Findings.push_back(File.finding(Rule, Header, Verdict::Review,
                                    "Cython declares names of " + quoted(Header.Text) + " here: neither they nor what uses them in Cython is looked at or changed"));
}

namespace cuport {
void runBuildPython(const BuildView &File, std::vector<Finding> &Findings) {
  if (File.Text.System != BuildSystem::Python)
    return;
  llvm::StringSet<> Said;
  for (const BuildStatement &S : File.Text.Statements) {
    lookAtImports(File, S, Said, Findings);
    lookAtExtern(File, S, Findings);
    for (const BuildWord &W : S.Words)
      if (W.Quoted && W.Text == "__global__")
        Findings.push_back(File.finding(Rule, W, Verdict::Review,
                                        "a kernel in a string, which is compiled as the program runs: nothing in it is looked at or changed; to have it translated and "
                                        "counted, put it into a .cu file that the program reads"));
  }
}
} // namespace cuport

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared memory: what a block asks for beyond 48 KiB, arrays whose type a template argument decides, and variables of classes with
// constructors.
//
//   Seen: cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, 96 * 1024);
//
// CUDA's cards give a block up to 48 KiB without being asked, and then 64 to 227 KiB; most others have 64 KiB and no more. The bytes of
// a launch are kernel-launch's.

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

using namespace cuport;

namespace cuport {
void runSharedMemory(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "shared-memory", {CodeFact::SharedOptIn, CodeFact::SharedBytes, CodeFact::SharedInTemplate, CodeFact::SharedConstructor},
      [](const CodeFact &Fact, Finding &F) {
        if (Fact.What == CodeFact::SharedInTemplate) {
          F.Message = "the type of the extern shared array '" + Fact.Text + "' depends on a template argument, and all extern shared arrays are one piece of "
                      "memory: declare one array of bytes, aligned to 16, and cast its address";
          return;
        }
        if (Fact.What == CodeFact::SharedConstructor) {
          F.Message = "a shared variable of type '" + Fact.Text + "', whose constructor does something: nvcc leaves it out, so that the memory is as it was, and HIP's "
                      "compilers refuse the declaration; give the class a default constructor that does nothing, or declare an array of bytes, "
                      "aligned as the class is, and cast its address";
          return;
        }
        constexpr uint32_t OfHip = 64 * 1024, WorthSaying = 32 * 1024;
        if (Fact.What == CodeFact::SharedBytes && Fact.Amount < WorthSaying)
          return;
        F.Needs = {need(FactKey::SharedMemory, Fact.Amount)};
        if (Fact.Amount > OfHip)
          F.Message = "a block is to have " + bytesText(Fact.Amount) + " of shared memory; most of AMD's cards have 64 KiB and the launch fails: make the tile "
                      "smaller there";
        else
          F.Message = "a block takes " + bytesText(Fact.Amount) + " of shared memory, which AMD's cards have";
        if (Fact.Amount <= OfHip)
          F.Verdict = Verdict::AsIs;
      },
      Findings);
}
} // namespace cuport

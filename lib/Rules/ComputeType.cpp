// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/ComputeType.h"

#include "Knowledge/Signature.h"
#include "Rules/Calls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

/// As NVIDIA's cublas_api.h turns one into the other.
static llvm::StringRef computeTypeOf(llvm::StringRef DataType) {
  return llvm::StringSwitch<llvm::StringRef>(DataType)
      .Case("CUDA_R_16F", "HIPBLAS_COMPUTE_16F")
      .Cases({"CUDA_R_32F", "CUDA_C_32F"}, "HIPBLAS_COMPUTE_32F")
      .Cases({"CUDA_R_64F", "CUDA_C_64F"}, "HIPBLAS_COMPUTE_64F")
      .Case("CUDA_R_32I", "HIPBLAS_COMPUTE_32I")
      .Default("");
}

/// The token before the ( that is open at Index; 0 where none is.
static size_t nameOfCallAround(const FileView &File, size_t Index) {
  unsigned Depth = 0;
  for (size_t I = Index; I-- > 1;)
    if (File.is(I, ")"))
      ++Depth;
    else if (File.is(I, "(") && Depth-- == 0)
      return I - 1;
    else if (File.is(I, ";") || File.is(I, "{"))
      return 0;
  return 0;
}

llvm::StringRef cuport::computeTypeAt(const FileView &File, size_t Index) {
  const llvm::StringRef Text = computeTypeOf(File.text(Index));
  const size_t Name = Text.empty() ? 0 : nameOfCallAround(File, Index);
  const ApiRow *Row = Name ? File.Apis.find(File.text(Name)) : nullptr;
  if (!Row || !Row->Signature.contains("cudaDataType computeType,") || needsPerson(verdictFor(*Row, File.Options.Hip)) ||
      File.ownerOfToken(Name) == FileView::Owner::User)
    return "";
  const std::vector<Parameter> Parameters = parameters(takeApart(Row->Signature.split('\n').first)->Parameters);
  const size_t At = llvm::find_if(Parameters, [](const Parameter &P) { return P.Name == "computeType"; }) - Parameters.begin();
  const std::optional<CallTokens> Call = callAt(File, Name);
  if (!Call || Call->Arguments.size() != Parameters.size() || At == Parameters.size() || Call->Arguments[At].First != Index ||
      Call->Arguments[At].Last != Index + 1)
    return "";
  return Text;
}

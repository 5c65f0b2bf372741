// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic on the bytes or halves of a word, which HIP has no functions for. clang's vectors do the same, to the bit.
//
//   Before: m = __vmaxs4(a, b);
//   After:  m = __builtin_bit_cast(unsigned, __builtin_elementwise_max(
//               __builtin_bit_cast(__attribute__((ext_vector_type(4))) signed char, (unsigned)(a)), ... (b)));

#include "Rules/Calls.h"
#include "Rules/SpecialNames.h"

#include <optional>

using namespace cuport;
using llvm::StringRef;

namespace {
struct Operation {
  StringRef Name;     ///< between __v and the number of parts
  StringRef Function; ///< a builtin of clang's, or empty
  StringRef Operator; ///< else this
  bool Signed;
};

struct Simd {
  const Operation *What;
  std::string Vector; ///< the type of an operand
};
} // namespace

// Comparisons give all bits of a part or none, as CUDA's do.
static constexpr Operation Operations[] = {
    {"add", "", "+", false},
    {"sub", "", "-", false},
    {"addss", "__builtin_elementwise_add_sat", "", true},
    {"addus", "__builtin_elementwise_add_sat", "", false},
    {"subss", "__builtin_elementwise_sub_sat", "", true},
    {"subus", "__builtin_elementwise_sub_sat", "", false},
    {"maxs", "__builtin_elementwise_max", "", true},
    {"maxu", "__builtin_elementwise_max", "", false},
    {"mins", "__builtin_elementwise_min", "", true},
    {"minu", "__builtin_elementwise_min", "", false},
    {"cmpeq", "", "==", false},
    {"cmpne", "", "!=", false},
    {"cmpges", "", ">=", true},
    {"cmpgeu", "", ">=", false},
    {"cmpgts", "", ">", true},
    {"cmpgtu", "", ">", false},
    {"cmples", "", "<=", true},
    {"cmpleu", "", "<=", false},
    {"cmplts", "", "<", true},
    {"cmpltu", "", "<", false},
};

static std::optional<Simd> simdOf(StringRef Name) {
  if (!Name.consume_front("__v") || Name.empty() || (Name.back() != '2' && Name.back() != '4'))
    return std::nullopt;
  char Parts = Name.back();
  for (const Operation &O : Operations)
    if (O.Name == Name.drop_back())
      return Simd{&O, std::string("__attribute__((ext_vector_type(") + Parts + "))) " + (O.Signed ? "signed " : "unsigned ") +
                          (Parts == '4' ? "char" : "short")};
  return std::nullopt;
}

bool cuport::isSimdInWordName(StringRef Name) { return simdOf(Name).has_value(); }

namespace cuport {
void runSimdInWord(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    auto S = T.What == Token::Identifier ? simdOf(File.text(I)) : std::nullopt;
    if (!S || File.ownerOfToken(I) == FileView::Owner::User)
      continue;
    Finding F = File.finding("simd-in-word", T.Offset, T.Length, Verdict::Unsupported, File.confidenceOfToken(I));
    F.Name = File.text(I).str();
    F.Message = "HIP has no '" + F.Name + "'";
    auto Call = callAt(File, I);
    if (File.ownerOfToken(I) == FileView::Owner::Ambiguous || !Call || Call->Arguments.size() != 2 ||
        Call->Arguments[0].empty() || Call->Arguments[1].empty()) {
      F.Message += "; this use is no plain call, so write its parts out by hand";
      Findings.push_back(std::move(F));
      continue;
    }
    F.Verdict = Verdict::Edit;
    F.Replacement = S->What->Function.empty() ? "operator" + S->What->Operator.str() : S->What->Function.str();
    F.Message += "; clang's vectors do the same, to the bit";
    // Nothing between the brackets and commas is touched, so that names in the arguments can be renamed.
    std::string Cast = "__builtin_bit_cast(" + S->Vector + ", (unsigned)(";
    bool IsCall = !S->What->Function.empty();
    uint32_t First = File.tokens()[Call->Arguments[0].First].Offset;
    uint32_t FirstEnd = File.tokens()[Call->Arguments[0].Last - 1].end();
    uint32_t Second = File.tokens()[Call->Arguments[1].First].Offset;
    uint32_t Close = File.tokens()[Call->Close].Offset;
    F.Edits = {{T.Offset, First - T.Offset, "__builtin_bit_cast(unsigned, " + S->What->Function.str() + (IsCall ? "(" : "") + Cast},
               {FirstEnd, Second - FirstEnd, ")" + std::string(IsCall ? "), " : ") " + S->What->Operator.str() + " ") + Cast},
               {Close, 1, IsCall ? "))))" : ")))"}};
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic on the bytes or halves of a word, which HIP has no functions for: a loop over the parts does the same, to the bit.
//
//   Before: m = __vmaxs4(a, b);
//   After:  m = [](unsigned a, unsigned b) { unsigned r = 0; for (int i = 0; i < 32; i += 8) { int x = (signed char)(a >> i);
//               int y = (signed char)(b >> i); r |= (unsigned)(unsigned char)(x > y ? x : y) << i; } return r; }(a, b);
//
// It is plain C++, so that nvcc, which has no vectors of clang's, compiles it as well when the port is run beside the original.

#include "Rules/Calls.h"
#include "Rules/SpecialNames.h"

#include <optional>

using namespace cuport;
using llvm::StringRef;

namespace {
struct Operation {
  StringRef Name;       ///< between __v and the number of parts
  bool Signed;          ///< the parts
  StringRef Expression; ///< of the ints x and y; LEAST and MOST are the limits of a part
};

struct Simd {
  const Operation *What;
  bool Bytes; ///< else halves
};
} // namespace

// What does not fit in a part is cut off, as CUDA's functions do unless they saturate. Comparisons give all bits of a part or none.
static constexpr Operation Operations[] = {
    {"add", false, "x + y"},
    {"sub", false, "x - y"},
    {"addss", true, "x + y < LEAST ? LEAST : x + y > MOST ? MOST : x + y"},
    {"addus", false, "x + y > MOST ? MOST : x + y"},
    {"subss", true, "x - y < LEAST ? LEAST : x - y > MOST ? MOST : x - y"},
    {"subus", false, "x > y ? x - y : 0"},
    {"maxs", true, "x > y ? x : y"},
    {"maxu", false, "x > y ? x : y"},
    {"mins", true, "x < y ? x : y"},
    {"minu", false, "x < y ? x : y"},
    {"cmpeq", false, "-(x == y)"},
    {"cmpne", false, "-(x != y)"},
    {"cmpges", true, "-(x >= y)"},
    {"cmpgeu", false, "-(x >= y)"},
    {"cmpgts", true, "-(x > y)"},
    {"cmpgtu", false, "-(x > y)"},
    {"cmples", true, "-(x <= y)"},
    {"cmpleu", false, "-(x <= y)"},
    {"cmplts", true, "-(x < y)"},
    {"cmpltu", false, "-(x < y)"},
};

static std::optional<Simd> simdOf(StringRef Name) {
  if (!Name.consume_front("__v") || Name.empty() || (Name.back() != '2' && Name.back() != '4'))
    return std::nullopt;
  char Parts = Name.back();
  for (const Operation &O : Operations)
    if (O.Name == Name.drop_back())
      return Simd{&O, Parts == '4'};
  return std::nullopt;
}

/// A function in place of CUDA's. No comma stands outside of brackets: the call may be a macro's argument.
static std::string functionFor(const Simd &S) {
  std::string Expression = S.What->Expression.str();
  auto Put = [&](StringRef Name, StringRef Value) {
    for (size_t At = 0; (At = Expression.find(Name.str(), At)) != std::string::npos; At += Value.size())
      Expression.replace(At, Name.size(), Value.str());
  };
  Put("LEAST", S.Bytes ? "-128" : "-32768");
  Put("MOST", S.What->Signed ? (S.Bytes ? "127" : "32767") : (S.Bytes ? "255" : "65535"));
  const std::string Unsigned = S.Bytes ? "unsigned char" : "unsigned short", Part = !S.What->Signed ? Unsigned : S.Bytes ? "signed char" : "short";
  return std::string("[](unsigned a, unsigned b) { unsigned r = 0; for (int i = 0; i < 32; i += ") + (S.Bytes ? "8" : "16") + ") { int x = (" + Part +
         ")(a >> i); int y = (" + Part + ")(b >> i); r |= (unsigned)(" + Unsigned + ")(" + Expression + ") << i; } return r; }";
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
    F.Replacement = S->What->Expression.str();
    F.Message += "; a loop over the parts of the word does the same, to the bit";
    // The arguments stay, so that names in them can be renamed.
    F.Edits = {{T.Offset, T.Length, functionFor(*S)}};
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport

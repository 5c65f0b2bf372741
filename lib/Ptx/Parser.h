// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The text of one inline PTX statement, taken apart.
//
//   "{ .reg .u32 t; @p mad.lo.s32 t, %1, %2, 7; mov.u32 %0, t; }"
//      ->  registers { t: u32 },  instructions { guard p, mad lo s32, t %1 %2 7 } { mov u32, %0 t }
//
// Serves the translator's rule and the shim's passes, and so knows no clang type. Text comes from
// users: size and nesting are bounded, and whatever does not read as PTX is an error with its place
// in the text.

#ifndef CUPORT_PTX_PARSER_H
#define CUPORT_PTX_PARSER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cuport::ptx {

/// A type suffix: u32, b64, f16x2, pred ...
struct Type {
  enum Kind : uint8_t { Untyped, Unsigned, Signed, Float, BFloat, Predicate };
  Kind What = Untyped;
  uint8_t Bits = 0;  ///< of one element; 1 of a predicate
  uint8_t Lanes = 1; ///< 2 of f16x2
  bool isFloat() const { return What == Float || What == BFloat; }
  unsigned totalBits() const { return unsigned(Bits) * Lanes; }
};

/// Nothing for a modifier that is no type.
std::optional<Type> parseType(llvm::StringRef Suffix);

/// True where a type suffix stands somewhere in a text: what tells PTX from the assembly of other
/// processors where it does not parse.
bool mentionsType(llvm::StringRef Text);

struct Operand {
  enum Kind : uint8_t {
    Argument, ///< %1: an operand of the asm statement; Value is its number, or Text its name in
              ///< %[name]
    Register, ///< Value is the index into Program::Registers
    Special,  ///< %laneid, %tid.x, WARP_SZ: Text, without the second % of C's strings
    Name,     ///< a label, or a variable: Text
    Integer,  ///< Value, of a negative one its two's complement
    Float,    ///< Value holds the bits of a float (Bits 32) or double (Bits 64)
    Vector,   ///< {a, b}: Elements
    Address,  ///< [a + 4]: Elements.front() is a, Value the offset; further elements as in [a, {x,
              ///< y}]
    Pair,     ///< p|q, the two results of setp and shfl: Elements
    Sink,     ///< _: a result nobody wants
    Other,    ///< what only call has: Text
  };
  Kind What = Other;
  bool Negated = false; ///< !p
  uint8_t Bits = 0;
  uint64_t Value = 0;
  std::string Text;
  std::string Selector; ///< "b1" of a.b1
  std::vector<Operand> Elements;
};

struct Instruction {
  std::optional<Operand> Guard;            ///< the predicate behind @, Negated for @!
  std::string Name;                        ///< with all its modifiers
  llvm::SmallVector<std::string, 6> Parts; ///< of Name, at the dots; the first is the opcode
  std::vector<Operand> Operands;
  uint32_t Offset = 0; ///< in the text

  llvm::StringRef opcode() const { return Parts.front(); }
  /// True where a modifier is so, or begins so before its "::".
  bool has(llvm::StringRef Modifier) const;
  /// The last type suffix but `Behind` more: cvt.u32.f32 has two.
  std::optional<Type> type(unsigned Behind = 0) const;
};

/// Declared by .reg, one each for r<4>.
struct Register {
  std::string Name;
  Type Holds;
};

struct Label {
  std::string Name;
  size_t Before; ///< index of the instruction that follows
};

struct Program {
  std::vector<Register> Registers; ///< those of inner scopes too, each with a place of its own
  std::vector<Label> Labels;       ///< names are unique
  std::vector<Instruction> Instructions;
};

/// True where addc and its kin take a carry that another statement has left, or the statement's last one is left for another.
bool carriesOver(const Program &Statement);

/// How operands of the statement and a percent sign are written.
enum class Dialect {
  Source, ///< as in C++, escapes of the string literal resolved: %0, %[name], %%
  Llvm,   ///< as LLVM keeps it: $0, ${0:x}, $$, $( $| $)
};

/// Errors: what is no PTX, and what is beyond the limits (64 KiB, 4096 instructions, 65536
/// registers, 32 scopes).
llvm::Expected<Program> parse(llvm::StringRef Text, Dialect Written);

} // namespace cuport::ptx

#endif

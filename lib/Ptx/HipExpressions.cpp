// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx/HipExpressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;
using namespace cuport::ptx;
using llvm::StringRef;
using Value = std::optional<CppValue>;

std::optional<Cpp> ptx::cppType(Type T) {
  if (T.What == Type::Predicate)
    return Cpp::Bool;
  if (T.Lanes != 1)
    return T.totalBits() == 32 ? std::optional(Cpp::U32) : std::nullopt;
  const bool Signed = T.What == Type::Signed;
  switch (T.Bits) {
  case 16:
    return Signed ? Cpp::S16 : Cpp::U16;
  case 32:
    return T.What == Type::Float ? Cpp::F32 : Signed ? Cpp::S32 : Cpp::U32;
  case 64:
    return T.What == Type::Float ? Cpp::F64 : Signed ? Cpp::S64 : Cpp::U64;
  default:
    return std::nullopt;
  }
}

std::string ptx::maskText(const CppValue &Mask) {
  if (Mask.Constant && uint32_t(*Mask.Constant) == 0xffffffffu)
    return "0xffffffffffffffffull";
  return convert(Mask, Cpp::U64).Text;
}

Value ptx::hipRegister(StringRef Name) {
  auto [Base, Dimension] = Name.split('.');
  if (StringRef Variable = llvm::StringSwitch<StringRef>(Base)
                               .Case("%tid", "threadIdx")
                               .Case("%ntid", "blockDim")
                               .Case("%ctaid", "blockIdx")
                               .Case("%nctaid", "gridDim")
                               .Default("");
      !Variable.empty()) {
    if (Dimension != "x" && Dimension != "y" && Dimension != "z")
      return std::nullopt;
    return CppValue{(Variable + "." + Dimension).str(), Cpp::U32, {}};
  }
  if (!Dimension.empty())
    return std::nullopt;
  if (Base == "%laneid")
    return CppValue{"__lane_id()", Cpp::U32, {}};
  if (Base == "WARP_SZ")
    return CppValue{"(unsigned)warpSize", Cpp::U32, {}};
  // Two shifts, since one by the width is undefined.
  StringRef Mask = llvm::StringSwitch<StringRef>(Base)
                       .Case("%lanemask_eq", "1u << __lane_id()")
                       .Case("%lanemask_lt", "(1u << __lane_id()) - 1u")
                       .Case("%lanemask_le", "(2u << __lane_id()) - 1u")
                       .Case("%lanemask_ge", "0xffffffffu << __lane_id()")
                       .Case("%lanemask_gt", "0xfffffffeu << __lane_id()")
                       .Default("");
  return Mask.empty() ? std::nullopt : Value(CppValue{Mask.str(), Cpp::U32, {}});
}

namespace {

class Expression {
public:
  Expression(const Instruction &I, const HipOptions &Options, ReadOperand Read)
      : I(I), Options(Options), Read(Read) {
    if (auto T = I.type())
      Holds = *T;
    if (auto As = cppType(Holds))
      Is = *As;
  }
  Value write();

private:
  Value arithmetic(StringRef Op);
  Value product(StringRef Op);
  Value floating(StringRef Op);
  Value bits(StringRef Op);
  Value field(StringRef Op);
  Value dot();
  Value pickedShift(StringRef Op);
  Value compare(StringRef Op);
  Value conversion();
  Value toInteger(Type From, Cpp FromIs, Cpp To);
  Value warp(StringRef Op);

  Value in(unsigned Index, Cpp As) { return Read(Index, As); }
  std::string text(unsigned Index, Cpp As) {
    Value V = Read(Index, As);
    if (!V)
      Missing = true;
    return V ? atom(V->Text) : "";
  }
  std::optional<uint64_t> constant(unsigned Index) {
    Value V = Read(Index, Cpp::U32);
    return V ? V->Constant : std::nullopt;
  }
  /// Text as a value, or nothing after an operand that could not be read.
  Value give(const llvm::Twine &Text, Cpp As) {
    return Missing ? std::nullopt : Value(CppValue{Text.str(), As, {}});
  }
  Value call(StringRef Function, unsigned Count, Cpp As, Cpp Arguments) {
    std::string Text = Function.str() + "(";
    for (unsigned A = 0; A < Count; ++A) {
      Value V = Read(A, Arguments);
      Missing |= !V;
      Text += (A ? ", " : "") + (V ? V->Text : "");
    }
    return give(Text + ")", As);
  }
  bool anyOf(std::initializer_list<StringRef> Modifiers) const {
    return llvm::any_of(Modifiers, [&](StringRef M) { return I.has(M); });
  }

  const Instruction &I;
  const HipOptions &Options;
  ReadOperand Read;
  Type Holds;
  Cpp Is = Cpp::U32;
  bool Missing = false;
};

} // namespace

Value Expression::arithmetic(StringRef Op) {
  if (anyOf({"sat", "cc", "ftz", "rz", "rm", "rp"}))
    return std::nullopt;
  const Cpp U = unsignedOf(Is);
  // Arithmetic on short gives int: the upper half goes.
  auto narrow = [&](const std::string &Text) {
    return U == Cpp::U16 ? "(unsigned short)(" + Text + ")" : Text;
  };
  if (Op == "add" || Op == "sub")
    return give(narrow(text(0, U) + (Op == "add" ? " + " : " - ") + text(1, U)), U);
  if (Op == "neg")
    return give(narrow("0 - " + text(0, U)), U);
  if (Op == "abs") {
    const std::string Signed = text(0, Is), Plain = text(0, U);
    return give(narrow(Signed + " < 0 ? 0 - " + Plain + " : " + Plain), U);
  }
  if (Op == "div" || Op == "rem")
    return give(text(0, Is) + (Op == "div" ? " / " : " % ") + text(1, Is), Is);
  if ((Op == "min" || Op == "max") && !I.has("relu")) {
    const std::string A = text(0, Is), B = text(1, Is);
    return give(A + (Op == "min" ? " < " : " > ") + B + " ? " + A + " : " + B, Is);
  }
  if (Op == "sad") {
    const std::string A = text(0, Is), B = text(1, Is), UA = text(0, U), UB = text(1, U);
    return give(narrow("(" + A + " > " + B + " ? " + UA + " - " + UB + " : " + UB + " - " + UA +
                       ") + " + text(2, U)),
                U);
  }
  return std::nullopt;
}

/// mul, mad and their 24-bit forms.
Value Expression::product(StringRef Op) {
  if (anyOf({"sat", "cc"}))
    return std::nullopt;
  const bool Adds = Op.starts_with("mad"), Signed = isSigned(Is);
  const Cpp U = unsignedOf(Is);
  Value Product;
  if (Op == "mul24" || Op == "mad24") {
    if (!I.has("lo"))
      return std::nullopt;
    Product = call(Signed ? "__mul24" : "__umul24", 2, U, Is);
  } else if (I.has("wide")) {
    if (U == Cpp::U64)
      return std::nullopt;
    const Cpp Wide = U == Cpp::U16 ? (Signed ? Cpp::S32 : Cpp::U32) : Signed ? Cpp::S64 : Cpp::U64;
    Value A = in(0, Is);
    const std::string First = A ? "(" + cppName(Wide).str() + ")" + atom(A->Text) : "";
    Missing |= !A;
    Product = give(First + " * " + text(1, Is), Wide);
    if (Product && Adds)
      Product = convert(*Product, unsignedOf(Wide));
  } else if (I.has("hi")) {
    if (U == Cpp::U16)
      return std::nullopt;
    Product = call(U == Cpp::U32 ? (Signed ? "__mulhi" : "__umulhi")
                   : Signed      ? "__mul64hi"
                                 : "__umul64hi",
                   2, U, Is);
  } else if (U == Cpp::U16) {
    // unsigned short times itself overflows int.
    Product = give("(unsigned short)(" + text(0, Cpp::U32) + " * " + text(1, Cpp::U32) + ")", U);
  } else {
    Product = give(text(0, U) + " * " + text(1, U), U);
  }
  if (!Product || !Adds)
    return Product;
  const std::string Sum = Product->Text + " + " + text(2, Product->Is);
  return give(Product->Is == Cpp::U16 ? "(unsigned short)(" + Sum + ")" : Sum, Product->Is);
}

Value Expression::floating(StringRef Op) {
  if (Holds.Lanes != 1 || !isFloating(Is) ||
      anyOf({"ftz", "approx", "full", "rz", "rm", "rp", "xorsign", "relu"}))
    return std::nullopt;
  const bool Single = Is == Cpp::F32;
  const std::string F = Single ? "f" : "", Letter = Single ? "f" : "d";
  Value Result;
  if (Op == "add" || Op == "sub" || Op == "mul")
    Result = I.has("rn") ? call("__" + Letter + Op.str() + "_rn", 2, Is, Is)
                         : give(text(0, Is) +
                                    (Op == "add"   ? " + "
                                     : Op == "sub" ? " - "
                                                   : " * ") +
                                    text(1, Is),
                                Is);
  else if (Op == "fma" || Op == "mad")
    Result = call("fma" + F, 3, Is, Is);
  else if (Op == "div" && I.has("rn"))
    Result = call("__" + Letter + "div_rn", 2, Is, Is);
  else if ((Op == "sqrt" || Op == "rcp") && I.has("rn"))
    Result = call("__" + Letter + Op.str() + "_rn", 1, Is, Is);
  else if (Op == "abs")
    Result = call("fabs" + F, 1, Is, Is);
  else if (Op == "neg")
    Result = give("-" + text(0, Is), Is);
  else if (Op == "copysign")
    Result = give("copysign" + F + "(" + text(1, Is) + ", " + text(0, Is) + ")", Is);
  else if (Op == "min" || Op == "max") {
    const std::string A = text(0, Is), B = text(1, Is),
                      Least = "f" + Op.str() + F + "(" + A + ", " + B + ")";
    Result = give(I.has("NaN") ? A + " != " + A + " ? " + A + " : " + B + " != " + B + " ? " + B +
                                     " : " + Least
                               : Least,
                  Is);
  }
  // fmaxf makes 0 of NaN, as .sat does.
  if (Result && I.has("sat"))
    Result->Text = "fminf(fmaxf(" + Result->Text + ", 0.0f), 1.0f)";
  return Result;
}

Value Expression::bits(StringRef Op) {
  const Cpp U = unsignedOf(Is);
  auto narrow = [&](const std::string &Text) {
    return U == Cpp::U16 ? "(unsigned short)(" + Text + ")" : Text;
  };
  const unsigned Width = bitsOf(U);
  if (Op == "and" || Op == "or" || Op == "xor") {
    StringRef Operator = Op == "and"      ? (U == Cpp::Bool ? " && " : " & ")
                         : Op == "or"     ? (U == Cpp::Bool ? " || " : " | ")
                         : U == Cpp::Bool ? " != "
                                          : " ^ ";
    return give(narrow(text(0, U) + Operator.str() + text(1, U)), U);
  }
  if (Op == "not")
    return give(narrow((U == Cpp::Bool ? "!" : "~") + text(0, U)), U);
  if (Op == "cnot")
    return give(text(0, U) + " == 0 ? 1 : 0", U);
  if (Op == "shl" || Op == "shr") {
    const bool Fills = Op == "shr" && isSigned(Is);
    const Cpp Shifted = Op == "shr" ? Is : U;
    const std::string A = text(0, Shifted), Way = Op == "shl" ? " << " : " >> ",
                      Last = llvm::utostr(Width - 1);
    if (auto Count = constant(1)) {
      const uint64_t N = uint32_t(*Count);
      if (N >= Width && !Fills)
        return give("0", U);
      return give(narrow(A + Way + llvm::utostr(std::min<uint64_t>(N, Width - 1))), Fills ? Is : U);
    }
    const std::string B = text(1, Cpp::U32);
    if (Fills)
      return give(A + Way + "(" + B + " < " + Last + " ? " + B + " : " + Last + ")", Is);
    return give(narrow(B + " > " + Last + " ? 0 : " + A + Way + B), U);
  }
  if (Op == "shf" && Width == 32)
    return call(std::string("__funnelshift_") + (I.has("l") ? "l" : "r") +
                    (I.has("clamp") ? "c" : ""),
                3, U, U);
  if (Op == "brev" && Width >= 32)
    return call(Width == 32 ? "__brev" : "__brevll", 1, U, U);
  if (Op == "popc" && Width >= 32)
    return give((Width == 32 ? "(unsigned)__popc(" : "(unsigned)__popcll(") + text(0, U) + ")",
                Cpp::U32);
  if (Op == "clz" && Width >= 32)
    return give((Width == 32 ? "(unsigned)__clz(" : "(unsigned)__clzll(") +
                    text(0, Width == 32 ? Cpp::S32 : Cpp::S64) + ")",
                Cpp::U32);
  if (Op == "bfind" && !I.has("shiftamt")) {
    std::string A = text(0, Is);
    if (isSigned(Is))
      A = "(" + A + " ^ (" + A + " >> " + llvm::utostr(Width - 1) + "))";
    // Nothing set: 31 - 32 is PTX's 0xffffffff.
    return give("(unsigned)(" + llvm::utostr(Width - 1) + " - " +
                    (Width == 32 ? "__clz((int)" : "__clzll((long long)") + A + "))",
                Cpp::U32);
  }
  if (Op == "lop3" && !I.has("BoolOp")) {
    auto Table = constant(3);
    return Table ? give(tableText(*Table, text(0, U), text(1, U), text(2, U)), U) : std::nullopt;
  }
  if (Op == "prmt" && I.Parts.size() == 2) {
    // __byte_perm leaves out the bit that spreads a byte's sign.
    auto Selector = constant(2);
    return Selector && !(*Selector & 0x8888) ? call("__byte_perm", 3, U, U) : std::nullopt;
  }
  if (Op == "bfe" || Op == "bfi" || Op == "bmsk")
    return field(Op);
  return std::nullopt;
}

/// Fields of bits: start and length are taken modulo 256, and may reach beyond the word.
Value Expression::field(StringRef Op) {
  const Cpp U = unsignedOf(Is);
  const unsigned Width = bitsOf(U), First = Op == "bfi" ? 2 : Op == "bfe" ? 1 : 0;
  if (Op == "bmsk" && (Width != 32 || !I.has("clamp")))
    return std::nullopt;
  const auto KnownStart = constant(First), KnownLength = constant(First + 1);
  if (KnownStart && KnownLength && Op != "bmsk") {
    const unsigned Start = *KnownStart & 255,
                   Length = std::min<unsigned>(*KnownLength & 255, Width);
    const uint64_t Ones = Length >= 64 ? ~0ull : (1ull << Length) - 1;
    if (Op == "bfi") {
      const uint64_t Mask = Start >= Width ? 0 : Ones << Start;
      const std::string New = text(0, U), Old = text(1, U);
      if (Mask == 0)
        return give(Old, U);
      const std::string Placed = Start ? "(" + New + " << " + llvm::utostr(Start) + ")" : New;
      return give("(" + Old + " & " + constantText(~Mask, U) + ") | (" + Placed + " & " +
                      constantText(Mask, U) + ")",
                  U);
    }
    if (Length == 0)
      return give("0", U);
    if (!isSigned(Is))
      return Start >= Width ? give("0", U)
                            : give((Start ? "(" + text(0, U) + " >> " + llvm::utostr(Start) + ")"
                                          : text(0, U)) +
                                       " & " + constantText(Ones, U),
                                   U);
    const unsigned End = std::min(Start + Length, Width);
    if (Start >= Width)
      return give(text(0, Is) + " >> " + llvm::utostr(Width - 1), Is);
    return give("(" + cppName(Is).str() + ")(" + text(0, U) + " << " + llvm::utostr(Width - End) +
                    ") >> " + llvm::utostr(Width - End + Start),
                Is);
  }
  if (Width != 32)
    return std::nullopt;
  // In 64 bits no shift is by the width.
  auto atMost = [&](unsigned Index, StringRef Most) {
    const std::string V = text(Index, Cpp::U32), Low = Op == "bmsk" ? V : "(" + V + " & 255)";
    return "(" + Low + " < " + Most.str() + " ? " + Low + " : " + Most.str() + ")";
  };
  const std::string Start = atMost(First, "32"), Length = atMost(First + 1, "32"),
                    Ones = "((1ull << " + Length + ") - 1)";
  if (Op == "bmsk")
    return give("(unsigned)(" + Ones + " << " + Start + ")", U);
  if (Op == "bfi") {
    const std::string Mask = "(unsigned)(" + Ones + " << " + Start + ")";
    return give("(" + text(1, U) + " & ~" + Mask + ") | ((unsigned)((unsigned long long)" +
                    text(0, U) + " << " + Start + ") & " + Mask + ")",
                U);
  }
  if (!isSigned(Is))
    return give(
        "(unsigned)(((unsigned long long)" + text(0, U) + " >> " + Start + ") & " + Ones + ")", U);
  // The field's sign, or the word's where the field reaches beyond it.
  return give("(" + text(2, Cpp::U32) + " & 255) == 0 ? 0 : (int)(((long long)" + text(0, Is) +
                  " >> " + Start + ") << (64 - " + Length + ") >> (64 - " + Length + "))",
              Is);
}

/// dp4a: four products of bytes.
Value Expression::dot() {
  if (I.Parts.size() != 3)
    return std::nullopt;
  std::string Sum = text(2, Cpp::U32);
  for (unsigned Byte = 0; Byte < 4; ++Byte) {
    auto part = [&](unsigned Index) {
      const std::string Shifted =
          Byte ? "(" + text(Index, Cpp::U32) + " >> " + llvm::utostr(8 * Byte) + ")"
               : text(Index, Cpp::U32);
      return (I.Parts[1 + Index] == "s32" ? "(signed char)" : "(unsigned char)") + Shifted;
    };
    Sum += " + " + part(0) + " * " + part(1);
  }
  return give(Sum, Cpp::U32);
}

/// The video instructions that shift whole words: vshr.u32.u32.u32.clamp.add is a shift and a sum.
/// What picks bytes or halves has operands with selectors, which are not read.
Value Expression::pickedShift(StringRef Op) {
  for (StringRef Part : llvm::drop_begin(I.Parts))
    if (Part != "u32" && Part != "clamp" && Part != "wrap" && Part != "add")
      return std::nullopt;
  const std::string A = text(0, Cpp::U32), B = text(1, Cpp::U32),
                    Way = Op == "vshl" ? " << " : " >> ";
  std::string Shifted =
      I.has("wrap") ? A + Way + "(" + B + " & 31)" : B + " > 31 ? 0 : " + A + Way + B;
  if (I.has("add"))
    Shifted = "(" + Shifted + ") + " + text(2, Cpp::U32);
  return give(Shifted, Cpp::U32);
}

/// "a < b", true or false for NaN as the relation says.
static std::string relation(StringRef Name, const std::string &A, const std::string &B) {
  StringRef Operator = llvm::StringSwitch<StringRef>(Name)
                           .Case("eq", "==")
                           .Case("ne", "!=")
                           .Cases({"lt", "lo"}, "<")
                           .Cases({"le", "ls"}, "<=")
                           .Cases({"gt", "hi"}, ">")
                           .Cases({"ge", "hs"}, ">=")
                           .Default("");
  return Operator.empty() ? "" : A + " " + Operator.str() + " " + B;
}

Value Expression::compare(StringRef Op) {
  if (Op == "selp") {
    const std::string Chosen = text(2, Cpp::Bool);
    return give(Chosen + " ? " + text(0, Is) + " : " + text(1, Is), Is);
  }
  if (Op == "slct") {
    auto By = I.type(), Of = I.type(1);
    if (!By || !Of || !cppType(*By) || !cppType(*Of))
      return std::nullopt;
    const Cpp Result = *cppType(*Of), Chooser = *cppType(*By);
    // -0.0 counts as 0, NaN chooses the second.
    return give(text(2, Chooser) + " >= 0 ? " + text(0, Result) + " : " + text(1, Result), Result);
  }
  if (I.has("ftz") || I.Parts.size() < 3)
    return std::nullopt;
  // set.lt.u32.f32 says what it gives first.
  StringRef Name = I.Parts[1];
  const std::string A = text(0, Is), B = text(1, Is);
  std::string Text = relation(Name, A, B);
  if (isFloating(Is)) {
    const std::string Ordered = A + " == " + A + " && " + B + " == " + B;
    if (Name == "ne") // false for NaN, unlike C++'s
      Text = "(" + A + " < " + B + " || " + A + " > " + B + ")";
    else if (Name == "num")
      Text = Ordered;
    else if (Name == "nan")
      Text = "!(" + Ordered + ")";
    else if (Name == "neu")
      Text = A + " != " + B;
    else if (Name == "equ")
      Text = "!(" + A + " < " + B + " || " + A + " > " + B + ")";
    else if (Name.size() == 3 && Name.consume_back("u")) // ltu is the opposite of ge
      Text = "!(" +
             relation(llvm::StringSwitch<StringRef>(Name)
                          .Case("lt", "ge")
                          .Case("le", "gt")
                          .Case("gt", "le")
                          .Case("ge", "lt")
                          .Default(""),
                      A, B) +
             ")";
  }
  if (Text.empty() || Text == "!()")
    return std::nullopt;
  const StringRef Joined = I.Parts[2];
  if (Joined == "and" || Joined == "or" || Joined == "xor")
    Text = "(" + Text + ")" +
           (Joined == "and"  ? " && "
            : Joined == "or" ? " || "
                             : " != ") +
           text(2, Cpp::Bool);
  if (Op == "setp")
    return give(Text, Cpp::Bool);
  auto Gives = I.type(1);
  if (!Gives || Gives->totalBits() != 32 || Gives->Lanes != 1)
    return std::nullopt;
  if (Gives->isFloat())
    return give("(" + Text + ") ? 1.0f : 0.0f", Cpp::F32);
  return give("(" + Text + ") ? 0xffffffffu : 0u", Cpp::U32);
}

/// A float to an integer: by the functions, which saturate as the instruction does.
Value Expression::toInteger(Type From, Cpp FromIs, Cpp To) {
  StringRef Rounding;
  for (auto [Modifier, Suffix] :
       {std::pair<StringRef, StringRef>{"rni", "rn"}, {"rzi", "rz"}, {"rmi", "rd"}, {"rpi", "ru"}})
    if (I.has(Modifier))
      Rounding = Suffix;
  if (Rounding.empty() || From.Bits < 32 || bitsOf(To) < 32)
    return std::nullopt;
  StringRef Name = To == Cpp::S32 ? "int" : To == Cpp::U32 ? "uint" : To == Cpp::S64 ? "ll" : "ull";
  return call(((FromIs == Cpp::F32 ? "__float2" : "__double2") + Name + "_" + Rounding).str(), 1,
              To, FromIs);
}

Value Expression::conversion() {
  auto FromType = I.type(), ToType = I.type(1);
  if (!FromType || !ToType || anyOf({"ftz", "relu", "satfinite", "rna", "pack", "scaled"}))
    return std::nullopt;
  const bool Saturates = I.has("sat");
  if (FromType->isFloat() && FromType->Bits == 16 && FromType->Lanes == 1 &&
      FromType->What == Type::Float) {
    if (!Options.Halves || ToType->What != Type::Float || ToType->Bits != 32 || Saturates)
      return std::nullopt;
    return give("__half2float(__ushort_as_half(" + text(0, Cpp::U16) + "))", Cpp::F32);
  }
  if (ToType->What == Type::Float && ToType->Bits == 16) {
    if (!Options.Halves || FromType->What != Type::Float || FromType->Bits != 32 || Saturates ||
        !I.has("rn"))
      return std::nullopt;
    if (ToType->Lanes == 1)
      return give("__half_as_ushort(__float2half_rn(" + text(0, Cpp::F32) + "))", Cpp::U16);
    // The first source is the upper half.
    return give("((unsigned)__half_as_ushort(__float2half_rn(" + text(0, Cpp::F32) +
                    ")) << 16) | __half_as_ushort(__float2half_rn(" + text(1, Cpp::F32) + "))",
                Cpp::U32);
  }
  if (FromType->Lanes != 1 || ToType->Lanes != 1 || FromType->What == Type::BFloat ||
      ToType->What == Type::BFloat)
    return std::nullopt;
  // Bytes live in registers of 16 bits or more.
  const bool FromByte = FromType->Bits == 8, ToByte = ToType->Bits == 8;
  const Cpp From = FromByte ? Cpp::U32 : cppType(*FromType).value_or(Cpp::U32),
            To = ToByte ? Cpp::U32 : cppType(*ToType).value_or(Cpp::U32);
  if (FromType->Bits == 128 || ToType->Bits == 128)
    return std::nullopt;
  if (isFloating(From) && isFloating(To)) {
    if (From == To) {
      StringRef Round = I.has("rni")   ? "rint"
                        : I.has("rzi") ? "trunc"
                        : I.has("rmi") ? "floor"
                        : I.has("rpi") ? "ceil"
                                       : "";
      Value V = Round.empty() ? in(0, From)
                              : call(Round.str() + (From == Cpp::F32 ? "f" : ""), 1, From, From);
      if (V && Saturates)
        V->Text = From == Cpp::F32 ? "fminf(fmaxf(" + V->Text + ", 0.0f), 1.0f)"
                                   : "fmin(fmax(" + V->Text + ", 0.0), 1.0)";
      return V;
    }
    if (Saturates || anyOf({"rz", "rm", "rp"}))
      return std::nullopt;
    return give((To == Cpp::F64 ? "(double)" : "(float)") + text(0, From), To);
  }
  if (isFloating(From))
    return Saturates || ToByte ? std::nullopt : toInteger(*FromType, From, To);
  std::string Source = text(0, From);
  if (FromByte)
    Source = (FromType->What == Type::Signed ? "(signed char)" : "(unsigned char)") + Source;
  if (isFloating(To))
    return I.has("rn") && !Saturates ? give("(" + cppName(To).str() + ")" + Source, To)
                                     : std::nullopt;
  if (Saturates) {
    // Only what does not fit is clamped; in 64 bits with a sign all but the largest u64 can be
    // compared.
    if (From == Cpp::U64 || To == Cpp::U64 || FromByte)
      return std::nullopt;
    const bool Signed = ToType->What == Type::Signed;
    const unsigned Bits = ToType->Bits;
    const int64_t Low = Signed ? -(int64_t(1) << (Bits - 1)) : 0;
    const uint64_t High =
        Signed ? (uint64_t(1) << (Bits - 1)) - 1 : (Bits == 64 ? ~0ull : (uint64_t(1) << Bits) - 1);
    const std::string Wide = "(long long)" + Source, LowText = constantText(Low, Cpp::S64),
                      HighText = constantText(High, Cpp::S64);
    return give("(" + cppName(To).str() + ")(" + Wide + " < " + LowText + " ? " + LowText + " : " +
                    Wide + " > " + HighText + " ? " + HighText + " : " + Wide + ")",
                To);
  }
  if (ToByte) {
    const bool Signed = ToType->What == Type::Signed;
    return give(std::string(Signed ? "(unsigned)(int)(signed char)" : "(unsigned)(unsigned char)") +
                    Source,
                Cpp::U32);
  }
  return give("(" + cppName(To).str() + ")" + Source, To);
}

Value Expression::warp(StringRef Op) {
  if (!Options.WarpMasks)
    return std::nullopt;
  if (Op == "activemask")
    return give("(unsigned)__activemask()", Cpp::U32);
  auto mask = [&](unsigned Index) {
    Value V = in(Index, Cpp::U32);
    Missing |= !V;
    return V ? maskText(*V) : "";
  };
  if (!I.has("sync"))
    return std::nullopt;
  if (Op == "vote") {
    if (I.has("ballot"))
      return give("(unsigned)__ballot_sync(" + mask(1) + ", " + text(0, Cpp::Bool) + ")", Cpp::U32);
    if (I.has("any") || I.has("all"))
      return give(std::string(I.has("any") ? "__any_sync(" : "__all_sync(") + mask(1) + ", " +
                      text(0, Cpp::Bool) + ") != 0",
                  Cpp::Bool);
    return std::nullopt;
  }
  if (Op == "match" && I.has("any") && bitsOf(unsignedOf(Is)) >= 32)
    return give("(unsigned)__match_any_sync(" + mask(1) + ", " + text(0, unsignedOf(Is)) + ")",
                Cpp::U32);
  if (Op == "shfl") {
    auto Clamp = constant(2);
    if (!Clamp)
      return std::nullopt;
    // The operand's upper part says where segments begin, its lower part where they end.
    const unsigned Segment = *Clamp >> 8 & 31, End = *Clamp & 31, Width = 32 - Segment;
    const bool Up = I.has("up");
    if (!llvm::isPowerOf2_32(Width) || Segment != (32 - Width) || End != (Up ? 0 : 31))
      return std::nullopt;
    StringRef Function = Up              ? "__shfl_up_sync"
                         : I.has("down") ? "__shfl_down_sync"
                         : I.has("bfly") ? "__shfl_xor_sync"
                         : I.has("idx")  ? "__shfl_sync"
                                         : "";
    if (Function.empty())
      return std::nullopt;
    // HIP's default width is the card's.
    return give(Function + "(" + mask(3) + ", " + text(0, Cpp::U32) + ", " + text(1, Cpp::S32) +
                    ", " + llvm::utostr(Width) + ")",
                Cpp::U32);
  }
  return std::nullopt;
}

Value Expression::write() {
  StringRef Op = I.opcode();
  if (Op == "activemask" || Op == "vote" || Op == "match" || Op == "shfl")
    return warp(Op);
  if (Op == "cvt")
    return conversion();
  if (Op == "dp4a")
    return dot();
  if (Op == "vshl" || Op == "vshr")
    return pickedShift(Op);
  if (!I.type() || !cppType(Holds))
    return std::nullopt;
  if (Op == "setp" || Op == "set" || Op == "selp" || Op == "slct")
    return Holds.Lanes == 1 && Holds.What != Type::BFloat &&
                   !(Holds.What == Type::Float && Holds.Bits == 16)
               ? compare(Op)
               : std::nullopt;
  if (Holds.isFloat())
    return floating(Op);
  if (Op == "mul" || Op == "mad" || Op == "mul24" || Op == "mad24")
    return product(Op);
  if (Value V = Holds.What == Type::Predicate ? std::nullopt : arithmetic(Op))
    return V;
  Missing = false;
  return Holds.Lanes == 1 ? bits(Op) : std::nullopt;
}

Value ptx::hipExpression(const Instruction &I, const HipOptions &Options, ReadOperand Read) {
  return Expression(I, Options, Read).write();
}

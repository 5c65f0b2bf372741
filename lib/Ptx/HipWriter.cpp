// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx/HipWriter.h"

#include "Ptx/HipExpressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>
#include <cstring>
#include <set>

using namespace cuport;
using namespace cuport::ptx;
using llvm::StringRef;

static std::optional<Cpp> classOf(char Letter) {
  switch (Letter) {
  case 'h':
    return Cpp::U16;
  case 'r':
    return Cpp::U32;
  case 'l':
    return Cpp::U64;
  case 'f':
    return Cpp::F32;
  case 'd':
    return Cpp::F64;
  default:
    return std::nullopt;
  }
}

/// Evaluated as often as one likes: x, p->x, a[i], 7.
static bool isTrivial(StringRef Code) {
  return !Code.empty() &&
         llvm::all_of(
             Code, [](char C) { return llvm::isAlnum(C) || StringRef("_.[]>- ").contains(C); }) &&
         !Code.contains("--") && !Code.contains("- ") && !Code.contains(" -") &&
         Code.count('-') == Code.count("->") && Code.count('>') == Code.count("->");
}

static std::optional<uint64_t> constantOf(StringRef Code) {
  Code = Code.trim();
  bool Negative = Code.consume_front("-");
  Code = Code.rtrim("uUlL");
  uint64_t Value = 0;
  if (Code.getAsInteger(0, Value))
    return std::nullopt;
  return Negative ? -Value : Value;
}

static std::string floatText(const Operand &O, Cpp As) {
  double Value = 0;
  if (O.Bits == 64) {
    std::memcpy(&Value, &O.Value, sizeof Value);
  } else {
    float Single = 0;
    uint32_t Bits = uint32_t(O.Value);
    std::memcpy(&Single, &Bits, sizeof Single);
    Value = Single;
  }
  if (!std::isfinite(Value))
    return As == Cpp::F32 ? "__uint_as_float(0x" + llvm::utohexstr(O.Value, true) + "u)"
                          : "__longlong_as_double(0x" + llvm::utohexstr(O.Value, true) + "ll)";
  char Text[64];
  std::snprintf(Text, sizeof Text, "%.17g", Value);
  std::string Decimal = Text;
  if (Decimal.find_first_of(".e") == std::string::npos)
    Decimal += ".0";
  return (Value < 0 || std::signbit(Value) ? "(" + Decimal : Decimal) +
         (As == Cpp::F32 ? "f" : "") + (std::signbit(Value) ? ")" : "");
}

namespace {

class Writer {
public:
  Writer(const Program &Statement, llvm::ArrayRef<HipOperand> Operands, const HipOptions &Options)
      : Statement(Statement), Operands(Operands), Options(Options) {}
  llvm::Expected<HipCode> run();

private:
  /// Where a value of the statement lives in C++.
  struct Place {
    std::string Text;
    Cpp Is = Cpp::U32;
    std::optional<uint64_t> Constant;
  };

  std::string freshName(const std::string &Wanted);
  void bindOperands();
  void bindRegisters();
  const HipOperand *find(const Operand &O, size_t &Index) const;
  std::optional<Place> placeOf(const Operand &O);
  std::optional<CppValue> read(const Operand &O, Cpp As);
  std::optional<CppValue> source(const Instruction &I, unsigned Index, Cpp As);
  bool write(const Instruction &I);
  bool store(const Operand &To, const CppValue &V);
  bool moveParts(const Instruction &I);
  bool carries(const Instruction &I);
  bool memory(const Instruction &I);
  bool atomic(const Instruction &I);
  bool barrier(const Instruction &I);
  std::optional<std::string> pointer(const Operand &O, const std::string &Type, uint64_t Bytes = 0);
  void line(const std::string &Text) {
    Code.Lines.push_back(Guard.empty() ? Text + ";" : "if (" + Guard + ") " + Text + ";");
  }

  const Program &Statement;
  llvm::ArrayRef<HipOperand> Operands;
  const HipOptions &Options;
  HipCode Code;
  std::vector<std::string> Declarations, Results;
  std::set<std::string> Taken;
  std::vector<Place> OperandPlaces, RegisterPlaces;
  std::string Guard;
  bool Single = false; ///< one instruction, whose result goes where it belongs at once
  std::optional<std::string> Carry;
  Cpp CarryIs = Cpp::U32;
};

} // namespace

std::string Writer::freshName(const std::string &Wanted) {
  // Expressions may hold macros, and bodies of macros any name that a caller gives.
  std::string Name = "ptx_" + Wanted;
  while (Taken.count(Name))
    Name += '_';
  Taken.insert(Name);
  return Name;
}

/// Words of an expression, so that no name of ours hides one.
static void addWords(StringRef Code, std::set<std::string> &Into) {
  while (!Code.empty()) {
    Code = Code.drop_while([](char C) { return !llvm::isAlpha(C) && C != '_'; });
    StringRef Word = Code.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
    Into.insert(Word.str());
    Code = Code.drop_front(Word.size());
  }
}

void Writer::bindOperands() {
  for (const HipOperand &O : Operands)
    addWords(O.Code, Taken);
  for (StringRef Word :
       {"",         "auto",   "bool",  "break",  "case",   "char", "const",    "default",
        "do",       "double", "else",  "float",  "for",    "if",   "int",      "long",
        "new",      "return", "short", "signed", "switch", "this", "unsigned", "void",
        "volatile", "while",  "and",   "or",     "not",    "xor"})
    Taken.insert(Word.str());
  for (const auto &[Index, O] : llvm::enumerate(Operands)) {
    if (O.Class == 'n') {
      auto Value = constantOf(O.Code);
      OperandPlaces.push_back({"(" + O.Code + ")", Cpp::S32, Value});
      continue;
    }
    const Cpp Is = *classOf(O.Class);
    const std::string Name(cppName(Is));
    const std::string Cast = "(" + Name + ")" + atom(O.Code);
    if (!O.Written) {
      const auto Constant = isFloating(Is) ? std::nullopt : constantOf(O.Code);
      if (Constant || (isTrivial(O.Code) && Statement.Instructions.size() == 1)) {
        OperandPlaces.push_back({Constant ? constantText(*Constant, Is) : Cast, Is, Constant});
        continue;
      }
      const std::string Local = freshName("in" + llvm::utostr(Index));
      Declarations.push_back("const " + Name + " " + Local + " = " + Cast + ";");
      OperandPlaces.push_back({Local, Is, {}});
    } else if (Single && (!O.Read || isTrivial(O.Code))) {
      OperandPlaces.push_back({O.Read ? Cast : "", Is, {}});
    } else {
      const std::string Local = freshName("out" + llvm::utostr(Index));
      // What a predicate leaves unwritten has no value in PTX either.
      Declarations.push_back(Name + " " + Local + " = " + (O.Read ? Cast : "0") + ";");
      Results.push_back(O.Code + " = " + Local + ";");
      OperandPlaces.push_back({Local, Is, {}});
    }
  }
}

void Writer::bindRegisters() {
  for (const Register &R : Statement.Registers) {
    const Cpp Is = cppType(R.Holds).value_or(Cpp::U32);
    const Cpp Held = isSigned(Is) ? unsignedOf(Is) : Is;
    const std::string Name = freshName(R.Name);
    Declarations.push_back(std::string(cppName(Held)) + " " + Name + " = 0;");
    RegisterPlaces.push_back({Name, Held, {}});
  }
}

const HipOperand *Writer::find(const Operand &O, size_t &Index) const {
  Index = O.Value;
  if (!O.Text.empty())
    Index = llvm::find_if(Operands, [&](const HipOperand &H) { return H.Name == O.Text; }) -
            Operands.begin();
  return Index < Operands.size() ? &Operands[Index] : nullptr;
}

std::optional<Writer::Place> Writer::placeOf(const Operand &O) {
  size_t Index = 0;
  if (!O.Selector.empty())
    return std::nullopt;
  if (O.What == Operand::Register)
    return RegisterPlaces[O.Value];
  if (O.What == Operand::Argument && find(O, Index))
    return OperandPlaces[Index];
  return std::nullopt;
}

std::optional<CppValue> Writer::read(const Operand &O, Cpp As) {
  std::optional<CppValue> V;
  switch (O.What) {
  case Operand::Argument:
  case Operand::Register:
    if (auto P = placeOf(O)) {
      if (P->Text.empty())
        return std::nullopt; // an operand that is only written
      V = CppValue{P->Text, P->Is, P->Constant};
    }
    break;
  case Operand::Special:
    V = hipRegister(O.Text);
    break;
  case Operand::Integer:
    // 1 for a float is no float.
    if (isFloating(As))
      return std::nullopt;
    return CppValue{constantText(O.Value, As), As, O.Value};
  case Operand::Float:
    if (isFloating(As))
      return CppValue{floatText(O, As), As, {}};
    return std::nullopt;
  default:
    break;
  }
  if (!V)
    return std::nullopt;
  V = convert(*V, As);
  if (O.Negated)
    V->Text = "!" + atom(V->Text);
  return V;
}

std::optional<CppValue> Writer::source(const Instruction &I, unsigned Index, Cpp As) {
  return Index + 1 < I.Operands.size() ? read(I.Operands[Index + 1], As) : std::nullopt;
}

bool Writer::store(const Operand &To, const CppValue &V) {
  if (To.What == Operand::Sink)
    return true;
  size_t Index = 0;
  if (To.What == Operand::Argument) {
    const HipOperand *O = find(To, Index);
    if (!O || !O->Written)
      return false;
    const Place &P = OperandPlaces[Index];
    const bool Direct = Single && Guard.empty() && (!O->Read || isTrivial(O->Code));
    line((Direct ? O->Code : P.Text) + " = " + convert(V, P.Is).Text);
    return true;
  }
  auto P = placeOf(To);
  if (!P)
    return false;
  line(P->Text + " = " + convert(V, P->Is).Text);
  return true;
}

/// mov between a register and its parts.
bool Writer::moveParts(const Instruction &I) {
  const Operand &To = I.Operands[0], &From = I.Operands[1];
  auto Whole = I.type();
  if (!Whole)
    return false;
  const bool Splits = To.What == Operand::Vector;
  const Operand &Parts = Splits ? To : From;
  if (Parts.Elements.size() != 2 || (Whole->Bits != 32 && Whole->Bits != 64) ||
      (Splits && From.What == Operand::Vector))
    return false;
  const Cpp Is = Whole->Bits == 32 ? Cpp::U32 : Cpp::U64,
            Part = Whole->Bits == 32 ? Cpp::U16 : Cpp::U32;
  const std::string Half = llvm::utostr(Whole->Bits / 2);
  if (!Splits) {
    auto Low = read(Parts.Elements[0], Part), High = read(Parts.Elements[1], Part);
    return Low && High &&
           store(To, {"((" + cppName(Is).str() + ")" + atom(High->Text) + " << " + Half + ") | " +
                          atom(Low->Text),
                      Is,
                      {}});
  }
  auto V = read(From, Is);
  return V && store(Parts.Elements[0], convert({V->Text, Is, {}}, Part)) &&
         store(Parts.Elements[1], convert({atom(V->Text) + " >> " + Half, Is, {}}, Part));
}

/// The carry that add.cc, sub.cc, mad.cc leave and addc, subc, madc take.
bool Writer::carries(const Instruction &I) {
  StringRef Op = I.opcode();
  auto T = I.type();
  if (!T || T->Lanes != 1 || (T->Bits != 32 && T->Bits != 64))
    return false;
  const bool Takes = Op == "addc" || Op == "subc" || Op == "madc", Product = Op.starts_with("mad");
  const Cpp U = T->Bits == 32 ? Cpp::U32 : Cpp::U64;
  if (!Carry) {
    Carry = freshName("carry");
    CarryIs = U;
    Declarations.push_back(std::string(cppName(U)) + " " + *Carry + " = 0;");
  }
  if (CarryIs != U || !Guard.empty())
    return false;
  std::optional<CppValue> A, B;
  if (Product) {
    const std::string High = T->What == Type::Signed ? (U == Cpp::U32 ? "__mulhi" : "__mul64hi")
                             : U == Cpp::U32         ? "__umulhi"
                                                     : "__umul64hi";
    const Cpp As = T->What == Type::Signed ? (U == Cpp::U32 ? Cpp::S32 : Cpp::S64) : U;
    auto X = source(I, 0, I.has("hi") ? As : U), Y = source(I, 1, I.has("hi") ? As : U);
    if (!X || !Y || I.has("wide"))
      return false;
    A = CppValue{I.has("hi") ? High + "(" + X->Text + ", " + Y->Text + ")"
                             : atom(X->Text) + " * " + atom(Y->Text),
                 U,
                 {}};
    B = source(I, 2, U);
  } else {
    A = source(I, 0, U);
    B = source(I, 1, U);
  }
  if (!A || !B)
    return false;
  const std::string Function =
      std::string(Op.starts_with("sub") ? "__builtin_subc" : "__builtin_addc") +
      (U == Cpp::U64 ? "ll" : "");
  const std::string In = Takes ? *Carry : "0";
  if (I.has("cc"))
    return store(
        I.Operands[0],
        {Function + "(" + A->Text + ", " + B->Text + ", " + In + ", &" + *Carry + ")", U, {}});
  return store(I.Operands[0], {atom(A->Text) + (Op.starts_with("sub") ? " - " : " + ") +
                                   atom(B->Text) + (Op.starts_with("sub") ? " - " : " + ") + In,
                               U,
                               {}});
}

std::optional<std::string> Writer::pointer(const Operand &O, const std::string &Type,
                                           uint64_t Bytes) {
  if (O.What != Operand::Address || O.Elements.size() != 1)
    return std::nullopt;
  auto P = placeOf(O.Elements.front());
  if (!P || P->Is != Cpp::U64)
    return std::nullopt;
  const int64_t Offset = int64_t(O.Value + Bytes);
  if (Offset == 0) {
    // A pointer becomes another one as well as a number does.
    StringRef Base = P->Text;
    Base.consume_front("(unsigned long long)");
    return "(" + Type + " *)" + atom(Base);
  }
  return "(" + Type + " *)(" + P->Text +
         (Offset < 0 ? " - " + llvm::itostr(-Offset) : " + " + llvm::itostr(Offset)) + ")";
}

static std::string scopeOf(const Instruction &I) {
  return I.has("cta")   ? "__HIP_MEMORY_SCOPE_WORKGROUP"
         : I.has("sys") ? "__HIP_MEMORY_SCOPE_SYSTEM"
                        : "__HIP_MEMORY_SCOPE_AGENT";
}

/// The C++ type that memory holds.
static std::string memoryType(Type T) {
  const bool Signed = T.What == Type::Signed;
  if (T.Bits == 8)
    return Signed ? "signed char" : "unsigned char";
  auto Is = cppType(T);
  return Is && T.Lanes == 1 ? std::string(cppName(*Is)) : "";
}

bool Writer::memory(const Instruction &I) {
  const bool Loads = I.opcode() == "ld" || I.opcode() == "ldu";
  auto T = I.type();
  // A further operand is a policy for the caches, or what a load out of bounds gives.
  if (!T || I.Operands.size() < 2 || (I.Operands.size() > 2 && !I.has("L2")))
    return false;
  for (StringRef Space : {"shared", "const", "param", "local", "mmio", "cluster", "async", "bulk"})
    if (I.has(Space))
      return false;
  const std::string Holds = memoryType(*T);
  if (Holds.empty())
    return false;
  const Operand &Where = I.Operands[Loads ? 1 : 0], &What = I.Operands[Loads ? 0 : 1];
  const llvm::ArrayRef<Operand> Values =
      What.What == Operand::Vector ? llvm::ArrayRef(What.Elements) : llvm::ArrayRef(What);
  const unsigned Wanted = I.has("v2") ? 2 : I.has("v4") ? 4 : 1;
  if (Values.size() != Wanted)
    return false;
  StringRef Order = I.has("acquire")   ? "__ATOMIC_ACQUIRE"
                    : I.has("release") ? "__ATOMIC_RELEASE"
                    : I.has("relaxed") ? "__ATOMIC_RELAXED"
                                       : "";
  if (!Order.empty() && Wanted > 1)
    return false;
  const bool Volatile = I.has("volatile");
  const Cpp As = T->Bits == 8 ? Cpp::U32 : *cppType(*T);
  const std::string Qualified = (Volatile                 ? "volatile "
                                 : Loads && Order.empty() ? "const "
                                                          : "") +
                                Holds;
  if (Wanted > 1 && !Volatile) {
    // One access, as the instruction is: HIP's vector types have its alignment.
    StringRef Vector = llvm::StringSwitch<StringRef>(Holds)
                           .Case("unsigned", "uint")
                           .Case("int", "int")
                           .Case("float", "float")
                           .Case("unsigned short", "ushort")
                           .Case("short", "short")
                           .Case("unsigned char", "uchar")
                           .Case("signed char", "char")
                           .Case("unsigned long long", "ulonglong")
                           .Case("long long", "longlong")
                           .Case("double", "double")
                           .Default("");
    if (Vector.empty())
      return false;
    const std::string Type = Vector.str() + llvm::utostr(Wanted);
    auto Pointer = pointer(Where, (Loads ? "const " : "") + Type);
    if (!Pointer)
      return false;
    static constexpr llvm::StringLiteral Members[] = {"x", "y", "z", "w"};
    if (!Loads) {
      std::string List;
      for (const Operand &V : Values) {
        auto Read = read(V, As);
        if (!Read)
          return false;
        List += (List.empty() ? "" : ", ") + Read->Text;
      }
      line("*" + *Pointer + " = make_" + Type + "(" + List + ")");
      return true;
    }
    const std::string Local = freshName("loaded");
    Declarations.push_back(Type + " " + Local + " = {};");
    line(Local + " = *" + *Pointer);
    for (const auto &[Index, V] : llvm::enumerate(Values))
      if (!store(V, {Local + "." + Members[Index].str(), As, {}}))
        return false;
    return true;
  }
  for (const auto &[Index, V] : llvm::enumerate(Values)) {
    auto Pointer = pointer(Where, Qualified, Index * T->Bits / 8);
    if (!Pointer)
      return false;
    if (Loads) {
      std::string Text = Order.empty() ? "*" + *Pointer
                                       : "__hip_atomic_load(" + *Pointer + ", " + Order.str() +
                                             ", " + scopeOf(I) + ")";
      if (T->Bits == 8)
        Text = (T->What == Type::Signed ? "(unsigned)(int)" : "(unsigned)") + Text;
      if (!store(V, {Text, As, {}}))
        return false;
    } else {
      auto Read = read(V, As);
      if (!Read)
        return false;
      const std::string Stored = T->Bits == 8 ? "(" + Holds + ")" + atom(Read->Text) : Read->Text;
      line(Order.empty() ? "*" + *Pointer + " = " + Stored
                         : "__hip_atomic_store(" + *Pointer + ", " + Stored + ", " + Order.str() +
                               ", " + scopeOf(I) + ")");
    }
  }
  return true;
}

/// atom and red, without an order or relaxed, on the whole device or the system.
bool Writer::atomic(const Instruction &I) {
  const bool Gives = I.opcode() == "atom";
  auto T = I.type();
  if (!T || T->Lanes != 1 || T->Bits < 32 || T->Bits > 64 || I.has("shared") || I.has("cluster") ||
      I.has("cta") || I.has("acquire") || I.has("release") || I.has("acq_rel") || I.has("vec") ||
      I.has("L2"))
    return false;
  const Cpp Is = *cppType(*T);
  std::string Function;
  for (auto [Modifier, Name] : {std::pair<StringRef, StringRef>{"add", "atomicAdd"},
                                {"min", "atomicMin"},
                                {"max", "atomicMax"},
                                {"and", "atomicAnd"},
                                {"or", "atomicOr"},
                                {"xor", "atomicXor"},
                                {"exch", "atomicExch"},
                                {"cas", "atomicCAS"},
                                {"inc", "atomicInc"},
                                {"dec", "atomicDec"}})
    if (I.has(Modifier))
      Function = Name;
  const bool Counts = Function == "atomicInc" || Function == "atomicDec",
             Orders = Function == "atomicMin" || Function == "atomicMax";
  if (Function.empty() || (Counts && Is != Cpp::U32) || (Orders && isFloating(Is)) ||
      (isFloating(Is) && Function != "atomicAdd"))
    return false;
  // A sum does not care for the sign, and HIP has it for int and the unsigned types.
  const Cpp As = isSigned(Is) && !Orders ? unsignedOf(Is) : Is;
  if (As == Cpp::S64)
    return false;
  if (I.has("sys")) {
    if (Counts)
      return false;
    Function += "_system";
  }
  const unsigned First = Gives ? 1 : 0, Count = Function.find("CAS") != std::string::npos ? 2 : 1;
  if (I.Operands.size() != First + 1 + Count)
    return false;
  auto Pointer = pointer(I.Operands[First], std::string(cppName(As)));
  if (!Pointer)
    return false;
  std::string Call = Function + "(" + *Pointer;
  for (unsigned V = 0; V < Count; ++V) {
    auto Value = read(I.Operands[First + 1 + V], As);
    if (!Value)
      return false;
    Call += ", " + Value->Text;
  }
  Call += ")";
  if (Gives)
    return store(I.Operands[0], {Call, As, {}});
  line(Call);
  return true;
}

bool Writer::barrier(const Instruction &I) {
  StringRef Op = I.opcode();
  if (Op == "membar" || Op == "fence") {
    if (I.has("proxy") || I.has("mbarrier_init") || I.has("acquire") || I.has("release") ||
        I.has("cluster"))
      return false;
    StringRef Function = I.has("cta")                  ? "__threadfence_block()"
                         : I.has("gl") || I.has("gpu") ? "__threadfence()"
                         : I.has("sys")                ? "__threadfence_system()"
                                                       : "";
    if (Function.empty())
      return false;
    line(Function.str());
    return true;
  }
  // Barrier 0 of all threads. HIP's functions leave out nobody, so a guard is not for them.
  const bool Reduces = I.has("red");
  if (!Guard.empty() || I.has("warp") || I.has("cluster") || I.has("arrive") ||
      (!Reduces && !I.has("sync")))
    return false;
  const size_t Number = Reduces ? 1 : 0;
  if (I.Operands.size() != Number + (Reduces ? 2 : 1))
    return false;
  auto Id = read(I.Operands[Number], Cpp::U32);
  if (!Id || Id->Constant.value_or(1) != 0)
    return false;
  if (!Reduces) {
    line("__syncthreads()");
    return true;
  }
  auto Predicate = read(I.Operands[2], Cpp::Bool);
  if (!Predicate)
    return false;
  if (I.has("popc"))
    return store(I.Operands[0],
                 {"(unsigned)__syncthreads_count(" + Predicate->Text + ")", Cpp::U32, {}});
  return (I.has("and") || I.has("or")) &&
         store(I.Operands[0],
               {std::string(I.has("and") ? "__syncthreads_and(" : "__syncthreads_or(") +
                    Predicate->Text + ") != 0",
                Cpp::Bool,
                {}});
}

bool Writer::write(const Instruction &I) {
  Guard.clear();
  if (I.Guard) {
    auto P = read(*I.Guard, Cpp::Bool);
    if (!P)
      return false;
    Guard = P->Text;
  }
  StringRef Op = I.opcode();
  if (Op == "ld" || Op == "ldu" || Op == "st")
    return memory(I);
  if (Op == "atom" || Op == "red")
    return atomic(I);
  if (Op == "membar" || Op == "fence" || Op == "bar" || Op == "barrier")
    return barrier(I);
  if (Op == "prefetch" || Op == "prefetchu")
    return !I.has("tensormap");
  if (Op == "discard" || Op == "applypriority")
    return true;
  if (I.Operands.empty())
    return false;
  if (Op == "addc" || Op == "subc" || Op == "madc" ||
      ((Op == "add" || Op == "sub" || Op == "mad") && I.has("cc")))
    return carries(I);
  // A collective behind a guard would want its lanes elsewhere.
  if (!Guard.empty() && (I.has("sync") || Op == "activemask"))
    return false;
  if (Op == "mov") {
    if (I.Operands.size() != 2)
      return false;
    if (I.Operands[0].What == Operand::Vector || I.Operands[1].What == Operand::Vector)
      return moveParts(I);
    auto T = I.type();
    auto V = T && cppType(*T) ? source(I, 0, *cppType(*T)) : std::nullopt;
    return V && store(I.Operands[0], *V);
  }
  auto Read = [&](unsigned Index, Cpp As) { return source(I, Index, As); };
  auto V = hipExpression(I, Options, Read);
  if (!V)
    return false;
  const Operand &To = I.Operands[0];
  if (To.What != Operand::Pair)
    return store(To, *V);
  // p|q of setp: the second is the opposite, unless a third predicate is joined to it.
  if (Op != "setp" || I.Operands.size() != 3)
    return false;
  return store(To.Elements[0], *V) && store(To.Elements[1], {"!" + atom(V->Text), Cpp::Bool, {}});
}

llvm::Expected<HipCode> Writer::run() {
  if (carriesOver(Statement))
    return llvm::createStringError("a carry of another statement's, or for one");
  Single = Statement.Instructions.size() == 1 && !Statement.Instructions.front().Guard;
  for (const HipOperand &O : Operands)
    if (O.Class != 'n' && !classOf(O.Class))
      return llvm::createStringError("an operand with the constraint '" + llvm::Twine(O.Class) +
                                     "'");
  if (Single) {
    // Two results of one instruction go through locals: the second may need what the first
    // overwrites.
    const Instruction &Only = Statement.Instructions.front();
    if (!Only.Operands.empty() && (Only.Operands.front().What == Operand::Vector ||
                                   Only.Operands.front().What == Operand::Pair))
      Single = false;
  }
  bindOperands();
  bindRegisters();
  for (const Instruction &I : Statement.Instructions)
    if (!write(I))
      return llvm::createStringError("'" + I.Name + "'");
  Code.Block = !Declarations.empty();
  Code.Lines.insert(Code.Lines.begin(), Declarations.begin(), Declarations.end());
  Code.Lines.insert(Code.Lines.end(), Results.begin(), Results.end());
  return std::move(Code);
}

llvm::Expected<HipCode> ptx::writeHip(const Program &Statement, llvm::ArrayRef<HipOperand> Operands,
                                      const HipOptions &Options) {
  return Writer(Statement, Operands, Options).run();
}

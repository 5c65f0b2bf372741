// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Division.h"

#include <cstdint>
#include <cstring>
#include <ucontext.h>

namespace cuport::cpu {

#ifdef __x86_64__

namespace {

// What the numbers of registers in instructions mean (Intel SDM, volume 2, table 2-2 and 3-1).
constexpr int Registers[] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                             REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

/// DIV or IDIV, as the processor reads it.
class Instruction {
public:
  explicit Instruction(greg_t *registers) : registers(registers), next(reinterpret_cast<const uint8_t *>(registers[REG_RIP])) {}

  /// Whether it is one; everything else is known then.
  bool read();
  /// Of 8, 16, 32 or 64 bits.
  unsigned bits() const { return size; }
  uint64_t divisor() const;
  bool isSigned() const { return signedness; }
  const uint8_t *end() const { return next; }

private:
  uint64_t registerOf(unsigned number) const { return uint64_t(registers[Registers[number]]); }
  template <class T> T take() {
    T value;
    std::memcpy(&value, next, sizeof value);
    next += sizeof value;
    return value;
  }
  void readPlace(unsigned mode, unsigned base);

  greg_t *registers;
  const uint8_t *next;
  unsigned size = 32, rex = 0, number = 0;
  bool signedness = false, inMemory = false;
  uint64_t address = 0;
};

} // namespace

bool Instruction::read() {
  // Prefixes of a segment or another size of addresses, which compiled code has not, are not looked for.
  if (*next == 0x66) {
    size = 16;
    ++next;
  }
  if ((*next & 0xf0) == 0x40)
    rex = *next++;
  if (rex & 8)
    size = 64;
  const uint8_t opcode = *next++, mode = *next++, which = (mode >> 3) & 7;
  if ((opcode != 0xf6 && opcode != 0xf7) || (which != 6 && which != 7))
    return false;
  if (opcode == 0xf6)
    size = 8;
  signedness = which == 7;
  number = (mode & 7) | (rex & 1) << 3;
  inMemory = mode >> 6 != 3;
  if (inMemory)
    readPlace(mode >> 6, mode & 7);
  return true;
}

void Instruction::readPlace(unsigned mode, unsigned base) {
  bool fromNext = false;
  if (base == 4) {
    const uint8_t scaled = take<uint8_t>();
    const unsigned index = ((scaled >> 3) & 7) | (rex & 2) << 2;
    if (index != 4)
      address += registerOf(index) << (scaled >> 6);
    base = scaled & 7;
    if (base == 5 && mode == 0)
      address += int64_t(take<int32_t>());
    else
      address += registerOf(base | (rex & 1) << 3);
  } else if (base == 5 && mode == 0) {
    address += int64_t(take<int32_t>());
    fromNext = true;
  } else {
    address += registerOf(number);
  }
  if (mode == 1)
    address += int64_t(take<int8_t>());
  else if (mode == 2)
    address += int64_t(take<int32_t>());
  if (fromNext)
    address += reinterpret_cast<uint64_t>(next);
}

uint64_t Instruction::divisor() const {
  uint64_t value = 0;
  if (inMemory)
    std::memcpy(&value, reinterpret_cast<const void *>(address), size / 8);
  else if (size == 8 && !rex && number >= 4) // AH, CH, DH, BH
    value = registerOf(number - 4) >> 8;
  else
    value = registerOf(number);
  return value << (64 - size) >> (64 - size);
}

Division finishDivision(void *context) {
  greg_t *registers = static_cast<ucontext_t *>(context)->uc_mcontext.gregs;
  Instruction instruction(registers);
  if (!instruction.read())
    return Division::None;
  const unsigned bits = instruction.bits();
  const uint64_t all = ~uint64_t(0) >> (64 - bits);
  const uint64_t divisor = instruction.divisor();
  // The dividend has twice the bits, but compiled code extends one of as many: what does not fit is the least divided by -1.
  if (divisor != 0 && !(instruction.isSigned() && divisor == all))
    return Division::None;
  const uint64_t quotient = divisor ? all / 2 + 1 : all, remainder = divisor ? 0 : all;
  auto set = [&](int place, uint64_t value, unsigned from) {
    // Writing 32 bits of a register clears the others, writing fewer leaves them.
    const uint64_t kept = bits >= 32 ? 0 : ~(all << from);
    registers[place] = greg_t((uint64_t(registers[place]) & kept) | value << from);
  };
  set(REG_RAX, quotient, 0);
  if (bits == 8)
    set(REG_RAX, remainder, 8); // AH
  else
    set(REG_RDX, remainder, 0);
  registers[REG_RIP] = reinterpret_cast<greg_t>(instruction.end());
  return divisor ? Division::Overflow : Division::ByZero;
}

#else

Division finishDivision(void *) { return Division::None; }

#endif

} // namespace cuport::cpu

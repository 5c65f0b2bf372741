// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/MemoryImage.h"

#include <cstring>

using namespace llvm;

namespace cuport {

void MemoryImage::write(uint64_t Offset, StringRef Bytes) {
  Pointers.erase(Pointers.lower_bound(Offset), Pointers.lower_bound(Offset + Bytes.size()));
  while (!Bytes.empty()) {
    const uint64_t In = Offset % PageBytes;
    const size_t Size = std::min<uint64_t>(Bytes.size(), PageBytes - In);
    auto [At, IsNew] = Pages.try_emplace(Offset / PageBytes);
    Page &P = At->second;
    if (IsNew && Fill) {
      std::memset(P.Bytes, *Fill, PageBytes);
      P.Known.set();
    }
    std::memcpy(P.Bytes + In, Bytes.data(), Size);
    if (!Fill)
      for (size_t I = 0; I < Size; ++I)
        P.Known.set(In + I);
    Offset += Size;
    Bytes = Bytes.drop_front(Size);
  }
}

void MemoryImage::apply(const RecordedChange &Change) {
  if (!Change.Whole) {
    Pages.clear();
    Pointers.clear();
    Fill.reset();
  }
  for (const RecordedRun &Run : Change.Runs)
    write(Run.Offset, Run.Bytes);
  for (const RecordedPointer &P : Change.Pointers)
    Pointers[P.At] = P;
}

bool MemoryImage::read(uint64_t Offset, unsigned Size, char *Bytes) const {
  while (Size) {
    const uint64_t In = Offset % PageBytes;
    const unsigned Part = std::min<uint64_t>(Size, PageBytes - In);
    if (auto At = Pages.find(Offset / PageBytes); At != Pages.end()) {
      for (unsigned I = 0; I < Part; ++I)
        if (!At->second.Known[In + I])
          return false;
      std::memcpy(Bytes, At->second.Bytes + In, Part);
    } else if (Fill) {
      std::memset(Bytes, *Fill, Part);
    } else {
      return false;
    }
    Offset += Part;
    Bytes += Part;
    Size -= Part;
  }
  return true;
}

const RecordedPointer *MemoryImage::pointerAt(uint64_t Offset) const {
  if (Pointers.empty())
    return nullptr;
  auto At = Pointers.find(Offset / 8 * 8);
  return At == Pointers.end() ? nullptr : &At->second;
}

bool MemoryImage::equal(const MemoryImage &A, const MemoryImage &B, uint64_t Offset,
                        uint64_t Size) {
  for (const MemoryImage *Image : {&A, &B}) {
    auto At = Image->Pointers.lower_bound(Offset);
    if (At != Image->Pointers.end() && At->first < Offset + Size)
      return false;
  }
  while (Size) {
    const uint64_t In = Offset % PageBytes, Part = std::min(Size, PageBytes - In);
    auto X = A.Pages.find(Offset / PageBytes), Y = B.Pages.find(Offset / PageBytes);
    if (X == A.Pages.end() || Y == B.Pages.end() || !X->second.Known.all() ||
        !Y->second.Known.all() ||
        std::memcmp(X->second.Bytes + In, Y->second.Bytes + In, Part) != 0)
      return false;
    Offset += Part;
    Size -= Part;
  }
  return true;
}

} // namespace cuport

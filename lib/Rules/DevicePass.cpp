// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/DevicePass.h"

#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

/// Compute capability 3.0, the first with shuffles: HIP's list of features (__HIP_ARCH_HAS_...) has nothing of it or of earlier ones that
/// a card of HIP lacks.
static constexpr int64_t Newest = 300;

namespace {

class Condition {
public:
  Condition(const FileView &File, const Directive &D) : File(File), D(D) {}

  std::optional<Edit> editAt(size_t Index) const {
    if (!isDecided())
      return std::nullopt;
    if (isDefinedness(Index))
      return edit(Index, Index + 1, "__HIP_DEVICE_COMPILE__");
    return comparison(Index);
  }

  /// At least one question, and none but whether it is defined and how old it is.
  bool isDecided() const {
    bool Asked = false;
    for (size_t I = D.First + 1; I < D.Last; ++I) {
      if (File.text(I) != "__CUDA_ARCH__")
        continue;
      if (!isDefinedness(I) && !comparison(I))
        return false;
      Asked = true;
    }
    return Asked && !leadsToError();
  }

private:
  llvm::StringRef text(size_t I) const { return I > D.First && I < D.Last ? File.text(I) : llvm::StringRef(); }

  bool isDefinedness(size_t I) const {
    const llvm::StringRef Before = text(I - 1);
    return llvm::StringSwitch<bool>(Before)
        .Cases({"ifdef", "ifndef", "elifdef", "elifndef", "defined"}, true)
        .Case("(", text(I - 2) == "defined")
        .Default(Before.ends_with("if") && text(I + 1).empty());
  }

  /// Between D and its #endif.
  bool leadsToError() const {
    unsigned Depth = 0;
    for (const Directive &Each : File.Source.directives()) {
      if (Each.First <= D.First)
        continue;
      if (Each.Name == "error")
        return true;
      if (Each.Name == "endif" && Depth-- == 0)
        return false;
      Depth += Each.Name.starts_with("if");
    }
    return false;
  }

  /// Nothing stands there that binds closer than a comparison, or as close.
  bool mayBegin(size_t I) const {
    return llvm::StringSwitch<bool>(text(I - 1)).Cases({"if", "elif", "(", "&&", "||"}, true).Default(false);
  }
  bool mayEnd(size_t I) const { return llvm::StringSwitch<bool>(text(I + 1)).Cases({"", ")", "&&", "||"}, true).Default(false); }

  std::optional<Edit> comparison(size_t I) const {
    llvm::StringRef Op = text(I + 1);
    if (llvm::StringSwitch<bool>(Op).Cases({"<", ">", "<=", ">="}, true).Default(false))
      return compared(I, I + 2, Op);
    llvm::StringRef Turned = llvm::StringSwitch<llvm::StringRef>(text(I - 1)).Case("<", ">").Case(">", "<").Case("<=", ">=").Case(">=", "<=").Default("");
    return Turned.empty() || I < D.First + 3 ? std::nullopt : compared(I - 2, I, Turned);
  }

  /// Tokens First to Last are a comparison; Op is what stands between, with the number on its right.
  std::optional<Edit> compared(size_t First, size_t Last, llvm::StringRef Op) const {
    if (!mayBegin(First) || !mayEnd(Last))
      return std::nullopt;
    int64_t Least;
    if (text(text(First) == "__CUDA_ARCH__" ? Last : First).rtrim("uUlL").getAsInteger(0, Least))
      return std::nullopt;
    Least += Op == ">" || Op == "<="; // the least that is "at least"
    if (Least < 1 || Least > Newest)
      return std::nullopt;
    return edit(First, Last + 1, Op.starts_with(">") ? "__HIP_DEVICE_COMPILE__" : "!__HIP_DEVICE_COMPILE__");
  }

  Edit edit(size_t First, size_t End, const char *Text) const {
    const uint32_t Offset = File.tokens()[First].Offset;
    return {Offset, File.tokens()[End - 1].end() - Offset, Text};
  }

  const FileView &File;
  const Directive &D;
};

} // namespace

std::optional<Edit> cuport::devicePassEdit(const FileView &File, const Directive &D, size_t Index) {
  return Condition(File, D).editAt(Index);
}

bool cuport::asksForDevicePass(const FileView &File, const Directive &D) { return Condition(File, D).isDecided(); }

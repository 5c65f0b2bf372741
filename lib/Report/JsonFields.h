// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the writers of JSON write what all of them have: text, numbers, lists. Internal to the room.

#ifndef CUPORT_REPORT_JSONFIELDS_H
#define CUPORT_REPORT_JSONFIELDS_H

#include "Report/CardsJson.h"

#include "llvm/Support/JSON.h"

namespace cuport {

/// Each adds one attribute to the object that is open.
class JsonFields {
protected:
  explicit JsonFields(llvm::json::OStream &J) : J(J) {}

  void text(llvm::StringRef Key, llvm::StringRef Value) { J.attribute(Key, llvm::json::fixUTF8(Value)); }

  /// An estimate, as roundedNumber() has it.
  void number(llvm::StringRef Key, double Value) {
    J.attributeBegin(Key);
    J.rawValue(roundedNumber(Value));
    J.attributeEnd();
  }

  /// The attributes of a range rather than one that holds it.
  void rangeHere(const Range &R) {
    number("p10", R.P10);
    number("p50", R.P50);
    number("p90", R.P90);
  }

  void range(llvm::StringRef Key, const Range &R) {
    J.attributeObject(Key, [&] { rangeHere(R); });
  }

  /// What a place asks of a card.
  void needs(llvm::ArrayRef<Need> Needs) {
    list("needs", Needs, [&](const Need &N) {
      text("fact", N.Fact);
      J.attribute("amount", N.Amount);
    });
  }

  /// What the report was made of.
  void origin(const ReportModel &M) {
    text("version", M.ToolVersion);
    text("knowledge", M.Hashes.Knowledge);
    text("hip", M.Hip.isKnown() ? toString(M.Hip) : "");
    text("subject", M.Subject);
    J.attributeObject("hashes", [&] {
      text("program", M.Hashes.Program);
      text("rules", M.Hashes.Rules);
      text("targets", M.Hashes.Targets);
      text("input", M.Hashes.Input);
    });
  }

  /// An array of objects; Body fills one.
  template <typename List, typename Body> void list(llvm::StringRef Key, const List &Items, Body Each) {
    J.attributeArray(Key, [&] {
      for (const auto &Item : Items)
        J.object([&] { Each(Item); });
    });
  }

  void indices(llvm::StringRef Key, llvm::ArrayRef<size_t> Values) {
    J.attributeArray(Key, [&] {
      for (size_t V : Values)
        J.value(V);
    });
  }

  llvm::json::OStream &J;
};

} // namespace cuport

#endif

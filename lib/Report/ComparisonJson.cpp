// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/ComparisonWriter.h"
#include "Report/HtmlPage.h"
#include "Report/JsonFields.h"

#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cuport {
namespace {

class Writer : JsonFields {
public:
  explicit Writer(json::OStream &J) : JsonFields(J) {}

  void comparison(const Comparison &C, StringRef Version) {
    J.object([&] {
      J.attribute("schema", "cuport-verify-1");
      text("version", Version);
      J.attribute("result", C.isDifferent() ? "different" : C.isOpen() ? "open" : "same");
      J.attributeObject("reference", [&] { run(C.A); });
      J.attributeObject("compared", [&] { run(C.B); });
      J.attribute("different_calls", C.DifferentCalls);
      list("differences", C.Differences, [&](const CallDifference &D) { difference(D); });
      if (C.FirstLaunch >= 0)
        J.attribute("first_launch", C.FirstLaunch);
      J.attribute("compared_calls", C.ComparedCalls);
      J.attribute("compared_values", C.ComparedScalars);
      J.attributeArray("ulps", [&] {
        for (const auto &[Type, H] : C.Ulps)
          J.object([&] {
            J.attribute("type", realTypeName(Type));
            J.attributeArray("counts", [&] { histogram(H); });
          });
      });
      J.attributeArray("notes", [&] {
        for (const std::string &Note : C.Notes)
          J.value(json::fixUTF8(Note));
      });
      J.attributeObject("not_compared", [&] {
        J.attribute("sampled_bytes", C.SampledBytes);
        J.attribute("foreign_addresses", C.ForeignAddresses);
        J.attribute("unpaired_changes", C.UnpairedMemory);
      });
      J.attribute("bytes_of_unknown_type", C.UnknownBytes);
    });
    J.flush();
  }

private:
  void run(const RunSummary &R) {
    text("file", R.File);
    text("backend", R.Backend);
    J.attribute("warp", R.Warp);
    text("command", R.Command);
    J.attribute("calls", R.Calls);
    J.attribute("launches", R.Launches);
    J.attribute("complete", R.Complete);
  }

  void histogram(const UlpHistogram &H) {
    for (size_t I = 0; I < H.Counts.size(); ++I) {
      if (!H.Counts[I])
        continue;
      J.object([&] {
        if (const uint64_t Limit = UlpHistogram::limitOf(I); Limit != ~uint64_t(0))
          J.attribute("to", Limit);
        J.attribute("count", H.Counts[I]);
      });
    }
  }

  void difference(const CallDifference &D) {
    static constexpr StringLiteral Kinds[] = {"different", "missing", "added"};
    J.attribute("kind", Kinds[size_t(D.Kind)]);
    text("name", D.Name);
    J.attribute("call", D.Number);
    J.attribute("stream", D.Queue);
    if (D.IsLaunch)
      J.attribute("launch", D.Launch);
    text("next_kernel", D.NextKernel);
    text("defined", D.Defined);
    text("called", D.CalledA);
    text("called_compared", D.CalledB);
    J.attributeArray("reasons", [&] {
      for (const std::string &Reason : D.Reasons)
        J.value(json::fixUTF8(Reason));
    });
    list("memory", D.Memory, [&](const MemoryDifference &M) {
      text("memory", M.Memory);
      text("argument", M.Argument);
      J.attribute("by_host", M.ByHost);
      J.attribute("compared", M.Compared);
      J.attribute("different", M.Different);
      J.attributeObject("first", [&] {
        J.attribute("element", M.First.Element);
        text("field", M.First.Field);
        text("type", M.First.Type);
        text("reference", M.First.A);
        text("compared", M.First.B);
        if (M.First.Ulps && *M.First.Ulps != ~uint64_t(0))
          J.attribute("ulps", *M.First.Ulps);
      });
    });
  }
};

std::string jsonOf(const Comparison &C, StringRef Version, unsigned Indent) {
  std::string Text;
  raw_string_ostream Out(Text);
  json::OStream J(Out, Indent);
  Writer(J).comparison(C, Version);
  return Text;
}

} // namespace

void writeComparisonJson(const Comparison &C, StringRef Version, raw_ostream &Out) {
  Out << jsonOf(C, Version, 1) << '\n';
}

void writeComparisonHtml(const Comparison &C, StringRef Version, raw_ostream &Out) {
  writeHtmlPage({"dom.js", "table.js", "verify.js", "main.js"}, jsonOf(C, Version, 0), Out);
}

} // namespace cuport

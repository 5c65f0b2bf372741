// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/SarifWriter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace cuport {
namespace {

/// A path as the path of a URI: all but letters, digits and "-._~/" in hex.
std::string uriOf(StringRef Path) {
  std::string Uri = sys::path::is_absolute(Path) ? "file://" : "";
  for (unsigned char C : Path) {
    if (isAlnum(C) || StringRef("-._~/").contains(C)) {
      Uri += static_cast<char>(C);
    } else {
      Uri += '%';
      Uri += hexdigit(C >> 4);
      Uri += hexdigit(C & 15);
    }
  }
  return Uri;
}

StringRef levelOf(Verdict V) { return V == Verdict::Unsupported ? "error" : needsPerson(V) ? "warning" : "note"; }

class Writer {
public:
  explicit Writer(raw_ostream &Out) : J(Out, /*IndentSize=*/1) {}

  void log(const ReportModel &M) {
    J.object([&] {
      J.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(M); }); });
    });
    J.flush();
  }

private:
  void text(StringRef Key, StringRef Value) {
    J.attributeObject(Key, [&] { J.attribute("text", json::fixUTF8(Value)); });
  }

  void run(const ReportModel &M) {
    J.attributeObject("tool", [&] {
      J.attributeObject("driver", [&] {
        J.attribute("name", "cuport");
        J.attribute("version", M.ToolVersion);
        J.attributeArray("rules", [&] {
          for (const RuleSummary &R : M.Rules)
            J.object([&] {
              J.attribute("id", R.Rule);
              if (!R.Summary.empty())
                text("shortDescription", R.Summary);
            });
        });
      });
    });
    J.attributeArray("results", [&] {
      for (const Finding &F : M.Findings)
        if (needsPerson(F.Verdict) || !F.Ignored.empty())
          J.object([&] { result(F); });
    });
  }

  void artifact(const Finding &F) {
    J.attributeObject("artifactLocation", [&] {
      J.attribute("uri", uriOf(F.At.File));
      if (!sys::path::is_absolute(F.At.File))
        J.attribute("uriBaseId", "%SRCROOT%");
    });
  }

  void result(const Finding &F) {
    J.attribute("ruleId", F.Rule);
    J.attribute("level", levelOf(F.Verdict));
    text("message", F.Message);
    J.attributeArray("locations", [&] {
      J.object([&] {
        J.attributeObject("physicalLocation", [&] {
          artifact(F);
          if (F.At.Line == 0)
            return;
          J.attributeObject("region", [&] {
            J.attribute("startLine", F.At.Line);
            J.attribute("startColumn", F.At.Column);
            J.attribute("byteOffset", F.At.Offset);
            J.attribute("byteLength", F.At.Length);
          });
        });
      });
    });
    if (!F.Fingerprint.empty())
      J.attributeObject("partialFingerprints", [&] { J.attribute("cuport/v1", F.Fingerprint); });
    if (!F.Ignored.empty())
      J.attributeArray("suppressions", [&] {
        J.object([&] {
          J.attribute("kind", "inSource");
          J.attribute("justification", json::fixUTF8(F.Ignored));
        });
      });
    if (!F.Edits.empty())
      J.attributeArray("fixes", [&] { J.object([&] { fix(F); }); });
    J.attributeObject("properties", [&] {
      J.attribute("verdict", verdictName(F.Verdict));
      J.attribute("confidence", confidenceName(F.Confidence));
    });
  }

  void fix(const Finding &F) {
    J.attributeArray("artifactChanges", [&] {
      J.object([&] {
        artifact(F);
        J.attributeArray("replacements", [&] {
          for (const Edit &E : F.Edits)
            J.object([&] {
              J.attributeObject("deletedRegion", [&] {
                J.attribute("byteOffset", E.Offset);
                J.attribute("byteLength", E.Length);
              });
              if (!E.Text.empty())
                text("insertedContent", E.Text);
            });
        });
      });
    });
  }

  json::OStream J;
};

} // namespace

void writeSarif(const ReportModel &Model, raw_ostream &Out) {
  Writer(Out).log(Model);
  Out << '\n';
}

} // namespace cuport

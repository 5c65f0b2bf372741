// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Parameters.h"

#include "Knowledge/YamlReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/xxhash.h"

#include <cmath>

using namespace cuport;
using llvm::StringRef;
using YamlNode = llvm::yaml::Node;

namespace {
struct EmbeddedFile {
  StringRef Path, Content;
};
} // namespace

static constexpr EmbeddedFile EmbeddedFiles[] = {
#include "Effort/EffortData.inc"
};

static constexpr StringRef Spellings[] = {
#define PARAMETER(ENUMERATOR, SPELLING) SPELLING,
#include "Effort/Parameters.def"
};

static std::optional<size_t> indexOf(StringRef Id) {
  const auto *It = llvm::find(Spellings, Id);
  return It == std::end(Spellings) ? std::nullopt : std::optional<size_t>(It - std::begin(Spellings));
}

namespace cuport {
/// Reads one file over Parameters.
class ParameterReader {
public:
  ParameterReader(llvm::MemoryBufferRef Buffer, Parameters &Into, bool OfUser)
      : Yaml(Buffer), Into(Into), OfUser(OfUser) {}

  llvm::Error read() {
    if (YamlNode *Root = Yaml.root()) {
      static constexpr StringRef Own[] = {"model", "parameters", "thresholds", "backtest"}, Users[] = {"parameters", "thresholds"};
      Yaml.mapping(*Root, OfUser ? llvm::ArrayRef<StringRef>(Users) : llvm::ArrayRef<StringRef>(Own),
                   [&](StringRef Key, YamlNode &Value) {
                     if (Key == "model") {
                       if (auto T = Yaml.placedText(Value, Key))
                         Into.Model = T->Value;
                       return;
                     }
                     Yaml.sequence(Value, Key, [&](YamlNode &Entry) {
                       Key == "parameters" ? parameter(Entry) : Key == "thresholds" ? threshold(Entry) : backtest(Entry);
                     });
                   });
    }
    return Yaml.takeError();
  }

private:
  std::optional<double> number(StringRef Key, YamlNode &Node) {
    auto T = Yaml.placedText(Node, Key);
    if (!T)
      return std::nullopt;
    double Value;
    // A million days, lines or shares of anything is a slip of the pen.
    if (StringRef(T->Value).getAsDouble(Value) || !std::isfinite(Value) || Value < 0 || Value > 1e6) {
      Yaml.error(T->At, "'" + Key + "' has to be a number from 0 to 1000000, not '" + T->Value + "'");
      return std::nullopt;
    }
    return Value;
  }

  void parameter(YamlNode &Node) {
    const size_t Before = Yaml.errorCount();
    llvm::SMLoc At = Yaml.place(Node), IdAt = At;
    ModelParameter P;
    std::optional<double> Low, Expected, High;
    Yaml.mapping(Node, {"id", "title", "unit", "low", "expected", "high", "basis", "source"}, [&](StringRef Key, YamlNode &Value) {
      if (Key == "low" || Key == "expected" || Key == "high") {
        (Key == "low" ? Low : Key == "high" ? High : Expected) = number(Key, Value);
      } else if (auto T = Yaml.placedText(Value, Key)) {
        (Key == "id"      ? P.Id
         : Key == "title" ? P.Title
         : Key == "unit"  ? P.Unit
         : Key == "basis" ? P.Basis
                          : P.Source) = T->Value;
        if (Key == "id")
          IdAt = T->At;
      }
    });
    if (Yaml.errorCount() != Before)
      return;
    auto Index = indexOf(P.Id);
    if (!Index)
      return Yaml.error(IdAt, P.Id.empty() ? "'id' is missing" : "the model has no parameter '" + P.Id + "'; 'cuport report --format=json' lists them");
    if (!Low || !Expected || !High || P.Basis.empty())
      return Yaml.error(At, "parameter '" + P.Id + "' wants 'low', 'expected', 'high' and 'basis'");
    P.Low = *Low;
    P.Expected = *Expected;
    P.High = *High;
    ModelParameter &Known = Into.All[*Index];
    const bool Rises = OfUser ? Known.Low <= Known.High : P.Low <= P.High;
    if (Rises ? P.Low > P.Expected || P.Expected > P.High : P.Low < P.Expected || P.Expected < P.High)
      return Yaml.error(At, "parameter '" + P.Id + "' goes from its cheap end 'low' over 'expected' to its dear end 'high': here " +
                                (Rises ? "upwards" : "downwards"));
    if (!Rises && P.High == 0)
      return Yaml.error(At, "parameter '" + P.Id + "' is a rate: 0 would take for ever");
    if (!Seen.insert(P.Id).second)
      return Yaml.error(IdAt, "parameter '" + P.Id + "' stands twice");
    if (OfUser) {
      P.Title = P.Title.empty() ? Known.Title : P.Title;
      if (!P.Unit.empty() && P.Unit != Known.Unit)
        return Yaml.error(At, "parameter '" + P.Id + "' is in '" + Known.Unit + "'");
      P.Unit = Known.Unit;
      P.FromUser = true;
    }
    Known = std::move(P);
  }

  void threshold(YamlNode &Node) {
    const size_t Before = Yaml.errorCount();
    llvm::SMLoc At = Yaml.place(Node);
    Threshold T;
    std::optional<double> Value;
    Yaml.mapping(Node, {"id", "title", "value"}, [&](StringRef Key, YamlNode &V) {
      if (Key == "value")
        Value = number(Key, V);
      else if (auto Text = Yaml.placedText(V, Key))
        (Key == "id" ? T.Id : T.Title) = Text->Value;
    });
    if (Yaml.errorCount() != Before)
      return;
    if (T.Id.empty() || !Value)
      return Yaml.error(At, "a threshold wants 'id' and 'value'");
    T.Value = *Value;
    auto Known = llvm::find_if(Into.Limits, [&](const Threshold &Other) { return Other.Id == T.Id; });
    if (Known != Into.Limits.end())
      Known->Value = T.Value;
    else if (OfUser)
      Yaml.error(At, "there is no threshold '" + T.Id + "'");
    else
      Into.Limits.push_back(std::move(T));
  }

  void backtest(YamlNode &Node) {
    BacktestRow Row;
    Yaml.mapping(Node,
                 {"data", "predictor", "source", "cases", "spearman", "auc", "top20", "mean-factor",
                  "within-three", "covered"},
                 [&](StringRef Key, YamlNode &Value) {
                   if (Key == "data" || Key == "predictor" || Key == "source") {
                     if (auto T = Yaml.placedText(Value, Key))
                       (Key == "data"     ? Row.Data
                        : Key == "source" ? Row.Source
                                          : Row.Predictor) = T->Value;
                   } else if (auto N = number(Key, Value)) {
                     if (Key == "cases")
                       Row.Cases = unsigned(*N);
                     else
                       (Key == "spearman"       ? Row.Spearman
                        : Key == "auc"          ? Row.Auc
                        : Key == "top20"        ? Row.Top20
                        : Key == "mean-factor"  ? Row.MeanFactor
                        : Key == "within-three" ? Row.WithinThree
                                                : Row.Covered) = *N;
                   }
                 });
    Into.Tests.push_back(std::move(Row));
  }

  YamlReader Yaml;
  Parameters &Into;
  bool OfUser;
  llvm::StringSet<> Seen;
};
} // namespace cuport

Parameters Parameters::builtin() {
  Parameters Result;
  Result.All.resize(std::size(Spellings));
  for (const EmbeddedFile &File : EmbeddedFiles)
    llvm::cantFail(ParameterReader(llvm::MemoryBufferRef(File.Content, File.Path), Result, /*OfUser=*/false).read());
  // test/unit/Effort looks that none is missing.
  return Result;
}

llvm::Error Parameters::overlay(llvm::MemoryBufferRef File) {
  return ParameterReader(File, *this, /*OfUser=*/true).read();
}

double Parameters::threshold(StringRef Id) const {
  for (const Threshold &T : Limits)
    if (T.Id == Id)
      return T.Value;
  llvm_unreachable("effort.yaml has all thresholds that the code asks for");
}

std::string Parameters::fingerprint() const {
  std::string All = Model;
  for (const ModelParameter &P : this->All)
    All += "\n" + P.Id + " " + std::to_string(P.Low) + " " + std::to_string(P.Expected) + " " + std::to_string(P.High);
  for (const Threshold &T : Limits)
    All += "\n" + T.Id + " " + std::to_string(T.Value);
  return llvm::utohexstr(llvm::xxh3_64bits(All), /*LowerCase=*/true, /*Width=*/16);
}

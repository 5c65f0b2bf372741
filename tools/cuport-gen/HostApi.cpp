// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "HostApi.h"
#include "SurfaceTypes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

/// CUDA's headers define these inline, so no library has them: cuport/driver_functions.h.
static bool isInline(StringRef Name) {
  return Name.starts_with("make_cuda") || Name.starts_with("cudaCreateChannelDescHalf") ||
         Name == "cudaCreateChannelDescNV12";
}

/// `cuMemAlloc` of `cuMemAlloc_v2`, `cublasSasum_64` of `cublasSasum_v2_64`; empty where the name has no version.
static std::string unversioned(StringRef Name) {
  StringRef Base = Name;
  StringRef Width = Base.consume_back("_64") ? "_64" : "";
  StringRef Digits = Base.take_back(Base.size() - Base.find_last_not_of("0123456789") - 1);
  Base = Base.drop_back(Digits.size());
  return !Digits.empty() && Base.consume_back("_v") ? (Base + Width).str() : "";
}

StringRef HostFunction::mark() const {
  // `const void *symbol`, `const T &symbol`; a name of one as text is none.
  return llvm::any_of(Parameters, [](const Parameter &P) { return P.Name == "symbol" && P.type() != "const char *"; }) ? "CUPORT_OF_VARIABLE " : "";
}

/// Parameter From as an argument for To, or nothing where a cast does not do it.
static std::optional<std::string> argument(const Parameter &From, const Parameter &To) {
  if (From.type() == To.type())
    return From.Name;
  StringRef Before = From.Before;
  bool ToPointer = StringRef(To.Before).ends_with("*");
  if (!ToPointer || !To.After.empty() || Before.contains('('))
    return std::nullopt;
  if (Before.ends_with("&"))
    return "(" + To.type() + ")__builtin_addressof(" + From.Name + ")";
  return "(" + To.type() + ")" + From.Name;
}

/// The call of To with the parameters of From.
static std::optional<std::string> call(const HostFunction &From, const HostFunction &To) {
  if (From.Parameters.size() != To.Parameters.size())
    return std::nullopt;
  std::string Text;
  for (auto [A, B] : llvm::zip_equal(From.Parameters, To.Parameters)) {
    auto Argument = argument(A, B);
    if (!Argument)
      return std::nullopt;
    Text += (Text.empty() ? "" : ", ") + *Argument;
  }
  return To.Name + "(" + Text + ")";
}

namespace {

class ApiReader {
public:
  explicit ApiReader(const RawLibrary &Library) : Library(Library) {}
  llvm::Expected<HostApi> read();

private:
  llvm::Error readRow(const RawRow &Row);
  llvm::Expected<HostFunction> function(const RawRow &Row, StringRef Text) const;

  const RawLibrary &Library;
  HostApi Api;
  /// By name without version and the types of the parameters: the name with version.
  llvm::StringMap<llvm::StringMap<std::string>> Versions;
};

} // namespace

llvm::Expected<HostFunction> ApiReader::function(const RawRow &Row, StringRef Text) const {
  auto S = takeApart(Text);
  if (!S)
    return signatureError(Library, Row, Text);
  return HostFunction{&Row, Row.Cuda, *S, parameters(S->Parameters), ""};
}

llvm::Error ApiReader::readRow(const RawRow &Row) {
  std::vector<HostFunction> C, Cxx;
  for (StringRef Text : Row.Signatures) {
    auto F = function(Row, Text);
    if (!F)
      return F.takeError();
    (isCxx(Text) ? Cxx : C).push_back(std::move(*F));
  }
  auto Bound = Versions.find(Row.Cuda);
  auto versionOf = [&](const HostFunction &F) -> StringRef {
    if (Bound == Versions.end())
      return "";
    auto It = Bound->second.find(typeList(F.Parameters));
    return It == Bound->second.end() ? StringRef() : StringRef(It->second);
  };
  std::optional<HostFunction> Symbol;
  std::vector<HostFunction> Others;
  for (HostFunction &F : C)
    if (!Symbol && versionOf(F).empty())
      Symbol = F;
    else
      Others.push_back(F);
  StringRef Version = Others.empty() ? StringRef() : versionOf(Others.front());
  if (Symbol && !Library.LegacyHeader.empty() && (Row.Group == "legacy" || !Version.empty())) {
    Api.Legacy.push_back(*Symbol);
    if (!Version.empty())
      Api.Aliases.emplace_back(Row.Cuda, Version.str());
    return llvm::Error::success();
  }
  if (Symbol) {
    Api.Symbols.push_back(*Symbol);
  } else if (!Others.empty()) {
    // All forms have versions: the name means the oldest, which is CUDA 12's.
    Symbol = Others.back();
    Others.pop_back();
    Api.Aliases.emplace_back(Row.Cuda, versionOf(*Symbol).str());
    Symbol->Name = versionOf(*Symbol);
  }
  for (HostFunction &F : Others) {
    if (StringRef Name = versionOf(F); !Name.empty()) {
      HostFunction Target = F;
      Target.Name = Name;
      F.Call = *call(F, Target);
    }
    // Next to a form that is the begin of this one, default arguments would make calls ambiguous.
    if (StringRef(typeList(F.Parameters)).starts_with(typeList(Symbol->Parameters)))
      for (Parameter &P : F.Parameters)
        P.Default.clear();
    Api.Overloads.push_back(F);
  }
  for (HostFunction &F : Cxx) {
    if (Symbol)
      F.Call = call(F, *Symbol).value_or("");
    Api.Overloads.push_back(F);
  }
  return llvm::Error::success();
}

llvm::Expected<HostApi> ApiReader::read() {
  for (const RawRow &Row : Library.Rows) {
    std::string Base = unversioned(Row.Cuda);
    if (Row.Kind != ApiKind::Function || Row.Signatures.empty() || Base.empty())
      continue;
    auto F = function(Row, Row.Signatures.front());
    if (!F)
      return F.takeError();
    // The highest version of equal ones; rows come in any order.
    std::string &Name = Versions[Base][typeList(F->Parameters)];
    Name = std::max(Name, Row.Cuda);
  }
  for (const RawRow &Row : Library.Rows)
    if (Row.Kind == ApiKind::Function && !isCxx(Row.Cuda) && !isInline(Row.Cuda))
      if (llvm::Error E = readRow(Row))
        return std::move(E);
  return std::move(Api);
}

llvm::Expected<HostApi> gen::hostApi(const RawLibrary &Library) {
  return ApiReader(Library).read();
}

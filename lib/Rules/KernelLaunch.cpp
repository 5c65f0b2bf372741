// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernel launches. HIP's compilers take <<<>>> as it is; --launch=macro writes hipLaunchKernelGGL.
//
//   Before: scale<<<grid, block>>>(p, n);     After (macro): hipLaunchKernelGGL(scale, grid, block, 0, 0, p, n);
//
// Brackets that stand apart, k << <g, b >> >(), are joined. A launch in a macro body is edited there, where all of it stands there; half a launch is a finding.

#include "Rules/Calls.h"
#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"
#include "Rules/RowUse.h"

using namespace cuport;

namespace {
struct Launch {
  TokenRange Kernel;
  size_t Open = 0;  ///< <<<
  size_t Close = 0; ///< >>>
  std::vector<TokenRange> Config;
  CallTokens Call;
};
} // namespace

/// The tokens that name the kernel, read backwards from <<<: k, ns::k, k<T>, (k), this->k.
static std::optional<TokenRange> kernelBefore(const FileView &File, size_t Open) {
  size_t I = Open;
  auto Text = [&](size_t Index) { return File.text(Index); };
  if (I == 0)
    return std::nullopt;
  if (Text(I - 1) == ">" || Text(I - 1) == ">>") {
    int Depth = 0;
    while (I > 0) {
      --I;
      if (Text(I) == ">" || Text(I) == ">>")
        Depth += Text(I).size();
      else if (Text(I) == "<" && --Depth == 0)
        break;
      else if (Text(I) == ";" || Text(I) == "{")
        return std::nullopt;
    }
  } else if (Text(I - 1) == ")") {
    size_t Paren = I - 1;
    for (I = Paren; I > 0 && File.Source.matching(I) != Paren;)
      --I;
    return TokenRange{I, Open};
  }
  if (I == 0 || File.tokens()[I - 1].What != Token::Identifier)
    return std::nullopt;
  --I;
  while (I > 1 && (Text(I - 1) == "::" || Text(I - 1) == "." || Text(I - 1) == "->") &&
         File.tokens()[I - 2].What == Token::Identifier)
    I -= 2;
  if (I > 0 && Text(I - 1) == "::")
    --I;
  return TokenRange{I, Open};
}

static std::optional<Launch> launchAt(const FileView &File, size_t Open) {
  Launch L;
  L.Open = Open;
  const Directive *Home = File.Source.directiveOf(Open);
  size_t End = Home ? Home->Last : File.tokens().size();
  for (size_t I = Open + 1; I < End && !L.Close; ++I) {
    llvm::StringRef Text = File.text(I);
    if (Text == "(" || Text == "{" || Text == "[")
      I = File.Source.matching(I);
    else if (Text == ">>>")
      L.Close = I;
    else if (Text == ";" || Text == "}" || Text == ")")
      return std::nullopt;
  }
  if (!L.Close || L.Close + 1 >= End)
    return std::nullopt;
  auto Call = callAt(File, L.Close);
  auto Kernel = kernelBefore(File, Open);
  if (!Call || !Kernel || (Home && Kernel->First < Home->First + 3))
    return std::nullopt;
  L.Call = *Call;
  L.Kernel = *Kernel;
  L.Config = splitAtCommas(File, {Open + 1, L.Close});
  if (L.Config.size() < 2 || L.Config.size() > 4)
    return std::nullopt;
  return L;
}

static bool hasBareComma(const FileView &File, TokenRange Range) {
  int Depth = 0;
  for (size_t I = Range.First; I < Range.Last; ++I) {
    if (File.is(I, "("))
      ++Depth;
    else if (File.is(I, ")"))
      --Depth;
    else if (File.is(I, ",") && Depth == 0)
      return true;
  }
  return false;
}

/// Edits that turn the launch into hipLaunchKernelGGL and touch nothing between its punctuation, so that names inside
/// it can still be renamed.
static std::vector<Edit> asMacro(const FileView &File, const Launch &L) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  std::vector<Edit> Edits;
  auto Insert = [&](uint32_t Offset, std::string Text) { Edits.push_back({Offset, 0, std::move(Text)}); };
  bool Template = hasBareComma(File, L.Kernel);
  Insert(Tokens[L.Kernel.First].Offset,
         Template ? "hipLaunchKernelGGL(HIP_KERNEL_NAME(" : "hipLaunchKernelGGL(");
  uint32_t KernelEnd = Tokens[L.Kernel.Last - 1].end();
  Edits.push_back({KernelEnd, File.Source.endOf(Tokens[L.Open]) - KernelEnd, Template ? "), " : ", "});
  for (TokenRange Part : L.Config)
    if (!Part.empty() && hasBareComma(File, Part)) {
      Insert(Tokens[Part.First].Offset, File.is(Part.First, "{") ? "(dim3" : "(");
      Insert(Tokens[Part.Last - 1].end(), ")");
    }
  std::string Rest;
  for (size_t N = L.Config.size(); N < 4; ++N)
    Rest += ", 0";
  uint32_t ConfigEnd = Tokens[L.Close - 1].end();
  uint32_t ArgsBegin = Tokens[L.Call.Open].end();
  if (!L.Call.Arguments.empty()) {
    bool OnlyVariadic = L.Call.Arguments.size() == 1 && textOf(File, L.Call.Arguments[0]) == "__VA_ARGS__";
    Rest += OnlyVariadic ? ", ##" : ", ";
  }
  Edits.push_back({ConfigEnd, ArgsBegin - ConfigEnd, Rest});
  return Edits;
}

/// Edits that write the brackets of a launch in one piece where they are apart in the text.
static std::vector<Edit> joinBrackets(const FileView &File, size_t Open) {
  std::vector<Edit> Edits;
  auto Join = [&](size_t Index) {
    const Token &T = File.tokens()[Index];
    if (const uint32_t End = File.Source.endOf(T); End != T.end())
      Edits.push_back({T.Offset, End - T.Offset, File.text(Index).str()});
  };
  Join(Open);
  size_t Close = Open + 1;
  while (Close < File.tokens().size() && !File.is(Close, ">>>") && !File.is(Close, ";"))
    ++Close;
  if (Close < File.tokens().size())
    Join(Close);
  return Edits;
}

/// What the launch at Offset asks of a card, where its shape is written in numbers; a message where HIP does not have it.
static void measure(const FileView &File, uint32_t Offset, Finding &F) {
  auto Amount = [&](CodeFact::Kind What) -> uint32_t {
    if (!File.Facts)
      return 0;
    CodeFact Wanted;
    Wanted.Offset = Offset;
    Wanted.What = What;
    auto It = File.Facts->Code.find(Wanted);
    return It == File.Facts->Code.end() ? 0 : It->Amount;
  };
  constexpr uint32_t MaxThreads = 1024, MaxShared = 64 * 1024;
  uint32_t Threads = Amount(CodeFact::LaunchThreads), Shared = Amount(CodeFact::LaunchShared);
  if (Threads)
    F.Needs.push_back(need(FactKey::BlockThreads, Threads));
  if (Shared)
    F.Needs.push_back(need(FactKey::SharedMemory, Shared));
  std::string Problem;
  if (Threads > MaxThreads)
    Problem = "a block is to have " + std::to_string(Threads) + " threads, and 1024 is the most";
  else if (Amount(CodeFact::LaunchGrid) == UINT32_MAX)
    Problem = "the grid has 2^32 threads or more, which HIP refuses: launch fewer blocks and let each loop";
  else if (Shared > MaxShared)
    Problem = "a block is to have " + bytesText(Shared) + " of shared memory; most of AMD's cards have 64 KiB and the launch fails: make the tile smaller there";
  if (Problem.empty())
    return;
  F.Verdict = Verdict::Review;
  F.Message = Problem;
}

/// True where something in the file asks for the error of a launch.
static bool asksForErrors(const FileView &File) {
  for (const Token &T : File.tokens())
    if (llvm::StringRef Name = File.Source.textOf(T);
        T.What == Token::Identifier && (Name.contains("LastError") || Name.contains("LastCudaError") || Name.contains("LAUNCH_CHECK")))
      return true;
  return false;
}

namespace cuport {
void runKernelLaunch(const FileView &File, std::vector<Finding> &Findings) {
  std::optional<bool> Asks;
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Punctuator || T.Length != 3 || !File.is(I, "<<<"))
      continue;
    auto Fact = File.Facts ? File.Facts->Launches.find(T.Offset) : std::map<uint32_t, bool>::const_iterator();
    bool Seen = File.Facts && Fact != File.Facts->Launches.end();
    bool InDevice = Seen && Fact->second;
    Finding F = File.finding("kernel-launch", T.Offset, T.Length, Verdict::AsIs,
                             Seen ? Confidence::Resolved : File.lexicalConfidence(T.Offset));
    auto L = launchAt(File, I);
    if (InDevice && File.Options.Card) {
      F.Verdict = Verdict::Unknown;
      F.Message = "a kernel is launched in device code (dynamic parallelism); " +
                  supportText(File.Options.Card->card(), FactKey::DynamicParallelism);
    } else if (File.Options.Card && !File.Options.Card->card().fact(FactKey::SimtKernels)) {
      F.Verdict = Verdict::Unknown;
      F.Message = "how a kernel is launched on " + File.Options.Output + " is not known; the launch stays as it is";
    } else if (InDevice) {
      F.Verdict = Verdict::Redesign;
      F.Needs = {need(FactKey::DynamicParallelism)};
      F.Message = "a kernel is launched in device code (dynamic parallelism), which HIP does not have; launch it from the "
                  "host, or make a loop or a work queue of it";
    } else if (!L && !Seen) {
      F.Verdict = Verdict::Review;
      F.Message = "only part of a kernel launch stands here; see that what the macro makes of it is a launch in " + File.Options.Output;
    } else if (!L) {
      F.Message = "a launch in pieces stays as it is, which " + File.Options.Output + " takes too";
    } else if (!File.Options.LaunchMacro) {
      if (!Asks)
        Asks = asksForErrors(File);
      F.Message = "launch syntax is the same in " + File.Options.Output;
      if (!*Asks)
        F.Message += "; nothing in this file asks for the error of a launch, so that one which the card refuses goes unseen: call cudaGetLastError() behind it";
    } else {
      F.Name = textOf(File, L->Kernel).str();
      F.Verdict = Verdict::Edit;
      F.Replacement = "hipLaunchKernelGGL";
      F.Message = "the launch is written with hipLaunchKernelGGL";
      F.Edits = asMacro(File, *L);
    }
    if (!InDevice && !File.Options.Card)
      measure(File, T.Offset, F);
    if (auto Joined = joinBrackets(File, I); !Joined.empty() && F.Edits.empty()) {
      F.Edits = std::move(Joined);
      if (F.Verdict == Verdict::AsIs) {
        F.Verdict = Verdict::Edit;
        F.Replacement = "<<<";
        F.Message = "nvcc takes a launch whose brackets are apart, " + File.Options.Output + "'s compilers do not; they are written in one piece";
      }
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/RowUse.h"

#include "Knowledge/CallText.h"
#include "Rules/Needs.h"

#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

RowUse cuport::wholeRow(const ApiRow &Row, Version Hip) {
  return {verdictFor(Row, Hip), hipNameFor(Row, Hip), Row.Note};
}

std::vector<Need> cuport::needsOf(const ApiRow &Row, const ApiLibrary &Library) {
  if (Library.Id == "wmma")
    return {need(FactKey::TensorCores)};
  auto Key = llvm::StringSwitch<std::optional<FactKey>>(Row.Group)
                 .Cases({"texture", "surface"}, FactKey::Textures)
                 .Case("graph", FactKey::Graphs)
                 .Case("ipc", FactKey::Ipc)
                 .Case("peer", FactKey::PeerAccess)
                 .Case("managed-memory", FactKey::ManagedMemory)
                 .Case("memory-pool", FactKey::AsyncAllocation)
                 .Case("cooperative", FactKey::Cooperative)
                 .Case("half", FactKey::Fp16)
                 .Case("bfloat16", FactKey::Bf16)
                 .Case("fp8", FactKey::Fp8)
                 .Default(std::nullopt);
  return Key ? std::vector<Need>{need(*Key)} : std::vector<Need>();
}

std::string cuport::messageFor(const ApiRow &Row, const RowUse &Use, Version Hip, llvm::StringRef Output) {
  std::string Name = Row.Cuda.str();
  auto WithNote = [&](std::string Text, llvm::StringRef Note) {
    if (!Note.empty())
      Text += ": " + Note.str();
    return Text;
  };
  switch (Use.V) {
  case Verdict::AsIs:
    return WithNote("'" + Name + "' is the same in " + Output.str(), Use.Note);
  case Verdict::Rename:
  case Verdict::Edit:
    if (isWrittenAnew(Use.Hip))
      return WithNote(Output.str() + " has no '" + Name + "', and the call is written anew", Use.Note);
    if (Use.Hip.empty())
      return WithNote("'" + Name + "' goes, " + Output.str() + " has no word for it", Use.Note);
    return WithNote("'" + Name + "' is '" + Use.Hip.str() + "' in " + Output.str(), Use.Note);
  case Verdict::Review:
    return WithNote("'" + Name + "' needs a look" +
                        (Use.Hip.empty() || Use.Hip == Name ? "" : ", now '" + Use.Hip.str() + "'"),
                    Use.Note);
  case Verdict::Redesign:
    return WithNote("'" + Name + "' has to be done another way",
                    Use.Note.empty() ? Row.Reason : Use.Note);
  case Verdict::Unsupported:
    if (Row.HipSince > Hip)
      return "HIP " + toString(Hip) + " has no '" + Row.Hip.str() + (Row.Hip == Name ? "" : "' for '" + Name) +
             "'; it came with HIP " + toString(Row.HipSince);
    if (Row.HipRemoved.isKnown() && Row.HipRemoved <= Hip)
      return "HIP dropped '" + Row.Hip.str() + "', which stood for '" + Name + "', in " +
             toString(Row.HipRemoved);
    return WithNote(Output.str() + " has nothing for '" + Name + "'",
                    Row.Reason.empty() ? Use.Note : Row.Reason);
  case Verdict::Unknown:
    return WithNote("what becomes of '" + Name + "' " + (Output == "HIP" ? "" : "in " + Output.str() + " ") + "is not known", Use.Note);
  }
  return Name;
}

std::string cuport::supportText(const Target &Card, FactKey Key) {
  const TargetFact *Fact = Card.fact(Key);
  std::string Text = Card.Title.str();
  if (!Fact)
    return "whether " + Text + " has it is not known";
  switch (Fact->Support) {
  case Support::Yes:
    Text += " has it";
    break;
  case Support::Partial:
    Text += " has part of it";
    break;
  case Support::Emulated:
    Text += " has it in software";
    break;
  case Support::No:
    Text += " does not have it";
    break;
  }
  return Fact->Note.empty() ? Text : Text + ": " + Fact->Note.str();
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/PlanUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetOperations.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <deque>

using namespace cuport;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// Headers that every system has keep their meaning, even where the project has a file of that name.
static bool isSystemHeader(llvm::StringRef Name) {
  if (!Name.contains('.'))
    return true; // <vector>
  for (llvm::StringRef Folder : {"/usr/include", "/usr/include/x86_64-linux-gnu", "/usr/include/c++"}) {
    llvm::SmallString<256> Path(Folder);
    path::append(Path, Name);
    if (fs::exists(Path))
      return true;
  }
  return false;
}

static size_t commonPrefix(llvm::StringRef A, llvm::StringRef B) {
  size_t I = 0, Slash = 0;
  for (; I < A.size() && I < B.size() && A[I] == B[I]; ++I)
    if (A[I] == '/')
      Slash = I;
  return Slash;
}

IncludeGraph::IncludeGraph(llvm::ArrayRef<PlannedFile> Files, HeaderPredicate IsCuda) : Files(Files) {
  for (const PlannedFile &F : Files) {
    ByPath[F.RealPath] = &F;
    ByName[path::filename(F.RealPath)].push_back(F.RealPath);
  }
  for (const PlannedFile &F : Files) {
    auto &Out = Edges[F.RealPath];
    for (const Directive &D : F.Source->directives()) {
      if (!D.Name.starts_with("include") || D.Last < D.First + 3)
        continue;
      const Token &T = F.Source->tokens()[D.First + 2];
      if (T.What != Token::Header || T.Length < 3)
        continue;
      llvm::StringRef Text = F.Source->textOf(T);
      if (auto R = resolve(F.RealPath, Text.drop_front().drop_back(), Text.starts_with("<"), IsCuda)) {
        if (R->Path != F.RealPath)
          Included.insert(R->Path);
        R->Offset = T.Offset;
        R->Angled = Text.starts_with("<");
        Out.push_back(std::move(*R));
      }
    }
  }
}

std::optional<IncludeGraph::Resolved> IncludeGraph::resolve(llvm::StringRef Includer, llvm::StringRef Name, bool Angled,
                                                            HeaderPredicate IsCuda) const {
  auto Real = [](llvm::StringRef Folder, llvm::StringRef Name) -> std::optional<std::string> {
    llvm::SmallString<256> Path(Folder), Result;
    path::append(Path, Name);
    if (fs::is_regular_file(Path) && !fs::real_path(Path, Result))
      return std::string(Result);
    return std::nullopt;
  };
  llvm::StringRef Home = path::parent_path(Includer);
  if (Angled && (isSystemHeader(Name) || IsCuda(Name)))
    return std::nullopt;
  if (auto Path = Real(Home, Name))
    return Resolved{*Path, Angled ? Home.str() : ""};
  // A file of the tree whose path ends so; of several the nearest.
  llvm::SmallString<128> Suffix("/");
  Suffix += Name;
  while (llvm::StringRef(Suffix).starts_with("/../"))
    Suffix.erase(Suffix.begin(), Suffix.begin() + 3);
  const std::string *Best = nullptr;
  if (auto It = ByName.find(path::filename(Name)); It != ByName.end())
    for (const std::string &Path : It->second)
      if (llvm::StringRef(Path).ends_with(Suffix) &&
          (!Best || commonPrefix(Path, Includer) > commonPrefix(*Best, Includer)))
        Best = &Path;
  if (Best && !llvm::StringRef(Name).starts_with("../"))
    return Resolved{*Best, Best->substr(0, Best->size() - Suffix.size())};
  // A folder that projects keep beside their sources, though it is not part of the run.
  llvm::StringRef Folder = Home;
  for (unsigned Up = 0; Up < 4 && Folder.size() > 1; ++Up, Folder = path::parent_path(Folder))
    for (llvm::StringRef Beside : {"", "include", "inc", "src", "common", "Common"}) {
      llvm::SmallString<256> Candidate(Folder);
      path::append(Candidate, Beside);
      if (auto Path = Real(Candidate, Name))
        return Resolved{*Path, std::string(Candidate)};
    }
  return std::nullopt;
}

void IncludeGraph::walk(const std::string &Unit, IncludeFolders &Folders,
                        std::set<std::string> &Reached) const {
  std::deque<std::string> Todo{Unit};
  while (!Todo.empty()) {
    std::string Path = std::move(Todo.front());
    Todo.pop_front();
    if (!Reached.insert(Path).second)
      continue;
    auto It = Edges.find(Path);
    if (It == Edges.end())
      continue;
    for (const Resolved &R : It->second) {
      if (!R.Folder.empty()) {
        auto Known = llvm::find_if(Folders, [&](const auto &F) { return F.first == R.Folder; });
        if (Known == Folders.end())
          Folders.emplace_back(R.Folder, R.Angled);
        else
          Known->second |= R.Angled;
      }
      Todo.push_back(R.Path);
    }
  }
}

UnitCommand IncludeGraph::command(const PlannedFile &F, bool Cuda, const IncludeFolders &Folders,
                                  llvm::ArrayRef<std::string> ExtraArgs) {
  UnitCommand U;
  U.File = F.RealPath;
  U.Directory = path::parent_path(F.RealPath).str();
  U.Language = Cuda ? Language::Cuda : languageOf(F.RealPath);
  for (const std::string &Arg : ExtraArgs)
    U.Args.push_back(Arg);
  for (const auto &[Folder, Angled] : Folders)
    U.Args.push_back((Angled ? "-I" : "-iquote") + Folder);
  return U;
}

std::vector<UnitCommand> IncludeGraph::plan(llvm::ArrayRef<std::string> ExtraArgs,
                                            llvm::function_ref<bool(const PlannedFile &)> IsUnit) const {
  std::vector<UnitCommand> Units;
  for (const PlannedFile &F : Files) {
    if (!IsUnit(F))
      continue;
    IncludeFolders Folders;
    std::set<std::string> Reached;
    walk(F.RealPath, Folders, Reached);
    bool HasCuda = false, HasKernels = false;
    for (const std::string &Path : Reached)
      if (auto It = ByPath.find(Path); It != ByPath.end()) {
        HasCuda |= It->second->HasCuda;
        HasKernels |= It->second->HasKernels;
      }
    if (HasCuda)
      Units.push_back(command(F, HasKernels, Folders, ExtraArgs));
  }
  return Units;
}

std::vector<UnitCommand> IncludeGraph::planUnits(llvm::ArrayRef<std::string> ExtraArgs) const {
  return plan(ExtraArgs, [&](const PlannedFile &F) { return isUnitName(F.RealPath) && !Included.count(F.RealPath); });
}

std::vector<UnitCommand> IncludeGraph::planLeftovers(const std::set<std::string> &Wanted,
                                                     llvm::ArrayRef<std::string> ExtraArgs) const {
  return plan(ExtraArgs, [&](const PlannedFile &F) { return Wanted.count(F.RealPath) != 0; });
}

std::vector<UnitCommand> IncludeGraph::unitsThatShow(std::set<std::string> Wanted, std::vector<UnitCommand> Units) const {
  std::map<std::string, std::set<std::string>> Shows;
  for (const UnitCommand &U : Units) {
    IncludeFolders Folders;
    std::set<std::string> Reached;
    walk(U.File, Folders, Reached);
    llvm::set_intersect(Reached, Wanted);
    if (!Reached.empty())
      Shows.emplace(U.File, std::move(Reached));
  }
  std::set<std::string> Chosen;
  while (!Wanted.empty()) {
    const std::string File = *Wanted.begin();
    const std::pair<const std::string, std::set<std::string>> *Best = nullptr;
    for (const auto &Unit : Shows)
      if (Unit.second.count(File) && (!Best || std::pair(Unit.second.size(), commonPrefix(Unit.first, File)) >
                                                   std::pair(Best->second.size(), commonPrefix(Best->first, File))))
        Best = &Unit;
    Wanted.erase(File);
    if (!Best)
      continue;
    llvm::set_subtract(Wanted, Best->second);
    Chosen.insert(Best->first);
  }
  llvm::erase_if(Units, [&](const UnitCommand &U) { return !Chosen.count(U.File); });
  return Units;
}

std::map<std::string, std::map<uint32_t, std::string>> IncludeGraph::ownIncludes() const {
  std::map<std::string, std::map<uint32_t, std::string>> Own;
  for (const auto &[Includer, Includes] : Edges)
    for (const Resolved &R : Includes)
      Own[Includer].emplace(R.Offset, R.Path);
  return Own;
}

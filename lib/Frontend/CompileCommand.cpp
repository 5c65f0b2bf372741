// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/CompileCommand.h"

#include "clang/Tooling/JSONCompilationDatabase.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace cuport;
namespace path = llvm::sys::path;

/// A build makes version.h of version.h.in, version.h.cmake, version.h.cmake.in or version.h.cmakein.
static llvm::StringRef extensionOf(llvm::StringRef Path) {
  Path.consume_back(".in");
  if (!Path.consume_back(".cmake"))
    Path.consume_back(".cmakein");
  return path::extension(Path);
}

Language cuport::languageOf(llvm::StringRef Path) {
  return llvm::StringSwitch<Language>(extensionOf(Path))
      .Cases({".cu", ".cuh"}, Language::Cuda)
      .Case(".c", Language::C)
      .Default(Language::Cxx);
}

bool cuport::isUnitName(llvm::StringRef Path) {
  return llvm::StringSwitch<bool>(extensionOf(Path))
      .Cases({".cu", ".c", ".cc", ".cpp", ".cxx", ".c++", ".C"}, true)
      .Default(false);
}

bool cuport::isSourceName(llvm::StringRef Path) {
  return isUnitName(Path) || llvm::StringSwitch<bool>(extensionOf(Path))
                                 .Cases({".cuh", ".h", ".hh", ".hpp", ".hxx", ".h++"}, true)
                                 .Cases({".inl", ".inc", ".ipp", ".tcc", ".tpp", ".impl", ".cui"}, true)
                                 .Default(false);
}

bool cuport::isConfigured(llvm::StringRef Path) { return isSourceName(Path) && extensionOf(Path) != path::extension(Path); }

/// Flags that take part in a parse, with their argument joined or in the next word.
static constexpr llvm::StringLiteral Kept[] = {"-isystem", "-iquote",  "-idirafter", "-include",
                                               "-imacros", "-I",       "-D",         "-U"};

/// nvcc's long spellings of them.
static llvm::StringRef shortSpelling(llvm::StringRef Long) {
  return llvm::StringSwitch<llvm::StringRef>(Long)
      .Case("--include-path", "-I")
      .Case("--system-include", "-isystem")
      .Case("--define-macro", "-D")
      .Case("--undefine-macro", "-U")
      .Cases({"--pre-include", "--include"}, "-include")
      .Default(Long);
}

/// nvcc takes several folders or macros in one word, parted by commas; clang does not.
static void addSplit(std::vector<std::string> &Args, llvm::StringRef Flag, llvm::StringRef Value, bool Nvcc) {
  llvm::SmallVector<llvm::StringRef> Parts;
  if (Nvcc && (Flag == "-I" || Flag == "-isystem" || Flag == "-include"))
    Value.split(Parts, ',', -1, /*KeepEmpty=*/false);
  else
    Parts.push_back(Value);
  for (llvm::StringRef Part : Parts) {
    if (Flag.size() == 2) {
      Args.push_back((Flag + Part).str());
    } else {
      Args.push_back(Flag.str());
      Args.push_back(Part.str());
    }
  }
}

UnitCommand cuport::unitFromCommandLine(llvm::StringRef File, llvm::StringRef Directory,
                                        llvm::ArrayRef<std::string> CommandLine) {
  UnitCommand U{File.str(), Directory.str(), languageOf(File), {}};
  bool Nvcc = !CommandLine.empty() && path::stem(CommandLine.front()).contains("nvcc");
  for (size_t I = 1; I < CommandLine.size(); ++I) {
    llvm::StringRef Word = CommandLine[I];
    auto [Name, Joined] = Word.split('=');
    if (Word == "-x" && I + 1 < CommandLine.size())
      Joined = CommandLine[++I], Name = "-x";
    if (Name == "-x" || Name == "--x") {
      U.Language = llvm::StringSwitch<Language>(Joined)
                       .Cases({"cu", "cuda", "hip"}, Language::Cuda)
                       .Case("c", Language::C)
                       .Default(Language::Cxx);
      continue;
    }
    if (Name == "-std" || Name == "--std") {
      if (Joined.empty() && I + 1 < CommandLine.size())
        Joined = CommandLine[++I];
      U.Args.push_back(("-std=" + Joined).str());
      continue;
    }
    llvm::StringRef Short = shortSpelling(Name);
    if (Short != Name) {
      if (Joined.empty() && I + 1 < CommandLine.size())
        Joined = CommandLine[++I];
      addSplit(U.Args, Short, Joined, Nvcc);
      continue;
    }
    for (llvm::StringRef Flag : Kept) {
      if (!Word.starts_with(Flag))
        continue;
      llvm::StringRef Value = Word.drop_front(Flag.size());
      if (Flag.size() > 2 && Value.starts_with("="))
        Value = Value.drop_front();
      if (Value.empty() && I + 1 < CommandLine.size())
        Value = CommandLine[++I];
      if (!Value.empty()) // a flag that lacks its argument at the end of the line
        addSplit(U.Args, Flag, Value, Nvcc);
      break;
    }
  }
  return U;
}

std::vector<std::string> cuport::parseFlags(llvm::StringRef Directory, llvm::ArrayRef<std::string> Flags) {
  std::vector<std::string> CommandLine{"nvcc"}; // whose spellings come on top of those that all compilers share
  CommandLine.insert(CommandLine.end(), Flags.begin(), Flags.end());
  std::vector<std::string> Args = unitFromCommandLine("", Directory, CommandLine).Args;
  auto Absolute = [&](llvm::StringRef Path, bool OnlyIfThere) {
    llvm::SmallString<256> Result(Path);
    llvm::sys::path::make_absolute(Directory, Result);
    return OnlyIfThere && !llvm::sys::fs::exists(Result) ? Path.str() : std::string(Result);
  };
  for (size_t I = 0; I < Args.size(); ++I) {
    llvm::StringRef Arg = Args[I];
    if (Arg == "-isystem" || Arg == "-iquote" || Arg == "-idirafter")
      Args[I + 1] = Absolute(Args[I + 1], false), ++I;
    else if (Arg == "-include" || Arg == "-imacros") // looked up on the include path too
      Args[I + 1] = Absolute(Args[I + 1], true), ++I;
    else if (Arg.starts_with("-I"))
      Args[I] = "-I" + Absolute(Arg.drop_front(2), false);
  }
  return Args;
}

llvm::Expected<std::vector<UnitCommand>> cuport::readCompilationDatabase(llvm::StringRef Path) {
  llvm::SmallString<256> File(Path);
  if (llvm::sys::fs::is_directory(File))
    path::append(File, "compile_commands.json");
  std::string Error;
  auto Database = clang::tooling::JSONCompilationDatabase::loadFromFile(
      File, Error, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return llvm::createStringError(File + ": " + llvm::StringRef(Error).trim());
  std::vector<UnitCommand> Units;
  for (const clang::tooling::CompileCommand &C : Database->getAllCompileCommands()) {
    llvm::SmallString<256> Directory(C.Directory);
    if (path::is_relative(Directory)) {
      llvm::SmallString<256> Base(path::parent_path(File));
      path::append(Base, C.Directory);
      Directory = Base;
      llvm::sys::fs::make_absolute(Directory);
    }
    llvm::SmallString<256> Source(C.Filename);
    if (path::is_relative(Source)) {
      Source = Directory;
      path::append(Source, C.Filename);
    }
    path::remove_dots(Source, /*remove_dot_dot=*/true);
    Units.push_back(unitFromCommandLine(Source, Directory, C.CommandLine));
  }
  return Units;
}

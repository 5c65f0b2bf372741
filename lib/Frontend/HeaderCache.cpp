// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/HeaderCache.h"

#include "clang/Lex/DependencyDirectivesScanner.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

#include <set>
#include <unistd.h>

using namespace cuport;
namespace fs = llvm::sys::fs;

// Source: ISO/IEC 14882:2020, tables of C++ library headers and of C++ headers for C library
// facilities.
// clang-format off
static constexpr llvm::StringLiteral StandardHeaders[] = {
    "algorithm", "any", "array", "atomic", "bit", "bitset", "ccomplex", "cctype", "cerrno", "cfenv", "cfloat",
    "charconv", "chrono", "cinttypes", "climits", "clocale", "cmath", "codecvt", "compare", "complex", "complex.h",
    "concepts", "condition_variable", "coroutine", "csetjmp", "csignal", "cstdarg", "cstddef", "cstdint", "cstdio",
    "cstdlib", "cstring", "ctgmath", "ctime", "ctype.h", "cuchar", "cwchar", "cwctype", "deque", "errno.h", "exception",
    "execution", "fenv.h", "filesystem", "float.h", "forward_list", "fstream", "functional", "future",
    "initializer_list", "inttypes.h", "iomanip", "ios", "iosfwd", "iostream", "istream", "iterator", "limits",
    "limits.h", "list", "locale", "locale.h", "map", "math.h", "memory", "memory_resource", "mutex", "new", "numbers",
    "numeric", "optional", "ostream", "queue", "random", "ranges", "ratio", "regex", "scoped_allocator", "semaphore",
    "set", "setjmp.h", "shared_mutex", "signal.h", "span", "sstream", "stack", "stdarg.h", "stddef.h", "stdexcept",
    "stdint.h", "stdio.h", "stdlib.h", "streambuf", "string", "string.h", "string_view", "system_error", "tgmath.h",
    "thread", "time.h", "tuple", "type_traits", "typeindex", "typeinfo", "unordered_map", "unordered_set", "utility",
    "valarray", "variant", "vector", "version", "wchar.h", "wctype.h"};
// clang-format on

// Those that take long and that many units include, by the name they are known under here.
static llvm::StringRef heavyHeader(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Cases({"algorithm", "chrono", "cmath", "functional", "iostream", "map", "memory", "random"},
             Name)
      .Cases({"regex", "sstream", "string", "thread", "unordered_map", "vector"}, Name)
      .Case("math.h", "cmath")
      .Default("");
}

std::vector<std::string> cuport::heavyHeaders(llvm::StringRef Text) {
  using namespace clang::dependency_directives_scan;
  llvm::SmallVector<Token, 0> Tokens;
  llvm::SmallVector<Directive, 0> Directives;
  if (clang::scanSourceForDependencyDirectives(Text, Tokens, Directives))
    return {};
  std::set<std::string> Found;
  unsigned Depth = 0; // of conditionals
  for (const Directive &D : Directives) {
    if (D.Kind == pp_if || D.Kind == pp_ifdef || D.Kind == pp_ifndef)
      ++Depth;
    else if (D.Kind == pp_endif)
      Depth -= Depth > 0;
    if (D.Kind != pp_include || Depth > 0 || D.Tokens.size() < 3)
      continue;
    // #, include and <name>, which is one token
    llvm::StringRef Name = Text.substr(D.Tokens[2].Offset, D.Tokens[2].Length);
    if (Name.consume_front("<") && Name.consume_back(">") && !heavyHeader(Name).empty())
      Found.insert(heavyHeader(Name).str());
  }
  return {Found.begin(), Found.end()};
}

bool cuport::shadowStandardHeaders(llvm::ArrayRef<std::string> Folders) {
  for (const std::string &Folder : Folders) {
    std::error_code Error;
    for (fs::directory_iterator It(Folder, Error), End; !Error && It != End; It.increment(Error))
      if (llvm::binary_search(StandardHeaders, llvm::sys::path::filename(It->path())))
        return true;
  }
  return false;
}

/// Some 5 MB each, for the few dozen sets of headers that an engineer's projects include.
static constexpr uint64_t MaxBytes = uint64_t(128) << 20;

// What stands in a file that is no precompiled header.
static constexpr llvm::StringLiteral AskedFor = ""; // once
static constexpr llvm::StringLiteral Useless =
    "-"; // the headers do not compile, or there was no room

static void mark(llvm::StringRef Path, llvm::StringRef Text) {
  std::error_code Error;
  llvm::raw_fd_ostream File(Path, Error);
  File << Text;
  File.close();
  File.clear_error(); // it will be asked for again
}

std::string HeaderCache::find(llvm::StringRef Key,
                              llvm::function_ref<bool(llvm::StringRef)> Make) const {
  if (Folder.empty())
    return "";
  llvm::SmallString<256> Path(Folder);
  llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Key));
  // The name that pruneCache() looks for.
  llvm::sys::path::append(Path, "llvmcache-" + llvm::utohexstr(Hash.high64) +
                                    llvm::utohexstr(Hash.low64) + ".pch");
  uint64_t Size;
  if (fs::file_size(Path, Size)) {
    if (!fs::create_directories(Folder))
      mark(Path, AskedFor);
    return "";
  }
  if (Size == Useless.size())
    return "";
  if (Size > Useless.size())
    return Path.str().str();
  llvm::SmallString<256> New;
  int File;
  if (fs::createUniqueFile(Path + ".%%%%%%%%", File, New))
    return "";
  ::close(File);
  if (!Make(New) || fs::rename(New, Path)) {
    fs::remove(New);
    mark(Path, Useless);
    return "";
  }
  llvm::CachePruningPolicy Policy;
  Policy.MaxSizeBytes = MaxBytes;
  llvm::pruneCache(Folder, Policy);
  return Path.str().str();
}

void HeaderCache::drop(llvm::StringRef Path) { fs::remove(Path); }

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What cuport-gen can write: one function a verb, one file a function.
//
//   RawLibrary[]  ->  tables | surface | docs | names | shim-headers | shim-hip | shim-weak | shim-legacy | shim-library-hip | shim-npp | shim-trace | rename | hip-names
//   RawLibrary[], Target  ->  bind
//   Target        ->  host-only
//   files         ->  embed
//   RawPtxGroup[] ->  ptx-tables | ptx-docs
//   Target[]      ->  target-tables | target-docs

#ifndef CUPORT_TOOLS_CUPORT_GEN_VERBS_H
#define CUPORT_TOOLS_CUPORT_GEN_VERBS_H

#include "Knowledge/ApiLoader.h"
#include "Knowledge/PtxLoader.h"
#include "Knowledge/Target.h"

#include "llvm/Support/Error.h"

namespace cuport::gen {

/// The built-in rows as constexpr arrays for lib/Knowledge/ApiTable.cpp.
llvm::Error writeTables(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile);

/// Folder/cuport/<library>_api.h, one a library: the declarations of the CUDA header, for C and
/// C++.
llvm::Error writeSurface(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef Folder);

/// Folder/cuport/<library>_api.h, one a library: what programs are compiled with. As in the
/// surface, but names stand for their versions' symbols and templates are defined. Of a library that has a legacy header
/// these names and that header's functions stand in files of their own.
llvm::Error writeShimHeaders(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef Folder);

/// The header cuport/hip_api.h: HIP's spelling of what writeShimHeaders declares. Of libraries
/// given first the names count.
llvm::Error writeShimHip(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile);

/// Folder/cuport/hip<blas>_api.h, one a library: HIP's spelling of a library of functions for the host, over CUDA's. The header of HIP's
/// that defines the types includes it.
llvm::Error writeShimLibraryHip(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef Folder);

/// A C++ file that defines each symbol of the libraries weakly, to call with its name what says that something is not supported:
/// cuport_not_supported, cuport_not_supported_driver, cuport_not_supported_library.
llvm::Error writeShimWeak(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile);

/// A C++ file that defines the functions of the libraries' legacy headers by their functions of today and `legacy<Result>`, for shims/libs.
llvm::Error writeShimLegacy(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile);

/// A C++ file that has NPP's functions by operations, for shims/libs/npp.
llvm::Error writeShimNpp(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile);

/// A C++ file that defines each function of the libraries to count the call and make it, for shims/trace.
llvm::Error writeShimTrace(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile);

/// Folder/<CUDA header>, one an include row, and Folder/cuport/rename.h: CUDA's names over the
/// headers of that HIP release. The headers include cuport/prelude.h first, which is the binding's
/// own.
llvm::Error writeRename(llvm::ArrayRef<RawLibrary> Libraries, Version Hip, llvm::StringRef Folder);

/// Folder/<CUDA header>, one an include row, and Folder/cuport/names.h: CUDA's names over the headers of a card's SDK. The headers
/// include cuport/prelude.h first. Folder/cuport/libraries.txt: a line for each of CUDA's libraries that the card has, with what is
/// linked for it.
llvm::Error writeBinding(llvm::ArrayRef<RawLibrary> Libraries, const Target &Card, llvm::StringRef Folder);

/// The header cuport/host_only_<card>.h: CUPORT_HOST_ONLY, what a program is told that launches a kernel of CUDA's there.
llvm::Error writeHostOnly(const Target &Card, llvm::StringRef OutputFile);

/// Folder/<HIP header> and Folder/cuport/hip_names.h: HIP's names over CUDA's headers. The headers include cuport/hip_extras.h,
/// which is written by hand and includes the names.
llvm::Error writeHipNames(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef Folder);

/// Folder/<library>.md, one a library, and Folder/README.md with the counts.
llvm::Error writeDocs(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef Folder);

/// The built-in PTX rows as constexpr arrays for lib/Knowledge/PtxTable.cpp.
llvm::Error writePtxTables(llvm::ArrayRef<RawPtxGroup> Groups, llvm::StringRef OutputFile);

/// One Markdown page with a table a group.
llvm::Error writePtxDocs(llvm::ArrayRef<RawPtxGroup> Groups, llvm::StringRef OutputFile);

/// The built-in targets as constexpr arrays for lib/Knowledge/BuiltinTargets.cpp.
llvm::Error writeTargetTables(llvm::ArrayRef<Target> Targets, llvm::StringRef OutputFile);

/// Folder/<card>.md, one a target, and Folder/README.md with what they have of CUDA's libraries.
llvm::Error writeTargetDocs(llvm::ArrayRef<Target> Targets, llvm::StringRef Folder);

/// Whose names writeNames writes.
enum class NameSide { Cuda, Hip, Roc };

/// A C++20 file that uses each name of the rows, to be compiled behind the real headers; its first lines say how. An
/// error is at the row's line. Of CUDA's functions the types are compared too.
llvm::Error writeNames(llvm::ArrayRef<RawLibrary> Libraries, NameSide Side,
                       llvm::StringRef OutputFile);

/// The files as initializers {{path, length}, {bytes, length}}, sorted by path. Of the prefixes in
/// Strip the first that a path starts with is cut off.
llvm::Error writeEmbedded(llvm::ArrayRef<std::string> Files, llvm::ArrayRef<std::string> Strip,
                          llvm::StringRef OutputFile);

/// One fingerprint of the paths and contents of the files, as a string literal of hexadecimal
/// digits. Strip as above, so that it does not depend on where the files lie.
llvm::Error writeHash(llvm::ArrayRef<std::string> Files, llvm::ArrayRef<std::string> Strip,
                      llvm::StringRef OutputFile);

} // namespace cuport::gen

#endif

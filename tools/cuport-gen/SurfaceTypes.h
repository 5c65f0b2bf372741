// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The types of a library as C declarations, each after what it needs.
//
//   struct A { B b; }, using B = enum C   ->   forward declarations, C, B, A

#ifndef CUPORT_TOOLS_CUPORT_GEN_SURFACETYPES_H
#define CUPORT_TOOLS_CUPORT_GEN_SURFACETYPES_H

#include "Knowledge/ApiLoader.h"

namespace cuport::gen {

/// An error at the row's place.
llvm::Error rowError(const RawLibrary &Library, const RawRow &Row, const llvm::Twine &Message);

/// An error that says the row's text is no signature.
llvm::Error signatureError(const RawLibrary &Library, const RawRow &Row, llvm::StringRef Text);

/// True for text that C does not take: templates, references, qualified names.
bool isCxx(llvm::StringRef Declaration);

/// Puts a C++ declaration of the row's name into its namespaces; other text stays.
std::string inNamespace(const RawRow &Row, const std::string &Declaration);

/// The name without its namespaces.
llvm::StringRef lastName(llvm::StringRef Name);

/// The declarations of all types with a definition.
llvm::Expected<std::string> declareTypes(const RawLibrary &Library);

} // namespace cuport::gen

#endif

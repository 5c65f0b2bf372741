// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One HTML file that opens from disk: frame, style, script, messages and data are in it, nothing is loaded.
//
//   html/page.html with {{style}}, {{script}}, {{catalogue}}, {{data}} filled in
//
// Text from the user's source stands in the data only. The scripts put it on the page as text, never as markup, and the page's
// policy lets no script run but the one whose hash it names.

#ifndef CUPORT_REPORT_HTMLPAGE_H
#define CUPORT_REPORT_HTMLPAGE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// Scripts are files of html/, run in this order as one; Json is any, and made inert here.
void writeHtmlPage(llvm::ArrayRef<llvm::StringRef> Scripts, llvm::StringRef Json, llvm::raw_ostream &Out);

} // namespace cuport

#endif

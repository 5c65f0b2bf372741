// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The toolkit's cuport-cc as a program that this process runs, and the folder it works in. Part of libcuport-rt and of libcuport-nvrtc.

#ifndef CUPORT_RUNTIME_COMPILER_H
#define CUPORT_RUNTIME_COMPILER_H

#include <optional>
#include <string>
#include <vector>

namespace cuport::rtc {

/// A folder for the files of one compilation, which goes with it. Empty path: there is none.
struct Folder {
  std::string path;
  Folder();
  ~Folder();
  Folder(const Folder &) = delete;
  bool write(const std::string &name, const std::string &text) const;
};

/// What cuport-cc wrote on stdout and stderr; none: it could not be run.
struct Output {
  int code;
  std::string text;
};
std::optional<Output> runCompiler(std::vector<std::string> arguments);

std::string contents(const std::string &path);

} // namespace cuport::rtc

#endif

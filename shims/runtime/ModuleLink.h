// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Modules whose device code uses other modules', linked while a program runs: what cuLink*, nvJitLink and hiprtcLink* have in common.
//
//   cuport-cc -cubin -rdc=true, NVRTC with -rdc=true  ->  a relocatable object
//   relocatable objects                               ->  cuport-cc -cubin  ->  a module, a shared object
//
// Part of libcuport-rt and of libcuport-nvrtc.

#ifndef CUPORT_RUNTIME_MODULELINK_H
#define CUPORT_RUNTIME_MODULELINK_H

#include <cstddef>
#include <string>
#include <vector>

namespace cuport {

/// What a module is by its first bytes.
enum class ModuleKind {
  None,        ///< neither
  Loadable,    ///< a shared object
  Relocatable, ///< to be linked first
};

/// The kind of the module at \p image. \p size is given as what is there at most, and becomes what the module's own tables tell.
ModuleKind kindOfModule(const void *image, size_t &size);

class ModuleLink {
public:
  enum class Result {
    Done,
    NotFound,    ///< there is no such file
    Ptx,         ///< text of PTX, which no CPU runs
    HostObject,  ///< an object or a library of the host's
    NoModule,    ///< none of cuport's modules
    Incomplete,  ///< the link failed: what it says is in the log
    NoCompiler,  ///< the toolkit's cuport-cc cannot be run
  };

  /// Takes a copy of a module; \p name is said in messages.
  Result add(const void *data, size_t size, const std::string &name);
  /// Takes the module in a file; \p isOfHost for objects and libraries of the host's, of which only libcudadevrt is taken, as nothing.
  Result addFile(const std::string &path, bool isOfHost);
  /// Says that an input of the host's cannot be linked.
  Result refuseHost(const std::string &name);
  /// Links what was added. A complete module alone is the result as it is.
  Result complete();

  const std::string &module() const { return Module; }
  /// What went wrong so far, line by line.
  const std::string &log() const { return Log; }

private:
  Result refuse(Result why, const std::string &text);

  struct Input {
    std::string name, bytes;
    ModuleKind kind;
  };
  std::vector<Input> Inputs;
  std::string Module, Log;
};

} // namespace cuport

#endif

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ModuleLink.h"
#include "Compiler.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <filesystem>

using namespace cuport;
using Result = ModuleLink::Result;

ModuleKind cuport::kindOfModule(const void *image, size_t &size) {
  const size_t there = size;
  auto *header = static_cast<const Elf64_Ehdr *>(image);
  if (there < sizeof(Elf64_Ehdr) || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || (header->e_type != ET_DYN && header->e_type != ET_REL))
    return ModuleKind::None;
  auto isThere = [&](size_t offset, size_t bytes) { return offset <= there && bytes <= there - offset; };
  const size_t segmentBytes = header->e_phnum * sizeof(Elf64_Phdr), sectionBytes = header->e_shnum * sizeof(Elf64_Shdr);
  if (!isThere(header->e_phoff, segmentBytes) || !isThere(header->e_shoff, sectionBytes))
    return ModuleKind::None;
  auto *bytes = static_cast<const char *>(image);
  auto *segments = reinterpret_cast<const Elf64_Phdr *>(bytes + header->e_phoff);
  auto *sections = reinterpret_cast<const Elf64_Shdr *>(bytes + header->e_shoff);
  size = std::max(header->e_phoff + segmentBytes, header->e_shoff + sectionBytes);
  for (int i = 0; i < header->e_phnum; ++i)
    size = std::max<size_t>(size, segments[i].p_offset + segments[i].p_filesz);
  for (int i = 0; i < header->e_shnum; ++i)
    if (sections[i].sh_type != SHT_NOBITS)
      size = std::max<size_t>(size, sections[i].sh_offset + sections[i].sh_size);
  if (size > there)
    return ModuleKind::None;
  return header->e_type == ET_DYN ? ModuleKind::Loadable : ModuleKind::Relocatable;
}

Result ModuleLink::refuse(Result why, const std::string &text) {
  Log += "cuport: " + text + "\n";
  return why;
}

Result ModuleLink::add(const void *data, size_t size, const std::string &name) {
  size_t own = size;
  ModuleKind kind = kindOfModule(data, own);
  if (kind != ModuleKind::None) {
    Inputs.push_back({name, std::string(static_cast<const char *>(data), own), kind});
    return Result::Done;
  }
  std::string text(static_cast<const char *>(data), std::min<size_t>(size, 4096));
  if (text.find(".version") != std::string::npos)
    return refuse(Result::Ptx, name + " is text of PTX, which does not run on a CPU; compile its source with cuport-cc -cubin -rdc=true, or by NVRTC");
  return refuse(Result::NoModule, name + " is no module of cuport-cc -cubin -rdc=true, or of NVRTC");
}

Result ModuleLink::refuseHost(const std::string &name) {
  return refuse(Result::HostObject, name + " is an object or a library of the host's, whose device code cannot be taken out while a program runs; "
                                           "link the module that cuport-cc -cubin -rdc=true makes of the same source");
}

Result ModuleLink::addFile(const std::string &path, bool isOfHost) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return refuse(Result::NotFound, path + " cannot be read");
  if (isOfHost) // libcuport-rt has what kernels call of the runtime
    return std::filesystem::path(path).filename() == "libcudadevrt.a" ? Result::Done : refuseHost(path);
  std::string bytes = rtc::contents(path);
  return add(bytes.data(), bytes.size(), path);
}

Result ModuleLink::complete() {
  if (Inputs.empty())
    return refuse(Result::NoModule, "there is nothing to link");
  if (Inputs.size() == 1 && Inputs[0].kind == ModuleKind::Loadable) {
    Module = Inputs[0].bytes;
    return Result::Done;
  }
  rtc::Folder folder;
  std::string made = folder.path + "/module";
  std::vector<std::string> words = {"-cubin", "-o", made}, files;
  for (const Input &input : Inputs) {
    if (input.kind == ModuleKind::Loadable)
      return refuse(Result::NoModule, input.name + " was compiled without -rdc=true, and goes with no other module");
    std::string file = "input" + std::to_string(files.size()) + ".o";
    if (folder.path.empty() || !folder.write(file, input.bytes))
      return refuse(Result::NoCompiler, "no folder for temporary files can be written");
    files.push_back(folder.path + "/" + file);
  }
  words.insert(words.end(), files.begin(), files.end());
  auto output = rtc::runCompiler(words);
  if (!output)
    return refuse(Result::NoCompiler, "bin/cuport-cc of the toolkit cannot be run");
  for (size_t i = 0; i < files.size(); ++i)
    for (size_t place; (place = output->text.find(files[i])) != std::string::npos;)
      output->text.replace(place, files[i].size(), Inputs[i].name);
  for (std::string ours : {" (.cuport)", ".cuport.thread", ".cuport"}) // at the end of the passes' names
    for (size_t place; (place = output->text.find(ours)) != std::string::npos;)
      output->text.erase(place, ours.size());
  Log += output->text;
  if (output->code)
    return Result::Incomplete;
  Module = rtc::contents(made);
  return Module.empty() ? Result::Incomplete : Result::Done;
}

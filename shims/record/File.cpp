// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "File.h"

#include <unistd.h>

#include <cerrno>

using namespace cuport::record;

bool File::open(const char *name) {
  std::string path = name;
  if (size_t at = path.find("%p"); at != std::string::npos)
    path.replace(at, 2, std::to_string(getpid()));
  file = fopen(path.c_str(), "wbe");
  if (file && fwrite(Magic, 1, MagicBytes, file) != MagicBytes) {
    fclose(file);
    file = nullptr;
  }
  total = MagicBytes;
  return file;
}

void File::write(Entry kind, const Fields &fields) {
  if (!file)
    return;
  Fields head;
  head.u32(uint32_t(kind));
  head.u64(fields.bytes.size());
  const std::string *parts[] = {&head.bytes, &fields.bytes};
  bool good = true;
  for (const std::string *part : parts)
    good = good && fwrite(part->data(), 1, part->size(), file) == part->size();
  if (!good || fflush(file) != 0) {
    fprintf(stderr, "cuport: CUPORT_RECORD: the file cannot be written on: %s\n", strerror(errno));
    fclose(file);
    file = nullptr;
    return;
  }
  total += head.bytes.size() + fields.bytes.size();
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Compiler.h"

#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cuport::rtc;
namespace fs = std::filesystem;

Folder::Folder() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "cuport-rtc-XXXXXX").string();
  if (!error && mkdtemp(name.data()))
    path = name;
}

Folder::~Folder() {
  std::error_code ignored;
  if (!path.empty())
    fs::remove_all(path, ignored);
}

bool Folder::write(const std::string &name, const std::string &text) const {
  fs::path file = fs::path(path) / fs::path(name).relative_path();
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  return bool(std::ofstream(file, std::ios::binary).write(text.data(), std::streamsize(text.size())));
}

std::string cuport::rtc::contents(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// bin/cuport-cc of the toolkit whose lib/ this library lies in.
static std::string compiler() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<const void *>(&compiler), &info))
    return {};
  std::error_code error;
  fs::path own = fs::canonical(info.dli_fname, error);
  return error ? std::string() : (own.parent_path().parent_path() / "bin" / "cuport-cc").string();
}

std::optional<Output> cuport::rtc::runCompiler(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), compiler());
  std::vector<char *> words;
  for (std::string &argument : arguments)
    words.push_back(argument.data());
  words.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return std::nullopt;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t child;
  int failed = posix_spawn(&child, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  Output output{};
  char buffer[4096];
  for (ssize_t size; !failed && (size = read(ends[0], buffer, sizeof(buffer))) > 0;)
    output.text.append(buffer, size_t(size));
  close(ends[0]);
  int status = 0;
  if (failed || waitpid(child, &status, 0) != child)
    return std::nullopt;
  output.code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  return output;
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Memory.h"

#include <algorithm>
#include <cstring>

using namespace cuport::record;

void Tracker::add(void *begin, size_t size, Memory kind, uint32_t device, const char *name,
                  const char *type, const Fields &site) {
  Block block{static_cast<char *>(begin),
              size,
              nextId++,
              kind,
              std::make_unique_for_overwrite<char[]>(size),
              kind == Memory::Variable};
  Fields fields;
  fields.u32(block.id);
  fields.u32(uint32_t(kind));
  fields.u32(device);
  fields.u64(size);
  fields.text(name);
  fields.text(type);
  fields.add(site);
  file.write(Entry::Allocation, fields);
  // A variable has the value that the program gives it, which is told like something that the host
  // has written.
  const char *now = bytesOf(block);
  if (!now)
    memset(block.before.get(), 0, size);
  else if (block.isNew)
    for (size_t i = 0; i < size; ++i)
      block.before[i] = char(~now[i]);
  else
    memcpy(block.before.get(), now, size);
  blocks[reinterpret_cast<uintptr_t>(begin)] = std::move(block);
}

void Tracker::remove(void *begin) {
  auto at = blocks.find(reinterpret_cast<uintptr_t>(begin));
  if (at == blocks.end())
    return;
  Fields fields;
  fields.u32(at->second.id);
  file.write(Entry::Free, fields);
  blocks.erase(at);
}

void Tracker::removeVariables(const std::set<const void *> &there) {
  std::vector<void *> gone;
  for (const auto &[begin, block] : blocks)
    if (block.kind == Memory::Variable && !there.count(block.begin))
      gone.push_back(block.begin);
  for (void *begin : gone)
    remove(begin);
}

const Tracker::Block *Tracker::find(uintptr_t address) const {
  auto next = blocks.upper_bound(address);
  if (next == blocks.begin())
    return nullptr;
  const Block &block = std::prev(next)->second;
  // One past the end is of the allocation, as in C++; allocations lie apart.
  return address <= reinterpret_cast<uintptr_t>(block.begin) + block.size ? &block : nullptr;
}

bool Tracker::isMapped(uint64_t address) {
  if (maps.empty())
    if (FILE *list = fopen("/proc/self/maps", "re")) {
      unsigned long from, to;
      while (fscanf(list, "%lx-%lx%*[^\n]", &from, &to) == 2)
        maps.push_back({from, to});
      fclose(list);
    }
  auto next = std::upper_bound(maps.begin(), maps.end(),
                               std::pair<uint64_t, uint64_t>(address, ~uint64_t(0)));
  return next != maps.begin() && address < std::prev(next)->second;
}

bool Tracker::isAddress(uint64_t word, uint32_t &allocation, uint64_t &offset) {
  // What fits in 32 bits is a number: addresses of a process are above, but for a program that is
  // linked to a fixed place, and there they are the same in every run.
  if (word >> 32 == 0 || word >> 47 != 0)
    return false;
  if (const Block *block = find(word)) {
    allocation = block->id;
    offset = word - reinterpret_cast<uintptr_t>(block->begin);
    return true;
  }
  allocation = NoAllocation;
  offset = 0;
  return isMapped(word);
}

Fields Tracker::locationOf(const void *address) const {
  const Block *block = find(reinterpret_cast<uintptr_t>(address));
  Fields fields;
  fields.u32(block ? block->id : NoAllocation);
  fields.u64(block ? uint64_t(static_cast<const char *>(address) - block->begin) : 0);
  return fields;
}

uint32_t Tracker::takePointers(char *bytes, size_t size, uint64_t at, Fields &list) {
  uint32_t count = 0;
  for (size_t i = 0; i + 8 <= size; i += 8) {
    uint64_t word, offset;
    uint32_t allocation;
    memcpy(&word, bytes + i, 8);
    if (!isAddress(word, allocation, offset))
      continue;
    memset(bytes + i, 0, 8);
    list.u64(at + i);
    list.u32(allocation);
    list.u64(offset);
    ++count;
  }
  return count;
}

Fields Tracker::takePointers(char *bytes, size_t size) {
  Fields list, fields;
  fields.u32(takePointers(bytes, size, 0, list));
  fields.add(list);
  return fields;
}

const char *Tracker::bytesOf(const Block &block) {
  if (!fetch || block.kind == Memory::Host || block.kind == Memory::Managed)
    return block.begin;
  if (fetched.size() < block.size)
    fetched.resize(block.size);
  return fetch(fetched.data(), block.begin, block.size) ? fetched.data() : nullptr;
}

std::vector<Tracker::Run> Tracker::changed(const Block &block, const char *now) const {
  constexpr size_t Page = 4096;
  std::vector<Run> runs;
  for (size_t page = 0; page < block.size; page += Page) {
    const size_t pageEnd = std::min(page + Page, block.size);
    if (memcmp(now + page, block.before.get() + page, pageEnd - page) == 0)
      continue;
    for (size_t at = page; at < pageEnd; at += Granule) {
      const size_t size = std::min<size_t>(Granule, pageEnd - at);
      if (memcmp(now + at, block.before.get() + at, size) == 0)
        continue;
      if (!runs.empty() && runs.back().offset + runs.back().size == at)
        runs.back().size += size;
      else
        runs.push_back({at, size});
    }
  }
  return runs;
}

std::vector<Tracker::Run> Tracker::sampleOf(const std::vector<Run> &runs) const {
  uint64_t granules = 0;
  for (const Run &run : runs)
    granules += (run.size + Granule - 1) / Granule;
  const uint64_t step = std::max<uint64_t>(1, granules / (limits.sample / Granule));
  std::vector<Run> sample;
  uint64_t number = 0;
  for (const Run &run : runs)
    for (size_t at = 0; at < run.size; at += Granule)
      if (number++ % step == 0)
        sample.push_back({run.offset + at, std::min<size_t>(Granule, run.size - at)});
  return sample;
}

uint64_t Tracker::hashOf(const Block &block, const char *now) {
  uint64_t hash = HashBegin;
  for (size_t i = 0; i < block.size; i += 8) {
    uint64_t word = 0, offset;
    uint32_t allocation;
    memcpy(&word, now + i, std::min<size_t>(8, block.size - i));
    if (isAddress(word, allocation, offset)) {
      hash = (hash ^ allocation) * HashFactor;
      word = offset;
    }
    hash = (hash ^ word) * HashFactor;
  }
  return hash;
}

void Tracker::write(Block &block, When when) {
  const char *now = bytesOf(block);
  if (!now)
    return;
  std::vector<Run> runs = changed(block, now);
  if (runs.empty())
    return;
  uint64_t bytes = 0;
  for (const Run &run : runs)
    bytes += run.size;
  const bool whole =
      bytes <= limits.whole && (bytes <= limits.sample || file.written() + bytes <= limits.file);
  const std::vector<Run> kept = whole ? runs : sampleOf(runs);
  Fields fields, pointers;
  uint32_t pointerCount = 0;
  fields.u32(block.id);
  fields.u32(uint32_t(when));
  fields.u32(whole);
  fields.u64(whole ? 0 : hashOf(block, now));
  fields.u64(bytes);
  fields.u32(uint32_t(kept.size()));
  for (const Run &run : kept) {
    fields.u64(run.offset);
    fields.u64(run.size);
    const size_t place = fields.bytes.size();
    fields.raw(now + run.offset, run.size);
    if (reinterpret_cast<uintptr_t>(block.begin) % 8 == 0) // else no pointer can lie in it
      pointerCount += takePointers(fields.bytes.data() + place, run.size, run.offset, pointers);
  }
  fields.u32(pointerCount);
  fields.add(pointers);
  file.write(Entry::Change, fields);
  for (const Run &run : runs)
    memcpy(block.before.get() + run.offset, now + run.offset, run.size);
}

void Tracker::look(When when) {
  maps.clear();
  for (auto &[begin, block] : blocks)
    if (when == When::After || block.isNew || block.kind == Memory::Host ||
        block.kind == Memory::Managed) {
      write(block, when);
      block.isNew = false;
    }
}

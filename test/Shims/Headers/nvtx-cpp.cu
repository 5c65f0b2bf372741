// NVTX's C++ interface: what code writes compiles without a warning and does nothing; descriptions are kept.
// RUN: %cuport-cc -std=c++17 -Wall -Werror %s -o %t
// RUN: %t | FileCheck %s
// RUN: %clangxx -std=c++11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include nvtx3/nvtx3.hpp -x c++ /dev/null
// CHECK: work 3, category 7, color ff102030, payload 42, message solve
// CHECK-NEXT: range 1 0

#include <cstdio>
#include <nvtx3/nvtx3.hpp>

struct my_domain {
  static constexpr const char *name{"my domain"};
};
struct my_category {
  static constexpr const char *name{"io"};
  static constexpr uint32_t id{7};
};
struct my_message {
  static constexpr const char *message{"again"};
};

static int work(int n) {
  NVTX3_FUNC_RANGE();
  nvtx3::scoped_range inner{"inner", nvtx3::rgb{127, 255, 0}, nvtx3::payload{n}};
  nvtx3::scoped_range_in<my_domain> other{nvtx3::registered_string_in<my_domain>::get<my_message>()};
  nvtx3::mark("here", nvtx3::category{1});
  nvtx3::mark_in<my_domain>(nvtx3::event_attributes{"there"});
  return n;
}
static void conditional() { NVTX3_FUNC_RANGE_IF_IN(my_domain, true); }

int main() {
  std::string text = "solve";
  nvtx3::event_attributes description{nvtx3::payload{42}, nvtx3::color{nvtx3::rgb{0x10, 0x20, 0x30}},
                                      nvtx3::named_category_in<my_domain>::get<my_category>(), nvtx3::message{text}};
  const nvtxEventAttributes_t *kept = description.get();
  printf("work %d, category %u, color %x, payload %d, message %s\n", work(3), kept->category, kept->color, kept->payload.iValue,
         kept->message.ascii);
  conditional();
  nvtx3::scoped_range whole{description};
  nvtx3::unique_range one{"one"}, two{std::move(one)};
  nvtx3::range_handle range = nvtx3::start_range("range");
  printf("range %d %d\n", bool(range), bool(nvtx3::range_handle()));
  nvtx3::end_range(range);
  nvtxNameOsThread(1, "main");
}

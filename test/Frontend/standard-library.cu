// The parse leaves out what the standard library keeps apart and no name is read off: bodies in .tcc files, the C library's
// functions on floating types of C23. Code that uses the library has no error for it.
// RUN: (%cuport report %s --format=json || test $? -eq 1) | %python -c "import json, sys; print(json.load(sys.stdin)['files'][0]['state'])" \
// RUN:   | grep -qx parsed

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <random>
#include <regex>
#include <sstream>
#include <stdlib.h>
#include <string>
#include <thread>
#include <unordered_map>
#include <valarray>
#include <vector>

_Float64 wide = 1;
_Float64x wider = wide;
constexpr std::string_view Name("cuport");
static_assert(Name.find('p') == 2 && Name.rfind("cu") == 0);

double host(std::istream &in) {
  std::string line, text = "a" + std::to_string(3) + std::string(2, 'b');
  std::getline(in, line);
  std::stringstream words(line);
  words >> text >> std::ws;
  std::ofstream("out") << std::setw(4) << text << std::fixed << 1.5f << std::endl;
  std::vector<bool> flags(4);
  flags.push_back(true);
  flags.insert(flags.begin(), false);
  std::deque<int> queue{1, 2};
  queue.push_front(3);
  std::list<int> chain(queue.begin(), queue.end());
  chain.sort(std::greater<int>());
  std::mt19937_64 random(std::random_device{}());
  std::normal_distribution<double> normal;
  std::uniform_int_distribution<> uniform(1, 6);
  std::valarray<double> values{normal(random), uniform(random) * 1.0};
  std::smatch match;
  std::regex_search(text, match, std::regex("b+"));
  std::unordered_map<std::string, int> count{{text, 1}};
  long double l = std::sqrt(2.0L) + sqrtl(3.0L) + strtold("1", nullptr);
  double special = std::beta(1.0, 2.0) + std::riemann_zeta(2.0) + std::cyl_bessel_j(0.0, 1.0);
  // <numeric> and std::max come with others here.
  return std::accumulate(std::begin(values), std::end(values), 0.0) + std::max(special, double(l)) + count[text];
}

__global__ void kernel(float *p) { p[threadIdx.x] = sqrtf(p[threadIdx.x]); }

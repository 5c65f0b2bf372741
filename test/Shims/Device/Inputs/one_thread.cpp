// The intrinsics of shims/include/cuport/intrinsics.h for a grid of one thread, and a main that runs the kernel `check`.
// It leaves how much it checked and how much was wrong.

#include <cstdio>
#include <cstdlib>

extern "C" {
unsigned __cuport_thread_idx(int) { return 0; }
unsigned __cuport_block_idx(int) { return 0; }
unsigned __cuport_block_dim(int) { return 1; }
unsigned __cuport_grid_dim(int) { return 1; }
unsigned __cuport_warp_size() { return 32; }
unsigned __cuport_lane() { return 0; }
unsigned long long __cuport_clock() { return 0; }
void __cuport_trap() { abort(); }
void *__cuport_device_malloc(unsigned long long size) { return malloc(size); }
void __cuport_device_free(void *pointer) { free(pointer); }
void __cuport_assert_failed(const char *condition, const char *, unsigned, const char *) {
  printf("assertion failed: %s\n", condition);
  abort();
}

long checked, wrong;
void check(long *checked, long *wrong);
}

int main() {
  check(&checked, &wrong);
  printf("%ld checked, %ld wrong\n", checked, wrong);
  return checked == 0 || wrong != 0;
}

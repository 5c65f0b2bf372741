// What hipcub.hpp leaves out, as much as the release has.
#if __has_include(<hipcub/device/device_copy.hpp>)
#include <hipcub/device/device_copy.hpp>
#endif

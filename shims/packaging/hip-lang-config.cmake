# What CMake's language HIP reads of the toolkit that its compiler belongs to: cuport-cc needs nothing more.

// A launch in a header, and the other things that << and < are there for.
template <typename T> struct Sink {
  T sum = 0;
  template <typename U> Sink &operator<< (U value) {
    sum += value;
    return *this;
  }
};
template <typename T> void launch(T *values, int blocks) {
  fill<T> << < blocks, 32 >> >(values, T(5));
}

// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Thrust as code outside it calls it. Nothing has a body. Algorithms take their arguments as they
// come, with or without an execution policy first, and return what Thrust's return: so that what is
// done with the result is understood.

#ifndef CUPORT_THRUST_H
#define CUPORT_THRUST_H

#include <cuda_runtime.h>

#ifdef __cplusplus

#include <cstddef>
#include <initializer_list>
#include <iostream> // as Thrust does: code leans on it
#include <iterator>
#include <memory> // by way of device_vector, and so vector
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#define CUPORT_BOTH __host__ __device__
// Of what may be called with a lambda, whose type no other unit could know.
#define CUPORT_BODY                                                                                \
  {                                                                                                \
    __builtin_trap();                                                                              \
  }

namespace thrust {

// Execution policies.
namespace detail {
struct policy_base {};
struct policy : policy_base {
  constexpr policy() = default;
  template <class Allocator> policy operator()(Allocator &&allocator) const;
  policy on(cudaStream_t stream) const;
};
} // namespace detail
template <class Derived> struct execution_policy : detail::policy_base {};
template <class Derived> using device_execution_policy = execution_policy<Derived>;
template <class Derived> using host_execution_policy = execution_policy<Derived>;
struct host_system_tag : detail::policy {};
struct device_system_tag : detail::policy {};
static constexpr detail::policy seq, host, device;
namespace cuda {
static constexpr detail::policy par, par_nosync;
typedef device_system_tag tag;
} // namespace cuda
namespace hip {
static constexpr detail::policy par, par_nosync;
} // namespace hip
namespace system {
namespace cuda {
using namespace thrust::cuda;
}
namespace omp {
static constexpr detail::policy par;
}
} // namespace system
namespace omp = system::omp;

namespace detail {
template <class T> struct plain : std::decay<T> {};
template <size_t N, class... Arguments> struct nth;
// Counts from the first argument that is no policy.
template <size_t N, class First, class... Rest>
struct nth<N, First, Rest...>
    : plain<typename std::tuple_element<
          N + std::is_base_of<policy_base, typename plain<First>::type>::value,
          std::tuple<First, Rest...>>::type> {};
template <size_t N, class... Arguments> using nth_t = typename nth<N, Arguments...>::type;
template <class Iterator> using value_t = typename std::iterator_traits<Iterator>::value_type;

template <class... Arguments> struct without_policy : std::integral_constant<size_t, 0> {};
template <class First, class... Rest>
struct without_policy<First, Rest...>
    : std::integral_constant<
          size_t,
          sizeof...(Rest) + !std::is_base_of<policy_base, typename plain<First>::type>::value> {};

/// reduce(first, last) gives a value of theirs, reduce(first, last, start, ...) one of start's
/// type.
template <bool HasStart, class... Arguments>
struct reduced : plain<value_t<nth_t<0, Arguments...>>> {};
template <class... Arguments> struct reduced<true, Arguments...> : nth<2, Arguments...> {};
template <class... Arguments>
using reduced_t = typename reduced<(without_policy<Arguments...>::value > 2), Arguments...>::type;

/// The N-th of Least arguments, the one after it where there are more.
template <bool More, size_t N, class... Arguments> struct nth_or_next : nth<N, Arguments...> {};
template <size_t N, class... Arguments>
struct nth_or_next<true, N, Arguments...> : nth<N + 1, Arguments...> {};
template <size_t N, size_t Least, class... Arguments>
using nth_or_next_t =
    typename nth_or_next<(without_policy<Arguments...>::value > Least), N, Arguments...>::type;
} // namespace detail

// Tuples and pairs.
using std::get;
using std::make_pair;
using std::make_tuple;
using std::pair;
using std::swap;
using std::tie;
using std::tuple;
using std::tuple_element;
using std::tuple_size;

// References, pointers and iterators.
template <class T> struct device_ptr;
template <class T> struct device_reference {
  CUPORT_BOTH device_ptr<T> operator&() const;
  CUPORT_BOTH operator T() const;
  template <class Other> CUPORT_BOTH device_reference &operator=(const Other &value);
  template <class Other> CUPORT_BOTH device_reference &operator+=(const Other &value);
  template <class Other> CUPORT_BOTH device_reference &operator-=(const Other &value);
  CUPORT_BOTH device_reference &operator++();
  CUPORT_BOTH T operator++(int);
};

namespace detail {
template <class Self, class T, class Reference = T, class Pointer = T *> struct iterator {
  typedef std::random_access_iterator_tag iterator_category;
  typedef typename std::remove_cv<T>::type value_type;
  typedef std::ptrdiff_t difference_type;
  typedef Pointer pointer;
  typedef Reference reference;
  CUPORT_BOTH Reference operator*() const;
  CUPORT_BOTH Reference operator[](difference_type at) const;
  CUPORT_BOTH Self &operator++();
  CUPORT_BOTH Self operator++(int);
  CUPORT_BOTH Self &operator--();
  CUPORT_BOTH Self operator--(int);
  CUPORT_BOTH Self &operator+=(difference_type by);
  CUPORT_BOTH Self &operator-=(difference_type by);
  CUPORT_BOTH Self operator+(difference_type by) const;
  CUPORT_BOTH Self operator-(difference_type by) const;
  CUPORT_BOTH difference_type operator-(const Self &other) const;
  CUPORT_BOTH bool operator==(const Self &other) const;
  CUPORT_BOTH bool operator!=(const Self &other) const;
  CUPORT_BOTH bool operator<(const Self &other) const;
  CUPORT_BOTH bool operator>(const Self &other) const;
  CUPORT_BOTH bool operator<=(const Self &other) const;
  CUPORT_BOTH bool operator>=(const Self &other) const;
};
} // namespace detail

template <class T>
struct device_ptr : detail::iterator<device_ptr<T>, T, device_reference<T>, device_ptr<T>> {
  CUPORT_BOTH device_ptr();
  CUPORT_BOTH device_ptr(std::nullptr_t);
  CUPORT_BOTH explicit device_ptr(T *pointer);
  template <class Other,
            class = typename std::enable_if<std::is_convertible<Other *, T *>::value>::type>
  CUPORT_BOTH device_ptr(const device_ptr<Other> &other);
  CUPORT_BOTH T *get() const;
  CUPORT_BOTH explicit operator bool() const;
};

#define CUPORT_ITERATOR(name, parameters, arguments, value)                                        \
  template <parameters> struct name : detail::iterator<name<arguments>, value> {                   \
    CUPORT_BOTH name();                                                                            \
    template <class... Parts> CUPORT_BOTH explicit name(Parts &&...parts);                         \
  };
#define CUPORT_LIST(...) __VA_ARGS__
CUPORT_ITERATOR(counting_iterator, CUPORT_LIST(class T, class = void, class = void, class = void),
                T, T)
CUPORT_ITERATOR(constant_iterator, CUPORT_LIST(class T, class = void, class = void), T, T)
CUPORT_ITERATOR(discard_iterator, class = void, void, std::nullptr_t)
CUPORT_ITERATOR(permutation_iterator, CUPORT_LIST(class Elements, class Map),
                CUPORT_LIST(Elements, Map), detail::value_t<Elements>)
CUPORT_ITERATOR(reverse_iterator, class Iterator, Iterator, detail::value_t<Iterator>)
#undef CUPORT_LIST
#undef CUPORT_ITERATOR
template <class Function, class Iterator, class = void, class = void>
struct transform_iterator : detail::iterator<transform_iterator<Function, Iterator>,
                                             typename std::decay<decltype(std::declval<Function>()(
                                                 *std::declval<Iterator>()))>::type> {
  CUPORT_BOTH transform_iterator() CUPORT_BODY;
  CUPORT_BOTH
  transform_iterator(Iterator iterator, Function function) CUPORT_BODY;
  CUPORT_BOTH
  explicit transform_iterator(Iterator iterator) CUPORT_BODY;
};
template <class Function, class Iterator>
struct transform_output_iterator
    : detail::iterator<transform_output_iterator<Function, Iterator>, detail::value_t<Iterator>> {
  CUPORT_BOTH transform_output_iterator(Iterator iterator, Function function) CUPORT_BODY;
};
namespace detail {
template <class Tuple> struct values;
template <class... Iterators> struct values<std::tuple<Iterators...>> {
  typedef std::tuple<value_t<Iterators>...> type;
};
} // namespace detail
template <class Tuple>
struct zip_iterator : detail::iterator<zip_iterator<Tuple>, typename detail::values<Tuple>::type> {
  CUPORT_BOTH zip_iterator();
  CUPORT_BOTH zip_iterator(Tuple iterators);
  CUPORT_BOTH const Tuple &get_iterator_tuple() const;
};
template <class Function> struct zip_function {
  CUPORT_BOTH zip_function(Function function);
  template <class Tuple>
  CUPORT_BOTH auto operator()(Tuple &&arguments) const ->
      typename std::tuple_element<0, typename std::decay<Tuple>::type>::type;
};

template <class T> CUPORT_BOTH counting_iterator<T> make_counting_iterator(T value);
template <class T>
CUPORT_BOTH constant_iterator<T> make_constant_iterator(T value, std::ptrdiff_t at = 0);
CUPORT_BOTH inline discard_iterator<> make_discard_iterator(std::ptrdiff_t at = 0);
template <class Elements, class Map>
CUPORT_BOTH permutation_iterator<Elements, Map> make_permutation_iterator(Elements elements,
                                                                          Map map);
template <class Iterator>
CUPORT_BOTH reverse_iterator<Iterator> make_reverse_iterator(Iterator iterator);
template <class Iterator, class Function>
CUPORT_BOTH transform_iterator<Function, Iterator>
make_transform_iterator(Iterator iterator, Function function) CUPORT_BODY;
template <class Iterator, class Function>
CUPORT_BOTH transform_output_iterator<Function, Iterator>
make_transform_output_iterator(Iterator iterator, Function function) CUPORT_BODY;
template <class... Iterators>
CUPORT_BOTH zip_iterator<std::tuple<Iterators...>>
make_zip_iterator(std::tuple<Iterators...> iterators) CUPORT_BODY;
template <class... Iterators>
CUPORT_BOTH zip_iterator<std::tuple<Iterators...>>
make_zip_iterator(Iterators... iterators) CUPORT_BODY;
template <class Function>
CUPORT_BOTH zip_function<Function> make_zip_function(Function function) CUPORT_BODY;

template <class Iterator> struct iterator_traits : std::iterator_traits<Iterator> {};
template <class Iterator> struct iterator_value {
  typedef typename std::iterator_traits<Iterator>::value_type type;
};
template <class Iterator> struct iterator_difference {
  typedef typename std::iterator_traits<Iterator>::difference_type type;
};
template <class Iterator> struct iterator_reference {
  typedef typename std::iterator_traits<Iterator>::reference type;
};
template <class Iterator> struct iterator_pointer {
  typedef typename std::iterator_traits<Iterator>::pointer type;
};
template <class Iterator> struct iterator_system {
  typedef device_system_tag type;
};
template <class Iterator> using iterator_value_t = typename iterator_value<Iterator>::type;

// Memory.
template <class T> CUPORT_BOTH T *raw_pointer_cast(T *pointer);
template <class T> CUPORT_BOTH T *raw_pointer_cast(const device_ptr<T> &pointer);
template <class T> CUPORT_BOTH T &raw_reference_cast(T &reference);
template <class T> CUPORT_BOTH T &raw_reference_cast(const device_reference<T> &reference);
template <class T> CUPORT_BOTH device_ptr<T> device_pointer_cast(T *pointer);
template <class T> CUPORT_BOTH device_ptr<T> device_pointer_cast(const device_ptr<T> &pointer);
inline device_ptr<void> device_malloc(size_t bytes);
template <class T> device_ptr<T> device_malloc(size_t count);
template <class T> device_ptr<T> device_new(size_t count = 1);
template <class T> void device_free(device_ptr<T> pointer);
template <class T> void device_delete(device_ptr<T> pointer, size_t count = 1);
#define CUPORT_ALLOCATOR(name)                                                                     \
  template <class T> struct name {                                                                 \
    typedef T value_type;                                                                          \
    typedef device_ptr<T> pointer;                                                                 \
    typedef size_t size_type;                                                                      \
    template <class Other> struct rebind {                                                         \
      typedef name<Other> other;                                                                   \
    };                                                                                             \
    pointer allocate(size_t count);                                                                \
    void deallocate(pointer at, size_t count);                                                     \
  };
CUPORT_ALLOCATOR(device_allocator)
CUPORT_ALLOCATOR(device_malloc_allocator)
CUPORT_ALLOCATOR(universal_allocator)
#undef CUPORT_ALLOCATOR

// Vectors.
namespace detail {
template <class T, class Iterator, class Reference> struct vector {
  typedef T value_type;
  typedef Iterator iterator, const_iterator, pointer, const_pointer;
  typedef Reference reference, const_reference;
  typedef size_t size_type;
  typedef std::ptrdiff_t difference_type;
  vector();
  explicit vector(size_t count);
  vector(size_t count, const T &value);
  vector(std::initializer_list<T> values);
  template <class First, class = typename std::enable_if<!std::is_integral<First>::value>::type>
  vector(First first, First last);
  template <class Other, class = typename Other::value_type> vector(const Other &other);
  template <class Other, class = typename Other::value_type> vector &operator=(const Other &other);
  vector &operator=(std::initializer_list<T> values);
  Iterator begin() const;
  Iterator end() const;
  Iterator cbegin() const;
  Iterator cend() const;
  thrust::reverse_iterator<Iterator> rbegin() const;
  thrust::reverse_iterator<Iterator> rend() const;
  Iterator data() const;
  Reference front() const;
  Reference back() const;
  Reference operator[](size_t at) const;
  size_t size() const;
  size_t capacity() const;
  size_t max_size() const;
  bool empty() const;
  void clear();
  void resize(size_t count);
  void resize(size_t count, const T &value);
  void reserve(size_t count);
  void shrink_to_fit();
  void push_back(const T &value);
  void pop_back();
  template <class... Arguments> void assign(Arguments &&...arguments);
  template <class... Arguments> Iterator insert(Iterator at, Arguments &&...arguments);
  Iterator erase(Iterator at);
  Iterator erase(Iterator first, Iterator last);
  void swap(vector &other);
  template <class Other> bool operator==(const Other &other) const;
  template <class Other> bool operator!=(const Other &other) const;
};
} // namespace detail
#define CUPORT_VECTOR(name, iterator, reference)                                                   \
  template <class T, class = void> struct name : detail::vector<T, iterator, reference> {          \
    using detail::vector<T, iterator, reference>::vector;                                          \
    using detail::vector<T, iterator, reference>::operator=;                                       \
    name() = default;                                                                              \
  };
CUPORT_VECTOR(host_vector, T *, T &)
CUPORT_VECTOR(universal_vector, T *, T &)
CUPORT_VECTOR(device_vector, device_ptr<T>, device_reference<T>)
#undef CUPORT_VECTOR
template <class T> using universal_ptr = T *;

// Functions as objects.
template <class Argument, class Result> struct unary_function {
  typedef Argument argument_type;
  typedef Result result_type;
};
template <class First, class Second, class Result> struct binary_function {
  typedef First first_argument_type;
  typedef Second second_argument_type;
  typedef Result result_type;
};
#define CUPORT_UNARY(name)                                                                         \
  template <class T = void> struct name {                                                          \
    typedef T argument_type;                                                                       \
    typedef T result_type;                                                                         \
    template <class Argument> CUPORT_BOTH Argument operator()(const Argument &a) const;            \
  };
#define CUPORT_BINARY(name, result)                                                                \
  template <class T = void> struct name {                                                          \
    typedef T first_argument_type;                                                                 \
    typedef T second_argument_type;                                                                \
    template <class A, class B> CUPORT_BOTH result operator()(const A &a, const B &b) const;       \
  };
CUPORT_UNARY(identity)
CUPORT_UNARY(negate)
CUPORT_UNARY(square)
CUPORT_UNARY(logical_not)
CUPORT_UNARY(bit_not)
CUPORT_BINARY(plus, A)
CUPORT_BINARY(minus, A)
CUPORT_BINARY(multiplies, A)
CUPORT_BINARY(divides, A)
CUPORT_BINARY(modulus, A)
CUPORT_BINARY(bit_and, A)
CUPORT_BINARY(bit_or, A)
CUPORT_BINARY(bit_xor, A)
CUPORT_BINARY(maximum, A)
CUPORT_BINARY(minimum, A)
CUPORT_BINARY(equal_to, bool)
CUPORT_BINARY(not_equal_to, bool)
CUPORT_BINARY(greater, bool)
CUPORT_BINARY(greater_equal, bool)
CUPORT_BINARY(less, bool)
CUPORT_BINARY(less_equal, bool)
CUPORT_BINARY(logical_and, bool)
CUPORT_BINARY(logical_or, bool)
#undef CUPORT_UNARY
#undef CUPORT_BINARY
template <class First = void, class Second = void> struct project1st {
  template <class A, class B> CUPORT_BOTH A operator()(const A &a, const B &b) const;
};
template <class First = void, class Second = void> struct project2nd {
  template <class A, class B> CUPORT_BOTH B operator()(const A &a, const B &b) const;
};
template <class Predicate> CUPORT_BOTH Predicate not1(const Predicate &predicate) CUPORT_BODY;
template <class Predicate> CUPORT_BOTH Predicate not2(const Predicate &predicate) CUPORT_BODY;
template <class Predicate> CUPORT_BOTH Predicate not_fn(const Predicate &predicate) CUPORT_BODY;
namespace placeholders {
/// What _1 * 2 + _2 makes: a function of anything.
struct expression {
  template <class A> CUPORT_BOTH A operator()(const A &a) const;
  template <class A, class B> CUPORT_BOTH A operator()(const A &a, const B &b) const;
};
#define CUPORT_OPERATOR(sign)                                                                      \
  template <class T> CUPORT_BOTH expression operator sign(const expression &, const T &);          \
  template <class T, class = typename std::enable_if<!std::is_same<T, expression>::value>::type>   \
  CUPORT_BOTH expression operator sign(const T &, const expression &);
CUPORT_OPERATOR(+)
CUPORT_OPERATOR(-)
CUPORT_OPERATOR(*)
CUPORT_OPERATOR(/)
CUPORT_OPERATOR(%)
CUPORT_OPERATOR(==)
CUPORT_OPERATOR(!=)
CUPORT_OPERATOR(<)
CUPORT_OPERATOR(>)
CUPORT_OPERATOR(<=)
CUPORT_OPERATOR(>=)
CUPORT_OPERATOR(&&)
CUPORT_OPERATOR(||)
#undef CUPORT_OPERATOR
static const expression _1, _2, _3, _4;
} // namespace placeholders

// Algorithms.
#define CUPORT_ALGORITHM(name, ...)                                                                \
  template <class... Arguments> CUPORT_BOTH __VA_ARGS__ name(Arguments &&...arguments) CUPORT_BODY;
#define CUPORT_NTH(n) detail::nth_t<n, Arguments...>
CUPORT_ALGORITHM(fill, void)
CUPORT_ALGORITHM(for_each, CUPORT_NTH(0))
CUPORT_ALGORITHM(generate, void)
CUPORT_ALGORITHM(replace, void)
CUPORT_ALGORITHM(replace_if, void)
CUPORT_ALGORITHM(reverse, void)
CUPORT_ALGORITHM(scatter, void)
CUPORT_ALGORITHM(scatter_if, void)
CUPORT_ALGORITHM(sequence, void)
CUPORT_ALGORITHM(shuffle, void)
CUPORT_ALGORITHM(sort, void)
CUPORT_ALGORITHM(sort_by_key, void)
CUPORT_ALGORITHM(stable_sort, void)
CUPORT_ALGORITHM(stable_sort_by_key, void)
CUPORT_ALGORITHM(tabulate, void)
CUPORT_ALGORITHM(uninitialized_fill, void)
CUPORT_ALGORITHM(all_of, bool)
CUPORT_ALGORITHM(any_of, bool)
CUPORT_ALGORITHM(equal, bool)
CUPORT_ALGORITHM(is_partitioned, bool)
CUPORT_ALGORITHM(is_sorted, bool)
CUPORT_ALGORITHM(none_of, bool)
CUPORT_ALGORITHM(count, std::ptrdiff_t)
CUPORT_ALGORITHM(count_if, std::ptrdiff_t)
CUPORT_ALGORITHM(distance, std::ptrdiff_t)
CUPORT_ALGORITHM(advance, void)
CUPORT_ALGORITHM(next, CUPORT_NTH(0))
CUPORT_ALGORITHM(prev, CUPORT_NTH(0))
CUPORT_ALGORITHM(fill_n, CUPORT_NTH(0))
CUPORT_ALGORITHM(find, CUPORT_NTH(0))
CUPORT_ALGORITHM(find_if, CUPORT_NTH(0))
CUPORT_ALGORITHM(find_if_not, CUPORT_NTH(0))
CUPORT_ALGORITHM(for_each_n, CUPORT_NTH(0))
CUPORT_ALGORITHM(generate_n, CUPORT_NTH(0))
CUPORT_ALGORITHM(is_sorted_until, CUPORT_NTH(0))
CUPORT_ALGORITHM(max_element, CUPORT_NTH(0))
CUPORT_ALGORITHM(min_element, CUPORT_NTH(0))
CUPORT_ALGORITHM(partition, CUPORT_NTH(0))
CUPORT_ALGORITHM(partition_point, CUPORT_NTH(0))
CUPORT_ALGORITHM(remove, CUPORT_NTH(0))
CUPORT_ALGORITHM(remove_if, CUPORT_NTH(0))
CUPORT_ALGORITHM(stable_partition, CUPORT_NTH(0))
CUPORT_ALGORITHM(uninitialized_fill_n, CUPORT_NTH(0))
CUPORT_ALGORITHM(unique, CUPORT_NTH(0))
CUPORT_ALGORITHM(unique_count, std::ptrdiff_t)
CUPORT_ALGORITHM(adjacent_difference, CUPORT_NTH(2))
CUPORT_ALGORITHM(copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(copy_n, CUPORT_NTH(2))
CUPORT_ALGORITHM(exclusive_scan, CUPORT_NTH(2))
CUPORT_ALGORITHM(inclusive_scan, CUPORT_NTH(2))
CUPORT_ALGORITHM(remove_copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(remove_copy_if, CUPORT_NTH(2))
CUPORT_ALGORITHM(replace_copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(replace_copy_if, CUPORT_NTH(2))
CUPORT_ALGORITHM(reverse_copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(shuffle_copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(swap_ranges, CUPORT_NTH(2))
CUPORT_ALGORITHM(transform_exclusive_scan, CUPORT_NTH(2))
CUPORT_ALGORITHM(transform_inclusive_scan, CUPORT_NTH(2))
CUPORT_ALGORITHM(uninitialized_copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(uninitialized_copy_n, CUPORT_NTH(2))
CUPORT_ALGORITHM(unique_copy, CUPORT_NTH(2))
CUPORT_ALGORITHM(exclusive_scan_by_key, CUPORT_NTH(3))
CUPORT_ALGORITHM(gather, CUPORT_NTH(3))
CUPORT_ALGORITHM(gather_if, CUPORT_NTH(4))
CUPORT_ALGORITHM(inclusive_scan_by_key, CUPORT_NTH(3))
CUPORT_ALGORITHM(merge, CUPORT_NTH(4))
CUPORT_ALGORITHM(set_difference, CUPORT_NTH(4))
CUPORT_ALGORITHM(set_intersection, CUPORT_NTH(4))
CUPORT_ALGORITHM(set_symmetric_difference, CUPORT_NTH(4))
CUPORT_ALGORITHM(set_union, CUPORT_NTH(4))
CUPORT_ALGORITHM(reduce, detail::reduced_t<Arguments...>)
CUPORT_ALGORITHM(inner_product, CUPORT_NTH(3))
CUPORT_ALGORITHM(transform_reduce, CUPORT_NTH(3))
CUPORT_ALGORITHM(equal_range, std::pair<CUPORT_NTH(0), CUPORT_NTH(0)>)
CUPORT_ALGORITHM(minmax_element, std::pair<CUPORT_NTH(0), CUPORT_NTH(0)>)
CUPORT_ALGORITHM(mismatch, std::pair<CUPORT_NTH(0), CUPORT_NTH(2)>)
CUPORT_ALGORITHM(partition_copy, std::pair<CUPORT_NTH(2), CUPORT_NTH(3)>)
CUPORT_ALGORITHM(reduce_by_key, std::pair<CUPORT_NTH(3), CUPORT_NTH(4)>)
CUPORT_ALGORITHM(unique_by_key, std::pair<CUPORT_NTH(0), CUPORT_NTH(2)>)
CUPORT_ALGORITHM(unique_by_key_copy, std::pair<CUPORT_NTH(3), CUPORT_NTH(4)>)
#undef CUPORT_NTH
#undef CUPORT_ALGORITHM
// With a second input the output is one further.
template <class... Arguments>
CUPORT_BOTH detail::nth_or_next_t<2, 4, Arguments...> copy_if(Arguments &&...arguments) CUPORT_BODY;
template <class... Arguments>
CUPORT_BOTH detail::nth_or_next_t<2, 4, Arguments...>
transform(Arguments &&...arguments) CUPORT_BODY;
template <class... Arguments>
CUPORT_BOTH detail::nth_or_next_t<2, 5, Arguments...>
transform_if(Arguments &&...arguments) CUPORT_BODY;
// One value gives an iterator, a range of values an output.
template <class... Arguments>
CUPORT_BOTH detail::nth_t<0, Arguments...> lower_bound(Arguments &&...arguments) CUPORT_BODY;
template <class... Arguments>
CUPORT_BOTH detail::nth_t<0, Arguments...> upper_bound(Arguments &&...arguments) CUPORT_BODY;
template <class... Arguments> CUPORT_BOTH bool binary_search(Arguments &&...arguments) CUPORT_BODY;
template <class T> CUPORT_BOTH T(max)(const T &a, const T &b);
template <class T> CUPORT_BOTH T(min)(const T &a, const T &b);

// Complex numbers.
template <class T> struct complex {
  typedef T value_type;
  CUPORT_BOTH complex(const T &real = T(), const T &imaginary = T());
  template <class Other> CUPORT_BOTH complex(const complex<Other> &other);
  CUPORT_BOTH T real() const;
  CUPORT_BOTH T imag() const;
  CUPORT_BOTH void real(T value);
  CUPORT_BOTH void imag(T value);
  template <class Other> CUPORT_BOTH complex &operator=(const Other &other);
  template <class Other> CUPORT_BOTH complex &operator+=(const Other &other);
  template <class Other> CUPORT_BOTH complex &operator-=(const Other &other);
  template <class Other> CUPORT_BOTH complex &operator*=(const Other &other);
  template <class Other> CUPORT_BOTH complex &operator/=(const Other &other);
};
#define CUPORT_COMPLEX(sign, result)                                                               \
  template <class A, class B>                                                                      \
  CUPORT_BOTH result operator sign(const complex<A> &a, const complex<B> &b);                      \
  template <class A, class B, class = typename std::enable_if<std::is_arithmetic<B>::value>::type> \
  CUPORT_BOTH result operator sign(const complex<A> &a, const B &b);                               \
  template <class B, class A, class = typename std::enable_if<std::is_arithmetic<B>::value>::type> \
  CUPORT_BOTH result operator sign(const B &b, const complex<A> &a);
CUPORT_COMPLEX(+, complex<A>)
CUPORT_COMPLEX(-, complex<A>)
CUPORT_COMPLEX(*, complex<A>)
CUPORT_COMPLEX(/, complex<A>)
CUPORT_COMPLEX(==, bool)
CUPORT_COMPLEX(!=, bool)
#undef CUPORT_COMPLEX
template <class T> CUPORT_BOTH complex<T> operator-(const complex<T> &value);
template <class T> CUPORT_BOTH complex<T> operator+(const complex<T> &value);
template <class T> CUPORT_BOTH T abs(const complex<T> &value);
template <class T> CUPORT_BOTH T arg(const complex<T> &value);
template <class T> CUPORT_BOTH T norm(const complex<T> &value);
template <class T, class Angle = T>
CUPORT_BOTH complex<T> polar(const T &length, const Angle &angle = Angle());
#define CUPORT_FUNCTION(name)                                                                      \
  template <class T> CUPORT_BOTH complex<T> name(const complex<T> &value);
CUPORT_FUNCTION(acos)
CUPORT_FUNCTION(acosh)
CUPORT_FUNCTION(asin)
CUPORT_FUNCTION(asinh)
CUPORT_FUNCTION(atan)
CUPORT_FUNCTION(atanh)
CUPORT_FUNCTION(conj)
CUPORT_FUNCTION(cos)
CUPORT_FUNCTION(cosh)
CUPORT_FUNCTION(exp)
CUPORT_FUNCTION(log)
CUPORT_FUNCTION(log10)
CUPORT_FUNCTION(proj)
CUPORT_FUNCTION(sin)
CUPORT_FUNCTION(sinh)
CUPORT_FUNCTION(sqrt)
CUPORT_FUNCTION(tan)
CUPORT_FUNCTION(tanh)
#undef CUPORT_FUNCTION
template <class T, class Exponent>
CUPORT_BOTH complex<T> pow(const complex<T> &base, const Exponent &exponent);

// Random numbers.
namespace random {
#define CUPORT_ENGINE(name)                                                                        \
  struct name {                                                                                    \
    typedef unsigned result_type;                                                                  \
    static constexpr result_type min = 0, max = ~0u;                                               \
    CUPORT_BOTH explicit name(result_type seed = 0);                                               \
    CUPORT_BOTH void seed(result_type seed = 0);                                                   \
    CUPORT_BOTH void discard(unsigned long long count);                                            \
    CUPORT_BOTH result_type operator()();                                                          \
  };
CUPORT_ENGINE(default_random_engine)
CUPORT_ENGINE(minstd_rand)
CUPORT_ENGINE(minstd_rand0)
CUPORT_ENGINE(ranlux24)
CUPORT_ENGINE(ranlux48)
CUPORT_ENGINE(taus88)
#undef CUPORT_ENGINE
#define CUPORT_DISTRIBUTION(name, type)                                                            \
  template <class T = type> struct name {                                                          \
    typedef T result_type;                                                                         \
    CUPORT_BOTH explicit name(T first = T(), T second = T());                                      \
    template <class Engine> CUPORT_BOTH T operator()(Engine &engine);                              \
  };
CUPORT_DISTRIBUTION(uniform_int_distribution, int)
CUPORT_DISTRIBUTION(uniform_real_distribution, double)
CUPORT_DISTRIBUTION(normal_distribution, double)
#undef CUPORT_DISTRIBUTION
} // namespace random
using namespace random;

// Errors.
namespace system {
struct error_category {};
struct error_code {
  int value() const;
};
struct system_error : std::runtime_error {
  template <class... Arguments> system_error(int code, Arguments &&...arguments);
  const error_code &code() const;
};
const error_category &cuda_category();
} // namespace system
using system::cuda_category;
using system::system_error;

} // namespace thrust

// A program may ask for Thrust in a namespace of its own. Its names are known where they are, and are seen from there.
#if defined(THRUST_CUB_WRAPPED_NAMESPACE) && !defined(THRUST_WRAPPED_NAMESPACE)
#define THRUST_WRAPPED_NAMESPACE THRUST_CUB_WRAPPED_NAMESPACE
#endif
#ifdef THRUST_WRAPPED_NAMESPACE
namespace THRUST_WRAPPED_NAMESPACE {
namespace thrust {
using namespace ::thrust;
}
} // namespace THRUST_WRAPPED_NAMESPACE
#define THRUST_NS_QUALIFIER ::THRUST_WRAPPED_NAMESPACE::thrust
#else
#define THRUST_NS_QUALIFIER ::thrust
#endif

#undef CUPORT_BODY
#undef CUPORT_BOTH

#endif // __cplusplus

#endif

# cublas_legacy_api.h, cublas_names_api.h of the toolkit -> functions.h
FNR == NR {
  if (match($0, /cublas[A-Za-z0-9]+\(/))
    legacy[substr($0, RSTART, RLENGTH - 1)] = 1
  next
}
$1 == "#define" && NF == 3 && ($2 in legacy) {
  print "namespace legacy { inline constexpr auto over_" $2 " = &Function<" $3 ", ::" $2 ">::run; }"
  print "#define " $2 " legacy::over_" $2
  print "#define " $3 " legacy::over_" $2
  next
}
$1 == "#define" && NF == 3

/* A program's part in C with the legacy interface, as programs of before cuBLAS 4 are written. */
#include <cublas.h>
#include <stdio.h>

int useLegacy(const float *host) {
  cublasStatus status;
  float *a = 0, *x = 0, y[3];
  int fails = 0;

  /* Nothing works before cublasInit, and it is said once. */
  fails += cublasIsamax(3, x, 1) != 0;
  fails += cublasGetError() != CUBLAS_STATUS_NOT_INITIALIZED;
  fails += cublasGetError() != CUBLAS_STATUS_SUCCESS;
  fails += cublasAlloc(9, sizeof(float), (void **)&a) != CUBLAS_STATUS_NOT_INITIALIZED;
  fails += cublasShutdown() != CUBLAS_STATUS_NOT_INITIALIZED;
  cublasGetError();

  status = cublasInit();
  fails += status != CUBLAS_STATUS_SUCCESS;
  fails += cublasAlloc(0, sizeof(float), (void **)&a) != CUBLAS_STATUS_INVALID_VALUE;
  fails += cublasGetError() != CUBLAS_STATUS_INVALID_VALUE;
  fails += cublasAlloc(9, sizeof(float), (void **)&a) != CUBLAS_STATUS_SUCCESS;
  fails += cublasAlloc(3, sizeof(float), (void **)&x) != CUBLAS_STATUS_SUCCESS;
  cublasSetMatrix(3, 3, sizeof(float), host, 3, a, 3);
  cublasSetVector(3, sizeof(float), host, 1, x, 1); /* the first column */
  printf("dot %g, norm %g, sum %g\n", cublasSdot(3, a, 1, x, 1), cublasSnrm2(3, x, 1), cublasSasum(9, a, 1));
  printf("largest %d, smallest %d\n", cublasIsamax(9, a, 1), cublasIsamin(9, a, 1));
  cublasStrmv('U', 't', 'N', 3, a, 3, x, 1);
  cublasGetVector(3, sizeof(float), x, 1, y, 1);
  printf("trmv %g %g %g\n", y[0], y[1], y[2]);

  /* A letter that is none leaves the vector as it is; later success does not hide the error. */
  cublasStrmv('X', 't', 'N', 3, a, 3, x, 1);
  cublasSscal(3, 2.0f, x, 1);
  fails += cublasGetError() != CUBLAS_STATUS_INVALID_VALUE;
  cublasGetVector(3, sizeof(float), x, 1, y, 1);
  printf("scaled %g %g %g\n", y[0], y[1], y[2]);
  fails += cublasFree(a) != CUBLAS_STATUS_SUCCESS || cublasFree(x) != CUBLAS_STATUS_SUCCESS;
  fails += cublasShutdown() != CUBLAS_STATUS_SUCCESS;
  fails += cublasGetError() != CUBLAS_STATUS_SUCCESS;
  return fails;
}

// Macros of one letter, given on the command line, before what cuport-cc includes by itself: all those that nvcc takes, too.
// RUN: %cuport-cc -std=c++17 -fsyntax-only %s -DA=1 -DB=2 -DC=3 -DD=4 -DE=5 -DF=6 -DG=7 -DH=8 -DI=9 -DJ=10 -DK=11 -DL=12 -DM=13 -DN=14 -DO=15 -DP=16 \
// RUN:   -DQ=17 -DR=18 -DS=19 -DV=20 -DW=21 -DX=22 -DY=23 -DZ=24 -De=25 -Dg=26 -Di=27 -Dj=28 -Dk=29 -Dl=30 -Dm=31 -Do=32 -Dq=33 -Dr=34 -Du=35
__global__ void kernel(float *out) { out[threadIdx.x] = expf(A * B) + E * S + X * i + k + l + m + r; }
int main() { kernel<<<1, 32>>>(nullptr); }

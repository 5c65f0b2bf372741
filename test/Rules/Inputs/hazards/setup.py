# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
from setuptools import setup
from torch.utils import cpp_extension

setup(ext_modules=[cpp_extension.CUDAExtension("hazards", ["hazards.cu"])])  # HAZARD: build-setup-py-cudaextension build-language

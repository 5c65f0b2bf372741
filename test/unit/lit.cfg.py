# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The GoogleTest programs that build/<preset>/test/unit/<Room>/ holds."""

import os

import lit.formats

config.name = "cuport-unit"
config.test_exec_root = os.path.join(config.cuport_obj_root, "test", "unit")
config.test_source_root = config.test_exec_root
config.test_format = lit.formats.GoogleTest(".", "Tests")

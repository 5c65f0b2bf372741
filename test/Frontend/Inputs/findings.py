# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""findings.py < REPORT.json: one line a finding, in the report's order:

    FILE:LINE:COLUMN RULE NAME VERDICT CONFIDENCE   (FILE without its folders, - for no name)
"""

import json
import os
import sys

for finding in json.load(sys.stdin)["findings"]:
    print(
        f"{os.path.basename(finding['file'])}:{finding['line']}:{finding['column']}",
        finding["rule"],
        finding["name"] or "-",
        finding["verdict"],
        finding["confidence"],
    )

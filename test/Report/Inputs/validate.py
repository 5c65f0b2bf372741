# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""validate.py SCHEMA JSON...: the part of JSON Schema (draft 2020-12) that docs/report.schema.json uses, and no more: a keyword that
is not known here is an error, so that none is passed over."""

import json
import re
import sys

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
ABOUT = {"$schema", "title", "description", "$defs"}


def problems(value, schema, root, at):
    for keyword, wanted in schema.items():
        if keyword in ABOUT:
            continue
        if keyword == "$ref":
            target = root
            for step in wanted.removeprefix("#/").split("/"):
                target = target[step]
            yield from problems(value, target, root, at)
        elif keyword == "type":
            if not isinstance(value, TYPES[wanted]) or isinstance(value, bool) and wanted != "boolean":
                yield f"{at}: {value!r:.60} is no {wanted}"
        elif keyword == "const":
            if value != wanted:
                yield f"{at}: {value!r:.60} is not {wanted!r}"
        elif keyword == "enum":
            if value not in wanted:
                yield f"{at}: {value!r:.60} is none of {wanted}"
        elif keyword == "pattern":
            if not re.search(wanted, value):
                yield f"{at}: {value!r:.60} does not match {wanted}"
        elif keyword == "minimum":
            if value < wanted:
                yield f"{at}: {value} is below {wanted}"
        elif keyword == "maximum":
            if value > wanted:
                yield f"{at}: {value} is above {wanted}"
        elif keyword == "minItems":
            if len(value) < wanted:
                yield f"{at}: has {len(value)} items, not {wanted}"
        elif keyword == "required":
            for name in wanted:
                if name not in value:
                    yield f"{at}: {name} is missing"
        elif keyword == "properties":
            for name, inner in wanted.items():
                if name in value:
                    yield from problems(value[name], inner, root, f"{at}.{name}")
        elif keyword == "additionalProperties":
            for name in set(value) - set(schema.get("properties", {})):
                if wanted is False:
                    yield f"{at}: {name} is not in the schema"
                else:
                    yield from problems(value[name], wanted, root, f"{at}.{name}")
        elif keyword == "items":
            for index, item in enumerate(value):
                yield from problems(item, wanted, root, f"{at}[{index}]")
        else:
            sys.exit(f"the schema uses '{keyword}', which this program does not know")


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    found = []
    for path in sys.argv[2:]:
        report = json.load(open(path, encoding="utf-8"))
        found += [f"{path}: {problem}" for problem in problems(report, schema, schema, "$")]
    print("\n".join(found[:20] or ["valid"]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

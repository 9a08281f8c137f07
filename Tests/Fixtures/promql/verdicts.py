"""Says what the parser of the package promql-parser makes of expressions.

The file that is named has a line of JSON an expression: [expression, the same in another form, or null].
Standard output gets a line of JSON for each: {"error": what is wrong with it}, or
{"text": the expression as that parser prints it, "again": the other form as it prints that}.
"""

import json
import sys

import promql_parser


def printed(text):
    try:
        return str(promql_parser.parse(text))
    except ValueError as error:
        return f"error: {error}"


for line in open(sys.argv[1], encoding="utf-8"):
    expression, other = json.loads(line)
    try:
        verdict = {"text": str(promql_parser.parse(expression)), "again": other and printed(other)}
    except ValueError as error:
        verdict = {"error": str(error)}
    print(json.dumps(verdict))

"""Says what the parser of the package promql-parser makes of expressions.

The file that is named has a line of JSON an expression: [expression, the same in another form, or null].
Standard output gets a line of JSON for each: {"error": what is wrong with it}, or
{"text": the expression as that parser prints it, "again": the other form as it prints that}.
"""

import json
import sys

import promql_parser


def parsed(text):
    """The expression as the parser prints it, or None, and what is wrong with it."""
    try:
        return str(promql_parser.parse(text)), None
    except ValueError as error:
        return None, str(error)
    except BaseException as error:
        # The parser fails in itself, over a duration that is no number. Nothing else is caught here.
        if type(error).__name__ != "PanicException":
            raise
        return None, f"panic: {error}"


for line in open(sys.argv[1], encoding="utf-8"):
    expression, other = json.loads(line)
    text, error = parsed(expression)
    if error:
        verdict = {"error": error}
    else:
        again, error = parsed(other) if other else (None, None)
        verdict = {"text": text, "again": f"error: {error}" if error else again}
    print(json.dumps(verdict))

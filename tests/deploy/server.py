# SPDX-License-Identifier: Apache-2.0
"""The server of tests/support, with the two services that moto leaves out for the want of a library.

It reads OpenAPI documents with that one when somebody imports an API, which nobody does here."""

import pathlib
import runpy
import sys
import types

ABSENT = "openapi_spec_validator"


def refuse(*_, **__):
    raise NotImplementedError("no API is imported here")


for name in (ABSENT, f"{ABSENT}.validation", f"{ABSENT}.validation.exceptions"):
    sys.modules[name] = types.ModuleType(name)
sys.modules[ABSENT].validate = refuse
sys.modules[f"{ABSENT}.validation.exceptions"].OpenAPIValidationError = ValueError
if __name__ == "__main__":
    runpy.run_path(str(pathlib.Path(__file__).parents[1] / "support/moto_server.py"), run_name="__main__")

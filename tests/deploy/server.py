# SPDX-License-Identifier: Apache-2.0
"""The server of tests/support, with the services that moto leaves out for the want of a library.

It reads OpenAPI documents with one when somebody imports an API, and signs tokens with the other: nobody
does either here."""

import importlib.util
import pathlib
import runpy
import sys
import types


def refuse(*_, **__):
    raise NotImplementedError("nobody asks for this here")


def stand_in(names: dict[str, dict]) -> None:
    """For a library and its parts, when it is not installed."""
    if importlib.util.find_spec(next(iter(names))):
        return
    for name, members in names.items():
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(members)


stand_in({
    "openapi_spec_validator": {"validate": refuse},
    "openapi_spec_validator.validation": {},
    "openapi_spec_validator.validation.exceptions": {"OpenAPIValidationError": ValueError},
})
stand_in({"joserfc": {"jwk": types.SimpleNamespace(RSAKey=types.SimpleNamespace(import_key=lambda _: None)),
                      "jwt": types.SimpleNamespace(encode=refuse)}})
if __name__ == "__main__":
    runpy.run_path(str(pathlib.Path(__file__).parents[1] / "support/moto_server.py"), run_name="__main__")

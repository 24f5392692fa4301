# SPDX-License-Identifier: Apache-2.0
"""Writes the OpenAPI document, as compact JSON in the order of the source, into a C++ file.

usage: embed_contract.py openapi.yaml openapi_json.cpp
"""
import json
import sys

import yaml

HEAD = """// SPDX-License-Identifier: Apache-2.0
// Made from contract/openapi.yaml at build time; do not edit.
#include "contract/openapi_json.hpp"

namespace palabre {
namespace {

// An array, since compilers need not take string literals above 64 kB.
constexpr char text[] = {
"""
FOOT = """};

}  // namespace

std::string_view openapi_json() noexcept {
    return {text, sizeof text};
}

}  // namespace palabre
"""


def main(source, target):
    with open(source, encoding='utf-8') as file:
        document = yaml.safe_load(file)
    codes = json.dumps(document, separators=(',', ':')).encode('ascii')
    lines = [', '.join(str(code) for code in codes[i:i + 20]) for i in range(0, len(codes), 20)]
    with open(target, 'w', encoding='ascii') as file:
        file.write(HEAD + ''.join(f'    {line},\n' for line in lines) + FOOT)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/records/vocabulary.hpp"
#include "ports/blob_store.hpp"

#include <string>
#include <vector>

namespace palabre::test {

// Writes what DynamoDB writes beside the data files of an export, by the page "DynamoDB table
// export output format" of its developer guide: moto leaves it out. `name` is "…AWSDynamoDB/ID".
void write_export_manifests(blob_store& in, const std::string& name);

// The lines of the items that our store keeps of these records, and of others that it keeps beside
// them.
[[nodiscard]] std::vector<std::string> export_lines(const contract::all_records& of);

// An export of these lines in two files, and a third without items, as every empty partition has.
void write_export(blob_store& to, const std::string& name, const std::vector<std::string>& lines);

void put_object(blob_store& to, const std::string& name, const std::string& bytes);
[[nodiscard]] std::string get_object(blob_store& from, const std::string& name);

}  // namespace palabre::test

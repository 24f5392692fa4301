// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "contract/records/vocabulary.hpp"

#include <string>

namespace palabre::test {

// A new table of the moto server of this program, which can be exported at any time.
class moto_table {
public:
    moto_table();

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] aws::client& client() noexcept { return client_; }

    void fill(const contract::all_records& with);
    [[nodiscard]] contract::all_records records();

    // What DynamoDB answers to a request.
    std::string ask(const std::string& operation, const std::string& body);

    // Exports it, waits for the end, and writes the manifests that moto leaves out. The name of the
    // export below s3://bucket.
    std::string export_to(const std::string& bucket, const std::string& prefix);

private:
    const aws::variables environment_;
    aws::trust roots_;
    aws::credential_source who_;
    aws::client client_;
    const std::string name_;
};

// Writes the manifests of whatever moto has exported below this prefix without them. The name of
// the last export.
std::string complete_exports(const std::string& bucket, const std::string& prefix);

}  // namespace palabre::test

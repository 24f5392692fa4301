// SPDX-License-Identifier: Apache-2.0
#include "util/md5.hpp"

#include <openssl/evp.h>

#include <new>

namespace palabre::util {

struct md5_stream::state {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    state() = default;
    ~state() { EVP_MD_CTX_free(context); }
    state(const state&) = delete;
    state& operator=(const state&) = delete;
};

md5_stream::md5_stream() : state_(std::make_unique<state>()) {
    if (state_->context == nullptr || EVP_DigestInit_ex(state_->context, EVP_md5(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

md5_stream::~md5_stream() = default;

void md5_stream::add(std::string_view bytes) {
    if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) throw std::bad_alloc();
}

std::string md5_stream::finish() {
    std::string digest(16, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(digest.data());
    if (EVP_DigestFinal_ex(state_->context, bytes, nullptr) != 1) throw std::bad_alloc();
    return digest;
}

std::string md5(std::string_view bytes) {
    md5_stream sum;
    sum.add(bytes);
    return sum.finish();
}

}  // namespace palabre::util

// SPDX-License-Identifier: Apache-2.0
#include "mail/test_certificates.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace ppo_test {
namespace {
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

constexpr long day = 24 * 60 * 60;

File open_file(const std::string& path, const char* mode) {
    File file{std::fopen(path.c_str(), mode), &std::fclose};
    if (!file) throw std::runtime_error{"cannot open " + path};
    return file;
}

Key make_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

void add_extension(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    if (extension == nullptr) throw std::runtime_error{"bad extension " + value};
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// To be signed by `issuer`, or by itself where that is null.
Certificate make_certificate(EVP_PKEY* key, const std::string& common_name, X509* issuer,
                             bool is_expired) {
    Certificate made{X509_new(), &X509_free};
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), std::rand() % 1'000'000 + 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -2 * day);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), is_expired ? -day : day);
    X509_set_pubkey(made.get(), key);
    X509_NAME* name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                               0);
    X509_set_issuer_name(made.get(), issuer == nullptr ? name : X509_get_subject_name(issuer));
    return made;
}

void sign_and_save(X509* certificate, EVP_PKEY* key, const std::string& path) {
    if (X509_sign(certificate, key, EVP_sha256()) == 0) throw std::runtime_error{"cannot sign"};
    PEM_write_X509(open_file(path, "wb").get(), certificate);
}

void save_key(EVP_PKEY* key, const std::string& path) {
    PEM_write_PrivateKey(open_file(path, "wb").get(), key, nullptr, nullptr, 0, nullptr, nullptr);
}

Poco::Net::Context::Ptr open_context(const std::string& key, const std::string& certificate) {
    using Poco::Net::Context;
    return new Context{Context::TLS_SERVER_USE, key, certificate, "",
                       Context::VERIFY_NONE,    9,   false};
}
}  // namespace

TestAuthority::TestAuthority() {
    std::string name = std::filesystem::temp_directory_path() / "ppo-tls-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no folder for certificates"};
    folder_ = name;
    const Key key = make_key();
    const auto authority = make_certificate(key.get(), "Test Authority", nullptr, false);
    add_extension(authority.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    sign_and_save(authority.get(), key.get(), ca_file());
    save_key(key.get(), folder_ / "ca.key");
}

TestAuthority::~TestAuthority() { std::filesystem::remove_all(folder_); }

Poco::Net::Context::Ptr TestAuthority::server(const std::string& names, bool is_expired) {
    const std::string base = folder_ / std::to_string(++count_);
    const Key authority_key{
        PEM_read_PrivateKey(open_file(folder_ / "ca.key", "rb").get(), nullptr, nullptr, nullptr),
        &EVP_PKEY_free};
    const Certificate authority{
        PEM_read_X509(open_file(ca_file(), "rb").get(), nullptr, nullptr, nullptr), &X509_free};
    const Key key = make_key();
    const auto own = make_certificate(key.get(), "server", authority.get(), is_expired);
    add_extension(own.get(), NID_subject_alt_name, names);
    sign_and_save(own.get(), authority_key.get(), base + ".pem");
    save_key(key.get(), base + ".key");
    return open_context(base + ".key", base + ".pem");
}

Poco::Net::Context::Ptr TestAuthority::self_signed_server(const std::string& names) {
    const std::string base = folder_ / std::to_string(++count_);
    const Key key = make_key();
    const auto own = make_certificate(key.get(), "server", nullptr, false);
    add_extension(own.get(), NID_subject_alt_name, names);
    sign_and_save(own.get(), key.get(), base + ".pem");
    save_key(key.get(), base + ".key");
    return open_context(base + ".key", base + ".pem");
}
}  // namespace ppo_test

// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_tls.hpp"

#include <Poco/Net/IPAddress.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace ppo {
Poco::Net::Context::Ptr make_smtp_tls_context(const std::string& host, const std::string& ca_file) {
    using Poco::Net::Context;
    const bool from_system = ca_file.empty();
    const Context::Ptr context = new Context{Context::TLS_CLIENT_USE, "", "",         ca_file,
                                             Context::VERIFY_STRICT,  9,  from_system};
    SSL_CTX* tls = context->sslContext();
    // Poco installs a callback that asks the process-wide SSLManager whether to forgive a bad
    // certificate; the host may have told that one to forgive everything.
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, nullptr);
    // The name is checked by OpenSSL during the handshake, so that not one byte is said to a
    // stranger.
    X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(tls);
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    Poco::Net::IPAddress address;
    const bool is_address = Poco::Net::IPAddress::tryParse(host, address);
    const int named = is_address ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str())
                                 : X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size());
    if (named != 1 || SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) != 1)
        throw std::runtime_error{"TLS cannot be set up for this mail server."};
    return context;
}
}  // namespace ppo

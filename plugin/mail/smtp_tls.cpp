// SPDX-License-Identifier: Apache-2.0
#include "mail/smtp_tls.hpp"

#include <Poco/Net/IPAddress.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdexcept>
#include <utility>

namespace ppo {
namespace {
/// Poco tells of a failed handshake without the reason; OpenSSL tells it to this thread only.
thread_local int last_trouble = X509_V_OK;

int note_trouble(int is_good, X509_STORE_CTX* checked) {
    if (is_good == 0) last_trouble = X509_STORE_CTX_get_error(checked);
    return is_good;
}
}  // namespace

Poco::Net::Context::Ptr make_smtp_tls_context(const std::string& host, const std::string& ca_file) {
    using Poco::Net::Context;
    const bool from_system = ca_file.empty();
    const Context::Ptr context = new Context{Context::TLS_CLIENT_USE, "", "",         ca_file,
                                             Context::VERIFY_STRICT,  9,  from_system};
    SSL_CTX* tls = context->sslContext();
    // Poco installs a callback that asks the process-wide SSLManager whether to forgive a bad
    // certificate; the host may have told that one to forgive everything.
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, note_trouble);
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

std::string take_certificate_trouble(const std::string& host) {
    switch (std::exchange(last_trouble, X509_V_OK)) {
    case X509_V_OK: return {};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "The certificate of the mail server is for another name than " + host +
               ": check the name in the setting of the mail server.";
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "The certificate of the mail server has expired: whoever runs the server must renew "
               "it.";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "The certificate of the mail server is not valid yet: check this machine's clock.";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return "The certificate of the mail server is signed by nobody whom we trust: set the file "
               "of authorities that its signer stands in.";
    default: return "The certificate of the mail server is not trusted.";
    }
}
}  // namespace ppo

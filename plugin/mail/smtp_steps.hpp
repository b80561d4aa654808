// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/transport.hpp"

#include <string>
#include <string_view>

namespace ppo {
/// Tells somebody who looks for trouble how far a dialogue came: step by step, up to the first that
/// fails. Where nobody listens it does nothing.
class SmtpSteps {
public:
    SmtpSteps() = default;
    explicit SmtpSteps(TellStep tell) : tell_{std::move(tell)} {}

    /// From here on, trouble is this step's.
    void begin(std::string_view step) { step_ = step; }
    void pass(const std::string& sentence);
    /// Says what may mend it, too, where the step alone tells that. Nothing is told after it.
    void fail(const std::string& sentence);

private:
    TellStep tell_{};
    std::string_view step_{};
    bool has_failed_ = false;
};
}  // namespace ppo

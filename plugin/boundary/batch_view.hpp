// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boundary/model_writer.hpp"
#include "boundary/view.hpp"
#include "domain/batch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ppo {
inline constexpr std::string_view batch_view_id = "onboarding.batches";

/// The batches of invitations, and what became of each patient: My Links, Portal Invitation
/// Batches.
class BatchView : public View {
public:
    using View::View;

    Result<std::string> render() override;
    Outcome edit(std::string_view field, std::string_view value) override;
    Outcome invoke(std::string_view action, std::string_view argument, Effects& effects) override;

private:
    [[nodiscard]] std::vector<BatchProgress> newest() const;
    [[nodiscard]] std::optional<BatchProgress> chosen(
        const std::vector<BatchProgress>& batches) const;
    void write_list(ModelWriter& model, const std::vector<BatchProgress>& batches,
                    const std::optional<BatchProgress>& batch, UnixTime now) const;
    void write_facts(ModelWriter& model, const BatchProgress& batch, UnixTime now) const;
    void write_people(ModelWriter& model, const BatchProgress& batch, UnixTime now) const;
    void write_person(ModelWriter& model, const BatchPerson& person, UnixTime now) const;
    [[nodiscard]] std::uint32_t wanted() const;
    [[nodiscard]] std::string shown(std::optional<UnixTime> time, UnixTime now) const;
    void turn_to(std::int64_t after);
    Outcome show(std::string_view argument);
    Outcome save_list(std::string_view argument, Effects& effects);

    std::optional<std::int64_t> chosen_{};  // Nothing = the newest one.
    std::string outcome_{};                 // Id of the one that is listed; empty = all.
    std::vector<std::int64_t> pages_{};     // Places behind which the pages up to this one begin.
};
}  // namespace ppo

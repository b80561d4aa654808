// SPDX-License-Identifier: Apache-2.0
#include "boundary/analytics_view.hpp"
#include "boundary/batch_view.hpp"
#include "boundary/guard.hpp"
#include "boundary/report_view.hpp"
#include "boundary/tab_view.hpp"
#include "boundary/tables.hpp"
#include "store/patient_table.hpp"

#include <array>
#include <new>

namespace ppo {
Handles<View, ppo_view>& views() {
    static Handles<View, ppo_view> all;
    return all;
}

namespace {
struct Place {
    std::uint32_t flags = 0;
    std::string_view location{};
    std::string_view view_id{};
    std::string_view label{};
    std::string_view hint{};
};
constexpr std::array<Place, 3> places{
    {{0, "menu.my-links", report_view_id, "Patient Portal Onboarding Tool",
      "All patients with their portal status: enable access and send invitations."},
     {0, "menu.my-links", batch_view_id, "Portal Invitation Batches",
      "Invitations that were sent to many at once: how far they are and what became of each."},
     {PPO_CONTRIBUTION_NEEDS_PATIENT, "patient.edit.tabs", tab_view_id, "Patient Portal",
      "Portal access, invitation, username and password of this patient."}}};

/// Pieces of at most this many bytes go into a sink, cut between characters.
constexpr std::size_t piece_size = 32 * 1024;

/// "select:" before a patient's id, and room.
constexpr std::size_t longest_field_id = 128;

bool put_in_pieces(std::string_view text, const ppo_text_sink& sink) {
    while (!text.empty()) {
        std::size_t size = std::min(piece_size, text.size());
        if (size < text.size())
            while (size > 1 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
        if (!goes_on(sink.put(sink.context, text.data(), size))) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::shared_ptr<View> make_view(const std::shared_ptr<Instance>& instance, const Caller& caller,
                                std::string_view view_id, std::string_view patient_id) {
    if (view_id == report_view_id) return std::make_shared<ReportView>(instance, caller);
    if (view_id == batch_view_id) return std::make_shared<BatchView>(instance, caller);
    if (view_id == analytics_view_id) return std::make_shared<AnalyticsView>(instance, caller);
    if (view_id == tab_view_id) {
        if (patient_id.empty())
            throw Misuse{PPO_MISUSE_TEXT_EMPTY, "patient_id", "This view needs a patient."};
        return std::make_shared<TabView>(instance, caller, std::string{patient_id});
    }
    throw Misuse{PPO_MISUSE_UNKNOWN_ID, "view_id", "There is no such view."};
}

bool is_known(Instance& self, std::string_view patient_id) {
    Reading reading{self.database()};
    return find_account(reading, patient_id).has_value();
}

namespace calls {
Outcome contributions(Instance&, ppo_text language, const ppo_contribution_sink* sink) {
    check_sink(sink);
    static_cast<void>(optional_text(language, "language", 35));
    std::uint32_t order = 0;
    for (const auto& place : places) {
        const ppo_contribution out{sizeof out,
                                   place.flags,
                                   PPO_MAY_ONBOARD,
                                   ++order,
                                   to_text(place.location),
                                   to_text(place.view_id),
                                   to_text(place.label),
                                   to_text(place.hint)};
        if (!goes_on(sink->put(sink->context, &out))) return PPO_STOPPED;
    }
    return PPO_OK;
}

Outcome open(Instance& self, const ppo_caller* caller, const ppo_view_request* request,
             ppo_view** out) {
    if (out == nullptr) throw Misuse{PPO_MISUSE_NULL, "out", "The place for the handle is NULL."};
    const ppo_view_request& from = filled(request, "request");
    const auto who = to_caller(caller);
    const auto patient_id = optional_text(from.patient_id, "patient_id", 64);
    static_cast<void>(optional_text(from.language, "language", 35));
    auto view = make_view(self.shared_from_this(), who, required_text(from.view_id, "view_id", 64),
                          patient_id);
    if (!who.may(PPO_MAY_ONBOARD)) return Refusal::NotPermitted;
    if (!patient_id.empty() && !is_known(self, patient_id)) return Refusal::UnknownPatient;
    *out = views().add(std::move(view));
    return PPO_OK;
}

Outcome render(View& view, const ppo_text_sink* sink) {
    check_sink(sink);
    const auto model = view.render();
    if (!model) return model.refusal();
    return put_in_pieces(*model, *sink) ? PPO_OK : PPO_STOPPED;
}

Outcome edit(View& view, ppo_text field_id, ppo_text value) {
    return view.edit(required_text(field_id, "field_id", longest_field_id),
                     optional_text(value, "value", 1024));
}

Outcome invoke(View& view, ppo_text action_id, ppo_text argument, const ppo_effect_sink* sink) {
    check_sink(sink);
    Effects effects{*sink};
    return view.invoke(required_text(action_id, "action_id", 64),
                       optional_text(argument, "argument", 2048), effects);
}

void PPO_CALL close(ppo_view* view) {
    try {
        static_cast<void>(views().take(view));
    } catch (const std::exception&) {  // A handle that cannot be looked up ends with its instance.
    }
}
}  // namespace calls
}  // namespace

const ppo_ui_1 ui_table{sizeof ui_table,
                        0,
                        guard<calls::contributions>,
                        guard<calls::open>,
                        guard<calls::render>,
                        guard<calls::edit>,
                        guard<calls::invoke>,
                        calls::close};
}  // namespace ppo

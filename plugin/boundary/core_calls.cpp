// SPDX-License-Identifier: Apache-2.0
#include "boundary/guard.hpp"
#include "boundary/libraries.hpp"
#include "boundary/tables.hpp"

#include <array>
#include <future>
#include <string_view>

namespace ppo {
namespace {
constexpr std::string_view plugin_name = "Patient Portal Onboarding";
constexpr std::string_view plugin_vendor = "The patient portal onboarding project";
constexpr std::string_view plugin_version = PPO_VERSION;
constexpr std::chrono::seconds longest_goodbye{30};

/// Ends an instance and says so to `destroy`, which waits for calls that are still running.
struct SignalEnd {
    std::shared_ptr<std::promise<void>> ended{};
    void operator()(Instance* instance) const {
        delete instance;
        ended->set_value();
    }
};

ppo_result PPO_CALL create(const ppo_host* host, const ppo_settings* settings, ppo_instance** out,
                           ppo_error* error) {
    try {
        if (out == nullptr)
            throw Misuse{PPO_MISUSE_NULL, "out", "The place for the handle is NULL."};
        check_libraries();
        keep_libraries();
        const SignalEnd deleter{std::make_shared<std::promise<void>>()};
        *out = instances().add(std::shared_ptr<Instance>{new Instance{host, settings}, deleter});
        return PPO_OK;
    } catch (...) {
        return answer_exception(error, nullptr);
    }
}

Outcome work(Instance& self, std::uint32_t budget_ms) {
    return self.work(std::chrono::milliseconds{budget_ms}) ? PPO_MORE : PPO_OK;
}

ppo_result PPO_CALL shutdown(ppo_instance* self, std::uint32_t, ppo_error* error) {
    try {
        if (self == nullptr) throw Misuse{PPO_MISUSE_NULL, "self", "The instance is NULL."};
        const auto instance = instances().find(self);
        if (!instance) throw Misuse{PPO_MISUSE_HANDLE, "self", "This is not a live instance."};
        instance->shutdown();
        return PPO_OK;
    } catch (...) {
        return answer_exception(error, nullptr);
    }
}

void PPO_CALL destroy(ppo_instance* self) {
    try {
        auto instance = instances().take(self);
        if (!instance) return;
        views().drop_if([&](const View& view) { return &view.instance() == instance.get(); });
        instance->shutdown();
        auto ended = std::get_deleter<SignalEnd>(instance)->ended->get_future();
        instance.reset();
        ended.wait_for(longest_goodbye);  // A call that never ends must not hold the host for ever.
    } catch (const std::exception&) {     // Nothing to say it to: the host wanted to be rid of us.
    }
}

struct Interface {
    std::string_view id{};
    const void* table = nullptr;
};

const void* PPO_CALL query(ppo_text id) {
    static const std::array<Interface, 8> interfaces{{{PPO_ONBOARDING_1, &onboarding_table},
                                                      {PPO_REPORT_1, &report_table},
                                                      {PPO_SELFSERVICE_1, &selfservice_table},
                                                      {PPO_AUDIT_1, &audit_table},
                                                      {PPO_MAIL_1, &mail_table},
                                                      {PPO_SECURITY_1, &security_table},
                                                      {PPO_UI_1, &ui_table},
                                                      {PPO_STORE_1, &store_table}}};
    if (id.data == nullptr) return nullptr;
    for (const auto& known : interfaces)
        if (known.id == std::string_view{id.data, id.size}) return known.table;
    return nullptr;
}
}  // namespace

const ppo_plugin plugin_table{sizeof plugin_table,
                              PPO_ABI_MAJOR,
                              PPO_ABI_MINOR,
                              0,
                              {plugin_name.data(), plugin_name.size()},
                              {plugin_vendor.data(), plugin_vendor.size()},
                              {plugin_version.data(), plugin_version.size()},
                              create,
                              guard<work>,
                              shutdown,
                              destroy,
                              query};
}  // namespace ppo

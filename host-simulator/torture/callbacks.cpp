// SPDX-License-Identifier: Apache-2.0
#include "torture/callbacks.hpp"

#include "torture/call.hpp"

namespace ppo_torture {
namespace {
void log_in_every_way(const HostSide& host) {
    for (const std::int32_t level : {-1, 0, 1, 2, 3, 4, 99, INT32_MAX, INT32_MIN})
        host.log(level, "The torture speaks at level " + std::to_string(level) + ".");
    host.log(PPO_LOG_WARNING, "");
    host.log(PPO_LOG_WARNING, std::string(512, 'w'));
    host.log(PPO_LOG_WARNING, "torture-canary \x1b[31m \u202e \u0085 \u2028 <b>&\"'");
}

/// Whoever reads the directory may ask it for one patient meanwhile, and read it again.
void read_inside_a_reading(const Call& call) {
    const Instance& self = call.self();
    Chart found;
    self.host.each_chart(self, 2, [&](const Chart& chart) {
        Chart again;
        self.host.find_chart(self, chart.id, again);
        self.host.each_chart(self, 1, [](const Chart&) {});
        found = chart;
    });
}
}  // namespace

void call_back(Call& call) {
    const Instance& self = call.self();
    const HostSide& host = self.host;
    static_cast<void>(call.now());
    log_in_every_way(host);
    Chart nobody;
    for (const auto& id : {std::string{"nobody"}, std::string(64, 'x'),
                           std::string{"../../<b>\"'\u4e2d\u202e"}, std::string{" "}})
        host.find_chart(self, id, nobody);
    read_inside_a_reading(call);
    for (const auto& id : {std::string{}, std::string{"nobody"}, std::string{"T-1001"}}) {
        host.refresh(id);
        host.end_sessions(id.empty() ? "nobody" : id);
    }
    host.checkpoint(self, call.nth() + 1, call.now(), std::string(128, 'm'));
    host.checkpoint(self, (std::uint64_t{1} << 53U) - 1, call.now(), "m");
}
}  // namespace ppo_torture

// SPDX-License-Identifier: Apache-2.0
#include "host/instance.hpp"
#include "host/sinks.hpp"

#include <utility>

namespace ppo_sim {
namespace {
/// Documents go to the disk, everything else into the list.
struct Taken {
    std::vector<Effect>& effects;
    DocumentHandle& saved;

    void take(const ppo_effect& effect) {
        if (effect.kind != PPO_EFFECT_SAVE_TEXT) return effects.push_back(copy_of(effect));
        if (!saved) {
            saved = std::make_shared<Document>();
            saved->name = copy(effect.target);
            effects.push_back({effect.kind, effect.tone, saved->name, {}});
        }
        saved->content.write({effect.text.data, static_cast<std::size_t>(effect.text.size)});
    }
};

Answer not_open() { return {PPO_MISUSE_STATE, "misuse_state", "", "No view is open.", 0}; }
}  // namespace

View::~View() { close(); }

View::View(View&& other) noexcept
    : table_{std::exchange(other.table_, nullptr)},
      handle_{std::exchange(other.handle_, nullptr)} {}

View& View::operator=(View&& other) noexcept {
    if (this == &other) return *this;
    close();
    table_ = std::exchange(other.table_, nullptr);
    handle_ = std::exchange(other.handle_, nullptr);
    return *this;
}

void View::close() {
    if (handle_ != nullptr) table_->close(handle_);
    handle_ = nullptr;
}

Answer View::render(std::string& model) const {
    if (!is_open()) return not_open();
    model.clear();
    const ppo_text_sink sink{&model,
                             [](void* context, const char* data, std::size_t size) -> ppo_result {
                                 try {
                                     static_cast<std::string*>(context)->append(data, size);
                                     return PPO_OK;
                                 } catch (...) {
                                     return PPO_FAULT_HOST;
                                 }
                             }};
    ppo_error error = empty_error();
    const ppo_result result = table_->render(handle_, &sink, &error);
    return to_answer(result, error);
}

Answer View::edit(const std::string& field_id, const std::string& value) {
    if (!is_open()) return not_open();
    ppo_error error = empty_error();
    const ppo_result result = table_->edit(handle_, borrow(field_id), borrow(value), &error);
    return to_answer(result, error);
}

Answer View::invoke(const std::string& action_id, const std::string& argument,
                    std::vector<Effect>& effects) {
    if (!is_open()) return not_open();
    const auto sink = sink_behind<ppo_effect_sink, ppo_effect>(effects);
    ppo_error error = empty_error();
    const ppo_result result = table_->invoke(handle_, borrow(action_id), borrow(argument), &sink,
                                             &error);
    return to_answer(result, error);
}

Answer View::invoke(const std::string& action_id, const std::string& argument,
                    std::vector<Effect>& effects, DocumentHandle& saved) {
    if (!is_open()) return not_open();
    Taken taken{effects, saved};
    std::string trouble;
    struct Context {
        Taken& taken;
        std::string& trouble;
    } context{taken, trouble};
    const ppo_effect_sink sink{&context, [](void* to, const ppo_effect* effect) -> ppo_result {
                                   auto& known = *static_cast<Context*>(to);
                                   try {
                                       known.taken.take(*effect);
                                       return PPO_OK;
                                   } catch (const std::exception& failure) {
                                       known.trouble = failure.what();
                                       return PPO_FAULT_HOST;
                                   }
                               }};
    ppo_error error = empty_error();
    const ppo_result result = table_->invoke(handle_, borrow(action_id), borrow(argument), &sink,
                                             &error);
    auto answer = to_answer(result, error);
    if (!answer.good()) saved.reset();
    if (!trouble.empty()) answer.message = "The list was not saved: " + trouble + ".";
    return answer;
}
}  // namespace ppo_sim

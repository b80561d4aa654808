// SPDX-License-Identifier: Apache-2.0
#include "validate/abuse.hpp"
#include "validate/view_model.hpp"

#include <random>
#include <set>

namespace ppo_validate {
namespace {
using namespace std::string_view_literals;

/// Takes every effect, and looks at it.
struct Effects {
    std::set<std::string> problems{};
    static ppo_result PPO_CALL put(void* context, const ppo_effect* effect) {
        auto& self = *static_cast<Effects*>(context);
        if (effect->kind == 0) self.problems.insert("an effect has no kind");
        if (effect->tone > PPO_TONE_DANGER) self.problems.insert("an effect has an unknown tone");
        for (const auto part : {effect->target, effect->text, effect->action_id,
                                effect->action_label, effect->argument})
            if (!is_good_text(copy(part))) self.problems.insert("an effect is not UTF-8");
        return PPO_OK;
    }
    [[nodiscard]] ppo_effect_sink sink() { return {this, &Effects::put}; }
};

/// Values that people, scripts and cats type: the seed says which, so that a failure comes again.
class RandomValues {
public:
    explicit RandomValues(std::uint64_t seed) : random_{seed} {}
    [[nodiscard]] std::string next() {
        constexpr std::string_view good[] = {""sv,
                                             "1"sv,
                                             "0"sv,
                                             "anna.weber2"sv,
                                             "kettle orbit meadow"sv,
                                             "2026-02-30"sv,
                                             "1980-02-29"sv,
                                             "-1"sv,
                                             "99999999999999999999"sv,
                                             "\xC3\x9Cnal \xE6\x97\xA5"sv,
                                             "<b>\"&'"sv,
                                             "P001"sv,
                                             "[[link]]"sv,
                                             "%00%n"sv,
                                             "a;b,c|d"sv};
        const auto which = random_() % (std::size(good) + 2);
        if (which < std::size(good)) return std::string{good[which]};
        std::string text;
        for (std::size_t size = random_() % 1025; text.size() < size;)
            text += static_cast<char>(' ' + random_() % 95);
        return text;
    }
    [[nodiscard]] bool one_in(unsigned count) { return random_() % count == 0; }

private:
    std::mt19937_64 random_;
};

void expect_defined(Findings& findings, const std::string& what, ppo_result result,
                    const ppo_error& error) {
    if (!is_defined(result) || result == PPO_FAULT_INTERNAL)
        findings.fail(told(what, result, error));
    const std::string flaw = flaw_in_error(result, error);
    if (!flaw.empty()) findings.fail(what + " answered " + name_of(result) + ", but " + flaw + ".");
}

void expect_renders(Practice& practice, ppo_view* view, const std::string& after) {
    practice.findings.at("render after " + after);
    const auto model = render(practice, view);
    if (!model.flaw.empty()) practice.findings.fail("After " + after + ": " + model.flaw);
}

void check_rendering(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    practice.prepare();
    const auto all = contributions(practice);
    findings.expect(!all.empty(), "There is no contribution.");
    for (const auto& one : all) {
        findings.expect(!one.view_id.empty() && !one.location.empty() && !one.label.empty(),
                        "A contribution lacks its view, location or label: " + clean(one.label));
        for (const char* patient : {"P001", "P002", "P004", "P010"}) {
            findings.at("open and render " + one.view_id);
            ppo_view* view = open_view(practice, one, patient);
            const auto model = render(practice, view);
            if (!model.flaw.empty()) findings.fail(one.view_id + ": " + model.flaw);
            findings.expect(render(practice, view).json == model.json,
                            one.view_id + " is another one when rendered again at once.");
            practice.ui->close(view);
        }
    }
    practice.report_complaints();
}

/// Types into every field and clicks on every action; the view renders after each.
void touch_everything(Practice& practice, const Contribution& one, RandomValues& values) {
    ppo_view* view = open_view(practice, one, "P004");
    auto& findings = practice.findings;
    std::set<std::string> clicked;
    for (int round = 0; round < 3; ++round) {
        const auto model = render(practice, view);
        for (const auto& field : model.fields) {
            const std::string value = values.next();
            const std::string what = "edit of " + one.view_id + " " + clean(field) + " = \"" +
                                     clean(value) + "\"";
            findings.at(what);
            auto error = fresh<ppo_error>();
            const auto result = practice.ui->edit(view, borrow(field), borrow(value), &error);
            expect_defined(findings, what, result, error);
            expect_renders(practice, view, what);
        }
        for (const auto& action : model.actions) {
            // Of rows that are like each other a few will do.
            if (clicked.count(action.id) > 0 && !values.one_in(6)) continue;
            clicked.insert(action.id);
            const std::string given = values.one_in(3) ? values.next() : action.argument;
            const std::string what = "invoke of " + one.view_id + " " + clean(action.id) +
                                     " with \"" + clean(given) + "\"";
            findings.at(what);
            Effects effects;
            const auto sink = effects.sink();
            auto error = fresh<ppo_error>();
            const auto result = practice.ui->invoke(view, borrow(action.id), borrow(given), &sink,
                                                    &error);
            expect_defined(findings, what, result, error);
            for (const auto& problem : effects.problems) findings.fail(what + ": " + problem + ".");
            expect_renders(practice, view, what);
        }
    }
    practice.ui->close(view);
}

void check_touching(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    practice.prepare();
    RandomValues values{target.seed};
    for (const auto& one : contributions(practice)) touch_everything(practice, one, values);
    practice.report_complaints();
}

void check_unknown_ids(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    practice.prepare();
    RandomValues values{target.seed};
    for (const auto& one : contributions(practice)) {
        ppo_view* view = open_view(practice, one);
        Effects effects;
        const auto sink = effects.sink();
        for (const std::string id : {"no such thing", "username ", "save\x7F", "SAVE", "..", "0"}) {
            findings.at(one.view_id + ", unknown field or action " + clean(id));
            auto error = fresh<ppo_error>();
            const auto edited = practice.ui->edit(view, borrow(id), borrow("1"), &error);
            findings.expect(edited == PPO_MISUSE_UNKNOWN_ID, told("edit of " + id, edited, error));
            error = fresh<ppo_error>();
            const auto invoked = practice.ui->invoke(view, borrow(id), borrow("1"), &sink, &error);
            findings.expect(invoked == PPO_MISUSE_UNKNOWN_ID,
                            told("invoke of " + id, invoked, error));
        }
        practice.ui->close(view);
        auto request = fresh<ppo_view_request>();
        const std::string unknown = one.view_id + "x";
        request.view_id = borrow(unknown);
        const auto caller = staff();
        ppo_view* opened = nullptr;
        const auto result = practice.ui->open(practice.self, &caller, &request, &opened, nullptr);
        findings.expect(result == PPO_MISUSE_UNKNOWN_ID && opened == nullptr,
                        "open of " + unknown + " answered " + name_of(result) + ".");
    }
}

void check_ended_views(const Target& target, Findings& findings) {
    Practice practice{target, findings};
    for (const auto& one : contributions(practice)) {
        ppo_view* view = open_view(practice, one);
        practice.ui->close(view);
        findings.at(one.view_id + " after close");
        Effects effects;
        const auto sink = effects.sink();
        SinkProbe probe;
        const ppo_text_sink pieces{&probe, put_piece};
        const ppo_result answers[] = {
            practice.ui->render(view, &pieces, nullptr),
            practice.ui->edit(view, borrow("username"), borrow("a"), nullptr),
            practice.ui->invoke(view, borrow("save"), {}, &sink, nullptr)};
        for (const auto answer : answers)
            findings.expect(answer == PPO_MISUSE_HANDLE,
                            one.view_id + " answers " + name_of(answer) + " after close.");
        practice.ui->close(view);
        practice.ui->close(nullptr);
        // A view ends with its instance, too.
        ppo_view* left_open = open_view(practice, one);
        practice.restart();
        findings.at(one.view_id + " after destroy");
        const auto answer = practice.ui->render(left_open, &pieces, nullptr);
        findings.expect(answer == PPO_MISUSE_HANDLE,
                        one.view_id + " answers " + name_of(answer) + " after destroy.");
        practice.ui->close(left_open);
    }
}
}  // namespace

void put_view_checks(std::vector<Check>& all) {
    all.push_back({"views.render",
                   "Every contribution opens and renders a model that is JSON in UTF-8, the same "
                   "again if nothing happened.",
                   "Look at the model with view-model-1.schema.json.", check_rendering});
    all.push_back(
        {"views.touch",
         "Whatever is typed into any field and clicked anywhere has a defined answer, and "
         "the view renders after it.",
         "Run with the same --seed to see it again.", check_touching});
    all.push_back({"views.unknown_ids",
                   "Unknown views, fields and actions are PPO_MISUSE_UNKNOWN_ID.",
                   "Compare the whole id.", check_unknown_ids});
    all.push_back({"views.ended",
                   "A view that was closed, or whose instance is gone, is no handle.",
                   "Look handles up; never follow them.", check_ended_views});
}
}  // namespace ppo_validate

// SPDX-License-Identifier: Apache-2.0
#include "validate/practice.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace ppo_validate {
namespace {
// Values that stand nowhere by chance. Each is good where it is used, and some are wrong on
// purpose, for what is refused must be private too.
struct Sentinel {
    Person person{
        "P777", "Zyxwanda", "Qwertzheimer", "1931-07-19", "zyxwanda.sentinel@mail.example.test",
        "98741"};
    std::string username = "zyxwanda.sentinel.user";
    std::string password = "vqx sentinel password 7319";
    std::string wrong_password = "vqx wrong sentinel 5528";
    std::string wrong_birth_date = "1931-08-23";
    std::string wrong_postal_code = "98744";
    std::string other_email = "other.sentinel@mail.example.test";
    std::string search = "qwertzsentinelsearch";
};

/// Drives the sentinel patient through everything, and listens.
class Listener {
public:
    Listener(const Target& target, Findings& notes)
        : findings_{notes}, practice_{target, notes, &with_patient()} {
        secrets_ = {it_.person.first_name, it_.person.last_name,   it_.person.birth_date,
                    it_.person.email,      it_.person.postal_code, it_.username,
                    it_.password,          it_.wrong_password,     it_.wrong_birth_date,
                    it_.wrong_postal_code, it_.other_email,        it_.search};
    }

    void drive() {
        if (practice_.onboarding == nullptr)
            throw NotOffered{"the plugin does not offer " PPO_ONBOARDING_1};
        staff_invites();
        link_ = practice_.last_link();
        findings_.expect(link_.size() >= 22, "No link was found in the mail of the invitation.");
        if (!link_.empty()) secrets_.push_back(link_);
        if (practice_.selfservice != nullptr) patient_sets_up();
        staff_looks();
        host_errs();
        call("shutdown", [&](ppo_error* error) {
            return practice_.library.core().shutdown(practice_.self, 0, error);
        });
        for (const auto& line : host_.log_lines()) expect_private("A log line", line);
        findings_.figure("log lines", std::to_string(host_.log_lines().size()));
        findings_.figure("errors", std::to_string(errors_));
        findings_.expect(errors_ >= 15, "Too few errors came to judge them.");
    }

private:
    ModelHost& with_patient() {
        host_.people = people(3);
        host_.people.push_back(it_.person);
        return host_;
    }

    void expect_private(const std::string& where, const std::string& text) {
        std::string lower = text;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char letter) {
            return static_cast<char>(std::tolower(letter));
        });
        for (std::string secret : secrets_) {
            std::transform(secret.begin(), secret.end(), secret.begin(), [](unsigned char letter) {
                return static_cast<char>(std::tolower(letter));
            });
            if (lower.find(secret) != std::string::npos)
                findings_.fail(where + " holds what is a patient's: " + clean(text));
        }
    }

    template <class Call>
    ppo_result call(const char* what, Call make) {
        findings_.at(what);
        auto error = fresh<ppo_error>();
        const auto result = make(&error);
        if (result < 0) {
            ++errors_;
            for (const char* text : {error.code, error.field, error.message})
                expect_private(std::string{"The error of "} + what, text);
        }
        return result;
    }

    void invite() {
        host_.now += 300'000;
        call("send_invitation", [&](ppo_error* error) {
            return practice_.onboarding->send_invitation(practice_.self, &caller_, id_, nullptr,
                                                         error);
        });
        practice_.work_until_done();
    }

    void set_credentials(const std::string& username, const std::string& password) {
        auto given = fresh<ppo_credentials>();
        given.username = borrow(username);
        given.password = borrow(password);
        call("set_credentials", [&](ppo_error* error) {
            return practice_.onboarding->set_credentials(practice_.self, &caller_, id_, &given,
                                                         nullptr, error);
        });
    }

    void staff_invites() {
        const auto& table = *practice_.onboarding;
        call("set_access", [&](ppo_error* error) {
            return table.set_access(practice_.self, &caller_, id_, 1, nullptr, error);
        });
        set_credentials(it_.username, it_.person.last_name);
        set_credentials(it_.username, "zyxwanda");
        set_credentials(it_.username + " \x01", it_.password);
        constexpr ppo_result answers[] = {PPO_REFUSED_MAIL_DEFERRED, PPO_REFUSED_MAIL_REJECTED,
                                          PPO_REFUSED_MAIL_UNKNOWN, PPO_FAULT_HOST};
        for (const auto answer : answers) {
            host_.send_mail_answers = answer;
            host_.now += 86'400'000;
            invite();
            invite();
        }
        host_.send_mail_answers.reset();
        host_.now += 86'400'000;
        invite();
    }

    [[nodiscard]] ppo_link_answers answers(const std::string& birth_date) const {
        auto given = fresh<ppo_link_answers>();
        given.link = borrow(link_);
        given.birth_date = borrow(birth_date);
        given.postal_code = borrow(it_.wrong_postal_code);
        return given;
    }

    void sign_in(const std::string& username, const std::string& password) {
        const ppo_signed_in_sink sink{
            nullptr, [](void*, const ppo_signed_in*) { return ppo_result{PPO_OK}; }};
        call("sign_in", [&](ppo_error* error) {
            return practice_.selfservice->sign_in(practice_.self, &guest_, borrow(username),
                                                  borrow(password), &sink, error);
        });
    }

    void complete(const std::string& birth_date, const std::string& username,
                  const std::string& password) {
        const auto given = answers(birth_date);
        call("complete_setup", [&](ppo_error* error) {
            return practice_.selfservice->complete_setup(practice_.self, &guest_, &given,
                                                         borrow(username), borrow(password), error);
        });
    }

    void patient_sets_up() {
        for (const auto& password : {it_.wrong_password, it_.person.email}) {
            complete(it_.wrong_birth_date, it_.username, password);
            complete("19.7.1931 or so", it_.username, password);
        }
        complete(it_.person.birth_date, it_.username, it_.person.last_name);
        complete(it_.person.birth_date, it_.username, it_.password);
        complete(it_.person.birth_date, it_.username, it_.password);
        sign_in(it_.username, it_.wrong_password);
        sign_in(it_.username, it_.password);
        sign_in(it_.person.email, it_.password);
        for (int time = 0; time < 7; ++time) sign_in(it_.username, it_.wrong_password);
        call("change_password", [&](ppo_error* error) {
            return practice_.selfservice->change_password(practice_.self, &guest_, id_,
                                                          borrow(it_.wrong_password),
                                                          borrow(it_.password), nullptr, error);
        });
        auto identity = fresh<ppo_identity>();
        identity.email = borrow(it_.person.email);
        identity.birth_date = borrow(it_.person.birth_date);
        identity.last_name = borrow(it_.person.last_name);
        identity.postal_code = borrow(it_.person.postal_code);
        for (const std::uint32_t what : {1U, 2U, 3U, 9U})
            call("request", [&](ppo_error* error) {
                return practice_.selfservice->request(practice_.self, &guest_, what, &identity,
                                                      error);
            });
        const std::string cut = it_.other_email.substr(0, 14);
        identity.email = borrow(cut);
        call("request", [&](ppo_error* error) {
            return practice_.selfservice->request(practice_.self, &guest_, PPO_REQUEST_PASSWORD,
                                                  &identity, error);
        });
        practice_.work_until_done();
    }

    void staff_looks() {
        if (practice_.report == nullptr) return;
        const ppo_text_sink sink{
            nullptr, [](void*, const char*, std::size_t) { return ppo_result{PPO_OK}; }};
        auto query = fresh<ppo_report_query>();
        query.search = borrow(it_.search);
        query.cursor = borrow(it_.person.email);
        call("write", [&](ppo_error* error) {
            return practice_.report->write(practice_.self, &caller_, &query, borrow(it_.username),
                                           &sink, error);
        });
        call("write", [&](ppo_error* error) {
            return practice_.report->write(practice_.self, &caller_, &query, borrow("csv"), &sink,
                                           error);
        });
        call("drop_view", [&](ppo_error* error) {
            return practice_.report->drop_view(practice_.self, &caller_, borrow(it_.search), error);
        });
    }

    void host_errs() {
        auto changed = to_abi(it_.person);
        changed.birth_date = borrow("1931-02-30");
        const auto tell = [&] {
            call("patient_changed", [&](ppo_error* error) {
                return practice_.onboarding->patient_changed(practice_.self, &changed, error);
            });
        };
        tell();
        changed.birth_date = borrow(it_.wrong_birth_date);
        changed.chart_status = 99;
        tell();
        host_.each_patient_does = [this](const ppo_patient_sink& sink) {
            auto patient = to_abi(it_.person);
            const std::string long_name = it_.person.last_name + std::string(300, 'x');
            patient.last_name = borrow(long_name);
            sink.put(sink.context, &patient);
            return ppo_result{0};
        };
        call("sync_directory", [&](ppo_error* error) {
            return practice_.onboarding->sync_directory(practice_.self, nullptr, error);
        });
        call("get_account", [&](ppo_error* error) {
            return practice_.onboarding->get_account(practice_.self, &caller_,
                                                     borrow(it_.person.email), nullptr, error);
        });
        const ppo_account_sink sink{nullptr,
                                    [](void*, const ppo_account*) { return ppo_result{0}; }};
        call("get_account", [&](ppo_error* error) {
            return practice_.onboarding->get_account(practice_.self, &caller_, id_, &sink, error);
        });
    }

    Sentinel it_{};
    Findings& findings_;
    ModelHost host_{};
    Practice practice_;
    ppo_caller caller_ = staff();
    ppo_visitor guest_ = visitor();
    ppo_text id_ = borrow(it_.person.id);
    std::vector<std::string> secrets_{};
    std::string link_{};
    int errors_ = 0;
};
}  // namespace

void put_privacy_checks(std::vector<Check>& all) {
    all.push_back({"privacy.sentinel",
                   "No log line and no error holds a name, address, birth date, ZIP, username, "
                   "password or link of a patient, whatever was done and refused.",
                   "Log what happened and to how many, never to whom; name a field, never its "
                   "value.",
                   [](const Target& target, Findings& findings) {
                       Listener{target, findings}.drive();
                   }});
}
}  // namespace ppo_validate

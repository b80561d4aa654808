// SPDX-License-Identifier: Apache-2.0
#include "faults/uniform/counted_work.hpp"
#include "support/live_plugin.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <random>
#include <vector>

using namespace ppo;

namespace {
constexpr int pairs = 10'000;

struct Facts {
    std::string email{};
    std::string birth_date{};
    std::string last_name{};
    std::string postal_code{};
};

/// All that a visitor can see of an answer.
struct Answer {
    ppo_result result = 0;
    ppo_error error{};

    bool operator==(const Answer& other) const {
        return result == other.result && std::memcmp(&error, &other.error, sizeof error) == 0;
    }
};
}  // namespace

/// Twenty thousand requests through the C table: half of them are Anna's facts, spelled as people
/// spell them; the others are nobody's, or somebody's who may not use the portal.
class RequestUniformTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestUniformTest);
    CPPUNIT_TEST(match_and_miss_get_one_answer_for_the_same_work);
    CPPUNIT_TEST(match_and_miss_get_one_answer_where_too_many_came_from);
    CPPUNIT_TEST(facts_asked_for_too_often_get_the_answer_of_all);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace([](FakeHost& host, TestSettings&) {
            // A checkpoint falls to whoever writes the thousandth entry, whoever that is.
            host.absent = {PPO_HOST_AUDIT_1};
            auto disabled = bruno("P002");
            auto deceased = anna("P003");
            deceased.email = "doris@example.org";
            deceased.chart_status = ChartStatus::Deceased;
            deceased.access_granted = true;
            auto without_zip = anna("P004");
            without_zip.email = "zora@example.org";
            without_zip.postal_code = "00000";
            without_zip.access_granted = true;
            auto enabled = anna();
            enabled.access_granted = true;
            host.patients = {enabled, disabled, deceased, without_zip};
        });
    }
    void tearDown() override { live_.reset(); }

    void match_and_miss_get_one_answer_for_the_same_work() {
        static_cast<void>(done_by(match(), next_source()));  // Statements are prepared once.
        for (int pair = 0; pair < pairs; ++pair) {
            const bool match_first = dice_() % 2 == 0;
            const auto one = done_by(match_first ? match() : miss(), next_source());
            const auto other = done_by(match_first ? miss() : match(), next_source());
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, one.first.result);
            CPPUNIT_ASSERT(one.first == other.first);
            CPPUNIT_ASSERT_EQUAL(one.second, other.second);
            if (pair % 1000 == 999) empty();
        }
    }

    void match_and_miss_get_one_answer_where_too_many_came_from() {
        const auto source = next_source();
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(done_by(miss(), source).first.result == PPO_OK);
        const auto first = done_by(match(), source);
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_REFUSED_TOO_MANY_TRIES}, first.first.result);
        CPPUNIT_ASSERT(first.first.error.retry_after_ms > 0);
        for (int pair = 0; pair < 1000; ++pair) {
            const auto other = done_by(dice_() % 2 == 0 ? match() : miss(), source);
            CPPUNIT_ASSERT(first.first == other.first);
            CPPUNIT_ASSERT_EQUAL(first.second, other.second);
        }
    }

    void facts_asked_for_too_often_get_the_answer_of_all() {
        const auto usual = done_by(match(), next_source());
        for (int i = 0; i < 5; ++i) static_cast<void>(done_by(match(), next_source()));
        live_->work();  // Three of them are answered; from now on these facts are one too many.
        const auto mailed = mails_to_anna();
        CPPUNIT_ASSERT(mailed > 0 && mailed <= 3);
        for (int i = 0; i < 20; ++i) {
            const auto limited = done_by(match(), next_source());
            const auto nobody = done_by(miss(), next_source());
            CPPUNIT_ASSERT(usual.first == limited.first && limited.first == nobody.first);
            CPPUNIT_ASSERT_EQUAL(limited.second, nobody.second);
        }
        live_->work();
        CPPUNIT_ASSERT_EQUAL(mailed, mails_to_anna());
    }

private:
    template <std::size_t Size>
    const char* one_of(const std::array<const char*, Size>& texts) {
        return texts[dice_() % Size];
    }
    Facts match() {
        return {one_of(std::array{"anna@example.org", " ANNA@example.ORG", "Anna@Example.org "}),
                one_of(std::array{"1980-02-29", "2/29/1980", "19800229"}),
                one_of(std::array{"Winter", "WINTER", "w i n t e r", "Wínter"}),
                one_of(std::array{"02139", "02139-4307", "021394307"})};
    }
    Facts miss() {
        auto typed = match();
        const std::string other(1 + dice_() % 60, static_cast<char>('a' + dice_() % 26));
        switch (dice_() % 7) {
        case 0: typed.email = other + "@example.org"; break;
        case 1: typed.birth_date = "1980-02-28"; break;
        case 2: typed.last_name = other; break;
        case 3: typed.postal_code = "02138"; break;
        case 4: typed = {"bruno@example.net", "1951-07-04", "Nunez-Gomez", "90210"}; break;
        case 5: typed.email = "doris@example.org"; break;
        default: typed = {"zora@example.org", "1980-02-29", "Winter", other}; break;
        }
        return typed;
    }
    /// Of one length, as different sources are in life nearly always.
    std::string next_source() {
        const int number = sources_++;
        return "10." + std::to_string(100 + number / 10'000 % 100) + "." +
               std::to_string(100 + number / 100 % 100) + "." + std::to_string(100 + number % 100);
    }
    std::pair<Answer, Work> done_by(const Facts& typed, const std::string& source) {
        live_->visitor.from = to_text(source);
        auto identity = fresh<ppo_identity>();
        identity.email = to_text(typed.email);
        identity.birth_date = to_text(typed.birth_date);
        identity.last_name = to_text(typed.last_name);
        identity.postal_code = to_text(typed.postal_code);
        Answer answer;
        answer.error = fresh_error();
        const auto before = work_so_far();
        answer.result = LivePlugin::selfservice().request(
            live_->self, &live_->visitor,
            PPO_REQUEST_ACCOUNT + static_cast<std::uint32_t>(dice_() % 3), &identity,
            &answer.error);
        return {answer, work_so_far() - before};
    }
    long mails_to_anna() {
        const auto mails = live_->host.mails();
        return std::count_if(mails.begin(), mails.end(), [](const FakeHost::Mail& mail) {
            return mail.recipient == "anna@example.org";
        });
    }
    void empty() {
        const auto connection = live_->settings.connect();
        connection->execute("DELETE FROM portal_request");
    }

    std::optional<LivePlugin> live_{};
    std::mt19937 dice_{20'261'125};
    int sources_ = 0;
};
CPPUNIT_TEST_SUITE_REGISTRATION(RequestUniformTest);

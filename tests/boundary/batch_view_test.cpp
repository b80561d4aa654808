// SPDX-License-Identifier: Apache-2.0
#include "boundary/batch_view.hpp"

#include "boundary/open_view.hpp"
#include "domain/local_time.hpp"
#include "invitations/batch.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace ppo;

class BatchViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BatchViewTest);
    CPPUNIT_TEST(says_how_to_begin_while_there_is_no_batch);
    CPPUNIT_TEST(lists_batches_the_newest_first);
    CPPUNIT_TEST(lists_twenty_batches);
    CPPUNIT_TEST(shows_the_newest_until_another_is_chosen);
    CPPUNIT_TEST(says_what_became_of_each);
    CPPUNIT_TEST(says_when_a_deferred_mail_is_tried_again);
    CPPUNIT_TEST(counts_by_outcome);
    CPPUNIT_TEST(shows_one_outcome_only);
    CPPUNIT_TEST(an_outcome_that_is_none_means_all);
    CPPUNIT_TEST(turns_pages_forth_and_back);
    CPPUNIT_TEST(begins_at_the_start_for_another_outcome_or_batch);
    CPPUNIT_TEST(a_page_that_is_none_is_the_first);
    CPPUNIT_TEST(a_click_on_the_name_opens_the_tab);
    CPPUNIT_TEST(saves_what_is_shown_as_csv);
    CPPUNIT_TEST(steers_the_batch);
    CPPUNIT_TEST(is_looked_at_again_while_something_moves);
    CPPUNIT_TEST(knows_no_other_batch);
    CPPUNIT_TEST(knows_no_other_field_and_action);
    CPPUNIT_TEST(names_stay_text);
    CPPUNIT_TEST(saves_nothing_without_permission);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        live_.emplace();
        view_.emplace(*live_, "onboarding.batches", "");
    }

    void tearDown() override {
        view_.reset();
        live_.reset();
    }

    void says_how_to_begin_while_there_is_no_batch() {
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT(rows(view, "batches").empty());
        CPPUNIT_ASSERT(!view.has_element("people"));
    }

    void lists_batches_the_newest_first() {
        start({"P001"});
        start({"P002"});
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT(std::vector<std::string>({"batch:2", "batch:1"}) == rows(view, "batches"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 (shown below)|12:00|nurse-1|held back|0 of 1 mailed"},
                             cells(view, "batches", "batch:2"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2 batches"},
                             std::string{view.element("batches")["page"].GetString()});
    }

    void lists_twenty_batches() {
        for (int i = 0; i < 21; ++i) start({"P001"});
        const auto shown = rows(view_->look(), "batches");
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, shown.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"batch:21"}, shown.front());
    }

    void shows_the_newest_until_another_is_chosen() {
        start({"P001"});
        start({"P002"});
        CPPUNIT_ASSERT(std::vector<std::string>{"P002"} == rows(view_->look(), "people"));
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(cell(view, "batches", "batch:1", "number")["action"]));
        CPPUNIT_ASSERT(std::vector<std::string>{"P001"} == rows(view_->look(), "people"));
        CPPUNIT_ASSERT(view_->look().has_element("batch:1"));
    }

    void says_what_became_of_each() {
        start({"P001"}, {"P002"});
        CPPUNIT_ASSERT_EQUAL(std::string{"1|Winter, Anna|waiting||"}, person("P001"));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"2|N\xC3\xBA\xC3\xB1"
                        "ez-G\xC3\xB3mez, Bruno|skipped|Portal access is not enabled. Enable it "
                        "first.|"},
            person("P002"));
        live_->advance(hold_back_);
        live_->host.mail_answers = PPO_REFUSED_MAIL_REJECTED;
        live_->host.mail_reason = "550 no such user";
        live_->work();
        CPPUNIT_ASSERT_EQUAL(std::string{"1|Winter, Anna|failed|550 no such user|"},
                             person("P001"));
    }

    void says_when_a_deferred_mail_is_tried_again() {
        start({"P001"});
        live_->advance(hold_back_);
        live_->host.mail_answers = PPO_REFUSED_MAIL_DEFERRED;
        live_->host.mail_reason = "mailbox busy";
        live_->work();
        const auto instance = instances().find(live_->self);
        const auto people = read_batch_people(instance->database(), 1, 0, 0, 1, instance->now());
        CPPUNIT_ASSERT_EQUAL(
            "1|Winter, Anna|deferred|mailbox busy|" +
                write_short_time(*people.at(0).next_try_at, instance->now(), "UTC"),
            person("P001"));
    }

    void counts_by_outcome() {
        start({"P001"}, {"P002"});
        const auto view = view_->look();
        std::string counts;
        for (const auto& item : view.element("by_outcome")["items"].GetArray())
            counts += std::string{item["label"].GetString()} + "=" +
                      std::to_string(item["number"].GetInt()) + " ";
        CPPUNIT_ASSERT_EQUAL(std::string{"waiting=1 skipped=1 "}, counts);
    }

    void shows_one_outcome_only() {
        start({"P001"}, {"P002"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("outcome", "skipped"));
        CPPUNIT_ASSERT(std::vector<std::string>{"P002"} == rows(view_->look(), "people"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("outcome", "bounced"));
        CPPUNIT_ASSERT(rows(view_->look(), "people").empty());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{"bounced"},
                             std::string{view.element("outcome")["value"].GetString()});
        CPPUNIT_ASSERT_EQUAL(std::string{"Nobody"},
                             std::string{view.element("people")["page"].GetString()});
    }

    void an_outcome_that_is_none_means_all() {
        start({"P001"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("outcome", "<b>"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rows(view_->look(), "people").size());
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{},
                             std::string{view.element("outcome")["value"].GetString()});
    }

    void turns_pages_forth_and_back() {
        start_many(120);
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 1 to 50 of 120"}, page());
        CPPUNIT_ASSERT(!view_->look().element("people").HasMember("previous"));
        turn("next");
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 51 to 100 of 120"}, page());
        turn("next");
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 101 to 120 of 120"}, page());
        CPPUNIT_ASSERT(!view_->look().element("people").HasMember("next"));
        turn("previous");
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 51 to 100 of 120"}, page());
        turn("previous");
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 1 to 50 of 120"}, page());
    }

    void begins_at_the_start_for_another_outcome_or_batch() {
        start_many(60);
        turn("next");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("outcome", "waiting"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 1 to 50 of 60"}, page());
        turn("next");
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("show", "1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Places 1 to 50 of 60"}, page());
    }

    void a_page_that_is_none_is_the_first() {
        start({"P001"});
        for (const char* argument : {"", "garbage", "-5"}) {
            CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("page", argument));
            CPPUNIT_ASSERT_EQUAL(std::string{"Places 1 to 1 of 1"}, page());
        }
    }

    void a_click_on_the_name_opens_the_tab() {
        start({"P001"});
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(cell(view, "people", "P001", "name")["action"]));
        CPPUNIT_ASSERT_EQUAL(std::string{"3"}, view_->kinds());
        CPPUNIT_ASSERT_EQUAL(std::string{"patient-portal.tab"}, view_->effects.at(0).target);
        CPPUNIT_ASSERT_EQUAL(std::string{"P001"}, view_->effects.at(0).text);
    }

    void saves_what_is_shown_as_csv() {
        start({"P001"}, {"P002"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->edit("outcome", "skipped"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action("save_csv")));
        CPPUNIT_ASSERT_EQUAL(std::string{"batch-1.csv"}, view_->effects.at(0).target);
        std::string saved;
        for (const auto& effect : view_->effects) saved += effect.text;
        CPPUNIT_ASSERT(saved.find("Bruno") != std::string::npos);
        CPPUNIT_ASSERT(saved.find("Anna") == std::string::npos);
    }

    void steers_the_batch() {
        start({"P001"});
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->click(view_->look().action("undo_batch")));
        CPPUNIT_ASSERT_EQUAL(std::string{"1|Winter, Anna|taken back||"}, person("P001"));
        CPPUNIT_ASSERT(!view_->look().has_action("undo_batch"));
    }

    void is_looked_at_again_while_something_moves() {
        CPPUNIT_ASSERT(!view_->look().document().HasMember("refresh_after_ms"));
        start({"P001"});
        CPPUNIT_ASSERT_EQUAL(1'000, view_->look().document()["refresh_after_ms"].GetInt());
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, view_->invoke("undo_batch", "1"));
        CPPUNIT_ASSERT(!view_->look().document().HasMember("refresh_after_ms"));
    }

    void knows_no_other_batch() {
        start({"P001"});
        for (const char* action : {"show", "save_csv", "pause_batch"})
            for (const char* argument : {"2", "", "one"})
                CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string{action} + " " + argument,
                                             ppo_result{PPO_REFUSED_UNKNOWN_BATCH},
                                             view_->invoke(action, argument));
        CPPUNIT_ASSERT(view_->look().has_element("batch:1"));
    }

    void knows_no_other_field_and_action() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, view_->edit("search", "x"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, view_->edit("select:P001", "1"));
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_MISUSE_UNKNOWN_ID}, view_->invoke("start_batch"));
    }

    void names_stay_text() {
        live_->host.patients.at(0).last_name = "</script>\"<b>";
        live_->host.patients.at(0).first_name = "=cmd()";
        sync();
        live_->caller.staff_id = to_text("<i>\"nurse\"");
        start({"P001"});
        const auto view = view_->look();
        CPPUNIT_ASSERT_EQUAL(std::string{}, view.schema_trouble());
        CPPUNIT_ASSERT_EQUAL(std::string{"</script>\"<b>, =cmd()"},
                             std::string{cell(view, "people", "P001", "name")["text"].GetString()});
        CPPUNIT_ASSERT_EQUAL(
            std::string{"<i>\"nurse\""},
            std::string{cell(view, "batches", "batch:1", "by")["text"].GetString()});
    }

    void saves_nothing_without_permission() {
        start({"P001"});
        BatchView batches{instances().find(live_->self), Caller{.permissions = PPO_MAY_READ_AUDIT}};
        const EffectSink sink{[](const ppo_effect&) { return PPO_OK; }};
        Effects effects{*static_cast<const ppo_effect_sink*>(sink)};
        const auto outcome = batches.invoke("save_csv", "1", effects);
        CPPUNIT_ASSERT(outcome.refused().has_value());
        CPPUNIT_ASSERT(outcome.refused()->reason == Refusal::NotPermitted);
    }

private:
    /// Starts a batch of those who can be mailed and of others who cannot.
    void start(const std::vector<std::string>& patient_ids,
               const std::vector<std::string>& others = {}) {
        for (const auto& patient_id : patient_ids) live_->enable(patient_id);
        std::vector<std::string> all = patient_ids;
        all.insert(all.end(), others.begin(), others.end());
        std::vector<ppo_text> texts;
        for (const auto& patient_id : all) texts.push_back(to_text(patient_id));
        auto selection = fresh<ppo_batch_selection>();
        selection.patient_ids = texts.data();
        selection.patient_id_count = texts.size();
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             LivePlugin::onboarding().start_batch(live_->self, &live_->caller,
                                                                  &selection, nullptr, nullptr));
    }
    void start_many(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) {
            ids.push_back("M" + std::to_string(i));
            auto patient = anna(ids.back());
            patient.email = ids.back() + "@example.org";
            live_->host.patients.push_back(patient);
        }
        sync();
        start(ids);
    }
    void sync() {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK}, LivePlugin::onboarding().sync_directory(
                                                     live_->self, nullptr, nullptr));
    }
    void turn(const char* where) {
        CPPUNIT_ASSERT_EQUAL(ppo_result{PPO_OK},
                             view_->click(view_->look().element("people")[where]));
    }
    [[nodiscard]] std::string page() const {
        return view_->look().element("people")["page"].GetString();
    }
    [[nodiscard]] std::string person(const std::string& patient_id) const {
        return cells(view_->look(), "people", patient_id);
    }
    static std::vector<std::string> rows(const ViewReader& view, const std::string& table) {
        std::vector<std::string> ids;
        for (const auto& row : view.element(table)["rows"].GetArray())
            ids.emplace_back(row["id"].GetString());
        return ids;
    }
    static const rapidjson::Value& row(const ViewReader& view, const std::string& table,
                                       const std::string& id) {
        for (const auto& one : view.element(table)["rows"].GetArray())
            if (one["id"].GetString() == id) return one;
        throw std::runtime_error{"no row " + id};
    }
    static const rapidjson::Value& cell(const ViewReader& view, const std::string& table,
                                        const std::string& id, const std::string& column) {
        for (const auto& one : row(view, table, id)["cells"].GetArray())
            if (one["column"].GetString() == column) return one;
        throw std::runtime_error{"no cell " + column};
    }
    /// The texts of a row, with bars between them.
    static std::string cells(const ViewReader& view, const std::string& table,
                             const std::string& id) {
        std::string all;
        for (const auto& one : row(view, table, id)["cells"].GetArray())
            all += (all.empty() ? "" : "|") + std::string{one["text"].GetString()};
        return all;
    }

    static constexpr std::chrono::minutes hold_back_{2};
    std::optional<LivePlugin> live_{};
    std::optional<OpenView> view_{};
};
CPPUNIT_TEST_SUITE_REGISTRATION(BatchViewTest);

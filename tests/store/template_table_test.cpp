// SPDX-License-Identifier: Apache-2.0
#include "store/template_table.hpp"

#include "support/temp_store.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class TemplateTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TemplateTableTest);
    CPPUNIT_TEST(nothing_is_replaced_at_first);
    CPPUNIT_TEST(stored_text_comes_back_byte_for_byte);
    CPPUNIT_TEST(each_kind_and_language_has_its_own);
    CPPUNIT_TEST(newer_text_takes_the_place_of_the_older);
    CPPUNIT_TEST(dropped_text_is_gone_and_the_others_stay);
    CPPUNIT_TEST(dropping_what_is_not_there_says_so);
    CPPUNIT_TEST(text_of_an_undone_transaction_is_not_kept);
    CPPUNIT_TEST_SUITE_END();

    TempStore store_{};

    void put(TemplateKind kind, const std::string& language, const TemplateTexts& texts) {
        Transaction transaction{store_};
        put_template(transaction, kind, language, texts, noon);
        transaction.commit();
    }
    bool drop(TemplateKind kind, const std::string& language) {
        Transaction transaction{store_};
        const bool dropped = drop_template(transaction, kind, language);
        transaction.commit();
        return dropped;
    }
    std::optional<TemplateTexts> find(TemplateKind kind, const std::string& language) {
        return store_.ask([&](Connection& c) { return find_template(c, kind, language); });
    }

    void nothing_is_replaced_at_first() { CPPUNIT_ASSERT(!find(TemplateKind::FirstSetUp, "en")); }

    void stored_text_comes_back_byte_for_byte() {
        put(TemplateKind::FirstSetUp, "es", {"¡Hola!", "Línea 1\n\n[[link]]\n", "<p>'\"</p>"});
        store_.reopen();
        const auto found = find(TemplateKind::FirstSetUp, "es").value();
        CPPUNIT_ASSERT_EQUAL(std::string{"¡Hola!"}, found.subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"Línea 1\n\n[[link]]\n"}, found.text);
        CPPUNIT_ASSERT_EQUAL(std::string{"<p>'\"</p>"}, found.html);
    }

    void each_kind_and_language_has_its_own() {
        for (const auto kind :
             {TemplateKind::FirstSetUp, TemplateKind::NewPassword, TemplateKind::Reminder})
            for (const auto* language : {"en", "es"})
                put(kind, language, {std::to_string(static_cast<int>(kind)) + language, "t", "h"});
        CPPUNIT_ASSERT_EQUAL(std::string{"2es"}, find(TemplateKind::NewPassword, "es")->subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"3en"}, find(TemplateKind::Reminder, "en")->subject);
    }

    void newer_text_takes_the_place_of_the_older() {
        put(TemplateKind::Reminder, "en", {"old", "t", "h"});
        put(TemplateKind::Reminder, "en", {"new", "t2", "h2"});
        CPPUNIT_ASSERT_EQUAL(std::string{"new"}, find(TemplateKind::Reminder, "en")->subject);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, store_.number("SELECT COUNT(*) FROM mail_template"));
    }

    void dropped_text_is_gone_and_the_others_stay() {
        put(TemplateKind::Reminder, "en", {"one", "t", "h"});
        put(TemplateKind::Reminder, "es", {"other", "t", "h"});
        CPPUNIT_ASSERT(drop(TemplateKind::Reminder, "en"));
        CPPUNIT_ASSERT(!find(TemplateKind::Reminder, "en"));
        CPPUNIT_ASSERT(find(TemplateKind::Reminder, "es"));
    }

    void dropping_what_is_not_there_says_so() {
        CPPUNIT_ASSERT(!drop(TemplateKind::NewPassword, "en"));
    }

    void text_of_an_undone_transaction_is_not_kept() {
        {
            Transaction transaction{store_};
            put_template(transaction, TemplateKind::Reminder, "en", {"s", "t", "h"}, noon);
        }
        CPPUNIT_ASSERT(!find(TemplateKind::Reminder, "en"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TemplateTableTest);

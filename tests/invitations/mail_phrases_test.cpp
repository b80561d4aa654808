// SPDX-License-Identifier: Apache-2.0
#include "invitations/mail_phrases.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace ppo;

class MailPhrasesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailPhrasesTest);
    CPPUNIT_TEST(every_phrase_is_a_good_template_in_both_languages);
    CPPUNIT_TEST(translations_name_the_same_variables);
    CPPUNIT_TEST(phrases_need_no_escaping_in_html);
    CPPUNIT_TEST_SUITE_END();

    void every_phrase_is_a_good_template_in_both_languages() {
        for (const auto which : all_phrases())
            for (const auto* language : {"en", "es"}) {
                CPPUNIT_ASSERT(!phrase(which, language).empty());
                CPPUNIT_ASSERT_NO_THROW(
                    (MailTemplate{MailPart::Html, phrase(which, language), phrase_variables()}));
            }
    }
    void translations_name_the_same_variables() {
        for (const auto which : all_phrases())
            for (const auto name : phrase_variables()) {
                const auto variable = "[[" + std::string{name} + "]]";
                const bool in_english = phrase(which, "en").find(variable) !=
                                        std::string_view::npos;
                const bool in_spanish = phrase(which, "es").find(variable) !=
                                        std::string_view::npos;
                CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string{phrase(which, "en")}, in_english,
                                             in_spanish);
            }
    }
    void phrases_need_no_escaping_in_html() {
        for (const auto which : all_phrases())
            for (const auto* language : {"en", "es"})
                CPPUNIT_ASSERT(phrase(which, language).find_first_of("<>&\"") ==
                               std::string_view::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MailPhrasesTest);

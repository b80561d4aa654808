# SPDX-License-Identifier: Apache-2.0
"""The house keeps its rules; and each rule finds the example made to break it. Usage: tidy_test.py"""
import pathlib
import tempfile
import unittest

import checks
import cpp_text

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = "| `domain/` | — | x |\n| `store/` | `domain/` | x |\n| `boundary/` | `store/` `abi/` | x |\n" \
        "| `host-simulator/` | `abi/` | x |\n| `abi/` | — | x |\n"
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


def findings(check, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return list(check(checks.Tree(folder)))


class HouseTest(unittest.TestCase):
    def test_keeps_every_rule(self):
        tree = checks.Tree(ROOT)
        for check in checks.ALL:
            with self.subTest(rule=check.__doc__.splitlines()[0]):
                found = list(check(tree))
                self.assertFalse(found, "\n" + "\n".join(found))


class ChecksTest(unittest.TestCase):
    def assert_found(self, check, files, *expected):
        found = findings(check, files)
        self.assertEqual(len(expected), len(found), found)
        for part, finding in zip(expected, found):
            self.assertIn(part, finding)

    def test_include_against_the_table_is_found(self):
        files = {"docs/architecture.md": TABLE,
                 "plugin/domain/a.cpp": '#include "store/b.hpp"\n#include <vector>\n#include "domain/c.hpp"\n',
                 "plugin/store/b.cpp": '#include "domain/c.hpp"\n// #include "boundary/d.hpp"\n',
                 "plugin/boundary/d.cpp": '#include "store/b.hpp"\n#include "ppo/ppo.h"\n'}
        self.assert_found(checks.include_matrix, files, "plugin/domain/a.cpp:1: domain may not include store/b.hpp")

    def test_plugin_and_simulator_do_not_know_each_other(self):
        files = {"docs/architecture.md": TABLE, "plugin/domain/a.cpp": '#include "web/page.hpp"\n',
                 "host-simulator/web/page.cpp": '#include "domain/a.hpp"\n#include "host/b.hpp"\n'
                                                '#include <ppo/ppo.h>\n'}
        self.assert_found(checks.include_matrix, files, "host-simulator may not include domain/a.hpp",
                          "domain may not include web/page.hpp")

    def test_contract_in_a_room_other_than_the_boundary_is_found(self):
        files = {"docs/architecture.md": TABLE, "plugin/store/b.cpp": '#include "ppo/results.h"\n'}
        self.assert_found(checks.include_matrix, files, "store may not include ppo/results.h")

    def test_missing_table_and_room_without_row_are_found(self):
        self.assert_found(checks.include_matrix, {"plugin/cellar/a.cpp": ""}, "table", "plugin/cellar")

    def test_include_upwards_and_missing_headers_are_found(self):
        files = {"plugin/domain/a.cpp": '#include "../b.hpp"\n#include <format>\n'}
        self.assert_found(checks.include_paths, files, ":1: an include goes up", ":2: <format>")

    def test_long_lines_and_files_are_found(self):
        files = {"plugin/a.cpp": "// " + "x" * 98 + "\n", "plugin/b.cpp": "// " + "ü" * 97 + "\n",
                 "tests/d.cpp": 'auto json = R"(' + "y" * 120 + ')";\n',
                 "plugin/c.cpp": "\n" * 401}
        self.assert_found(checks.lengths, files, "plugin/a.cpp:1: 101 columns", "plugin/c.cpp: 401 lines")

    def test_long_function_is_found_whatever_stands_around_it(self):
        body = "    call();\n" * 60
        files = {"plugin/a.cpp": "namespace ppo {\nnamespace {\nvoid f() {\n" + body + "}\n}\n}\n",
                 "plugin/b.cpp": "Thing::Thing(int x)\n    : a_{x}, b_{call(x)} {\n" + body + "}\n",
                 "plugin/c.cpp": "class T {\npublic:\n    int g() const {\n" + body + "    }\n};\n",
                 "plugin/d.cpp": "struct S {\n" + "    int x = 0;\n" * 90 + "};\n"
                                 "const char* text = R\"(" + "{\n" * 90 + ")\";\n"}
        self.assert_found(checks.lengths, files, "plugin/a.cpp:3: a function of 62",
                          "plugin/b.cpp:1: a function of 63", "plugin/c.cpp:3: a function of 62")

    def test_functions_are_measured_one_by_one(self):
        text = "int f() {\n  if (a) {\n  }\n}\n\nint g() { return 1; }\n"
        self.assertEqual([(1, 4), (6, 1)], cpp_text.functions(text))

    def test_statement_of_no_practice_is_found(self):
        files = {"plugin/store/a.cpp": 'run("UPDATE patient SET marks = 1 WHERE patient_id = $1");\n'
                                       'run("DELETE FROM batch WHERE practice = :practice AND batch_id = $1");\n'
                                       'run("SELECT 1 FROM audit "\n    "WHERE sequence = 1");\n'
                                       'const char* part = "WHERE mail_id = $1";\n'
                                       'run("SELECT practice FROM practice WHERE practice_id = $1");\n'}
        self.assert_found(checks.practice_named, files, "a.cpp:1:", "a.cpp:3:", "a.cpp:5:")

    def test_missing_licence_and_pragma_are_found(self):
        files = {"a.cpp": "int x;\n", "b.py": "#!/usr/bin/env python3\n# SPDX-License-Identifier: Apache-2.0\n",
                 "c.hpp": SPDX + "int y;\n", "d.hpp": SPDX + "#pragma once\n"}
        self.assert_found(checks.licence, files, "a.cpp:1: the first line", "c.hpp:1: #pragma once")

    def test_sql_outside_the_store_is_found_also_in_pieces(self):
        files = {"plugin/onboarding/a.cpp": 'auto x = "SELECT a "\n    "FROM b";\n// "DELETE FROM b"\n'
                                            'auto y = "Select one";\n',
                 "plugin/store/b.cpp": 'auto x = "SELECT a FROM b";\n'}
        self.assert_found(checks.sql_in_store, files, "plugin/onboarding/a.cpp:1: SQL")

    def test_placeholders_out_of_order_are_found_also_in_pieces(self):
        files = {"plugin/store/a.cpp": 'run("UPDATE t SET a = $2 "\n    "WHERE b = $1");\n'
                                       'run("x = $1 AND y = $2 AND z = $1");\n'}
        self.assert_found(checks.placeholders, files, "a.cpp:1: placeholders are first used in the order [2, 1]")

    def test_source_without_test_and_test_without_source_are_found(self):
        files = {"plugin/store/a.cpp": "", "plugin/store/b.cpp": "", "plugin/store/c.cpp": "",
                 "tests/store/b_test.cpp": "", "tests/store/gone_test.cpp": "",
                 "tests/tidy/tested-elsewhere.txt": "# Why.\nplugin/store/c.cpp: by b_test\n"
                                                    "plugin/store/old.cpp: gone\n"}
        self.assert_found(checks.mirror, files, "plugin/store/a.cpp: has neither",
                          "there is no plugin/store/old.cpp", "tests/store/gone_test.cpp: there is no")

    def test_forbidden_words_are_found(self):
        files = {"plugin/a.cpp": "// TO" "DO later\nstd::cout << 1;\n", "docs/c.md": "see /" + "home/me/file\n",
                 "tests/b_test.cpp": "std::this_thread::sleep_for(x);\n",
                 "tests/d_test.cpp": "// It never calls sleep().\n"}
        self.assert_found(checks.words, files, "docs/c.md:1: a path", "plugin/a.cpp:1: reads",
                          "plugin/a.cpp:2: the plugin", "tests/b_test.cpp:1: a test that sleeps")

    def test_private_values_in_logs_and_exceptions_are_found(self):
        files = {"plugin/mail/a.cpp": 'log(level, "mail to " + recipient);\n'
                                      'throw StoreFault{kind, "no password: " + path};\n'
                                      'throw std::runtime_error("x" + patient.email);\nlogic(password);\n'}
        self.assert_found(checks.privacy, files, "a.cpp:1: recipient", "a.cpp:3: email")

    def test_what_is_the_process_s_is_found(self):
        files = {"plugin/mail/a.cpp": "#include <Poco/Logger.h>\n// Never an SSLManager::instance().\n"
                                      "Poco::Net::SSLManager::instance();\nauto& pool = ThreadPool::defaultPool();\n"
                                      "setenv(name, value, 1);\nauto log = my_signal(1);\n",
                 "tests/mail/a_test.cpp": "setenv(name, value, 1);\n"}
        self.assert_found(checks.isolation, files, "a.cpp:1:", "a.cpp:3:", "a.cpp:4:", "a.cpp:5:")

    def test_what_outlives_the_plugin_is_found(self):
        files = {"plugin/mail/a.cpp": "thread_local std::string last;\nthread_local int count = 0;\n"
                                      "static thread_local std::minstd_rand dice{1};\n"
                                      "static Poco::Mutex lock;\nstatic const Poco::Net::IPAddress here{x};\n"
                                      "static Poco::DateTime now(int offset);\nthread_local std::uint64_t n = 0;\n"}
        self.assert_found(checks.isolation, files, "a.cpp:1:", "a.cpp:4:", "a.cpp:5:")

    def test_dead_links_in_documents_are_found(self):
        files = {"README.md": "[a](docs/a.md) [b](docs/b.md#part) [c](https://example.test/x)\n",
                 "docs/a.md": "[up](../README.md)\n"}
        self.assert_found(checks.links, files, "README.md:1: docs/b.md")


if __name__ == "__main__":
    unittest.main()

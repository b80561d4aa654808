# SPDX-License-Identifier: Apache-2.0
"""Which sources packaging/compile_together.py lets a compiler read as one."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "packaging"))
import compile_together  # noqa: E402

MEALS = "namespace {\nint meals = 3;\n}  // namespace\n"


class CompileTogetherTest(unittest.TestCase):
    def groups(self, *texts, most=8, header=""):
        """How the sources with these texts stand together: their numbers, group by group."""
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "header.h").write_text(header, encoding="utf-8")
            files = [pathlib.Path(folder, f"{number}.cpp") for number in range(len(texts))]
            for file, text in zip(files, texts):
                file.write_text(text, encoding="utf-8")
            return [[int(file.stem) for file in group.files] for group in compile_together.groups_of(files, most)]

    def test_sources_that_share_no_name_stand_together(self):
        self.assertEqual([[0, 1]], self.groups(MEALS, MEALS.replace("meals", "walks")))

    def test_no_group_is_larger_than_asked_for(self):
        self.assertEqual([[0, 1], [2]], self.groups("int a;\n", "int b;\n", "int c;\n", most=2))

    def test_a_name_that_two_keep_to_themselves_parts_them(self):
        self.assertEqual([[0], [1]], self.groups(MEALS, MEALS))

    def test_a_name_that_one_keeps_and_the_other_says_parts_them(self):
        self.assertEqual([[0], [1]], self.groups(MEALS, "int eaten(int meals) { return meals; }\n"))

    def test_the_later_one_may_be_the_one_that_keeps_it(self):
        self.assertEqual([[0], [1]], self.groups("int eaten(int meals) { return meals; }\n", MEALS))

    def test_a_name_of_a_header_that_the_other_includes_parts_them(self):
        self.assertEqual([[0], [1]], self.groups(MEALS, '#include "header.h"\n', header="extern int meals;\n"))

    def test_functions_and_types_are_names_too(self):
        for kept in "int meals() { return 3; }", "struct meals {};", "enum class meals { one };", "using meals = int;":
            with self.subTest(kept=kept):
                source = f"namespace {{\n{kept}\n}}  // namespace\n"
                self.assertEqual([[0], [1]], self.groups(source, "int meals;\n"))

    def test_a_name_borrowed_from_a_namespace_is_kept(self):
        self.assertEqual([[0], [1]], self.groups("using food::meals;\n", "int meals;\n"))

    def test_comments_and_texts_say_no_names(self):
        self.assertEqual([[0, 1]], self.groups(MEALS, '// meals\nconst char *text = "meals";\n'))

    def test_what_stands_inside_a_function_is_no_name(self):
        kept = "namespace {\nint eaten() {\n    int meals = 3;\n    return meals;\n}\n}  // namespace\n"
        self.assertEqual([[0, 1]], self.groups(kept, "int meals;\n"))

    def test_suites_registered_on_the_same_line_part(self):
        self.assertEqual([[0], [1]], self.groups("CPPUNIT_TEST_SUITE_REGISTRATION(Lunch);\n",
                                                 "CPPUNIT_TEST_SUITE_REGISTRATION(Walk);\n"))


if __name__ == "__main__":
    unittest.main()

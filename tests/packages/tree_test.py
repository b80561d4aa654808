# SPDX-License-Identifier: Apache-2.0
"""The tree for machines without dpkg works wherever it is unpacked."""
import os
import shutil

import delivered
from delivered import run


class RelocatedTreeTest(delivered.TreeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archive, = delivered.MADE.glob("*.tar.gz")
        run("tar", "-xzf", archive, "-C", cls.root)
        unpacked, = cls.root.iterdir()
        cls.prefix = cls.folder() / "moved to a place with blanks"
        shutil.move(unpacked, cls.prefix)

    def test_a_host_built_by_cmake_calls_the_plugin(self):
        host = delivered.host_by_cmake(self.prefix, self.folder())
        run(host, delivered.plugin_in(self.prefix))

    def test_pkg_config_names_headers_of_the_tree(self):
        plain = self.folder() / "plain"  # pkg-config itself wants no blanks.
        plain.symlink_to(self.prefix)
        host = delivered.host_by_pkg_config(plain, self.folder())
        run(host, delivered.plugin_in(plain))

    def test_the_simulator_finds_the_plugin_of_its_own_tree(self):
        program = self.prefix / "bin/ppo-sim"
        self.assertIn("<html", delivered.serve_one_page(program, self.folder()))
        plugin = delivered.plugin_in(self.prefix)
        hidden = plugin.with_suffix(".hidden")
        plugin.rename(hidden)
        self.addCleanup(hidden.rename, plugin)
        with self.assertRaisesRegex(AssertionError, f"(?s)no plugin.*{plugin.name}"):
            delivered.serve_one_page(program, self.folder())

    def test_nothing_in_it_names_the_folder_that_it_was_made_in(self):
        for folder, _, names in os.walk(self.prefix):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(str(delivered.MADE).encode(), file.read(), name)

    def test_nothing_in_it_can_be_changed_by_others(self):
        for folder, folders, names in os.walk(self.prefix):
            for name in folders + names:
                mode = os.stat(os.path.join(folder, name)).st_mode
                self.assertEqual(0, mode & 0o022, f"{folder}/{name}")
                self.assertEqual(0o444, mode & 0o444, f"{folder}/{name}")


if __name__ == "__main__":
    delivered.main()

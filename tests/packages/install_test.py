# SPDX-License-Identifier: Apache-2.0
"""The three packages are installed, used as their manual says, and removed without a trace.

dpkg installs into an empty root that knows the same packages as this machine, so that what ours depend on is looked up
as it is in Debian; nothing of this machine changes. Programs run from that root with this machine's libraries.
"""
import os
import pathlib
import shutil
import subprocess

import delivered
from delivered import SOURCE, run

AS_ROOT = [] if os.geteuid() == 0 else ["fakeroot"]
NAMES = ("ppo-dev", "ppo-plugin", "ppo-tools")


class InstalledCase(delivered.TreeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.folder()
        cls.place.chmod(0o755)
        for folder in ("info", "updates", "triggers"):
            (cls.place / "var/lib/dpkg" / folder).mkdir(parents=True)
        shutil.copy("/var/lib/dpkg/status", cls.place / "var/lib/dpkg/status")
        cls.before = cls.files()
        cls.dpkg("--install", *(delivered.package(name) for name in NAMES))
        cls.prefix = cls.place / "usr"

    @classmethod
    def dpkg(cls, *words):
        refuse_nothing = ["--force-not-root"] if AS_ROOT else []
        return run(*AS_ROOT, "dpkg", f"--root={cls.place}", *refuse_nothing, *words)

    @classmethod
    def files(cls):
        """Everything below the root but dpkg's own notes."""
        return {path.relative_to(cls.place).as_posix() for path in cls.place.rglob("*")
                if not path.is_relative_to(cls.place / "var/lib/dpkg")}


class InstallTest(InstalledCase):
    def test_a_host_built_by_pkg_config_calls_the_plugin(self):
        host = delivered.host_by_pkg_config(self.prefix, self.folder())
        run(host, delivered.plugin_in(self.prefix))

    def test_a_host_built_by_cmake_calls_the_plugin(self):
        host = delivered.host_by_cmake(self.prefix, self.folder())
        run(host, delivered.plugin_in(self.prefix))

    def test_cmake_takes_the_version_of_the_contract_that_is_installed_and_refuses_others(self):
        self.assertEqual(0, delivered.configure(self.prefix, self.folder(), "1.0")[0])
        for wanted in ("1.1", "2.0", "0.9"):
            status, said = delivered.configure(self.prefix, self.folder(), wanted)
            self.assertNotEqual(0, status, wanted)
            self.assertIn("compatible with requested version", " ".join(said.split()))

    def test_pkg_config_tells_the_version_of_the_contract(self):
        environment = {**os.environ, "PKG_CONFIG_PATH": f"{self.prefix}/share/pkgconfig"}
        self.assertEqual("1.0\n", run("pkg-config", "--modversion", "ppo-1", env=environment))

    def test_the_simulator_finds_the_plugin_and_serves_a_page(self):
        page = delivered.serve_one_page(self.prefix / "bin/ppo-sim", self.folder())
        self.assertIn("<html", page)

    def test_every_header_and_every_example_is_there(self):
        for pattern, to in (("abi/include/ppo/*.h", "include/ppo-1/ppo"), ("abi/schema/*.json", "share/ppo/schema")):
            ours = {path.name for path in SOURCE.glob(pattern)}
            self.assertEqual(ours, {path.name for path in (self.prefix / to).iterdir()})
        ours = {path.name for path in SOURCE.glob("abi/examples/*") if path.is_dir()}
        theirs = self.prefix / "share/doc/ppo-dev/examples"
        self.assertEqual(ours, {path.name for path in theirs.glob("*") if path.is_dir()})
        for source in SOURCE.glob("abi/examples/*/*.[chj]*"):
            self.assertTrue((theirs / source.relative_to(SOURCE / "abi/examples")).is_file(), source)

    def test_every_manual_page_is_found_and_can_be_shown(self):
        for page in sorted((SOURCE / "docs/man").glob("*.[13]")):
            manual = ["-M", self.prefix / "share/man", page.suffix[1:], page.stem]
            found = run("man", "-w", *manual).strip()
            self.assertTrue(pathlib.Path(found).is_relative_to(self.prefix), found)
            self.assertIn("NAME", run("man", *manual, env={**os.environ, "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}))

    def test_the_checker_passes_the_plugin(self):
        built = (delivered.BUILD / "ppo-validate").exists()
        program = self.prefix / "bin/ppo-validate"
        self.assertEqual(built, program.exists())
        if built:
            run(program, "--only", r"^loading\.(exports|needed|entry|table|query)$", delivered.plugin_in(self.prefix))

    def test_completion_offers_commands_and_options(self):
        script = self.prefix / "share/bash-completion/completions/ppo-sim"
        words = f"""source {script}; PATH={self.prefix}/bin:$PATH
            ask() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ppo_sim; echo "${{COMPREPLY[*]}}"; }}
            ask ppo-sim port; ask ppo-sim portal --prac"""
        self.assertEqual("portal\n--practice --practice-name --practice-phone\n", run("bash", "-c", words))


class RemoveTest(InstalledCase):
    def test_nothing_is_left_after_a_purge(self):
        self.assertGreater(len(self.files() - self.before), 20)
        self.dpkg("--purge", *NAMES)
        self.assertEqual(set(), self.files() - self.before)
        notes = f"--admindir={self.place}/var/lib/dpkg"
        known = subprocess.run(["dpkg-query", notes, "-W", *NAMES], capture_output=True, check=False)
        self.assertEqual((1, b""), (known.returncode, known.stdout))


if __name__ == "__main__":
    delivered.main()

# SPDX-License-Identifier: Apache-2.0
"""The same source makes the same bytes: objects in another folder, packages on another day. The whole, two releases
from scratch, is `ninja reproducible`."""
import hashlib
import os
import pathlib
import shutil
import subprocess

import delivered
import make_packages
from delivered import SOURCE, run

OBJECTS = ("plugin/CMakeFiles/patient_portal_onboarding.dir/boundary/entry.cpp.o",
           "plugin/CMakeFiles/ppo_core.dir/boundary/guard.cpp.o",
           "host-simulator/CMakeFiles/ppo_sim_core.dir/host/plugin.cpp.o")
LEFT_OUT = shutil.ignore_patterns("build", "node_modules", ".git", "demo-data", "sample-data", "__pycache__")


def sums(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


class ReproducibleTest(delivered.TreeCase):
    def test_packages_made_again_are_the_same(self):
        again = self.folder() / "again"
        before = os.umask(0o027)
        try:
            make_packages.make(delivered.BUILD, again, TZ="Asia/Kathmandu", LC_ALL="C.UTF-8")
        finally:
            os.umask(before)
        self.assertEqual(sums(delivered.MADE), sums(again))
        self.assertEqual(4, len(sums(again)))

    def objects_in(self, folder):
        """Objects of a release, compiled from a copy of the source in this folder, without a cache."""
        shutil.copytree(SOURCE, folder, ignore=LEFT_OUT)
        environment = {**os.environ, "CCACHE_DISABLE": "1"}
        run("cmake", "--preset", "release", "-DPPO_POCO=system", cwd=folder, env=environment)
        known = run("ninja", "-C", "build/release", "-t", "targets", "all", cwd=folder)
        wanted = [name for name in OBJECTS if f"{name}:" in known]
        self.assertEqual(len(OBJECTS), len(wanted), wanted)
        subprocess.run(["ninja", "-C", "build/release", *wanted], cwd=folder, env=environment, check=True,
                       capture_output=True, timeout=200)
        return {name: hashlib.sha256((folder / "build/release" / name).read_bytes()).hexdigest() for name in wanted}

    def test_objects_compiled_in_another_folder_are_the_same(self):
        one = self.objects_in(self.root / "one")
        two = self.objects_in(pathlib.Path(self.root, "another", "deeper"))
        self.assertEqual(one, two)


if __name__ == "__main__":
    delivered.main()

# SPDX-License-Identifier: Apache-2.0
"""What the tests of packages share: the packages, a tree that they are unpacked into, programs that run from there."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
HOST_SOURCES = [SOURCE / "tests/abi/create_and_call.c", SOURCE / "tests/abi/harness.c"]
MADE, BUILD = (pathlib.Path(word) for word in sys.argv[1:3])
DEADLINE = 60


def run(*command, **options):
    """What the command prints; its complaint is the test's, if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=DEADLINE, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def package(name):
    found = list(MADE.glob(f"{name}_*.deb"))
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


class TreeCase(unittest.TestCase):
    """Has a folder of its own that anybody may look into, until it ends."""

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="ppo-packages-"))
        cls.root.chmod(0o755)
        cls.addClassCleanup(shutil.rmtree, cls.root)

    @classmethod
    def folder(cls):
        return pathlib.Path(tempfile.mkdtemp(dir=cls.root))


def plugin_in(prefix):
    found = list(prefix.glob("lib/*/ppo/plugins/patient_portal_onboarding.so"))
    assert len(found) == 1, f"{prefix}: {found}"
    return found[0]


def host_by_pkg_config(prefix, folder):
    """A host in C, built as the package's manual says."""
    flags = run("pkg-config", "--cflags", "ppo-1", env={**os.environ, "PKG_CONFIG_PATH": f"{prefix}/share/pkgconfig"})
    host = folder / "host"
    run("cc", "-std=c11", *flags.split(), *HOST_SOURCES, "-o", host, "-ldl")
    return host


PROJECT = """cmake_minimum_required(VERSION 3.16)
project(host LANGUAGES {languages})
find_package(ppo {version} REQUIRED)
if(NOT EXISTS "${{ppo_EXPORTS_MAP}}" OR NOT EXISTS "${{ppo_SCHEMA_FOLDER}}/view-model-1.schema.json")
    message(FATAL_ERROR "exports map or schema is not where the package says")
endif()
{target}
"""
TARGET = "add_executable(host {sources})\ntarget_link_libraries(host PRIVATE ppo::abi ${{CMAKE_DL_LIBS}})"


def configure(prefix, folder, version, sources=()):
    """CMake's exit status for a project that wants this version of the contract, and what it said."""
    target = TARGET.format(sources=" ".join(str(source) for source in sources)) if sources else ""
    (folder / "CMakeLists.txt").write_text(
        PROJECT.format(version=version, target=target, languages="C" if sources else "NONE"), encoding="utf-8")
    done = subprocess.run(["cmake", "-S", str(folder), "-B", str(folder / "build"), f"-DCMAKE_PREFIX_PATH={prefix}"],
                          capture_output=True, text=True, check=False, timeout=DEADLINE)
    return done.returncode, done.stdout + done.stderr


def host_by_cmake(prefix, folder):
    status, said = configure(prefix, folder, "1.0", HOST_SOURCES)
    assert status == 0, said
    run("cmake", "--build", folder / "build")
    return folder / "build/host"


def serve_one_page(program, folder):
    """Starts the simulator with invented patients, without telling it where the plugin is; answers the first page."""
    run(program, "generate", "5", "--output", folder / "patients.csv")
    run(program, "import", folder / "patients.csv", "--data", folder / "data")
    server = subprocess.Popen([program, "serve", "--data", folder / "data", "--port", "0"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        said = server.stdout.readline()
        if "http://" not in said:
            raise AssertionError(server.communicate(timeout=DEADLINE)[1])
        address = said.split()[1]
        with urllib.request.urlopen(address, timeout=DEADLINE) as page:
            text = page.read().decode()
        server.send_signal(signal.SIGTERM)
        _, complaints = server.communicate(timeout=DEADLINE)
        assert (server.returncode, complaints) == (0, ""), (server.returncode, complaints)
        return text
    finally:
        if server.poll() is None:
            server.kill()
            server.communicate()


def main():
    """unittest takes no arguments here: those of this program are folders."""
    unittest.main(argv=sys.argv[:1])

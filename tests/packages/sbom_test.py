# SPDX-License-Identifier: Apache-2.0
"""What the packages are said to consist of is what they consist of, and is said as SPDX 2.3 wants it."""
import hashlib
import json
import re
import subprocess

import delivered
from delivered import run

NAMES = ("ppo-dev", "ppo-plugin", "ppo-tools")
KINDS = {"DESCRIBES", "CONTAINS", "DYNAMIC_LINK", "STATIC_LINK", "RUNTIME_DEPENDENCY_OF"}
LICENCES = {"Apache-2.0", "BSL-1.0", "BSD-3-Clause", "MIT", "ISC", "ICU", "Zlib", "PostgreSQL", "blessing", "Unlicense",
            "LGPL-2.1-or-later", "GPL-3.0-or-later WITH GCC-exception-3.1"}


class SbomTest(delivered.TreeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = {}
        for name in NAMES:
            run("dpkg", "-x", delivered.package(name), cls.root / name)
            text = (cls.root / name / f"usr/share/doc/{name}/{name}.spdx.json").read_text(encoding="utf-8")
            cls.documents[name] = json.loads(text)

    def each(self):
        for name, document in self.documents.items():
            with self.subTest(name):
                yield name, document, self.root / name / "usr"

    def test_the_document_has_what_the_standard_demands(self):
        for name, document, _ in self.each():
            self.assertEqual(("SPDX-2.3", "CC0-1.0", "SPDXRef-DOCUMENT"),
                             tuple(document[field] for field in ("spdxVersion", "dataLicense", "SPDXID")))
            self.assertRegex(document["documentNamespace"], rf"^https://[^#]+/{name}-[\w.-]+$")
            self.assertRegex(document["creationInfo"]["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            for who in document["creationInfo"]["creators"]:
                self.assertRegex(who, r"^(Tool|Organization|Person): ")
            for package in document["packages"]:
                for field in ("name", "downloadLocation", "licenseConcluded", "licenseDeclared", "copyrightText"):
                    self.assertTrue(package[field], package)
                self.assertIn(package["licenseDeclared"], LICENCES | {"NOASSERTION"})

    def test_ids_are_unique_and_relationships_lead_somewhere(self):
        for _, document, _ in self.each():
            ids = [entry["SPDXID"] for entry in document["packages"] + document["files"]]
            self.assertEqual(len(ids), len(set(ids)))
            for one in ids:
                self.assertRegex(one, r"^SPDXRef-[A-Za-z0-9.-]+$")
            related = set()
            for each in document["relationships"]:
                self.assertIn(each["relationshipType"], KINDS)
                related |= {each["spdxElementId"], each["relatedSpdxElement"]}
            self.assertEqual({*ids, "SPDXRef-DOCUMENT"}, related)

    def test_files_are_those_of_the_package(self):
        for name, document, root in self.each():
            listed = {}
            for file in document["files"]:
                sums = {each["algorithm"]: each["checksumValue"] for each in file["checksums"]}
                data = (root / file["fileName"]).read_bytes()
                self.assertEqual({"SHA1": hashlib.sha1(data).hexdigest(), "SHA256": hashlib.sha256(data).hexdigest()},
                                 sums, file["fileName"])
                listed[(root / file["fileName"]).resolve()] = sums["SHA1"]
            code = hashlib.sha1("".join(sorted(listed.values())).encode()).hexdigest()
            own = next(package for package in document["packages"] if package["name"] == name)
            self.assertEqual(code, own["packageVerificationCode"]["packageVerificationCodeValue"])
            # All but documentation and what only dpkg, man and the shell read.
            shipped = {path.resolve() for path in root.rglob("*") if path.is_file()
                       and not re.search(r"/share/(doc|man|lintian|bash-completion)/", str(path))}
            self.assertEqual(shipped, set(listed))

    def test_each_library_that_a_file_names_is_in_it_with_version_and_licence(self):
        for name, document, root in self.each():
            packages = {package["SPDXID"]: package for package in document["packages"]}
            for file in document["files"]:
                linked = {packages[each["relatedSpdxElement"]]["name"] for each in document["relationships"]
                          if each["spdxElementId"] == file["SPDXID"] and each["relationshipType"] == "DYNAMIC_LINK"}
                read = subprocess.run(["readelf", "-d", str(root / file["fileName"])], capture_output=True, text=True,
                                      check=False).stdout
                wanted = re.findall(r"\(NEEDED\).*\[(.+?)\.so\.(\d+)", read)
                self.assertEqual(bool(wanted), bool(linked), file["fileName"])
                self.assertLessEqual(len(linked), len(wanted))
                for library, _ in wanted:
                    stem = library.lower().removeprefix("lib")
                    close = {"c": "libc6", "m": "libc6", "stdc++": "libstdc++6", "gcc_s": "libgcc-s1",
                             "pcre": "libpcre3", "icui18n": "libicu72", "icuuc": "libicu72", "icudata": "libicu72",
                             "crypto": "libssl3",
                             "z": "zlib1g", "ld-linux-x86-64": "libc6", "ld-linux-aarch64": "libc6"}
                    found = [other for other in linked if other == close.get(stem) or stem in other]
                    self.assertTrue(found, f"{file['fileName']} names {library}, told are {linked}")
            for each in document["relationships"]:
                if each["relationshipType"] in ("DYNAMIC_LINK", "STATIC_LINK"):
                    package = packages[each["relatedSpdxElement"]]
                    self.assertIn(package["licenseConcluded"], LICENCES, package["name"])
                    self.assertTrue(package["versionInfo"])
                    locator = package["externalRefs"][0]["referenceLocator"]
                    self.assertRegex(locator, r"^pkg:deb/debian/\S+@\S+\?arch=")

    def test_what_is_contained_is_told(self):
        static = "PPO_POCO:STRING=static" in (delivered.BUILD / "CMakeCache.txt").read_text(encoding="utf-8")
        for name, header in (("ppo-plugin", "rapidjson-dev"), ("ppo-tools", "libcli11-dev")):
            names = {package["name"] for package in self.documents[name]["packages"]}
            self.assertIn(header, names)
            self.assertEqual(static, {"poco", "poco-double-conversion"} <= names)
            self.assertEqual(not static, "libpocofoundation80" in names)


if __name__ == "__main__":
    delivered.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what a package consists of, as SPDX 2.3 in JSON: its files with checksums, the libraries that they load, and
what is contained in them.

    sbom.py --component plugin --version 1.2.3 --build BUILD_FOLDER [--poco FOLDER] ROOT

ROOT is the tree that the package is made of; the document goes into its share/doc. What is loaded is read from the
files themselves, what is contained from the command that linked them, versions from dpkg. The same files give the same
document.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess

FILES = {"dev": ["include/**/*.h", "share/ppo/schema/*", "share/ppo/exports.map", "share/pkgconfig/*",
                 "share/cmake/ppo/*"],
         "plugin": ["lib/**/ppo/plugins/*.so", "share/ppo/postgresql/*"],
         "tools": ["bin/ppo-*", "lib/**/ppo/*.so", "lib/systemd/system/*"]}
NAMES_IN_BUILD = {"patient_portal_onboarding.so": "libpatient_portal_onboarding.so"}

# Libraries that are headers only leave no trace in a linked file: who uses which.
HEADERS_IN = {"patient_portal_onboarding.so": ["rapidjson-dev"], "ppo-sim": ["libcli11-dev"]}
# Parts of other projects inside Poco's archives, beside those that Debian takes out: (name, licence, copyright).
PARTS_OF_POCO = {
    "libPocoFoundation.a": [("double-conversion", "BSD-3-Clause", "2006-2012 the V8 project authors"),
                            ("ordered-map", "MIT", "2017 Tessil")],
    "libPocoJSON.a": [("pdjson", "Unlicense", "NONE")]}
# Reviewed by hand against /usr/share/doc/*/copyright of Debian 12, for what we link ourselves.
LICENCES = {"libc6": "LGPL-2.1-or-later", "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1",
            "libstdc++6": "GPL-3.0-or-later WITH GCC-exception-3.1", "libicu72": "ICU", "libpcre3": "BSD-3-Clause",
            "libpq5": "PostgreSQL", "libsodium23": "ISC", "libsqlite3-0": "blessing", "libssl3": "Apache-2.0",
            "libzxcvbn0": "MIT", "zlib1g": "Zlib", "libexpat1": "MIT", "rapidjson-dev": "MIT",
            "libcli11-dev": "BSD-3-Clause"}


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}).stdout


def licence_of(package):
    return "BSL-1.0" if package.startswith("libpoco") else LICENCES.get(package, "NOASSERTION")


def names_of(library):
    """A file and the other paths that dpkg may know it by, from before /lib became a link."""
    file = os.path.realpath(library)
    return [library, file, file.removeprefix("/usr"), "/usr" + library]


def owners_of(libraries):
    """The Debian packages that files are from: {file: package}. One question for all, since each takes a while."""
    asked = sorted({name for library in libraries for name in names_of(library)})
    said = subprocess.run(["dpkg-query", "-S", *asked], check=False, capture_output=True, text=True).stdout
    known = {}
    for line in said.splitlines():
        package, _, path = line.partition(": ")
        known[path] = package.split(",")[0].split(":")[0]
    found = {library: next((known[name] for name in names_of(library) if name in known), "") for library in libraries}
    if "" in found.values():
        raise SystemExit(f"sbom: no package owns {[library for library in libraries if not found[library]]}")
    return found


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def loaded_by(path):
    """Packages whose libraries the file names itself, and those that come along with these."""
    named = set(re.findall(r"\(NEEDED\).*\[(.+)\]", output_of("readelf", "-d", path)))
    found = re.findall(r"^\s*(\S+)(?: => (\S+))? \(0x", output_of("ldd", path), flags=re.M)
    files = {os.path.basename(name): place or name for name, place in found if place or name.startswith("/")}
    if named - set(files):
        raise SystemExit(f"sbom: {path} wants {named - set(files)}, which is not here")
    owners = owners_of(set(files.values()))
    direct = {owners[files[name]] for name in named}
    return direct, set(owners.values()) - direct


def archives_in(name, build):
    """The archives that the command which linked the file names, outside of what the build makes itself."""
    command = output_of("ninja", "-C", build, "-t", "commands", "-s", NAMES_IN_BUILD.get(name, name))
    archives = re.findall(r"(?<!\S)(/\S+\.a)(?!\S)", command)
    return sorted({archive for archive in archives if not archive.startswith(f"{build}/")})


class Document:
    def __init__(self, component, version, created):
        self.name, self.version, self.created = f"ppo-{component}", version, created
        self.packages, self.debian, self.files, self.relationships = {}, {}, [], set()

    def add(self, name, version, licence, notice="NOASSERTION", locators=()):
        key = "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)
        entry = {"SPDXID": key, "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION",
                 "filesAnalyzed": False, "licenseConcluded": licence, "licenseDeclared": licence,
                 "copyrightText": notice, "supplier": "NOASSERTION",
                 "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                                   "referenceLocator": locator} for locator in locators]}
        if not version:
            del entry["versionInfo"]
        self.packages[key] = entry
        return key

    def add_debian(self, package):
        if package in self.debian:
            return self.debian[package]
        told = output_of("dpkg-query", "-W", "-f=${Version} ${Architecture}\n", package)
        version, arch = told.splitlines()[0].split()
        place = f"{package}@{version}".replace("+", "%2B")
        locator = f"pkg:deb/debian/{place}?arch={arch}&distro=debian-12"
        self.debian[package] = self.add(package, version, licence_of(package), locators=[locator])
        return self.debian[package]

    def relate(self, one, kind, other):
        self.relationships.add((one, kind, other))

    def add_file(self, path, name):
        data = path.read_bytes()
        key = "SPDXRef-File-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)
        self.files.append({
            "SPDXID": key, "fileName": "./" + name, "fileTypes": ["BINARY" if is_elf(path) else "TEXT"],
            "checksums": [{"algorithm": kind.upper(), "checksumValue": hashlib.new(kind, data).hexdigest()}
                          for kind in ("sha1", "sha256")],
            "licenseConcluded": "Apache-2.0", "licenseInfoInFiles": ["Apache-2.0"], "copyrightText": "NOASSERTION"})
        return key

    def as_json(self):
        sums = sorted(file["checksums"][0]["checksumValue"] for file in self.files)
        code = hashlib.sha1("".join(sums).encode()).hexdigest()
        own = "SPDXRef-Package-" + self.name
        self.packages[own].update(
            filesAnalyzed=True, licenseInfoFromFiles=["Apache-2.0"], hasFiles=[file["SPDXID"] for file in self.files],
            packageVerificationCode={"packageVerificationCodeValue": code})
        self.relate("SPDXRef-DOCUMENT", "DESCRIBES", own)
        return {
            "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"{self.name}-{self.version}",
            "documentNamespace": f"https://spdx.org/spdxdocs/{self.name}-{self.version}-{code}",
            "creationInfo": {"created": self.created, "creators": ["Tool: packaging/sbom.py"]},
            "packages": [self.packages[key] for key in sorted(self.packages)],
            "files": self.files,
            "relationships": [{"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                              for one, kind, other in sorted(self.relationships)]}


def add_contained(document, key, name, build, poco):
    """What is inside a linked file: archives and libraries of headers."""
    for package in HEADERS_IN.get(name, []):
        document.relate(key, "STATIC_LINK", document.add_debian(package))
    for archive in archives_in(name, build):
        if not poco or not archive.startswith(f"{poco}/"):
            document.relate(key, "STATIC_LINK", document.add_debian(owners_of([archive])[archive]))
            continue
        version = pathlib.Path(poco, "made").read_text(encoding="utf-8").split()[1]
        locator = f"pkg:deb/debian/poco@{version.replace('+', '%2B')}?arch=source&distro=debian-12"
        library = document.add("poco", version, "BSL-1.0", locators=[locator])
        document.relate(key, "STATIC_LINK", library)
        for part, licence, notice in PARTS_OF_POCO.get(os.path.basename(archive), []):
            document.relate(library, "CONTAINS", document.add(f"poco-{part}", "", licence, notice))


def describe(component, version, root, build, poco):
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.timezone.utc)
    moment = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc) if epoch else now
    document = Document(component, version, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    own = document.add(document.name, version, "Apache-2.0", "2026 The patient portal onboarding project")
    paths = sorted({path for pattern in FILES[component] for path in root.glob(pattern) if path.is_file()})
    if not paths:
        raise SystemExit(f"sbom: nothing of {component} in {root}")
    for path in paths:
        key = document.add_file(path, path.relative_to(root).as_posix())
        document.relate(own, "CONTAINS", key)
        if not is_elf(path):
            continue
        direct, along = loaded_by(path)
        for package in direct:
            document.relate(key, "DYNAMIC_LINK", document.add_debian(package))
        for package in along:
            document.relate(document.add_debian(package), "RUNTIME_DEPENDENCY_OF", key)
        add_contained(document, key, path.name, build, poco)
    return document.as_json()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--component", required=True, choices=sorted(FILES))
    parser.add_argument("--version", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--poco", default="")
    parser.add_argument("root", type=pathlib.Path)
    told = parser.parse_args()
    document = describe(told.component, told.version, told.root.resolve(), os.path.realpath(told.build),
                        told.poco)
    place = told.root / "share/doc" / f"ppo-{told.component}" / f"ppo-{told.component}.spdx.json"
    place.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    place.chmod(0o644)


if __name__ == "__main__":
    main()

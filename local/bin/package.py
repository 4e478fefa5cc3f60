"""Fills the package of a function: package.py <module> <folder> <library>...

The package has the module's classes and, in lib/, the project's own modules that it depends on and the named libraries of
its pom.xml, each with the jars that it needs itself. Maven knows these: it writes target/dependencies.tgf. Native
libraries are those for Lambda's two architectures. Equal input gives equal files, whenever and wherever it is built.
"""

import re
import shutil
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

ARTIFACT = re.compile(r"([\w.-]+):([\w.-]+):jar:([\w.-]+)")
NATIVE = re.compile(r"\.(so|dll|dylib|jnilib)$")
OF_LAMBDA = re.compile(r"linux\W*(x86_64|amd64|aarch64|arm64)\b", re.IGNORECASE)


class Dependencies:
    """The dependencies of a module: a node for each artifact, which is a pair of group and name, and what it needs."""

    def __init__(self, file):
        nodes, _, edges = file.read_text(encoding="utf-8").partition("#\n")
        self.jars, self.needs = {}, defaultdict(set)
        artifacts = {}  # by the number of the node; the module itself is the first
        for line in nodes.splitlines():
            node, description = line.split(" ", 1)
            group, name, version = ARTIFACT.search(description).groups()
            artifacts[node] = (group, name)
            self.jars[group, name] = f"{name}-{version}.jar"  # one version of each: the enforcer's dependencyConvergence
        for line in edges.splitlines():
            needing, needed = line.split(" ")[:2]
            self.needs[artifacts[needing]].add(artifacts[needed])
        self.module = next(iter(artifacts.values()))

    def package(self, libraries):
        """The project's own modules and the libraries, with what they need."""
        direct = self.needs[self.module]
        for unknown in set(libraries) - {name for _, name in direct}:
            sys.exit(f"{unknown} is not a dependency in {self.module[1]}/pom.xml")
        pending = [(group, name) for group, name in direct if name in libraries or self.is_own((group, name))]
        found = set()
        while pending:
            artifact = pending.pop()
            if artifact not in found:
                found.add(artifact)
                pending.extend(self.needs[artifact])
        return sorted(found)

    def is_own(self, artifact):
        return artifact[0] == self.module[0]


def copy(source, target):
    """Copies a file. Its permissions become part of the package's zip, so they must not depend on the user's umask."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def copy_jar(source, target, own):
    """Copies a jar without the native libraries of other systems, and a jar of this build with the same permissions."""
    copy(source, target)
    with zipfile.ZipFile(source) as jar:
        entries = jar.infolist()
        kept = [entry for entry in entries if not NATIVE.search(entry.filename) or OF_LAMBDA.search(entry.filename)]
        if own or kept != entries:
            with zipfile.ZipFile(target, "w") as changed:
                for entry in kept:
                    entry.external_attr = (0o755 if entry.is_dir() else 0o644) << 16
                    changed.writestr(entry, jar.read(entry))


def main(module, folder, *libraries):
    built, package = Path(module, "target"), Path(folder)
    for file in sorted(Path(built, "classes").rglob("*")):
        if file.is_file():
            copy(file, package / file.relative_to(built / "classes"))
    dependencies = Dependencies(built / "dependencies.tgf")
    for artifact in dependencies.package(libraries):
        jar = dependencies.jars[artifact]
        copy_jar(built / "lib" / jar, package / "lib" / jar, dependencies.is_own(artifact))


if __name__ == "__main__":
    main(*sys.argv[1:])

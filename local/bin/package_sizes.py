"""Prints the sizes of the packages below a folder, in bytes: of the zip that sam deploy uploads, and of its files."""

import io
import sys
import zipfile
from pathlib import Path


def sizes(package):
    files = sorted(file for file in package.rglob("*") if file.is_file())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in files:
            zipped.write(file, file.relative_to(package))
    return len(content.getbuffer()), sum(file.stat().st_size for file in files)


if __name__ == "__main__":
    print("function,zipped,unzipped")
    packages = (libraries.parent for libraries in Path(sys.argv[1]).glob("**/lib"))
    for package in sorted(packages, key=lambda folder: folder.name):
        print(package.name, *sizes(package), sep=",")

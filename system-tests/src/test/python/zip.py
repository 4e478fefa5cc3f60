"""For each package: the hash by which sam deploy recognises what is uploaded already, and the hash of the zip."""

import hashlib
import sys

from samcli.lib.package.utils import make_zip_with_lambda_permissions, zip_folder

for package in sys.argv[1:]:
    with zip_folder(package, zip_method=make_zip_with_lambda_permissions) as (zip_file, name):
        with open(zip_file, "rb") as content:
            print(name, hashlib.sha256(content.read()).hexdigest())

"""Transforms templates as AWS does, with the SAM CLI's own translator.

Reads requests from standard input, one JSON object a line: {"template": <path>, "parameters": {<name>: <value>}}. Answers
each with the transformed template, one JSON object a line.
"""

import json
import sys

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform


class NoManagedPolicies(ManagedPolicyLoader):
    """The templates name none; an account would be asked for them."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        return {}


for line in sys.stdin:
    request = json.loads(line)
    with open(request["template"]) as file:
        template = yaml_parse(file.read())
    for resource in template["Resources"].values():
        for uri in {"CodeUri", "DefinitionUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][uri] = "s3://bucket/package"  # what sam deploy puts there
    print(json.dumps(transform(template, request["parameters"], NoManagedPolicies()), default=str), flush=True)

"""Deletes a deployed stage: destroy.py <stage>. Lists the resources that are kept, because their data can't be recreated.

Uses the credentials of the default chain and the region of samconfig.toml, or of AWS_REGION if that is set.
"""

import os
import sys
import tomllib

import boto3
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

RETAINED = {"AWS::S3::Bucket": "bucket", "AWS::DynamoDB::Table": "table"}


def resources(cloudformation, stack):
    """All resources of a stack and of its nested stacks: (stack, logical id, type, physical id)."""
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            kind, physical_id = resource["ResourceType"], resource.get("PhysicalResourceId", "")
            yield stack, resource["LogicalResourceId"], kind, physical_id
            if kind == "AWS::CloudFormation::Stack":
                yield from resources(cloudformation, physical_id)


def policies(cloudformation, stack):
    """The deletion policies of a stack's resources, by their logical ids."""
    template = cloudformation.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    return {name: body.get("DeletionPolicy", "Delete") for name, body in template["Resources"].items()}


def main(stage):
    with open("samconfig.toml", "rb") as file:
        config = tomllib.load(file)["default" if stage == "dev" else stage]
    stack = config["global"]["parameters"]["stack_name"]
    region = os.environ.get("AWS_REGION") or config["deploy"]["parameters"]["region"]
    session = boto3.Session(region_name=region)
    cloudformation = session.client("cloudformation")
    stays, goes = [], []
    for owner, name, kind, physical_id in resources(cloudformation, stack):
        if kind in RETAINED:
            is_retained = policies(cloudformation, owner).get(name) != "Delete"
            (stays if is_retained else goes).append((kind, physical_id))
    print(f"Stack {stack} in {region} will be deleted, with all that it can make again. These stay:")
    for kind, physical_id in stays:
        print(f"    {RETAINED[kind]} {physical_id}")
    if input("Type the stack's name to delete it: ") != stack:
        sys.exit("Nothing was deleted.")
    for kind, physical_id in goes:
        if kind == "AWS::S3::Bucket":
            print(f"Emptying bucket {physical_id}")
            session.resource("s3").Bucket(physical_id).object_versions.delete()
    cloudformation.delete_stack(StackName=stack)
    print("Deleting the stack; this takes some minutes")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)
    print("Done. To delete what stays, empty the buckets, with all versions, and delete buckets and tables yourself.")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (BotoCoreError, ClientError, WaiterError) as error:
        sys.exit(f"✗ {error}")

"""Deletes a deployed stage: destroy.py <stage>. Lists the resources that are kept, because their data can't be recreated.

Uses the credentials of the default chain, and the region of samconfig.toml or of the variable REGION if it is set.
"""

import os
import sys

import boto3
import tomlkit
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

NESTED = "AWS::CloudFormation::Stack"
DATA = {"AWS::S3::Bucket": "bucket", "AWS::DynamoDB::Table": "table", "AWS::Cognito::UserPool": "user pool"}


def resources(cloudformation, stack):
    """The existing resources of a stack and of its nested stacks: (stack, logical id, type, physical id)."""
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            kind, physical_id = resource["ResourceType"], resource.get("PhysicalResourceId")
            # After the rollback of a creation, deleted resources are still listed.
            if physical_id and resource["ResourceStatus"] != "DELETE_COMPLETE":
                yield stack, resource["LogicalResourceId"], kind, physical_id
                if kind == NESTED:
                    yield from resources(cloudformation, physical_id)


def deletion_policy(cloudformation, stack, logical_id):
    template = cloudformation.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    return template["Resources"][logical_id].get("DeletionPolicy", "Delete")


def delete_scanner_keys(api_gateway, stack):
    """Deletes the keys that make scanner-key created: they are not in the stack, and useless without it."""
    keys = api_gateway.get_paginator("get_api_keys").paginate(nameQuery=f"{stack}-scanner-").build_full_result()
    for key in keys["items"]:
        api_gateway.delete_api_key(apiKey=key["id"])


def delete(cloudformation, stack, buckets):
    for bucket in buckets:
        print(f"Emptying {bucket.name}")
        for answer in bucket.object_versions.delete():
            for error in answer.get("Errors", []):
                sys.exit(f"✗ {bucket.name}/{error['Key']} can't be deleted: {error['Message']}")
    print("Deleting the stack; this takes some minutes")
    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)


def main(stage):
    with open("samconfig.toml", encoding="utf-8") as file:
        config = tomlkit.load(file)["default" if stage == "dev" else stage]
    stack = str(config["global"]["parameters"]["stack_name"])
    region = os.environ.get("REGION") or str(config["deploy"]["parameters"]["region"])
    session = boto3.Session(region_name=region)
    cloudformation = session.client("cloudformation")

    stays, buckets = [], []
    for owner, logical_id, kind, physical_id in resources(cloudformation, stack):
        if kind in DATA and deletion_policy(cloudformation, owner, logical_id) != "Delete":
            stays.append(f"{DATA[kind]} {physical_id}")
        elif kind == "AWS::S3::Bucket":
            buckets.append(session.resource("s3").Bucket(physical_id))
    print(f"{stack} in {region} will be deleted. What can't be made again stays:")
    for name in stays:
        print(f"    {name}")
    question = f"{stack} in {region}"
    if input(f"Type '{question}' to delete it: ") != question:
        sys.exit("Nothing was deleted.")
    try:
        delete(cloudformation, stack, buckets)
    except WaiterError:
        # A function may have written into the emptied bucket before the function was deleted.
        delete(cloudformation, stack, buckets)
    delete_scanner_keys(session.client("apigateway"), stack)
    print("Done. To delete what stays, empty the buckets, with all versions, and delete buckets, tables and user pools yourself.")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"✗ {error}")

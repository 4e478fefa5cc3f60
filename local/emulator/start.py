"""Starts the emulator, with ten differences.

1. A function has at most four environments, and all functions together have at most 32. An event waits until one is
   free; a caller that waits for the function's answer (of Lambda's API, of API Gateway, a queue's poller, a workflow)
   waits for 25 seconds, and then gets the answer of Lambda's throttle. If all environments exist, the one that has been
   idle for the longest time ends. The emulator starts an environment for each event that arrives while all others are
   busy: fifty photos at once are fifty JVMs at once, and on a small machine none of them is ready in time. On AWS each
   environment has a processor of its own, and asynchronous events without an environment wait in Lambda's queue.
2. A delivery stream reads its Kinesis stream independently, and its processor gets the records of a put at once. The
   emulator calls the processor for each record while the producer waits for the response of the put, which takes longer
   than the producer's timeout. On AWS Firehose is one more consumer, without an effect on producers.
3. The log of a function that ends before its first response has the reason. The emulator drops the output of an
   environment before its first invocation, so the log of a function that can't start is empty.
4. The template of a nested stack is transformed, like that of its root. The emulator treats the SAM functions in it as
   unknown resources.
5. A resource of a nested stack keeps its attributes in an update that doesn't change it. The emulator drops them, and
   then references to them fail.
6. A batch of PartiQL statements is authorised as on AWS: by the action of each statement on its table, for example
   dynamodb:PartiQLInsert. The emulator requires dynamodb:BatchExecuteStatement, an action that AWS doesn't have.
7. The event of a request has the API key that it was sent with, in requestContext.identity. The emulator checks the
   key, but doesn't pass it on.
8. An imported API keeps what API Gateway answers itself: the methods with a mock integration, such as the preflights of
   CORS, and the gateway responses. The emulator imports type, method and address of an integration only.
9. The definition of a state machine may be in YAML. The emulator takes JSON only.
10. A task that waits for its token fails when its function fails. The emulator goes on waiting for the token.
"""

import contextvars
import inspect
import json
import logging
import os
import queue
import re
import sys
import threading
import time
from collections import defaultdict

import yaml
from ministack.app import main
from ministack.core import iam_actions, lambda_runtime
from ministack.services import apigateway_v1, cloudformation, firehose, lambda_svc, stepfunctions
from ministack.services.cloudformation import engine, helpers, provisioners

ENVIRONMENTS_OF_A_FUNCTION = 4
ENVIRONMENTS_OF_ALL_FUNCTIONS = 32
# Less than API Gateway and the SDK's clients wait for an answer.
PATIENCE_SECONDS = float(os.environ.get("ENVIRONMENT_PATIENCE_SECONDS", "25"))

STATEMENT = re.compile(r'\s*(?P<verb>INSERT|UPDATE|DELETE|SELECT)\b.*?"(?P<table>[^"]+)"', re.IGNORECASE | re.DOTALL)

acquire_slot = lambda_svc._acquire_execution_slot
release_slot = lambda_svc._release_execution_slot
throttle = lambda_svc._throttle_response
acquire_environment = lambda_svc.acquire_worker
dispatch = lambda_svc._execute_function_dispatch
invoke_asynchronously = lambda_svc.invoke_async_with_retry
execute = lambda_svc._execute_function_provided_warm
template_of = helpers._resolve_template
update = provisioners._update_resource
action_of = iam_actions.extract_iam_action
tables_of = iam_actions.dynamodb_resource_arns
event_of = apigateway_v1._build_lambda_event_v1
import_operation = apigateway_v1._import_operation
import_api = apigateway_v1._import_rest_api
definition_of = provisioners._sfn_definition
invoke_with_token = stepfunctions._invoke_with_callback
call_function = stepfunctions._call_lambda
slot_released = threading.Condition()
environments = threading.Lock()
answer_is_awaited = contextvars.ContextVar("answer_is_awaited", default=False)
awaited_token = contextvars.ContextVar("awaited_token", default=None)
puts = queue.Queue()


def awaiting_the_answer(call):
    def call_and_wait(*arguments, **options):
        answer_is_awaited.set(True)
        return call(*arguments, **options)

    async def call_and_wait_in_a_task(*arguments, **options):
        answer_is_awaited.set(True)
        return await call(*arguments, **options)

    return call_and_wait_in_a_task if inspect.iscoroutinefunction(call) else call_and_wait


def invoke_without_awaiting_the_answer(function, event):
    context = contextvars.copy_context()
    context.run(answer_is_awaited.set, False)
    context.run(invoke_asynchronously, function, event)


def acquire_slot_when_one_is_free(function, config):
    key = lambda_svc._inflight_key(config)
    deadline = time.monotonic() + PATIENCE_SECONDS if answer_is_awaited.get() else None
    with slot_released:
        while (
            lambda_svc._inflight.get(key, 0) >= ENVIRONMENTS_OF_A_FUNCTION
            or lambda_svc._inflight_total >= ENVIRONMENTS_OF_ALL_FUNCTIONS
        ):
            remaining = None if deadline is None else deadline - time.monotonic()
            if remaining is not None and remaining <= 0:
                return None, "account"
            slot_released.wait(remaining)
        return acquire_slot(function, config)


def release_slot_and_notify(key):
    release_slot(key)
    with slot_released:
        slot_released.notify_all()


def throttle_with_error_type(*arguments, **options):
    response = throttle(*arguments, **options)
    response["body"]["errorType"] = "Lambda.TooManyRequestsException"  # what a workflow retries or catches
    return response


def dispatch_after_the_wait(function, config, event, request_id, _):
    return dispatch(function, config, event, request_id, time.time())


def acquire_environment_within_the_bounds(name, config, code, qualifier="$LATEST"):
    with environments:
        surplus = remove_surplus_environments(lambda_runtime._worker_key(name, config, qualifier))
        acquired = acquire_environment(name, config, code, qualifier=qualifier)
    lambda_runtime.kill_workers(surplus)
    return acquired


def remove_surplus_environments(key):
    """Makes room for one more environment, unless one with this key is idle."""
    all_versions = key.rpartition(":")[0] + ":"
    with lambda_runtime._lock:
        if any(not environment.in_use for environment in lambda_runtime._workers.get(key, [])):
            return []
        surplus = remove_idle_environments(ENVIRONMENTS_OF_A_FUNCTION, lambda other: other.startswith(all_versions))
        return surplus + remove_idle_environments(ENVIRONMENTS_OF_ALL_FUNCTIONS, lambda _: True)


def remove_idle_environments(bound, has_key):
    """Removes those that have been idle for the longest time, until there are fewer than the bound."""
    existing = [(key, each) for key, all in lambda_runtime._workers.items() if has_key(key) for each in all]
    idle = sorted((entry for entry in existing if not entry[1].in_use), key=lambda entry: entry[1].last_used)
    surplus = idle[: max(0, len(existing) + 1 - bound)]
    for key, environment in surplus:
        lambda_runtime._workers[key].remove(environment)
    return [environment for _, environment in surplus]


def execute_and_log_why_it_died(function, event, request_id):
    result = execute(function, event, request_id)
    if result.get("error") and not result.get("log") and isinstance(result.get("body"), dict):
        result["log"] = "{errorType}: {errorMessage}".format_map(defaultdict(str, result["body"]))
    return result


def transformed_template_of(parameters):
    body, error = template_of(parameters)
    if error is not None or not body:
        return body, error
    template = engine._apply_transforms(engine._parse_template(body))
    if isinstance(template, engine._TransformFailed):
        return None, helpers._error("ValidationError", template.error)
    return json.dumps(template, default=str), None


def update_and_keep_attributes(kind, physical_id, old, new, stack, logical_id=None, attributes=None):
    if attributes is None:
        attributes = cloudformation._stacks[stack]["_resources"].get(logical_id, {}).get("Attributes") or {}
    new_id, changed = update(kind, physical_id, old, new, stack, logical_id, attributes)
    return new_id, {**attributes, **(changed or {})}


def note_put(stream_arn, records):
    # The context has the account and the region, by which the emulator finds its resources.
    puts.put((contextvars.copy_context(), stream_arn, records))


def deliver(stream_arn, records):
    for delivery_stream in list(firehose._streams.values()):
        source = delivery_stream["kinesis_source"] or {}
        if source.get("KinesisStreamARN") == stream_arn:
            for destination in delivery_stream["destinations"]:
                batch = [(firehose._record_id(), data) for _, data in records]
                firehose._deliver_records_to_s3(delivery_stream, destination, batch)


def deliver_puts():
    while True:
        context, stream_arn, records = puts.get()
        try:
            context.run(deliver, stream_arn, records)
        except Exception:
            logging.exception("Records of %s could not be delivered", stream_arn)


def statements(body):
    batch = json.loads(body or b"{}").get("Statements") or []
    return [match for match in (STATEMENT.match(each.get("Statement", "")) for each in batch) if match]


def action_of_statements(service, method, path, headers, body, query_params):
    action = action_of(service, method, path, headers, body, query_params)
    if action != "dynamodb:BatchExecuteStatement":
        return action
    verbs = {statement["verb"].capitalize() for statement in statements(body)}
    return "dynamodb:PartiQL" + verbs.pop() if len(verbs) == 1 else action


def tables_of_statements(body, region, account_id):
    tables = tables_of(body, region, account_id)
    return tables or [
        iam_actions._dynamodb_table_arn(table, region, account_id)
        for table in sorted({statement["table"] for statement in statements(body)})
    ]


def event_with_api_key(api_id, stage_name, stage, resource, path, method, headers, *others, **options):
    event = event_of(api_id, stage_name, stage, resource, path, method, headers, *others, **options)
    key = apigateway_v1._resolve_api_key(apigateway_v1._api_key_from_request(headers))
    if key and apigateway_v1._usage_plans_for_key(key["id"], api_id, stage_name):
        event["requestContext"]["identity"].update(apiKey=key["value"], apiKeyId=key["id"])
    return event


def import_operation_with_mock(api_id, resource_id, http_method, operation, *others, **options):
    import_operation(api_id, resource_id, http_method, operation, *others, **options)
    integration = (operation or {}).get("x-amazon-apigateway-integration") or {}
    if (integration.get("type") or "").lower() != "mock":
        return
    method = api_id, resource_id, http_method
    apigateway_v1._put_integration(
        *method, {"type": "MOCK", "requestTemplates": integration.get("requestTemplates") or {}}
    )
    for response in (integration.get("responses") or {}).values():
        parameters = response.get("responseParameters") or {}
        status = str(response["statusCode"])
        apigateway_v1._put_method_response(*method, status, {"responseParameters": dict.fromkeys(parameters, True)})
        apigateway_v1._put_integration_response(
            *method,
            status,
            {"responseParameters": parameters, "responseTemplates": response.get("responseTemplates") or {}},
        )


def import_api_with_gateway_responses(definition, *others, **options):
    api_id = import_api(definition, *others, **options)
    for response_type, response in (definition.get("x-amazon-apigateway-gateway-responses") or {}).items():
        settings = {name: response.get(name) or {} for name in ("responseTemplates", "responseParameters")}
        if response.get("statusCode"):
            settings["statusCode"] = str(response["statusCode"])
        apigateway_v1._put_gateway_response(api_id, response_type, settings)
    return api_id


def definition_as_json(properties):
    return json.dumps(yaml.safe_load(definition_of(properties)))  # JSON is YAML, too


def invoke_and_note_token(resource, task_input, token, state):
    before = awaited_token.set(token)
    try:
        return invoke_with_token(resource, task_input, token, state)
    finally:
        awaited_token.reset(before)


def call_function_and_fail_its_task(reference, event):
    try:
        return call_function(reference, event)
    except stepfunctions._ExecutionError as failure:
        task = stepfunctions._task_tokens.get(awaited_token.get())
        if task and not task["event"].is_set():  # else the function has answered before it failed
            task["error"] = {"Error": failure.error, "Cause": failure.cause}
            task["event"].set()
        raise


def replace(module, name, replacement):
    getattr(module, name)  # an emulator that has no such function any more shall not start
    setattr(module, name, replacement)


replace(lambda_svc, "_ACCOUNT_CONCURRENCY_CAP", ENVIRONMENTS_OF_ALL_FUNCTIONS)
replace(lambda_svc, "_acquire_execution_slot", acquire_slot_when_one_is_free)
replace(lambda_svc, "_release_execution_slot", release_slot_and_notify)
replace(lambda_svc, "_throttle_response", throttle_with_error_type)
replace(lambda_svc, "_execute_function_dispatch", dispatch_after_the_wait)
replace(lambda_svc, "acquire_worker", acquire_environment_within_the_bounds)
replace(lambda_svc, "invoke_async_with_retry", invoke_without_awaiting_the_answer)
replace(lambda_svc, "_invoke", awaiting_the_answer(lambda_svc._invoke))
replace(lambda_svc, "_run_sqs_batch", awaiting_the_answer(lambda_svc._run_sqs_batch))
replace(apigateway_v1, "_call_lambda_raw", awaiting_the_answer(apigateway_v1._call_lambda_raw))
replace(stepfunctions, "_call_lambda", awaiting_the_answer(call_function_and_fail_its_task))
replace(stepfunctions, "_invoke_with_callback", invoke_and_note_token)
replace(lambda_svc, "_execute_function_provided_warm", execute_and_log_why_it_died)
replace(helpers, "_resolve_template", transformed_template_of)
replace(provisioners, "_update_resource", update_and_keep_attributes)
replace(firehose, "ingest_from_kinesis_source", note_put)
replace(iam_actions, "extract_iam_action", action_of_statements)
replace(iam_actions, "dynamodb_resource_arns", tables_of_statements)
replace(apigateway_v1, "_build_lambda_event_v1", event_with_api_key)
replace(apigateway_v1, "_import_operation", import_operation_with_mock)
replace(apigateway_v1, "_import_rest_api", import_api_with_gateway_responses)
replace(provisioners, "_sfn_definition", definition_as_json)
threading.Thread(target=deliver_puts, name="delivery", daemon=True).start()

if __name__ == "__main__":
    sys.exit(main())

"""Starts the emulator, with two differences.

An event for a function waits until one of a few environments is free. The emulator starts an environment for each event
that comes while all others are busy: fifty photos at once are fifty JVMs at once, and on a small machine none of them is
ready in time. On AWS each environment has a processor of its own, and asynchronous events that find no environment wait
in Lambda's queue.

A delivery stream reads its Kinesis stream on its own, and its processor gets the records of a put at once. The emulator
calls the processor for each record while the producer waits for the put's answer, which takes longer than a producer
waits. On AWS Firehose is one more consumer, which no producer notices.
"""

import contextvars
import logging
import os
import queue
import sys
import threading
import time
from collections import defaultdict

from ministack.app import main
from ministack.services import firehose, lambda_svc

ENVIRONMENTS_OF_A_FUNCTION = max(4, os.cpu_count() or 1)

dispatch = lambda_svc._execute_function_dispatch
environments = defaultdict(lambda: threading.BoundedSemaphore(ENVIRONMENTS_OF_A_FUNCTION))
puts = queue.Queue()


def dispatch_when_an_environment_is_free(function, config, event, request_id, _):
    with environments[config["FunctionName"]]:
        return dispatch(function, config, event, request_id, time.time())


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


def replace(module, name, replacement):
    getattr(module, name)  # an emulator that has no such function any more shall not start
    setattr(module, name, replacement)


replace(lambda_svc, "_execute_function_dispatch", dispatch_when_an_environment_is_free)
replace(firehose, "ingest_from_kinesis_source", note_put)
threading.Thread(target=deliver_puts, name="delivery", daemon=True).start()

if __name__ == "__main__":
    sys.exit(main())

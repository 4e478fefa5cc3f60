"""Starts the emulator, with one difference: an event for a function waits until one of a few environments is free.

The emulator starts an environment for each event that comes while all others are busy: fifty photos at once are fifty
JVMs at once, and on a small machine none of them is ready in time. On AWS each environment has a processor of its own,
and asynchronous events that find no environment wait in Lambda's queue.
"""

import os
import sys
import threading
import time
from collections import defaultdict

from ministack.app import main
from ministack.services import lambda_svc

ENVIRONMENTS_OF_A_FUNCTION = max(4, os.cpu_count() or 1)

dispatch = lambda_svc._execute_function_dispatch
environments = defaultdict(lambda: threading.BoundedSemaphore(ENVIRONMENTS_OF_A_FUNCTION))


def dispatch_when_an_environment_is_free(function, config, event, request_id, _):
    with environments[config["FunctionName"]]:
        return dispatch(function, config, event, request_id, time.time())


lambda_svc._execute_function_dispatch = dispatch_when_an_environment_is_free

if __name__ == "__main__":
    sys.exit(main())

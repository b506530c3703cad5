"""Runs a Python function: loads the handler, and calls it with one event after the other.

Events come from standard input: a line with what the context needs, and a line with the event. Answers go to
descriptor 3. All that is printed is the log.
"""

import decimal
import importlib
import json
import logging
import math
import os
import re
import sys
import time
import traceback

TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
HERE = os.path.abspath(__file__)


def report(kind, payload):
    data = payload if isinstance(payload, bytes) else payload.encode("utf-8", "surrogatepass")
    sys.stdout.flush()
    sys.stderr.flush()
    answers.write(b"%s%d\n" % (kind, len(data)))
    answers.write(data)
    answers.flush()


class Fault(Exception):
    """An error that the runtime itself reports."""

    def __init__(self, kind, message, stack=None):
        super().__init__(message)
        self.kind = "Runtime." + kind
        self.message = message
        self.stack = stack or []


class Context:
    """The second argument of handlers."""

    def __init__(self, request_id, arn, deadline):
        env = os.environ
        self.aws_request_id = request_id
        self.invoked_function_arn = arn
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = None
        self.identity = Identity()
        self.tenant_id = None
        self._deadline = deadline

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Encoder(json.JSONEncoder):
    """Writes decimals as numbers, digit by digit."""

    def __init__(self):
        ascii_only = os.environ.get("AWS_EXECUTION_ENV") in OLD_RUNTIMES
        super().__init__(ensure_ascii=ascii_only, allow_nan=True)
        self.decimals = False

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            if value.is_nan():
                return math.nan
            self.decimals = True
            return "\ue000%s\ue000" % value
        return super().default(value)

    def encode(self, value):
        text = super().encode(value)
        if not self.decimals:
            return text
        return re.sub(r'"(?:\ue000|\\ue000)([^"\\\ue000]*)(?:\ue000|\\ue000)"', r"\1", text)


# Before Python 3.12 all characters beyond ASCII are escaped.
OLD_RUNTIMES = {"AWS_Lambda_python3.%d" % minor for minor in range(6, 12)}


def error_payload(message, kind, stack, request_id):
    return json.dumps(
        {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": stack}
    )


def error_of(request_id):
    """What a caller is told of the exception that is handled."""
    kind, value, trace = sys.exc_info()
    if isinstance(value, Fault):
        return error_payload(value.message, value.kind, value.stack, request_id)
    frames = traceback.extract_tb(trace)
    own = next((i for i, frame in enumerate(frames) if os.path.abspath(frame.filename) != HERE), 0)
    stack = traceback.format_list([(f.filename, f.lineno, f.name, f.line) for f in frames[own:]])
    return error_payload(str(value), kind.__name__, stack, request_id)


def log_error(payload):
    error = json.loads(payload)
    lines = ["[ERROR] %(errorType)s: %(errorMessage)s" % error, "Traceback (most recent call last):"]
    sys.stdout.write("\n".join(lines) + "\n" + "".join(error["stackTrace"]) + "\n")


def load(handler):
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        raise Fault("MalformedHandlerName", "Bad handler '%s': %s" % (handler, error))
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        stack = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        raise Fault("UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), stack)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


def call(handler, head, event_text):
    request_id, arn, deadline, trace_id = json.loads(head)
    os.environ["_X_AMZN_TRACE_ID"] = trace_id
    try:
        result = handler(json.loads(event_text), Context(request_id, arn, deadline))
        if not isinstance(result, bytes):
            try:
                result = Encoder().encode(result)
            except Exception as error:
                raise Fault("MarshalError", "Unable to marshal response: %s" % error)
    except Exception:
        payload = error_of(request_id)
        log_error(payload)
        return report(b"E", payload)
    return report(b"A", result)


def main():
    # Lambda does the same, so that logging works without configuration.
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(logging.Formatter("[%(levelname)s]\t%(message)s"))
    logging.getLogger().addHandler(lines)
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception:
        payload = error_of("")
        log_error(payload)
        report(b"F", payload)
        sys.exit(1)
    report(b"R", b"")
    while True:
        head = events.readline()
        if not head:
            return
        call(handler, head, events.readline())


if __name__ == "__main__":
    # Code that reads standard input gets nothing, and cannot take an event away.
    events = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    answers = os.fdopen(3, "wb")
    os.set_inheritable(3, False)
    # The folder of this file is not the function's.
    sys.path[0] = TASK_ROOT
    sys.stdout.reconfigure(line_buffering=True)
    main()

"""What the checks share: where the gateways are, and how a result is told. One line of JSON per check."""
import json
import os
import sys
import traceback
import urllib.request

GEMINI = os.environ["SDK_GEMINI_URL"]
CLAUDE = os.environ["SDK_CLAUDE_URL"]
FRAUD = os.environ["SDK_FRAUD_URL"]
EMBEDDING = os.environ["SDK_EMBEDDING_URL"]
CONTROL = os.environ["SDK_CONTROL_URL"]
TOKEN = os.environ["SDK_TOKEN"]
NOBODY = os.environ["SDK_NOBODY_TOKEN"]
PROJECT = "acme-ml-qa"
LOCATION = "europe-west4"


def control(path):
    """Tells the cloud behind the gateways what goes wrong next; answers what it says."""
    with urllib.request.urlopen(CONTROL + path) as answer:
        return json.loads(answer.read() or b"null")


class fault:
    """Every prediction fails so, within the block."""

    def __init__(self, query):
        self.query = query

    def __enter__(self):
        control("/every?" + self.query)

    def __exit__(self, *ignored):
        control("/reset")


def raises(kind, call):
    """The exception that the call ends with, which must be of this kind."""
    try:
        call()
    except kind as e:
        return e
    except BaseException as e:  # another kind is a failure that says which
        raise AssertionError(f"expected {kind}, got {type(e).__module__}.{type(e).__name__}: {e}") from e
    raise AssertionError(f"expected {kind}, nothing was raised")


def run(checks):
    """Runs them all, whatever fails."""
    for check in checks:
        result = {"check": check.__name__, "failure": ""}
        try:
            check()
        except BaseException:
            result["failure"] = traceback.format_exc(limit=-4)
        finally:
            control("/reset")
        print("RESULT " + json.dumps(result), flush=True)
    sys.stdout.flush()
    os._exit(0)  # some of the clients leave threads behind

"""Serves an empty store in memory on a free port of this machine, prints its address, and ends when its input does.

With BUSY=n in the environment every n-th request of a deployment is answered by 'slow down'.
"""

import os
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

store = DomainDispatcherApplication(create_backend_app)
busy = int(os.environ.get("BUSY", "0"))
asked = 0
lock = threading.Lock()


def answer(environ, start_response):
    global asked
    if busy and environ.get("HTTP_USER_AGENT", "").startswith("Letterpress"):
        with lock:
            asked += 1
            is_busy = asked % busy == 0
        if is_busy:
            start_response("503 Slow Down", [("Content-Type", "application/xml"), ("Connection", "close")])
            return [b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"]
    return store(environ, start_response)


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"http://127.0.0.1:{server.port}", flush=True)
sys.stdin.read()
server.shutdown()

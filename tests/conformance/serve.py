"""Run `samplan serve` for a test, and see that it stops when it is asked to.

    with serve.Instance(binary, data) as base:
        ...  # base is the address of the running instance, with a slash at its end
"""

import json
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

READY_SECONDS = 60
STOP_SECONDS = 5


class Failure(Exception):
    """The instance did not start or did not stop as it should."""


def program(name):
    """A bare name is looked up in PATH, anything else is a file."""
    found = name if "/" in name or pathlib.Path(name).exists() else shutil.which(name)
    if found is None:
        raise Failure(f"there is no program {name}")
    return str(pathlib.Path(found).resolve())


def free_port():
    # The address of the instance must be known before it starts, so the system is asked for
    # a port here; asking the program to listen on port 0 would leave the address unknown.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Instance:
    def __init__(self, binary, data):
        self.binary = program(str(binary))
        self.data = str(pathlib.Path(data).resolve())
        self.process = None

    def __enter__(self):
        port = free_port()
        # By number, not by name: localhost can be another program's ::1.
        self.base = f"http://127.0.0.1:{port}/"
        self.log = tempfile.TemporaryFile(mode="w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data", self.data, "--listen", f"127.0.0.1:{port}",
             "--base-url", self.base],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )
        try:
            self.wait_until_ready()
        except BaseException:
            self.process.kill()
            self.process.wait()
            self.log.close()
            raise
        return self.base

    def wait_until_ready(self):
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Failure(f"samplan ended with {self.process.returncode}:\n{self.said()}")
            try:
                with urllib.request.urlopen(self.base + "readyz", timeout=5) as answer:
                    state = json.load(answer)
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
                continue
            if state["refused"]:
                raise Failure(f"part of {self.data} is refused:\n{self.said()}")
            return
        raise Failure(f"samplan was not ready within {READY_SECONDS} s:\n{self.said()}")

    def __exit__(self, kind, error, trace):
        try:
            self.stop()
        except Failure:
            # What went wrong inside the block is the better message.
            if error is None:
                raise
        finally:
            self.log.close()

    def stop(self):
        """Graceful shutdown: SIGTERM to this process, and it ends well by itself."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure(
                f"samplan did not stop within {STOP_SECONDS} s of SIGTERM:\n{self.said()}"
            ) from None
        if code != 0:
            raise Failure(f"samplan ended with {code} after SIGTERM:\n{self.said()}")

    def said(self):
        """The end of the log."""
        self.log.seek(0)
        return self.log.read()[-2000:]

"""Hold a thousand slow connections open and see that `samplan serve` still serves.

usage: python slow.py SAMPLAN_BINARY DATA_DIR

Starts an instance of its own, opens the connections of KINDS, and asks for pages while they
are open. Exits with 1 when the instance takes too much memory, when it answers too late, or
when it keeps connections on which nothing useful comes for longer than it says. Takes a little
more than IDLE_SECONDS. Needs nothing but Python, and Linux for /proc.
"""

import asyncio
import os
import pathlib
import resource
import shutil
import socket
import statistics
import sys
import tempfile
import time

import serve

# What the instance promises: how long a head may take, and how long a connection may be idle.
HEADER_SECONDS = 15
IDLE_SECONDS = 15
# A timer may be looked at late, and this process is not alone on its machine.
GRACE_SECONDS = 3
MOST_MEMORY = 256 << 20
ANSWER_SECONDS = 1
PROBE_EVERY = 1
# Slow clients, not a rush of fast ones: 1 000 come within five seconds.
OPENED_A_SECOND = 200
# Beyond what this process and the instance have open otherwise.
FILES = 4096

HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nUser-Agent: slow\r\nX-Filler: "
LARGE = b"GET /plan/vasterbotten-2026.jsonld HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2
POST = (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n"
        b"Content-Type: application/sparql-query\r\n\r\n")


async def drip(writer, text):
    """One byte a second, for as long as the other side listens."""
    for byte in text:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)


async def slow_head(_, writer):
    await drip(writer, HEAD + b"x" * 1000)


async def silent(_, __):
    pass


async def idle_after_one(reader, writer):
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    status = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0].decode("latin-1")
    if " 200 " not in status:
        raise serve.Failure(f"/healthz is answered with {status}")


async def slow_body(_, writer):
    writer.write(POST)
    await drip(writer, b"#" * 1000)


async def never_reads(_, writer):
    writer.write(LARGE)


# kind, how many, what it does, and within how many seconds the instance must have closed it;
# None where it promises nothing: then it is the memory and the answers that count. Opened in
# this order, so that all are open together before the first are closed.
KINDS = [
    ("asks for much, reads nothing", 200, never_reads, None),
    ("one byte of a query a second", 200, slow_body, None),
    ("idle after one request", 200, idle_after_one, IDLE_SECONDS),
    ("sends nothing", 200, silent, IDLE_SECONDS),
    ("one byte of the head a second", 200, slow_head, HEADER_SECONDS),
]
COUNT = sum(count for _, count, _, _ in KINDS)


class Slow:
    """One slow connection, and when the instance closed it."""

    def __init__(self, kind, behave):
        self.kind = kind
        self.behave = behave
        self.opened = None
        self.lasted = None

    async def run(self, host, port):
        plug = socket.socket()
        plug.setblocking(False)
        if self.behave is never_reads:
            # On loopback the kernel would take megabytes off the instance's hands; with small
            # packets and a small window it takes 100 KiB, as on a real network.
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        await asyncio.get_running_loop().sock_connect(plug, (host, port))
        # With so small a limit the stream stops reading from a socket that nobody empties.
        reader, writer = await asyncio.open_connection(sock=plug, limit=1024)
        self.opened = time.monotonic()
        acting = asyncio.create_task(self.behave(reader, writer))
        try:
            if self.behave is never_reads:
                await asyncio.Future()  # until all is over
            if self.behave is idle_after_one:
                await acting  # it reads its answer itself
            await self.until_closed(reader)
        finally:
            acting.cancel()
            writer.transport.abort()

    async def until_closed(self, reader):
        try:
            while await reader.read(1024):
                pass
        except ConnectionError:
            pass
        self.lasted = time.monotonic() - self.opened


class Process:
    """What the system tells of the running instance."""

    def __init__(self, pid):
        self.folder = pathlib.Path(f"/proc/{pid}")

    def memory(self):
        for line in (self.folder / "status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) << 10
        raise serve.Failure(f"{self.folder}/status tells no VmRSS: is the instance running?")

    def sockets(self):
        count = 0
        for entry in os.scandir(self.folder / "fd"):
            try:
                count += os.readlink(entry.path).startswith("socket:")
            except FileNotFoundError:
                pass  # closed in between
        return count


async def ask(host, port, path):
    """How long a new connection takes to get a whole answer."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
                     "Accept: text/html, */*;q=0.1\r\n\r\n".encode())
        answer = await reader.read(-1)
    finally:
        writer.close()
    status = answer.split(b"\r\n")[0].decode("latin-1")
    if " 200 " not in status:
        raise serve.Failure(f"with {COUNT} slow connections open, {path} is answered with "
                            f"{status or 'nothing: are further connections refused?'}")
    return time.monotonic() - began


async def probe(host, port, path):
    """As `ask`, and an answer that does not come is one that took very long."""
    try:
        return await asyncio.wait_for(ask(host, port, path), 10 * ANSWER_SECONDS)
    except (asyncio.TimeoutError, OSError):
        return float("inf")


async def observe(address, process, seconds):
    """The most memory, the slowest answers and how many sockets were open, in the time given."""
    memory, slowest, sockets = 0, {}, []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sockets.append(process.sockets())
        for path in ("/healthz", "/plan/vastmanland-2021-2022"):
            took = await probe(*address, path)
            slowest[path] = max(slowest.get(path, 0), took)
        memory = max(memory, process.memory())
        await asyncio.sleep(PROBE_EVERY)
    return memory, slowest, sockets


async def besiege(address, process):
    slow = [Slow(kind, behave) for kind, count, behave, _ in KINDS for _ in range(count)]
    tasks = []
    for one in slow:
        tasks.append(asyncio.create_task(one.run(*address)))
        await asyncio.sleep(1 / OPENED_A_SECOND)
    try:
        seen = await observe(address, process, IDLE_SECONDS + GRACE_SECONDS)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    failures = [end for end in ended
                if isinstance(end, Exception) and not isinstance(end, asyncio.CancelledError)]
    if failures:
        raise serve.Failure(f"{len(failures)} of {COUNT} slow connections failed in another way "
                            f"than being closed, the first: {failures[0]!r}")
    return slow, seen


def judge(slow, memory, slowest, sockets):
    """Prints what was seen; what is wrong with it, as lines."""
    wrong = []
    print(f"{'connections':32} count  closed  median s  last s  limit s")
    for kind, count, _, limit in KINDS:
        lasted = sorted(one.lasted for one in slow if one.kind == kind and one.lasted is not None)
        middle, last = (f"{statistics.median(lasted):.1f}", f"{lasted[-1]:.1f}") if lasted else "--"
        print(f"{kind:32} {count:5}  {len(lasted):6}  {middle:>8}  {last:>6}  {limit or '-':>7}")
        late = count - sum(seconds <= limit + GRACE_SECONDS for seconds in lasted) if limit else 0
        if late:
            wrong.append(f"{late} of {count} connections that stand for '{kind}' were not closed "
                         f"within {limit} s (and {GRACE_SECONDS} s of grace)")
    print(f"sockets of the instance: {max(sockets)} at most, {sockets[-1]} at the end")
    print(f"memory of the instance: {memory >> 20} MiB at most, {MOST_MEMORY >> 20} are allowed")
    for path, took in slowest.items():
        print(f"slowest answer of {path}: {took:.3f} s")
        if took > ANSWER_SECONDS:
            wrong.append(f"{path} took {took:.1f} s, at most {ANSWER_SECONDS} s is allowed")
    if max(sockets) < COUNT:
        wrong.append(f"the instance had {max(sockets)} sockets open at most, not {COUNT}: it "
                     "refuses connections, so the rest of this says nothing of so many")
    if memory > MOST_MEMORY:
        wrong.append(f"the instance held {memory >> 20} MiB in memory")
    return wrong


def allow_open_files():
    """For this process and, since it inherits the limit, for the instance."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < FILES:
        sys.exit(f"no more than {hard} files may be open here, {FILES} are needed: "
                 f"raise the hard limit (ulimit -Hn {FILES})")
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    allow_open_files()
    with tempfile.TemporaryDirectory() as folder:
        data = shutil.copytree(sys.argv[2], pathlib.Path(folder) / "data")
        try:
            instance = serve.Instance(sys.argv[1], data)
            with instance as base:
                host, port = base.removeprefix("http://").rstrip("/").split(":")
                process = Process(instance.process.pid)
                slow, seen = asyncio.run(besiege((host, int(port)), process))
        except serve.Failure as failure:
            sys.exit(str(failure))
    wrong = judge(slow, *seen)
    for line in wrong:
        print(f"FAILED: {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

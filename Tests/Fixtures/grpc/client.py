#!/usr/bin/env python3
"""Calls the proxy by gRPC as Python's grpcio does it, and prints what came of it as a line of JSON.

    client.py ADDRESS push [identity|gzip] [--body FILE] [--size BYTES] [--timeout SECONDS]
    client.py ADDRESS deadline [--timeout SECONDS]   a push that the server answers too late
    client.py ADDRESS cancel                         a push that is cancelled when SIGUSR1 comes
    client.py ADDRESS wrong-method
    client.py ADDRESS oversize [--size BYTES]
    client.py ADDRESS handle [--body FILE]           a push through httpgrpc; the body is a snappy block
    client.py ADDRESS health [SERVICE]
    client.py ADDRESS watch [--count STATES]         a line for every state
    client.py ADDRESS reflection

ADDRESS is HOST:PORT. Messages are bytes made by hand, so that no generated code is needed. Exits with 0
whenever the call has ended, whatever its status.
"""

import argparse
import json
import signal
import time

import grpc


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number, payload):
    """A field of bytes, text or a message."""
    payload = payload.encode() if isinstance(payload, str) else payload
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def fields(message):
    """The fields of a message: pairs of number and value."""
    position = 0

    def next_varint():
        nonlocal position
        value = shift = 0
        while True:
            byte = message[position]
            position += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while position < len(message):
        tag = next_varint()
        if tag & 7 == 0:
            yield tag >> 3, next_varint()
        else:
            length = next_varint()
            yield tag >> 3, message[position : position + length]
            position += length


def label(name, value):
    return field(1, field(1, name) + field(2, value))


def write_request(size=0):
    """One series of the tenant `grpc`, of at least so many bytes."""
    sample = field(2, b"\x09" + bytes(6) + b"\xf0\x3f" + b"\x10" + varint(int(time.time() * 1000)))
    padding = label("padding", "x" * size) if size else b""
    labels = label("__name__", "grpc_test") + padding + label("tenant_id", "grpc")
    return field(1, labels + sample)


def body(options):
    if options.body:
        with open(options.body, "rb") as file:
            return file.read()
    return write_request(options.size)


def stub(channel, kind, path):
    return getattr(channel, kind)(path, request_serializer=None, response_deserializer=None)


def metadata(pairs):
    return {key: value if isinstance(value, str) else value.hex() for key, value in pairs or []}


def outcome(call, **more):
    """What a finished call says of itself."""
    code = call.code()
    return {
        "code": code.name if code else None,
        "details": call.details(),
        "initial": metadata(call.initial_metadata()),
        "trailing": metadata(call.trailing_metadata()),
        **more,
    }


def unary(channel, path, message, options, **keywords):
    timeout = None if options.timeout == 0 else options.timeout
    try:
        response, call = stub(channel, "unary_unary", path).with_call(message, timeout=timeout, **keywords)
        return outcome(call, response=response.hex())
    except grpc.RpcError as error:
        return outcome(error)


PUSH = "/distributor.Distributor/Push"


def push(channel, options):
    compressions = {"identity": grpc.Compression.NoCompression, "gzip": grpc.Compression.Gzip}
    return unary(channel, PUSH, body(options), options, compression=compressions[options.argument or "identity"])


def deadline(channel, options):
    began = time.monotonic()
    result = unary(channel, PUSH, body(options), options)
    return {**result, "seconds": round(time.monotonic() - began, 3)}


def cancel(channel, options):
    # Blocked, it is kept until it is waited for.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    call = stub(channel, "unary_unary", PUSH).future(body(options))
    signal.sigwait({signal.SIGUSR1})
    cancelled = call.cancel()
    return {"cancelled": cancelled, "code": call.code().name}


def wrong_method(channel, options):
    return unary(channel, "/distributor.Distributor/Pull", b"", options)


def oversize(channel, options):
    return unary(channel, PUSH, write_request(options.size or 200 << 20), options)


def handle(channel, options):
    headers = {"Content-Type": "application/x-protobuf", "Content-Encoding": "snappy"}
    request = field(1, "POST") + field(2, "/api/v1/push") + field(4, body(options))
    for key, value in headers.items():
        request += field(3, field(1, key) + field(2, value))
    result = unary(channel, "/httpgrpc.HTTP/Handle", request, options)
    if "response" in result:
        response = dict(fields(bytes.fromhex(result["response"])))
        result["status"] = response.get(1, 0)
        result["body"] = response.get(3, b"").decode()
    return result


STATES = {0: "UNKNOWN", 1: "SERVING", 2: "NOT_SERVING", 3: "SERVICE_UNKNOWN"}


def state(response):
    return STATES[dict(fields(response)).get(1, 0)]


def health(channel, options):
    request = field(1, options.argument) if options.argument else b""
    result = unary(channel, "/grpc.health.v1.Health/Check", request, options)
    if "response" in result:
        result["state"] = state(bytes.fromhex(result["response"]))
    return result


def watch(channel, options):
    request = field(1, options.argument) if options.argument else b""
    call = stub(channel, "unary_stream", "/grpc.health.v1.Health/Watch")(request)
    states = []
    try:
        for response in call:
            states.append(state(response))
            print(json.dumps({"state": states[-1]}), flush=True)
            if options.count and len(states) == options.count:
                call.cancel()
                break
    except grpc.RpcError:
        # How it ended is in the call.
        pass
    return outcome(call, states=states)


def reflection(channel, options):
    """Lists the services, and asks for the file of each."""

    def ask(requests):
        call = stub(channel, "stream_stream", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
        return [dict(fields(response)) for response in call(iter(requests), timeout=10)]

    listed = ask([field(7, "*")])[0]
    services = [dict(fields(entry))[1].decode() for _, entry in fields(listed[6])]
    answers = ask([field(4, service) for service in services] + [field(4, "no.such.Symbol")])
    files = {}
    for service, answer in zip(services, answers):
        descriptors = [dict(fields(file)) for number, file in fields(answer[4]) if number == 1]
        files[service] = [descriptor[1].decode() for descriptor in descriptors]
    error = dict(fields(answers[-1][7]))
    return {"services": services, "files": files, "error": [error[1], error[2].decode()]}


def main():
    commands = {
        "push": push, "deadline": deadline, "cancel": cancel, "wrong-method": wrong_method, "oversize": oversize,
        "handle": handle, "health": health, "watch": watch, "reflection": reflection,
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("command", choices=commands)
    parser.add_argument("argument", nargs="?", default="")
    parser.add_argument("--body")
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--count", type=int, default=0)
    options = parser.parse_args()
    limits = [("grpc.max_send_message_length", -1), ("grpc.enable_http_proxy", 0)]
    with grpc.insecure_channel(options.address, options=limits) as channel:
        print(json.dumps(commands[options.command](channel, options)), flush=True)


if __name__ == "__main__":
    main()

"""Closed loop of the Python tritonclient on asyncio: WIRE ADDRESS CONCURRENCY SECONDS."""
import asyncio
import importlib
import json
import sys
import time

import numpy as np

wire, address, concurrency, seconds = sys.argv[1:]
client_module = importlib.import_module(f"tritonclient.{wire}")
aio = importlib.import_module(f"tritonclient.{wire}.aio")


async def main():
    client = aio.InferenceServerClient(address)
    begin = time.perf_counter() + 0.5
    end = begin + float(seconds)
    latencies = []

    async def loop():
        while True:
            start = time.perf_counter()
            if start >= end:
                break
            inputs = [client_module.InferInput(f"INPUT{i}", [1, 16], "INT32") for i in range(2)]
            for value in inputs:
                value.set_data_from_numpy(np.arange(16, dtype=np.int32).reshape(1, 16))
            result = await client.infer("simple", inputs)
            result.as_numpy("OUTPUT0")
            now = time.perf_counter()
            if begin <= now < end:
                latencies.append(now - start)

    await asyncio.gather(*(loop() for _ in range(int(concurrency))))
    await client.close()
    latencies.sort()
    rank = lambda p: latencies[int(p * (len(latencies) - 1) + 0.5)] * 1e6
    print(json.dumps({"perSecond": len(latencies) / float(seconds), "p50Us": rank(0.5), "p99Us": rank(0.99)}))


asyncio.run(main())

"""Closed loop of the Python tritonclient: WIRE ADDRESS MODEL CONCURRENCY SECONDS [json]."""
import importlib
import json
import sys
import threading
import time

import numpy as np

wire, address, model, concurrency, seconds = sys.argv[1:6]
as_json = sys.argv[6:] == ["json"]
client_module = importlib.import_module(f"tritonclient.{wire}")
latencies = []
begin = time.perf_counter() + 0.5
end = begin + float(seconds)


def tensor(name, shape, kind, dtype):
    value = client_module.InferInput(name, shape, kind)
    if as_json:
        value.set_data_from_numpy(np.zeros(shape, dtype), binary_data=False)
    else:
        value.set_data_from_numpy(np.zeros(shape, dtype))
    return value


def loop():
    client = client_module.InferenceServerClient(address)
    if model == "simple":
        inputs = [tensor(f"INPUT{i}", [1, 16], "INT32", np.int32) for i in range(2)]
    else:
        inputs = [tensor("INPUT0", [1, 1 << 20], "FP32", np.float32)]
    outputs = None
    if as_json:
        names = ["OUTPUT0", "OUTPUT1"] if model == "simple" else ["OUTPUT0"]
        outputs = [client_module.InferRequestedOutput(name, binary_data=False) for name in names]
    own = []
    while True:
        start = time.perf_counter()
        if start >= end:
            break
        client.infer(model, inputs, outputs=outputs)
        now = time.perf_counter()
        if begin <= now < end:
            own.append(now - start)
    latencies.extend(own)


threads = [threading.Thread(target=loop) for _ in range(int(concurrency))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
latencies.sort()
rank = lambda p: latencies[int(p * (len(latencies) - 1) + 0.5)] * 1e6
print(json.dumps({"perSecond": len(latencies) / float(seconds), "p50Us": rank(0.5), "p99Us": rank(0.99)}))

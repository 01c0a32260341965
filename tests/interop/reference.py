"""Answers of the Python tritonclient, for comparison.

Reads a JSON list of cases from standard input and writes the list of answers. A case:
{"protocol", "url", "model", "inputs": [{"name", "datatype", "shape", "data"}], "outputs": [{"name",
"classes"}], "parameters": {"sequence_id", ...}}; data is base64 of the little-endian bytes. An answer:
{"outputs": [{"name", "datatype", "shape", "data"}]} or {"error": text}.
"""

import base64
import json
import sys

import ml_dtypes
import numpy as np
import tritonclient.grpc as grpc_client
import tritonclient.http as http_client
from tritonclient.utils import (
    InferenceServerException,
    deserialize_bytes_tensor,
    serialize_byte_tensor,
    triton_to_np_dtype,
)


def to_numpy(datatype, shape, data):
    if datatype == "BYTES":
        return deserialize_bytes_tensor(data).reshape(shape)
    dtype = ml_dtypes.bfloat16 if datatype == "BF16" else triton_to_np_dtype(datatype)
    return np.frombuffer(data, dtype=dtype).reshape(shape)


def to_bytes(datatype, values):
    if datatype == "BYTES":
        serialized = serialize_byte_tensor(values)
        return serialized.item() if serialized.size > 0 else b""
    return values.tobytes()


def describe(protocol, result, name):
    output = result.get_output(name)
    if protocol == "http":
        datatype, shape = output["datatype"], output["shape"]
    else:
        datatype, shape = output.datatype, list(output.shape)
    data = to_bytes(datatype, result.as_numpy(name))
    return {
        "name": name,
        "datatype": datatype,
        "shape": shape,
        "data": base64.b64encode(data).decode(),
    }


def run(case):
    module = http_client if case["protocol"] == "http" else grpc_client
    client = module.InferenceServerClient(case["url"])
    inputs = []
    for item in case["inputs"]:
        tensor = module.InferInput(item["name"], item["shape"], item["datatype"])
        data = base64.b64decode(item["data"])
        tensor.set_data_from_numpy(to_numpy(item["datatype"], item["shape"], data))
        inputs.append(tensor)
    outputs = [
        module.InferRequestedOutput(item["name"], class_count=item.get("classes", 0))
        for item in case["outputs"]
    ]
    try:
        result = client.infer(case["model"], inputs, outputs=outputs, **case.get("parameters", {}))
    except InferenceServerException as error:
        return {"error": error.message()}
    return {"outputs": [describe(case["protocol"], result, item["name"]) for item in case["outputs"]]}


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)

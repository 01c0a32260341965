"""What numpy and the Python tritonclient make of random inputs.

Reads {"url", "folder", "cases"} from standard input. A case: {"model", "batch", "batched", "inputs":
[{"name", "datatype", "shape", "seed", "kind", "fault"}]}; the shape is that of one batch entry. For each
input it makes an array, writes it to files in every form that there is, and sends all inputs of the case
to the server. Answers with a list, a case each: {"error": text or null, "inputs": [{"json", "b64",
"ways": {...}}]}.
"""

import base64
import json
import os
import sys

import ml_dtypes
import numpy as np
import tritonclient.http as http_client
from tritonclient.utils import serialize_byte_tensor, triton_to_np_dtype

TEXTS = ["", "a", "caf\u00e9", "\u65e5\u672c", "\U0001f600", "\ufeffmark", 'q"uote', "tab\tin", "x" * 40]
BINARIES = [b"\xff\xd8\xff", b"a\x00b", b"\xef\xbb\xbf", b"caf\xe9", b"\n", b"two\nlines"]
SPECIALS = [np.nan, np.inf, -np.inf, -0.0, 0.0, 1.0]


def floats(rng, count):
    values = rng.standard_normal(count) * 10.0 ** rng.integers(-4, 4, count)
    for i in range(count):
        if rng.random() < 0.2:
            values[i] = SPECIALS[rng.integers(len(SPECIALS))]
    return values


def make(datatype, shape, seed, kind):
    rng = np.random.default_rng(seed)
    count = int(np.prod(shape))
    if datatype == "BYTES":
        source = [text.encode() for text in TEXTS] + (BINARIES if kind == "binary" else [])
        elements = np.empty(count, dtype=object)
        for i in range(count):
            elements[i] = source[rng.integers(len(source))]
        return elements.reshape(shape)
    if datatype == "BOOL":
        return rng.integers(0, 2, count).astype(bool).reshape(shape)
    if datatype == "BF16":
        return floats(rng, count).astype(ml_dtypes.bfloat16).reshape(shape)
    dtype = np.dtype(triton_to_np_dtype(datatype))
    if dtype.kind == "f":
        with np.errstate(over="ignore"):
            return floats(rng, count).astype(dtype).reshape(shape)
    info = np.iinfo(dtype)
    edges = np.array([info.min, info.max, 0, 1], dtype=dtype)
    values = rng.integers(info.min, info.max, count, dtype=dtype, endpoint=True)
    return np.where(rng.random(count) < 0.2, edges[rng.integers(0, 4, count)], values).reshape(shape)


def raw(datatype, array):
    if datatype == "BYTES":
        serialized = serialize_byte_tensor(array)
        return serialized.item() if serialized.size > 0 else b""
    return array.tobytes()


def is_text(value):
    try:
        value.decode()
        return True
    except UnicodeDecodeError:
        return False


def as_json(datatype, array):
    """Nested lists as json.dumps writes them; strings that are not text as base64."""
    if datatype != "BYTES":
        return json.dumps(array.tolist())

    def element(value):
        if isinstance(value, list):
            return [element(inner) for inner in value]
        return value.decode() if is_text(value) else {"b64": base64.b64encode(value).decode()}

    return json.dumps(element(array.tolist()))


def npy(datatype, array, path):
    """False where numpy has no such file, or strips what is there."""
    if datatype == "BF16":
        return False
    if datatype == "BYTES":
        elements = array.reshape(-1).tolist()
        if any(value.endswith(b"\x00") for value in elements) or not any(elements):
            return False
        texts = all(is_text(value) for value in elements)
        array = np.array([v.decode() for v in elements] if texts else elements).reshape(array.shape)
    np.save(path, array, allow_pickle=False)
    return True


def lines(array, path):
    """A string a line, where that says the same."""
    elements = array.reshape(-1).tolist()
    if not elements or any(b"\n" in v or b"\x00" in v or v.endswith(b"\r") for v in elements):
        return False
    with open(path, "wb") as file:
        file.write(b"\n".join(elements) + b"\n")
    return True


def describe(folder, number, item, array, batched):
    datatype = item["datatype"]
    base = f"{folder}/{number}_{item['name']}"
    with open(f"{base}.raw", "wb") as file:
        file.write(raw(datatype, array))
    entries = [array[i] for i in range(array.shape[0])] if batched else [array]
    return {
        "json": as_json(datatype, array),
        "b64": base64.b64encode(raw(datatype, array)).decode(),
        "raw": f"{base}.raw",
        "npy": f"{base}.npy" if npy(datatype, array, f"{base}.npy") else None,
        "lines": f"{base}.txt" if datatype == "BYTES" and lines(array, f"{base}.txt") else None,
        "text": datatype != "BYTES" or all(is_text(v) for v in array.reshape(-1).tolist()),
        "steps": [
            {
                "json": as_json(datatype, entry.reshape(-1)),
                "b64": base64.b64encode(raw(datatype, entry)).decode(),
            }
            for entry in entries
        ],
    }


FAULTS = {
    "order": lambda array: array.T,
    "longer": lambda array: np.concatenate([array, array], axis=-1),
    "type": lambda array: array.astype(np.float64 if array.dtype != np.float64 else np.float32),
}


def run(client, folder, number, case):
    described, tensors, error = [], [], None
    for item in case["inputs"]:
        shape = ([case["batch"]] if case["batched"] else []) + item["shape"]
        array = make(item["datatype"], shape, item["seed"], item["kind"])
        sent = FAULTS[item["fault"]](array) if item.get("fault") else array
        described.append(describe(folder, number, item, np.ascontiguousarray(sent), case["batched"]))
        try:
            tensor = http_client.InferInput(item["name"], shape, item["datatype"])
            tensor.set_data_from_numpy(np.ascontiguousarray(sent))
            tensors.append(tensor)
        except Exception as problem:
            error = str(problem)
    if error is None:
        try:
            client.infer(case["model"], tensors)
        except Exception as problem:
            error = str(problem)
    return {"error": error, "inputs": described}


request = json.load(sys.stdin)
os.makedirs(request["folder"], exist_ok=True)
client = http_client.InferenceServerClient(request["url"])
json.dump(
    [run(client, request["folder"], i, case) for i, case in enumerate(request["cases"])],
    sys.stdout,
)

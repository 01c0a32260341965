"""Sends tensors with Triton's Python client; prints the top five classes of each as JSON, by file name.

usage: real_model_client.py HTTP_ADDRESS DIRECTORY
"""

import json
import sys
from pathlib import Path

import numpy as np
import tritonclient.http as http

client = http.InferenceServerClient(sys.argv[1])
answers = {}
for path in sorted(Path(sys.argv[2]).glob("*.f32")):
    tensor = http.InferInput("input", [1, 3, 224, 224], "FP32")
    tensor.set_data_from_numpy(np.frombuffer(path.read_bytes(), np.float32).reshape(1, 3, 224, 224))
    wanted = http.InferRequestedOutput("output", class_count=5)
    rows = client.infer("mobilenet_nchw", [tensor], outputs=[wanted]).as_numpy("output")
    answers[path.stem] = [text.decode() for text in rows.ravel()]
print(json.dumps(answers))

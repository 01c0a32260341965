"""The share of a picture's pixels that lie nearest to each of the eleven basic colour words.

The same rule as the embedded server's, from its own table of nearest words (see repository.ts).
"""

import json
import os

import numpy as np
import triton_python_backend_utils as pb_utils

WORDS = 11


def levels(values):
    """Values of one picture in any of the image clients' scalings -> 0 to 255, NHWC."""
    values = values.astype(np.float64)
    low, high = values.min(), values.max()
    if low >= -1 and high <= 1 and not np.isin(values, (0, 1)).all():
        return values * 128 + 128
    return values + np.array([104, 117, 123]) if low < 0 else values


class TritonPythonModel:
    def initialize(self, args):
        config = json.loads(args["model_config"])
        self.planar = config["input"][0]["format"] == "FORMAT_NCHW"
        folder = os.path.join(args["model_repository"], args["model_version"])
        self.table = np.fromfile(os.path.join(folder, "color_words.bin"), dtype=np.uint8)

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        batch = request.inputs()[0].as_numpy()
        if self.planar:
            batch = batch.transpose(0, 2, 3, 1)
        result = np.stack([self.shares(image) for image in batch])
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("output", result)])

    def shares(self, image):
        steps = np.floor(np.clip(np.nan_to_num(levels(image)), 0, 255) * 31 / 255 + 0.5)
        red, green, blue = steps.astype(np.int64).reshape(-1, 3).T
        counts = np.bincount(self.table[red << 10 | green << 5 | blue], minlength=WORDS)
        return (counts / len(red)).astype(np.float32)

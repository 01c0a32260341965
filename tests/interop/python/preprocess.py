"""The bytes of an image file become 224 x 224 red, green and blue values of 0 to 255."""

import io

import numpy as np
import triton_python_backend_utils as pb_utils
from PIL import Image


def decode(data):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return np.asarray(image.resize((224, 224), Image.Resampling.BILINEAR), dtype=np.float32)


class TritonPythonModel:
    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        files = pb_utils.get_input_tensor_by_name(request, "INPUT").as_numpy().ravel()
        try:
            pixels = np.stack([decode(data) for data in files])
        except OSError as error:
            return pb_utils.InferenceResponse(error=pb_utils.TritonError(f"not an image: {error}"))
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("OUTPUT", pixels)])

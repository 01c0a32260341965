"""The bytes of an image file become 224 x 224 red, green and blue values of 0 to 255, as UINT8."""

import io

import numpy as np
import triton_python_backend_utils as pb_utils
from PIL import Image


class TritonPythonModel:
    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        files = pb_utils.get_input_tensor_by_name(request, "INPUT").as_numpy().ravel()
        images = [Image.open(io.BytesIO(data)).convert("RGB").resize((224, 224), 2) for data in files]
        pixels = np.stack([np.asarray(image) for image in images])
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("OUTPUT", pixels)])

"""Ten scores for each picture, at next to no cost: what is measured is the client."""
import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        images = pb_utils.get_input_tensor_by_name(request, "input").as_numpy()
        scores = images[:, 0, :10, 0].astype(np.float32)
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("output", scores)])

"""A sum for each sequence: START sets it to INPUT, other steps add INPUT, OUTPUT is the sum."""

import numpy as np
import triton_python_backend_utils as pb_utils


def scalar(request, name):
    return pb_utils.get_input_tensor_by_name(request, name).as_numpy().ravel()[0]


class TritonPythonModel:
    def initialize(self, args):
        self.sums = {}

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        value = pb_utils.get_input_tensor_by_name(request, "INPUT").as_numpy()
        if scalar(request, "READY"):
            # Unlike the CORRID input this is right for numbers and for strings.
            sequence = request.correlation_id()
            before = 0 if scalar(request, "START") else self.sums.get(sequence, 0)
            value = (value + before).astype(np.int32)
            self.sums[sequence] = value.ravel()[0]
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("OUTPUT", value)])

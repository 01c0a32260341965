"""Answers a request COUNT times: OUT is IN, INDEX counts from 0; then says that it is done."""

import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            self.answer(request)

    def answer(self, request):
        sender = request.get_response_sender()
        value = pb_utils.get_input_tensor_by_name(request, "IN").as_numpy()
        count = int(pb_utils.get_input_tensor_by_name(request, "COUNT").as_numpy().ravel()[0])
        for index in range(count):
            outputs = [
                pb_utils.Tensor("OUT", value),
                pb_utils.Tensor("INDEX", np.array([index], dtype=np.uint32)),
            ]
            sender.send(pb_utils.InferenceResponse(output_tensors=outputs))
        sender.send(flags=pb_utils.TRITONSERVER_RESPONSE_COMPLETE_FINAL)

"""Identity that fails with the text of MESSAGE when that isn't empty.

A text that begins with "!" is raised out of execute, which fails the execution as a whole; Triton
counts only that as a failure, not an error that is returned in an orderly way.
"""

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        message = pb_utils.get_input_tensor_by_name(request, "MESSAGE").as_numpy()
        text = message.ravel()[0].decode()
        if text.startswith("!"):
            raise RuntimeError(text)
        if text:
            return pb_utils.InferenceResponse(error=pb_utils.TritonError(text))
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("OUTPUT", message)])

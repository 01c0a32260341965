"""Every input comes back as an output whose name has OUTPUT in place of INPUT."""

import triton_python_backend_utils as pb_utils


def echo(tensor):
    name = tensor.name().replace("INPUT", "OUTPUT")
    # NumPy lacks BF16, DLPack lacks strings.
    if "BF16" in name:
        return pb_utils.Tensor.from_dlpack(name, tensor.to_dlpack())
    return pb_utils.Tensor(name, tensor.as_numpy())


class TritonPythonModel:
    def execute(self, requests):
        return [
            pb_utils.InferenceResponse(output_tensors=[echo(t) for t in request.inputs()])
            for request in requests
        ]

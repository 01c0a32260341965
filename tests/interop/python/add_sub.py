"""OUTPUT0 = INPUT0 + INPUT1, OUTPUT1 = INPUT0 - INPUT1, for numbers and for decimal strings."""

import numpy as np
import triton_python_backend_utils as pb_utils


def read(request, name):
    values = pb_utils.get_input_tensor_by_name(request, name).as_numpy()
    if values.dtype != np.object_:
        return values
    return np.array([int(text) for text in values.ravel()], dtype=np.int64).reshape(values.shape)


def write(name, values, like):
    if like == np.object_:
        texts = [str(value).encode() for value in values.ravel()]
        values = np.array(texts, dtype=np.object_).reshape(values.shape)
    return pb_utils.Tensor(name, values.astype(like))


class TritonPythonModel:
    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        like = pb_utils.get_input_tensor_by_name(request, "INPUT0").as_numpy().dtype
        try:
            first, second = read(request, "INPUT0"), read(request, "INPUT1")
        except ValueError as error:
            return pb_utils.InferenceResponse(error=pb_utils.TritonError(f"not a number: {error}"))
        outputs = [write("OUTPUT0", first + second, like), write("OUTPUT1", first - second, like)]
        return pb_utils.InferenceResponse(output_tensors=outputs)

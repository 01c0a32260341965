"""MobileNet v2, quantized, on LiteRT: UINT8 pixels as they are, or FP32 planes normalised as torchvision does."""

import json
import sys

import numpy as np
import triton_python_backend_utils as pb_utils

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)


class TritonPythonModel:
    def initialize(self, args):
        config = json.loads(args["model_config"])
        parameters = {key: value["string_value"] for key, value in config["parameters"].items()}
        sys.path.append(parameters["packages"])
        from ai_edge_litert.interpreter import Interpreter

        self.interpreter = Interpreter(model_path=parameters["model"], num_threads=1)
        self.interpreter.allocate_tensors()
        self.input = self.interpreter.get_input_details()[0]["index"]
        self.output = self.interpreter.get_output_details()[0]["index"]

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        images = pb_utils.get_input_tensor_by_name(request, "input").as_numpy()
        if images.dtype == np.float32:
            levels = (images.transpose(0, 2, 3, 1) * STD + MEAN) * 255
            images = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
        scores = np.stack([self.classify(image) for image in images])
        return pb_utils.InferenceResponse(output_tensors=[pb_utils.Tensor("output", scores)])

    def classify(self, image):
        self.interpreter.set_tensor(self.input, image[None])
        self.interpreter.invoke()
        return self.interpreter.get_tensor(self.output)[0].astype(np.float32) / 256

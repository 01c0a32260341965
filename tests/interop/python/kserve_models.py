"""KServe's ModelServer with `echo`, which gives its input back, and `bare`, which declares nothing.

Arguments: the HTTP port and the gRPC port.
"""

import sys

from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer


class Echo(Model):
    def __init__(self, name: str, declares: bool):
        super().__init__(name)
        self.declares = declares
        self.ready = True

    async def get_input_types(self):
        return [{"name": "x", "datatype": "FP32", "shape": [-1, 4]}] if self.declares else []

    async def get_output_types(self):
        return [{"name": "x", "datatype": "FP32", "shape": [-1, 4]}] if self.declares else []

    def predict(self, payload: InferRequest, headers=None, response_headers=None) -> InferResponse:
        outputs = []
        for tensor in payload.inputs:
            output = InferOutput(tensor.name, list(tensor.shape), tensor.datatype)
            output.set_data_from_numpy(tensor.as_numpy(), binary_data=False)
            outputs.append(output)
        return InferResponse(payload.id or "", self.name, outputs)


http_port, grpc_port = map(int, sys.argv[1:])
server = ModelServer(http_port=http_port, grpc_port=grpc_port, workers=1)
server.start([Echo("echo", True), Echo("bare", False)])

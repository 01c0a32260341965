// Made by scripts/generate_proto.ts from proto/v1; do not edit.
import type { BidiMethod, UnaryMethod } from "../../stub.ts";
import {
  HealthRequest,
  HealthResponse,
  InferRequest,
  InferResponse,
  ProfileRequest,
  ProfileResponse,
  StatusRequest,
  StatusResponse,
} from "./messages.js";

/** The methods of service nvidia.inferenceserver.GRPCService, for `createStub`. */
export const GRPCService: {
  /** `/nvidia.inferenceserver.GRPCService/Status` */
  readonly status: UnaryMethod<StatusRequest, StatusResponse>;
  /** `/nvidia.inferenceserver.GRPCService/Profile` */
  readonly profile: UnaryMethod<ProfileRequest, ProfileResponse>;
  /** `/nvidia.inferenceserver.GRPCService/Health` */
  readonly health: UnaryMethod<HealthRequest, HealthResponse>;
  /** `/nvidia.inferenceserver.GRPCService/Infer` */
  readonly infer: UnaryMethod<InferRequest, InferResponse>;
  /** `/nvidia.inferenceserver.GRPCService/StreamInfer` */
  readonly streamInfer: BidiMethod<InferRequest, InferResponse>;
} = {
  status: {
    kind: "unary",
    path: "/nvidia.inferenceserver.GRPCService/Status",
    request: StatusRequest,
    response: StatusResponse,
  },
  profile: {
    kind: "unary",
    path: "/nvidia.inferenceserver.GRPCService/Profile",
    request: ProfileRequest,
    response: ProfileResponse,
  },
  health: {
    kind: "unary",
    path: "/nvidia.inferenceserver.GRPCService/Health",
    request: HealthRequest,
    response: HealthResponse,
  },
  infer: {
    kind: "unary",
    path: "/nvidia.inferenceserver.GRPCService/Infer",
    request: InferRequest,
    response: InferResponse,
  },
  streamInfer: {
    kind: "bidi",
    path: "/nvidia.inferenceserver.GRPCService/StreamInfer",
    request: InferRequest,
    response: InferResponse,
  },
};

"""Writes pictures of many formats and sizes, and what Pillow, torchvision, timm and others make of them.

usage: preprocess.py DIRECTORY

DIRECTORY/N.bin is a picture. list.json lists cases: the picture, what is asked for, the file with the
expected numbers, and their type: "u8" as height x width x 3, or "f32" as 3 x 224 x 224.
"""

import io
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from timm.data import create_transform
from torchvision import transforms
from torchvision.transforms import InterpolationMode

out = Path(sys.argv[1])
rng = np.random.default_rng(19)
cases = []

SIZES = [
    (500, 375), (375, 500), (224, 224), (640, 480), (61, 43), (1, 1), (3, 200), (200, 3), (256, 256), (1023, 767)
]  # fmt: skip
KINDS = [("JPEG", {"quality": 90}), ("PNG", {}), ("WEBP", {"lossless": True})]
OTHERS = [("BMP", {}), ("PPM", {}), ("TIFF", {"compression": "tiff_lzw"}), ("GIF", {}), ("JPEG", {"progressive": True})]


def photo(width, height):
    y, x = np.mgrid[0:height, 0:width]
    waves = [128 + 100 * np.sin(x / a) * np.cos(y / b) for a, b in ((23, 31), (7, 90), (50, 11))]
    noisy = np.stack(waves, -1) + rng.normal(0, 12, (height, width, 3))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def pictures():
    for i, size in enumerate(SIZES):
        kinds = [KINDS[i % 3], KINDS[(i + 1) % 3], OTHERS[i % 5]]
        for kind, options in kinds:
            buffer = io.BytesIO()
            photo(*size).save(buffer, kind, **options)
            yield buffer.getvalue()


def expect(picture, kind, asked, values):
    name = f"{len(cases)}.{kind}"
    (out / name).write_bytes(np.ascontiguousarray(values).tobytes())
    cases.append({"picture": picture, "asked": asked, "kind": kind, "expected": name})


FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
    "area": Image.Resampling.BOX,
}
NORMAL = dict(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225])
CLIP = dict(mean=(0.48145466, 0.4578275, 0.40821073), std=(0.26862954, 0.26130258, 0.27577711))
TORCHVISION = transforms.Compose(
    [transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), transforms.Normalize(**NORMAL)]
)
TIMM = create_transform(224, is_training=False, interpolation="bicubic", crop_pct=0.875)
CLIP_TRANSFORM = transforms.Compose(
    [
        transforms.Resize(224, interpolation=InterpolationMode.BICUBIC),
        transforms.CenterCrop(224),
        transforms.ToTensor(),
        transforms.Normalize(**CLIP),
    ]
)


def keras(picture):
    """What tf.image.resize does: bilinear, half-pixel centres, not antialiased."""
    tensor = torch.from_numpy(np.asarray(picture)).permute(2, 0, 1)[None].float()
    return torch.nn.functional.interpolate(tensor, (224, 224), mode="bilinear", align_corners=False)[0].numpy()


def triton(picture):
    """What Triton's image_client.py does before it scales."""
    return np.asarray(picture.resize((224, 224), Image.Resampling.BILINEAR)).astype(np.float32).transpose(2, 0, 1)


def per_channel(*numbers):
    return np.array(numbers, np.float32)[:, None, None]


for i, data in enumerate(pictures()):
    (out / f"{i}.bin").write_bytes(data)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    for name, resampling in FILTERS.items():
        for width, height in ((224, 224), (97, 131), (600, 20)):
            resized = picture.resize((width, height), resampling)
            asked = {"interpolation": name, "width": width, "height": height}
            expect(i, "u8", asked, np.asarray(resized))
    expect(i, "f32", {"preset": "torchvision"}, TORCHVISION(picture).numpy())
    expect(i, "f32", {"preset": "timm"}, TIMM(picture).numpy())
    expect(i, "f32", {"preset": "clip"}, CLIP_TRANSFORM(picture).numpy())
    caffe = keras(picture)[::-1] - per_channel(103.939, 116.779, 123.68)
    expect(i, "f32", {"preset": "keras-caffe"}, caffe.astype(np.float32))
    expect(i, "f32", {"preset": "keras-tf"}, (keras(picture) / 127.5 - 1).astype(np.float32))
    expect(i, "f32", {"preset": "inception"}, (triton(picture) / 127.5 - 1).astype(np.float32))
    expect(i, "f32", {"preset": "vgg"}, triton(picture) - per_channel(123, 117, 104))
(out / "list.json").write_text(json.dumps(cases))

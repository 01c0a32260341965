"""Makes 33 pictures of three photos, in many formats, and what torchvision makes of each.

usage: real_model.py PHOTOS DIRECTORY

DIRECTORY/NN.EXT is a picture, NN.f32 torchvision's tensor of it, 3 x 224 x 224; DIRECTORY/big has photos
of 12 megapixels.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageOps
from torchvision import transforms

photos, out = Path(sys.argv[1]), Path(sys.argv[2])
PREPARE = transforms.Compose(
    [
        transforms.Resize(256),
        transforms.CenterCrop(224),
        transforms.ToTensor(),
        transforms.Normalize(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225]),
    ]
)


def part(image, left, top, right, bottom):
    width, height = image.size
    return image.crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))


CHANGES = [
    ("jpg", lambda image: image),
    ("png", ImageOps.mirror),
    ("webp", lambda image: part(image, 0.1, 0.1, 0.9, 0.9)),
    ("bmp", lambda image: image.rotate(15, Image.Resampling.BICUBIC)),
    ("ppm", lambda image: part(image, 0, 0, 0.8, 1)),
    ("tif", lambda image: ImageEnhance.Brightness(image).enhance(0.6)),
    ("gif", lambda image: image.quantize(64)),
    ("jpeg", lambda image: part(image, 0.2, 0.1, 1, 1)),
    ("jpg", lambda image: ImageEnhance.Contrast(image).enhance(1.5)),
    ("png", lambda image: image.convert("L")),
    ("avif", lambda image: part(image, 0.1, 0, 1, 1)),
]

number = 0
for name in ("car.jpg", "mug.jpg", "vulture.jpeg"):
    photo = Image.open(photos / name).convert("RGB")
    photo.thumbnail((900, 900))
    for extension, change in CHANGES:
        path = out / f"{number:02}.{extension}"
        options = {"lossless": True} if extension == "webp" else {}
        change(photo).save(path, **options)
        tensor = PREPARE(Image.open(path).convert("RGB")).numpy()
        (out / f"{number:02}.f32").write_bytes(tensor.astype(np.float32).tobytes())
        number += 1

# Photos of 12 megapixels, for drafts.
big = out / "big"
big.mkdir()
for name in ("car.jpg", "mug.jpg", "vulture.jpeg"):
    photo = Image.open(photos / name).convert("RGB")
    for i, change in enumerate([lambda image: image, ImageOps.mirror, lambda image: part(image, 0.1, 0.1, 0.9, 0.9)]):
        image = change(photo)
        scale = (12e6 / (image.width * image.height)) ** 0.5
        size = (round(image.width * scale), round(image.height * scale))
        image.resize(size, Image.Resampling.LANCZOS).save(big / f"{name[:3]}{i}.jpg", quality=90)

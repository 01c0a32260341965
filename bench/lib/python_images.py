"""Pillow and tritonclient over a directory: ADDRESS BATCH PROCESSES DRAFT(0|1) DIRECTORY; prints pictures."""
import multiprocessing
import sys
from pathlib import Path

import numpy as np
import tritonclient.http as http
from PIL import Image

address, batch, processes, draft = sys.argv[1], *map(int, sys.argv[2:5])
paths = sorted(path for path in Path(sys.argv[5]).rglob("*.jpg"))


def load(path):
    image = Image.open(path)
    if draft:
        image.draft("RGB", (224, 224))
    return np.asarray(image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR))


def classify(mine):
    client = http.InferenceServerClient(address)
    count = 0
    for i in range(0, len(mine), batch):
        images = np.stack([load(path) for path in mine[i : i + batch]])
        tensor = http.InferInput("input", images.shape, "UINT8")
        tensor.set_data_from_numpy(images)
        wanted = http.InferRequestedOutput("output", class_count=1)
        count += len(client.infer("scores", [tensor], outputs=[wanted]).as_numpy("output"))
    return count


if processes == 1:
    print(classify(paths))
else:
    with multiprocessing.Pool(processes) as pool:
        print(sum(pool.map(classify, [paths[i::processes] for i in range(processes)], 1)))

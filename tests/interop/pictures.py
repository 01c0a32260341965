"""Writes pictures of every kind that Pillow, OpenCV and Debian's tools can write, and beside each the
pixels that Pillow and OpenCV read.

usage: pictures.py DIRECTORY

DIRECTORY/N.bin is the picture, N.rgb its pixels as Pillow has them after turning it the way up that EXIF
says, N.cv.rgb OpenCV's where they differ, and list.json the list: name, size, by how many levels a channel
may differ, and what OpenCV made of it ("alike", "different" or "unread"). Tools that aren't installed are
named on standard output; their pictures are left out.
"""

import io
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin

out = Path(sys.argv[1])
entries = []
rng = np.random.default_rng(7)


def photo(width, height):
    """Smooth colours with some noise, so that every codec has something to do."""
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)], -1)
    noisy = base + rng.normal(0, 6, base.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8), "RGB")


def with_mode(picture, mode):
    if mode == "I;16":
        wide = np.asarray(picture.convert("L")).astype(np.uint16) * 257
        return Image.fromarray(wide)
    if mode in ("RGBA", "LA"):
        picture = picture.convert(mode)
        picture.putalpha(Image.linear_gradient("L").resize(picture.size))
        return picture
    return picture.convert(mode)


def read_opencv(data):
    """8 bits a channel, R G B, the right way up; None when OpenCV doesn't read it."""
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if image is None else image[..., ::-1]


def add(name, data, tolerance=0):
    data = bytes(data)
    with Image.open(io.BytesIO(data)) as image:
        # Alpha is dropped, and 16 bits become 8, as OpenCV does both.
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("PA", "P") and "transparency" in upright.info:
            del upright.info["transparency"]
        if upright.mode.startswith("I"):
            wide = np.asarray(upright).astype(np.uint32)
            pixels = np.repeat(((wide + 128) // 257).astype(np.uint8)[..., None], 3, -1)
            tolerance = max(tolerance, 1)
        else:
            pixels = np.asarray(upright.convert("RGB"))
    (out / f"{len(entries)}.bin").write_bytes(data)
    (out / f"{len(entries)}.rgb").write_bytes(pixels.tobytes())
    height, width = pixels.shape[:2]
    other = read_opencv(data)
    if other is None:
        opencv = "unread"
    elif other.shape == pixels.shape and np.abs(other.astype(int) - pixels).max() <= tolerance:
        opencv = "alike"
    else:
        opencv = "different"
        if other.shape == pixels.shape:
            (out / f"{len(entries)}.cv.rgb").write_bytes(other.tobytes())
        (out / f"{len(entries)}.rgb").write_bytes(pixels.tobytes())
    entries.append(
        {"name": name, "width": width, "height": height, "tolerance": tolerance, "opencv": opencv}
    )
    return True


def save(name, picture, kind, tolerance=0, **options):
    buffer = io.BytesIO()
    try:
        picture.save(buffer, kind, **options)
        Image.open(io.BytesIO(buffer.getvalue())).load()
    except (OSError, ValueError, KeyError, SystemError, RuntimeError):
        return  # Pillow can't write this combination, or can't read what it wrote.
    add(name, buffer.getvalue(), tolerance)


def exif(orientation):
    data = Image.Exif()
    data[274] = orientation
    return data.tobytes()


# Levels by which libavif's versions differ.
AVIF = 4
SIZES = [(61, 43), (1, 1), (16, 128)]

for size, mode in itertools.product(SIZES, ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]):
    save(f"PNG {mode} {size}", with_mode(photo(*size), mode), "PNG")
for bits in (1, 2, 4):
    flat = photo(61, 43).quantize(2**bits)
    save(f"PNG palette of {bits} bits", flat, "PNG", bits=bits)
for size, mode, quality, subsampling, progressive in itertools.product(
    SIZES, ["L", "RGB", "CMYK"], [30, 95], [0, 1, 2], [False, True]
):
    save(
        f"JPEG {mode} {size} q{quality} s{subsampling} p{progressive}",
        with_mode(photo(*size), mode),
        "JPEG",
        tolerance=4 if mode == "CMYK" else 0,
        quality=quality,
        subsampling=subsampling,
        progressive=progressive,
    )
for orientation in range(1, 9):
    save(f"JPEG turned {orientation}", photo(61, 43), "JPEG", exif=exif(orientation))
    save(f"PNG turned {orientation}", photo(61, 43), "PNG", exif=exif(orientation))
    save(
        f"TIFF turned {orientation}",
        photo(61, 43),
        "TIFF",
        tiffinfo={274: orientation},
    )
for blocks in (1, 5):
    save(f"JPEG restarts {blocks}", photo(61, 43), "JPEG", restart_marker_blocks=blocks)
for size, mode, interlace in itertools.product(SIZES, ["1", "L", "P"], [0, 1]):
    save(f"GIF {mode} {size} i{interlace}", with_mode(photo(*size), mode), "GIF", interlace=interlace)

COMPRESSIONS = [
    None, "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits",
    "jpeg", "group3", "group4", "tiff_ccitt", "zstd", "lzma",
]  # fmt: skip
MODES_OF = {
    "jpeg": ("L", "RGB", "YCbCr"),
    "group3": ("1",),
    "group4": ("1",),
    "tiff_ccitt": ("1",),
}
for size, mode, compression in itertools.product(
    SIZES, ["1", "L", "P", "RGB", "RGBA", "CMYK", "LA", "I;16", "YCbCr", "LAB", "F", "I"], COMPRESSIONS
):
    # libtiff crashes on other modes.
    if mode not in MODES_OF.get(compression, (mode,)):
        continue
    save(f"TIFF {mode} {size} {compression}", with_mode(photo(*size), mode), "TIFF", compression=compression)
for mode, compression in itertools.product(["L", "RGB", "RGBA", "I;16"], ["tiff_lzw", "tiff_adobe_deflate"]):
    save(
        f"TIFF {mode} {compression} differences",
        with_mode(photo(61, 43), mode),
        "TIFF",
        compression=compression,
        tiffinfo={317: 2},
    )
for rows in (1, 7, 43):
    save(
        f"TIFF strips of {rows}",
        photo(61, 43),
        "TIFF",
        compression="tiff_lzw",
        tiffinfo={278: rows},
    )

# What public bug reports are about: a still that isn't part of the animation, a frame smaller than its
# screen, inks without Adobe's marker, and data after the end.
for shown in (False, True):
    save(
        f"PNG animated, still apart {shown}",
        photo(61, 43),
        "PNG",
        save_all=True,
        append_images=[photo(61, 43).rotate(90 * n) for n in (1, 2)],
        default_image=shown,
    )
buffer = io.BytesIO()
photo(61, 43).quantize(64).save(buffer, "GIF")
small = bytearray(buffer.getvalue())
small[6:10] = (80).to_bytes(2, "little") + (50).to_bytes(2, "little")
add("GIF frame smaller than its screen", small)
for quality in (40, 90):
    buffer = io.BytesIO()
    with_mode(photo(61, 43), "CMYK").save(buffer, "JPEG", quality=quality)
    inks = buffer.getvalue()
    at = inks.index(b"\xff\xee")
    size = int.from_bytes(inks[at + 2 : at + 4], "big")
    add(f"JPEG CMYK without Adobe q{quality}", inks[:at] + inks[at + 2 + size :], 4)
buffer = io.BytesIO()
photo(61, 43).save(buffer, "JPEG")
add("JPEG with bytes after its end", buffer.getvalue() + bytes(1000))
save("BigTIFF", photo(61, 43), "TIFF", big_tiff=True)
for kind in ("BMP", "PPM", "JPEG2000", "ICO", "TGA", "PDF"):
    try:
        buffer = io.BytesIO()
        photo(61, 43).save(buffer, kind)
        add(kind, buffer.getvalue(), 255)
    except (OSError, ValueError, KeyError):
        pass  # Not in this build of Pillow, or one that Pillow writes and can't read.

# OpenCV's writers.
for extension, options in [
    (".jpg", [cv2.IMWRITE_JPEG_PROGRESSIVE, 1]),
    (".jpg", [cv2.IMWRITE_JPEG_RST_INTERVAL, 2]),
    (".jpg", [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411]),
    (".jpg", [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_440]),
    (".png", [cv2.IMWRITE_PNG_COMPRESSION, 0]),
    (".png", [cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]),
    (".png", [cv2.IMWRITE_PNG_BILEVEL, 1]),
    (".tiff", [cv2.IMWRITE_TIFF_COMPRESSION, 1]),
    (".tiff", [cv2.IMWRITE_TIFF_COMPRESSION, 5]),
    (".tiff", [cv2.IMWRITE_TIFF_COMPRESSION, 8]),
    (".bmp", []),
    (".ppm", [cv2.IMWRITE_PXM_BINARY, 0]),
    (".ppm", [cv2.IMWRITE_PXM_BINARY, 1]),
    (".pgm", [cv2.IMWRITE_PXM_BINARY, 0]),
    (".webp", []),
    (".jp2", []),
]:
    for channels in (1, 3):
        pixels = np.asarray(photo(61, 43))[..., ::-1]
        pixels = np.ascontiguousarray(pixels) if channels == 3 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        good, data = cv2.imencode(extension, pixels, options)
        if good:
            kind = {".jpg": "JPEG", ".jp2": "JPEG2000", ".pgm": "PPM"}.get(extension, extension[1:].upper())
            try_add = f"{kind} by OpenCV {channels} channels {options}"
            try:
                add(try_add, data.tobytes())
            except OSError:
                pass  # Pillow doesn't read it.

# Windows bitmaps and Netpbm's formats in every kind that Pillow reads.
for size, mode, lossless in itertools.product(SIZES, ["L", "RGB", "RGBA"], [False, True]):
    # Pillow blanks what is wholly transparent unless it is told to keep it.
    save(f"WEBP {mode} {size} l{lossless}", with_mode(photo(*size), mode), "WEBP", lossless=lossless, exact=True)
    # Between YCbCr and RGB libavif rounds in a way of its own.
    quality = 100 if lossless else 60
    save(f"AVIF {mode} {size} q{quality}", with_mode(photo(*size), mode), "AVIF", tolerance=AVIF, quality=quality)
for subsampling in ("4:4:4", "4:2:2", "4:2:0", "4:0:0"):
    save(f"AVIF {subsampling}", photo(61, 43), "AVIF", tolerance=AVIF, quality=80, subsampling=subsampling)
for orientation in range(1, 9):
    save(f"WEBP turned {orientation}", photo(61, 43), "WEBP", exif=exif(orientation), lossless=True)
    save(f"AVIF turned {orientation}", photo(61, 43), "AVIF", tolerance=AVIF, exif=exif(orientation))
for kind in ("WEBP", "AVIF"):
    save(
        f"{kind} animated",
        photo(61, 43),
        kind,
        tolerance=AVIF if kind == "AVIF" else 0,
        save_all=True,
        append_images=[photo(61, 43).rotate(180)],
    )
for size, mode in itertools.product(SIZES, ["1", "L", "P", "RGB", "RGBA"]):
    save(f"BMP {mode} {size}", with_mode(photo(*size), mode), "BMP")
for size, mode in itertools.product(SIZES, ["1", "L", "RGB", "I;16"]):
    save(f"PPM {mode} {size}", with_mode(photo(*size), mode), "PPM")
for maximum in (1, 15, 100, 255):
    values = np.asarray(photo(7, 5)).astype(int) * maximum // 255
    text = f"P3 # a comment\n7 5\n{maximum}\n" + " ".join(map(str, values.ravel()))
    add(f"PPM text up to {maximum}", text.encode(), 1)


def rle8(indexes):
    """Runs, literal stretches, line ends, as the format has them."""
    coded = bytearray()
    for row in indexes[::-1]:
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and run < 255 and row[x + run] == row[x]:
                run += 1
            if run == 1 and x + 3 <= len(row):
                coded += bytes([0, 3, *row[x : x + 3], 0])
                run = 3
            else:
                coded += bytes([run, row[x]])
            x += run
        coded += bytes([0, 0])
    return bytes(coded + bytes([0, 1]))


flat = photo(61, 43).quantize(16)
head = io.BytesIO()
flat.save(head, "BMP")
bitmap = bytearray(head.getvalue())
start = int.from_bytes(bitmap[10:14], "little")
bitmap[30:34] = (1).to_bytes(4, "little")
packed = rle8(np.asarray(flat))
bitmap[34:38] = len(packed).to_bytes(4, "little")
add("BMP RLE8", bytes(bitmap[:start]) + packed)


# Debian's tools: cjpeg, jpegtran, gifsicle, libtiff's, cwebp, exiftool.
missing = set()
work = Path(tempfile.mkdtemp())
photo(61, 43).save(work / "in.ppm")
photo(61, 43).convert("1").save(work / "bits.tif", compression="group4")
photo(61, 43).save(work / "in.jpg", quality=90)
photo(61, 43).save(work / "in.png")
photo(61, 43).save(work / "in.tif")
photo(61, 43).quantize(32).save(work / "in.gif")
photo(61, 43).rotate(90).quantize(32).save(work / "second.gif")


def tool(name, kind, *command, tolerance=0, output="out.bin"):
    """Runs a program that writes `output`, or its picture to standard output."""
    if shutil.which(command[0]) is None:
        missing.add(command[0])
        return
    (work / output).unlink(missing_ok=True)
    result = subprocess.run(command, cwd=work, capture_output=True)
    written = work / output
    data = written.read_bytes() if written.exists() else result.stdout
    if result.returncode != 0 or not data:
        return  # This build of the tool can't.
    try:
        add(f"{kind} {name}", data, tolerance)
    except (OSError, ValueError, SyntaxError):
        pass  # Pillow doesn't read it.


for options in [
    ["-grayscale"], ["-rgb"], ["-optimize"], ["-progressive"], ["-arithmetic"], ["-sample", "1x1"],
    ["-sample", "2x1"], ["-sample", "1x2"], ["-sample", "2x2"], ["-sample", "4x1"],
    ["-dct", "fast"], ["-dct", "float"], ["-restart", "1"], ["-restart", "8B"], ["-quality", "1"],
    ["-quality", "100"], ["-smooth", "50"], ["-quality", "90,70"], ["-progressive", "-arithmetic"],
]:  # fmt: skip
    tool(" ".join(options), "JPEG cjpeg", "cjpeg", *options, "in.ppm")
# imagescript's decoder takes what TurboJPEG has no name for; it rounds a little differently.
tool("-sample 4x2", "JPEG cjpeg", "cjpeg", "-sample", "4x2,1x1,1x1", "in.ppm", tolerance=4)
for options in [
    ["-rotate", "90"], ["-rotate", "180"], ["-rotate", "270"], ["-flip", "horizontal"], ["-transpose"],
    ["-transverse"], ["-crop", "30x20+8+8"], ["-grayscale"], ["-progressive"], ["-arithmetic"],
    ["-copy", "none"], ["-trim", "-rotate", "90"], ["-restart", "2"],
]:  # fmt: skip
    tool(" ".join(options), "JPEG jpegtran", "jpegtran", *options, "in.jpg")
for options in [
    ["--interlace"], ["--colors", "2"], ["--colors", "8", "--interlace"], ["-O3"], ["--careful", "-O3"],
    ["--crop", "5,5+30x20"], ["--rotate-90"], ["--flip-horizontal"], ["--resize", "122x86"], ["--gamma", "1"],
]:  # fmt: skip
    tool(" ".join(options), "GIF gifsicle", "gifsicle", *options, "in.gif")
tool("two frames", "GIF gifsicle", "gifsicle", "-O2", "--delay", "5", "in.gif", "second.gif")
tool("background", "GIF gifsicle", "gifsicle", "--background", "#ff8000", "in.gif")
for options in [
    ["-c", "none"], ["-c", "lzw"], ["-c", "lzw:2"], ["-c", "zip"], ["-c", "zip:2"], ["-c", "zip:p9"],
    ["-c", "packbits"], ["-r", "1"], ["-r", "7"], ["-r", "1000"], ["-p", "separate"],
    ["-p", "separate", "-c", "lzw:2"], ["-t", "-w", "16", "-l", "16"],
    ["-t", "-w", "32", "-l", "64", "-c", "zip:2"], ["-t", "-p", "separate", "-w", "16", "-l", "16"],
    ["-B"], ["-L"], ["-B", "-c", "lzw:2"], ["-f", "lsb2msb"], ["-f", "lsb2msb", "-c", "packbits"],
]:  # fmt: skip
    tool(" ".join(options), "TIFF tiffcp", "tiffcp", *options, "in.tif", "out.bin")
tool("-8", "BigTIFF tiffcp", "tiffcp", "-8", "in.tif", "out.bin")
tool("two pages", "TIFF tiffcp", "tiffcp", "in.tif", "in.tif", "out.bin")
for options in (["-c", "g3"], ["-c", "g3:2d"], ["-c", "g4"]):
    tool(" ".join(options), "TIFF fax", "tiffcp", *options, "bits.tif", "out.bin")
for options in (["-q", "6"], ["-lossless"], ["-q", "90", "-m", "6"]):
    tool(" ".join(options), "WEBP", "cwebp", "-quiet", *options, "in.png", "-o", "out.bin")
for options in (["-q", "1"], ["-near_lossless", "40"], ["-lossless", "-exact"], ["-jpeg_like"], ["-crop", "3", "5", "21", "11"]):
    tool(" ".join(options), "WEBP", "cwebp", "-quiet", *options, "in.png", "-o", "out.bin")
tool("gif2webp", "WEBP", "gif2webp", "-quiet", "-lossy", "in.gif", "-o", "out.bin")
for turned, name in itertools.product(range(1, 9), ("in.jpg", "in.png", "in.tif")):
    kind = {"in.jpg": "JPEG", "in.png": "PNG", "in.tif": "TIFF"}[name]
    tool(
        f"orientation {turned}", f"{kind} exiftool", "exiftool", "-q", "-n", f"-Orientation={turned}",
        "-o", "out" + name[2:], name, output="out" + name[2:],
    )  # fmt: skip
for tags in (["-XMP-dc:Title=a"], ["-Comment=b", "-IPTC:City=c"], ["-ThumbnailImage<=in.jpg"], ["-Software=d"]):
    for name in ("in.jpg", "in.tif"):
        tool(
            tags[0], {"in.jpg": "JPEG", "in.tif": "TIFF"}[name] + " exiftool", "exiftool", "-q", *tags,
            "-o", "out" + name[2:], name, output="out" + name[2:],
        )  # fmt: skip
shutil.rmtree(work)
if missing:
    print("left out, not installed: " + ", ".join(sorted(missing)))
(out / "list.json").write_text(json.dumps(entries))

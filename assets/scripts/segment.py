"""Segments images with a network that CC-Net Workstation exported.

    pip install numpy pillow tifffile onnxruntime
    python segment.py NETWORK.onnx IMAGE... --out FOLDER

Every image gets FOLDER/NAME_mask.png (or .tif for a stack): 0 background, 255 foreground, at the image's own size. What is done to
an image is told by the file itself, in its metadata; the numbers in brackets are the steps there.
"""
import argparse, json
from pathlib import Path
import numpy as np, onnxruntime, tifffile
from PIL import Image


def read(path):
    """Pages of an image as stored: a list of [height, width, channels]. (1)"""
    if path.suffix.lower() in (".tif", ".tiff"):
        pixels = tifffile.imread(path)
        pages = [pixels] if pixels.ndim == 2 or pixels.shape[-1] in (3, 4) and pixels.ndim == 3 else list(pixels)
    else:
        image = Image.open(path)
        pages = [np.asarray(image.convert("RGB") if image.mode in ("P", "PA", "CMYK", "YCbCr") else image)]
    pages = [page[..., None] if page.ndim == 2 else page for page in pages]
    return [page[..., :1] if page.shape[-1] == 2 else page[..., :3] for page in pages]


def resize(plane, width, height, answer=False):
    """One plane at another size: the image (3), or the answer (8)."""
    old = plane.shape[1], plane.shape[0]
    if (width, height) == old:
        return plane.astype("float32")
    image = Image.fromarray(np.pad(plane, 1, "edge").astype("float32"))
    shrinks = width < old[0]
    kernel = Image.BICUBIC if not shrinks else Image.BOX if answer else Image.LANCZOS
    box = 1, 1, 1 + old[0], 1 + old[1]
    return np.asarray(image.resize((width, height), kernel, box, 2.0 if kernel == Image.LANCZOS else None))


def segment(session, how, page):
    """Probability of foreground at the page's own size, [height, width]."""
    height, width, channels = page.shape
    if page.dtype == np.uint8:
        low, high = how["intensities"]["eightBit"]["low"], how["intensities"]["eightBit"]["high"]
    else:  # (2)
        quantiles = how["intensities"]["otherwise"]
        places = [int(quantiles[end] * (page.size - 1)) for end in ("lowQuantile", "highQuantile")]
        low, high = np.partition(page.ravel().astype("float64"), places)[places]
        high = high if high > low else low + 1
    scale = how["workingSide"] / min(height, width)
    working_width, working_height = int(width * scale + 0.5), int(height * scale + 0.5)
    pixels = np.clip(page, low, high) if page.dtype.kind == "f" else page
    planes = [resize(pixels[..., c], working_width, working_height) for c in range(channels)]
    image = np.clip((np.stack(planes) - low) / (high - low), 0, 1)  # (4)
    if how["channels"] != channels:  # (5)
        image = np.repeat(image, 3, 0) if how["channels"] == 3 else np.tensordot(how["luminance"], image, 1)[None]
    deviation = image.std((1, 2), keepdims=True)
    image = (image - image.mean((1, 2), keepdims=True)) / np.maximum(deviation, how["standardise"]["leastDeviation"])  # (6)
    below, right = (-side % how["padding"]["multipleOf"] for side in image.shape[1:])
    image = np.pad(image, ((0, 0), (0, below), (0, right)), "reflect")[None].astype("float32")  # (7)
    answer = session.run(None, {"image": image})[0][0, 1, :working_height, :working_width]
    return resize(answer, width, height, answer=True)  # (8)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("network", type=Path)
    words.add_argument("images", type=Path, nargs="+")
    words.add_argument("--out", type=Path, required=True)
    given = words.parse_args()
    session = onnxruntime.InferenceSession(given.network, providers=["CPUExecutionProvider"])
    how = json.loads(session.get_modelmeta().custom_metadata_map["ccnet"])["preparation"]
    given.out.mkdir(parents=True, exist_ok=True)
    for path in given.images:
        masks = [np.uint8(255) * (segment(session, how, page) > how["threshold"]) for page in read(path)]
        target = given.out / f"{path.stem}_mask"
        Image.fromarray(masks[0]).save(target.with_name(target.name + ".png")) if len(masks) == 1 else tifffile.imwrite(target.with_name(target.name + ".tif"), np.stack(masks))
        print(f"{path}: {np.mean(masks) / 255:.1%} foreground")

"""Shows images in napari with what a network of CC-Net Workstation finds in them, as labels that can be corrected.

    pip install "napari[all]" numpy pillow tifffile onnxruntime
    python NAME-napari.py NETWORK.onnx IMAGE...

NAME-segment.py must lie beside this file: it reads and prepares images. Every image becomes a layer, what was found a layer of labels above
it, one number an object. `File > Save Selected Layers` writes corrected labels.
Tried with napari 0.9.2, its layers without the window.
"""
import argparse, importlib.util, json
from pathlib import Path
import numpy as np, napari, onnxruntime
from scipy.ndimage import label


def script_beside():
    """NAME-segment.py as a module."""
    here = Path(__file__)
    path = here.with_name(here.name.replace("-napari.py", "-segment.py"))
    spec = importlib.util.spec_from_file_location("segment", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def add_layers(viewer, session, paths):
    """Adds two layers an image: its pages, and the objects in them."""
    segment = script_beside()
    how = json.loads(session.get_modelmeta().custom_metadata_map["ccnet"])["preparation"]
    for path in paths:
        pages = segment.read(path)
        masks = [segment.segment(session, how, page) > how["threshold"] for page in pages]
        objects = np.stack([label(mask, np.ones((3, 3)))[0] for mask in masks])
        whole = np.stack(pages)
        is_colour = whole.shape[-1] == 3
        viewer.add_image((whole if is_colour else whole[..., 0]).squeeze(0) if len(pages) == 1 else whole if is_colour else whole[..., 0], name=path.stem, rgb=is_colour)
        viewer.add_labels(objects.squeeze(0) if len(pages) == 1 else objects, name=f"{path.stem}: found")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("network", type=Path)
    words.add_argument("images", type=Path, nargs="+")
    given = words.parse_args()
    session = onnxruntime.InferenceSession(given.network, providers=["CPUExecutionProvider"])
    viewer = napari.Viewer()
    add_layers(viewer, session, given.images)
    napari.run()

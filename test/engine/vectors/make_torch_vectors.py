"""Writes torch_gradients.json and torch_curve.json beside this file: what PyTorch computes for vectorCases.ts.

    node test/engine/vectors/printCases.ts | python test/engine/vectors/make_torch_vectors.py
    npx prettier --write test/engine/vectors

Needs PyTorch (any version from 2.0) and NumPy. Everything is computed in double precision, so that the numbers are
the true ones to all the digits that the engine has, and the losses a second time in single precision, so that a
reader sees how far PyTorch's own rounding carries them.

Definitions that are not PyTorch's defaults: batch norm's epsilon 1e-3, past weight 0.9 and biased moving variance
(Keras); Adam's epsilon 1e-7; the loss of src-main/engine/trainingStep.ts; kernels are stored in Keras layouts.
"""

import base64
import json
import math
import pathlib
import sys

import numpy
import torch
import torch.nn.functional as F

EPSILON, PAST = 1e-3, 0.9
SAMPLES = 160  # values stored of a larger tensor; its norm is stored too


def generator(state):
    """test/engine/*/random*.ts: numbers in [0, 1)."""
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32


def random_values(count, seed):
    numbers = generator(seed * 2654435761 % 2**32)
    return numpy.array([2 * next(numbers) - 1 for _ in range(count)]).astype(numpy.float32)


def random_batch(size, side, channels, seed):
    numbers = generator(seed)
    images = numpy.empty((size, side, side, channels), numpy.float32)
    masks = numpy.empty((size, side, side), numpy.float32)
    for n in range(size):
        cy, cx, radius = next(numbers) * side, next(numbers) * side, (0.2 + 0.2 * next(numbers)) * side
        for y in range(side):
            for x in range(side):
                inside = math.hypot(y - cy, x - cx) < radius
                masks[n, y, x] = inside
                for c in range(channels):
                    images[n, y, x, c] = (next(numbers) - 0.5) * 2 + (0.7 if inside else -0.3)
    return images, masks


def start_weights(layers):
    """startWeights.ts: name -> array in Keras layout."""
    weights = {}

    def draw(name, shape, centre, spread):
        values = random_values(math.prod(shape), len(weights) + 1)
        weights[name] = (centre + spread * values.astype(numpy.float64)).astype(numpy.float32).reshape(shape)

    for layer in layers:
        name, kind, channels = layer["name"], layer["kind"], layer["channels"]
        if kind == "batchNorm":
            draw(f"{name}/gamma", [channels], 1, 0.3)
            draw(f"{name}/beta", [channels], 0, 0.3)
            draw(f"{name}/moving_mean", [channels], 0, 0.3)
            draw(f"{name}/moving_variance", [channels], 1, 0.3)
        elif kind in ("convolution", "transposed"):
            kernel, inputs, stride = layer["kernel"], layer["inputChannels"], layer.get("stride", 1)
            ends = [inputs, channels] if kind == "convolution" else [channels, inputs]
            terms = inputs * kernel**2 / stride**2
            draw(f"{name}/kernel", [kernel, kernel, *ends], 0, math.sqrt(6 / terms))
            draw(f"{name}/bias", [channels], 0, 0.3)
    return weights


class Network:
    """A layer table on PyTorch functions; weights stay in Keras layouts and are permuted where they are used."""

    def __init__(self, layers, dtype):
        self.layers = layers
        self.weights = {name: torch.tensor(value, dtype=dtype) for name, value in start_weights(layers).items()}
        self.trained = {name: w.requires_grad_() for name, w in self.weights.items() if "/moving_" not in name}

    def logits(self, images):
        values = {}
        for layer in self.layers:
            inputs = [values[name] for name in layer["inputs"]]
            values[layer["name"]] = images if layer["kind"] == "input" else self.apply(layer, inputs)
        return values[self.layers[-1]["name"]]

    def apply(self, layer, inputs):
        x, name = inputs[0], layer["name"]
        match layer["kind"]:
            case "convolution":
                kernel = self.weights[f"{name}/kernel"].permute(3, 2, 0, 1).contiguous()
                return F.conv2d(x, kernel, self.weights[f"{name}/bias"], padding="same")
            case "transposed":
                # [side, side, out, in] -> [in, out, side, side]
                kernel = self.weights[f"{name}/kernel"].permute(3, 2, 0, 1).contiguous()
                margin = (layer["kernel"] - layer["stride"]) // 2
                return F.conv_transpose2d(
                    x, kernel, self.weights[f"{name}/bias"], stride=layer["stride"], padding=margin
                )
            case "batchNorm":
                self.track(name, x.detach())
                gamma, beta = self.weights[f"{name}/gamma"], self.weights[f"{name}/beta"]
                return F.batch_norm(x, None, None, gamma, beta, training=True, eps=EPSILON)
            case "relu":
                return F.relu(x)
            case "maxPool":
                return F.max_pool2d(x, 2)
            case "concat":
                return torch.cat(inputs, 1)
            case "add":
                return sum(inputs[1:], x)
        raise ValueError(f"no layer {layer['kind']}")

    def track(self, name, x):
        for moving, now in (
            ("moving_mean", x.mean((0, 2, 3))),
            ("moving_variance", x.var((0, 2, 3), unbiased=False)),
        ):
            self.weights[f"{name}/{moving}"].mul_(PAST).add_(now, alpha=1 - PAST)


def loss_of(logits, masks, foreground_weight):
    d = logits[:, 1] - logits[:, 0]
    weights = 1 + (foreground_weight - 1) * masks
    entropy = (weights * F.softplus(d * (1 - 2 * masks))).sum() / weights.sum()
    p = torch.sigmoid(d)
    dice = 1 - (2 * (p * masks).sum() + 1) / (p.sum() + masks.sum() + 1)
    return entropy + dice


def train(case, dtype):
    """Losses of all steps, the gradients of the first, and how far all of them moved the weights."""
    network = Network(case["layers"], dtype)
    trained = network.trained
    adam = torch.optim.Adam(trained.values(), lr=case["learningRate"], betas=(0.9, 0.999), eps=1e-7)
    losses, gradients = [], {}
    for step in range(1, case["steps"] + 1):
        images, masks = random_batch(case["images"], case["side"], case["channels"], step)
        logits = network.logits(torch.tensor(images, dtype=dtype).permute(0, 3, 1, 2))
        loss = loss_of(logits, torch.tensor(masks, dtype=dtype), case["foregroundWeight"])
        adam.zero_grad()
        loss.backward()
        losses.append(loss.item())
        if step == 1:
            gradients = {name: w.grad.clone() for name, w in trained.items()}
        adam.step()
    start = start_weights(case["layers"])
    moves = {name: w.detach().double() - torch.tensor(start[name]) for name, w in network.weights.items()}
    return losses, gradients, moves


def stored(tensors):
    """storedTensor.ts reads these: little-endian float32 of every stride-th value, and the norm of all."""
    entries = []
    for name, tensor in tensors.items():
        values = tensor.double().numpy().ravel()
        stride = max(1, -(-values.size // SAMPLES)) | 1  # odd: coprime with powers of two of channels
        entries.append(
            {
                "name": name,
                "size": values.size,
                "stride": stride,
                "norm": float(numpy.linalg.norm(values)),
                "values": base64.b64encode(values[::stride].astype("<f4").tobytes()).decode(),
            }
        )
    return entries


def main():
    cases = json.load(sys.stdin)
    here = pathlib.Path(__file__).parent
    made_with = {"torch": torch.__version__.split("+")[0], "script": pathlib.Path(__file__).name}
    results = []
    for case in cases["gradients"]:
        losses, gradients, moves = train(case, torch.float64)
        results.append(
            {
                "name": case["name"],
                "losses": losses,
                "singlePrecisionLosses": train(case, torch.float32)[0],
                "gradients": stored(gradients),
                "moves": stored(moves),
            }
        )
    write(here / "torch_gradients.json", {"madeWith": made_with, "cases": results})
    curve = cases["curve"]
    write(
        here / "torch_curve.json",
        {
            "madeWith": made_with,
            "losses": train(curve, torch.float64)[0],
            "singlePrecisionLosses": train(curve, torch.float32)[0],
        },
    )


def write(path, content):
    path.write_text(json.dumps(content, indent=2) + "\n")


main()

"""PyTorch's side of bench/trainingStep.ts: the U-Net of src-main/network, fp32, on the CPU.

Reads one JSON command per line on standard input and answers with one line:
  {"command": "make", "width": 4, "size": 128, "batch": 8, "threads": 2, "format": "channels_last"}
  {"command": "run", "steps": 3}      ->  milliseconds of each training step
  {"command": "predict", "steps": 3}  ->  milliseconds of each inference
"""
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Sequential):
    def __init__(self, inputs, outputs):
        layers = []
        for source in (inputs, outputs):
            layers += [nn.Conv2d(source, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
        super().__init__(*layers)


class Unet(nn.Module):
    def __init__(self, width):
        super().__init__()
        widths = [width * 2**level for level in range(5)]
        self.down = nn.ModuleList(Block(a, b) for a, b in zip([3] + widths, widths))
        self.up = nn.ModuleList(
            nn.Sequential(nn.ConvTranspose2d(2 * w, w, 2, stride=2), nn.BatchNorm2d(w), nn.ReLU(inplace=True))
            for w in widths[:4]
        )
        self.join = nn.ModuleList(Block(2 * w, w) for w in widths[:4])
        self.head = nn.Conv2d(width, 2, 1)

    def forward(self, x):
        skips = []
        for level, block in enumerate(self.down):
            x = block(functional.max_pool2d(x, 2) if level else x)
            skips.append(x)
        for level in (3, 2, 1, 0):
            x = self.join[level](torch.cat([skips[level], self.up[level](x)], 1))
        return self.head(x)


def loss_of(logits, masks, weight):
    difference = logits[:, 1] - logits[:, 0]
    weights = 1 + (weight - 1) * masks
    entropy = functional.binary_cross_entropy_with_logits(difference, masks, weights, reduction="sum") / weights.sum()
    p = torch.sigmoid(difference)
    return entropy + 1 - (2 * (p * masks).sum() + 1) / (p.sum() + masks.sum() + 1)


def peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    idle = peak_bytes()
    model = optimizer = images = masks = None
    for line in sys.stdin:
        command = json.loads(line)
        times = []
        if command["command"] == "make":
            torch.set_num_threads(command["threads"])
            torch.manual_seed(0)
            layout = getattr(torch, command["format"])
            model = Unet(command["width"]).to(memory_format=layout)
            optimizer = torch.optim.Adam(model.parameters(), eps=1e-7)
            side = command["size"]
            images = torch.randn(command["batch"], 3, side, side).to(memory_format=layout)
            masks = (torch.rand(command["batch"], side, side) < 0.4).float()
        for _ in range(command.get("steps", 0)):
            begin = time.perf_counter()
            if command["command"] == "run":
                model.train()
                optimizer.zero_grad(set_to_none=True)
                loss_of(model(images), masks, 1.5).backward()
                optimizer.step()
            else:
                model.eval()
                with torch.inference_mode():
                    torch.sigmoid(model(images).diff(dim=1))
            times.append((time.perf_counter() - begin) * 1000)
        print(json.dumps({"milliseconds": times, "peakBytes": peak_bytes(), "idleBytes": idle}), flush=True)


if __name__ == "__main__":
    main()

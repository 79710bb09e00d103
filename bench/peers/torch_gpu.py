"""PyTorch's side of bench/gpuStep.ts: the U-Net of torch_unet.py on a CUDA card, fp32 without TF32, eager and as a CUDA graph.

    python torch_gpu.py '{"widths": [2, 4, 64], "size": 128, "batch": 8, "side": 512}'

Prints one line of JSON: the card, and for each width milliseconds of a training step and of an inference of one image.
"""
import json
import sys
import time

import torch

from torch_unet import Unet, loss_of

STEPS = 30


def milliseconds(run, steps=STEPS):
    for _ in range(5):
        run()
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(steps):
        run()
    torch.cuda.synchronize()
    return (time.perf_counter() - begin) * 1000 / steps


def captured(run):
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        run()
    return graph.replay


def measure(width, size, batch, side):
    torch.manual_seed(0)
    model = Unet(width).cuda()
    optimizer = torch.optim.Adam(model.parameters(), eps=1e-7, capturable=True)
    images = torch.randn(batch, 3, size, size, device="cuda")
    masks = (torch.rand(batch, size, size, device="cuda") < 0.4).float()
    large = torch.randn(1, 3, side, side, device="cuda")

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(images), masks, 1.5).backward()
        optimizer.step()

    def predict():
        with torch.no_grad():
            torch.sigmoid(model(large).diff(dim=1))

    model.train()
    result = {"width": width, "eager": milliseconds(step), "graph": milliseconds(captured(step))}
    model.eval()
    return {**result, "predict": milliseconds(predict), "predictGraph": milliseconds(captured(predict))}


def main():
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    order = json.loads(sys.argv[1])
    rows = [measure(width, order["size"], order["batch"], order["side"]) for width in order["widths"]]
    print(json.dumps({"card": torch.cuda.get_device_name(0), "torch": torch.__version__, "rows": rows}))


if __name__ == "__main__":
    main()

"""onnxruntime's side of bench/segment.ts: opens a model, and runs it when asked. Commands and answers are lines of JSON."""
import json
import sys
import time

import numpy as np
import onnxruntime

session = image = None
for line in sys.stdin:
    asked = json.loads(line)
    if asked["command"] == "open":
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = asked["threads"]
        session = onnxruntime.InferenceSession(asked["model"], options, providers=["CPUExecutionProvider"])
        image = np.fromfile(asked["input"], "float32").reshape(1, 1, asked["side"], asked["side"])
        session.run(None, {"image": image})[0][0, 1].tofile(asked["output"])
        best = 0.0
    else:
        best = float("inf")
        for _ in range(asked["images"]):
            begin = time.perf_counter()
            session.run(None, {"image": image})
            best = min(best, time.perf_counter() - begin)
    print(json.dumps({"milliseconds": best * 1000, "version": onnxruntime.__version__}), flush=True)

"""Answers of torchvision's own networks, for TorchvisionParityTests.

Reads one architecture per line from standard input, writes NAME.safetensors (all weights) and NAME.expected.safetensors (an input and
what the network makes of it) into the folder of the first argument, and answers "done NAME". Standard library, torch and torchvision.
"""
import json
import os
import struct
import sys

# The fault that TorchRuntime guards against is oneDNN's own, so PyTorch has it too.
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "SSE41")

import torch
import torchvision

TYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}


def write_safetensors(path, tensors):
    header, data = {}, []
    at = 0
    for key, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + len(raw)]}
        data.append(raw)
        at += len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for raw in data:
            file.write(raw)


def answer(name, folder):
    torch.manual_seed(5)
    model = getattr(torchvision.models, name)(num_classes=14)
    with torch.no_grad():
        for key, tensor in model.state_dict().items():
            # Fresh batch norms are nearly the identity and would hide a wrong order of layers.
            if key.endswith("running_mean"):
                tensor.normal_(0, 0.2)
            elif key.endswith("running_var"):
                tensor.uniform_(0.5, 1.5)
    write_safetensors(f"{folder}/{name}.safetensors", model.state_dict())
    images, projection = torch.randn(4, 3, 64, 64), torch.randn(4, 14)
    expected = {"images": images, "projection": projection}
    model.eval()
    expected["logits"] = model(images)
    # Slopes in float64: in float32 a ReLU here and there rounds to the other side of its kink.
    model.double()
    images, projection = images.double(), projection.double()
    (model(images) * projection).sum().backward()
    for key, parameter in model.named_parameters():
        if parameter.dim() < 2:  # norms and the last bias: one per layer, small, and behind all that comes after them
            expected[f"gradient {key}"] = parameter.grad
    model.train()
    expected["training logits"] = model(images)
    write_safetensors(f"{folder}/{name}.expected.safetensors", expected)


for line in sys.stdin:
    answer(line.strip(), sys.argv[1])
    print("done", line.strip(), flush=True)

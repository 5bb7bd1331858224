"""Numbers of pydicom for DICOM files: its own test files and a seeded corpus of odd ones that are made here.

Usage: pydicom_oracle.py OUT [FILE...]
Writes OUT/index.json, the made files, and raw little-endian float64 arrays: pixel_array, apply_modality_lut, apply_voi_lut.
"""
import io
import json
import os
import random
import struct
import sys
import warnings

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixel_data_handlers.util import apply_modality_lut, apply_voi_lut
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit

warnings.simplefilter("ignore")
ROOT = os.path.join(os.path.dirname(pydicom.__file__), "data")


def lut(rng, first, count, bits, signed, implicit):
    item = Dataset()
    item.add_new(0x00283002, "SS" if signed else "US", [count, first, bits])
    entries = sorted(rng.randrange(0, 2 ** bits) for _ in range(count))
    if rng.random() < 0.5 or implicit:
        item.add_new(0x00283006, "OW", struct.pack("<%dH" % count, *entries))
    else:
        item.add_new(0x00283006, "US", entries)
    return item


def make(path, seed):
    rng = random.Random(seed)
    noise = np.random.RandomState(seed)
    implicit = rng.random() < 0.4
    jpeg = rng.random() < 0.15
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    meta.MediaStorageSOPInstanceUID = "2.25.%d" % (seed + 1)
    meta.TransferSyntaxUID = JPEGBaseline8Bit if jpeg else ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian
    ds = FileDataset(path, {}, file_meta=meta, preamble=b"\0" * 128)
    ds.is_little_endian = True
    ds.is_implicit_VR = implicit and not jpeg
    ds.SOPClassUID, ds.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    ds.PatientName, ds.PatientID, ds.Modality = "Made^Up", "odd", "CR"
    rows, columns = rng.randrange(1, 23), rng.randrange(1, 23)
    frames = rng.choice([1, 1, 1, 2, 5])
    colour = not jpeg and rng.random() < 0.12
    ds.Rows, ds.Columns = rows, columns
    if frames > 1 or rng.random() < 0.2:
        ds.NumberOfFrames = frames
    ds.SamplesPerPixel = 3 if colour else 1
    ds.PhotometricInterpretation = rng.choice(["RGB", "YBR_FULL"]) if colour else rng.choice(["MONOCHROME1", "MONOCHROME2"])
    if colour:
        ds.PlanarConfiguration = rng.randrange(2)
    allocated = 8 if jpeg else rng.choice([8, 16, 16, 16]) if colour else rng.choice([8, 16, 16, 16, 16, 32, 1])
    stored = 8 if jpeg else 1 if allocated == 1 else rng.randrange(1, 31) if allocated == 32 else rng.randrange(2, allocated + 1)
    signed = not jpeg and allocated > 1 and stored > 1 and rng.random() < 0.4
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = allocated, stored, stored - 1, int(signed)
    low, high = (-2 ** (stored - 1), 2 ** (stored - 1)) if signed else (0, 2 ** stored)
    shape = (frames, rows, columns, 3) if colour else (frames, rows, columns)
    values = noise.randint(low, high, size=shape, dtype=np.int64)
    if jpeg:
        from PIL import Image
        encoded = []
        for frame in values:
            out = io.BytesIO()
            Image.fromarray(frame.astype(np.uint8)).save(out, "JPEG", quality=rng.randrange(40, 96))
            encoded.append(out.getvalue())
        parts = rng.choice([1, 2]) if rng.random() < 0.6 else 1
        ds.PixelData = encapsulate(encoded, fragments_per_frame=parts, has_bot=parts > 1 or rng.random() < 0.5)
        ds["PixelData"].is_undefined_length = True
        ds["PixelData"].VR = "OB"
    elif allocated == 1:
        packed = np.packbits(values.ravel().astype(np.uint8), bitorder="little").tobytes()
        ds.PixelData = packed + b"\0" * (len(packed) % 2)
        ds["PixelData"].VR = "OB"
    else:
        if colour and ds.PlanarConfiguration:
            values = np.moveaxis(values, -1, 1)
        raw = values.astype("<%s%d" % ("i" if signed else "u", allocated // 8)).tobytes()
        raw += b"\0" * (len(raw) % 2) + b"\0" * rng.choice([0, 0, 0, 2, 6])
        ds.PixelData = raw
        ds["PixelData"].VR = "OW" if implicit or allocated > 8 else rng.choice(["OB", "OW"])

    if not colour:
        kind = rng.random()
        span = 2 ** stored
        if kind < 0.4:
            ds.RescaleSlope = rng.choice(["1", "0.684", "2.5", "-1", "1e-2", "1.0"])
            ds.RescaleIntercept = rng.choice(["0", "-1024", "200.25", "-0.5"])
        elif kind < 0.5 and allocated in (8, 16) and not implicit:
            ds.ModalityLUTSequence = Sequence([lut(rng, rng.randrange(0, 20), rng.choice([1, 7, 256]), rng.choice([8, 16]), False, implicit)])
        if rng.random() < 0.6:
            n = rng.choice([1, 1, 2, 3])
            centre = [str(round(rng.uniform(low, high), 2)) for _ in range(n)]
            width = [str(round(rng.uniform(1, 1.2 * span + 1), 2)) for _ in range(n)]
            ds.WindowCenter, ds.WindowWidth = (centre, width) if n > 1 else (centre[0], width[0])
            if rng.random() < 0.6:
                ds.VOILUTFunction = rng.choice(["LINEAR", "LINEAR_EXACT", "SIGMOID", "linear"])
        if "RescaleSlope" not in ds and rng.random() < 0.25:
            negative = signed and low <= -10
            ds.VOILUTSequence = Sequence([lut(rng, rng.randrange(-10, 0) if negative else rng.randrange(0, 30), rng.choice([1, 30, 256, 1000]), rng.choice([10, 12, 14, 16]), negative, implicit)])
        if rng.random() < 0.3:
            ds.PixelAspectRatio = ["1", "1"]

    # What a parser may stumble over.
    if rng.random() < 0.6:
        inner = Dataset()
        inner.CodeValue, inner.CodeMeaning = "R-10214", "postero-anterior"
        deep = Dataset()
        deep.ViewModifierCodeSequence = Sequence([inner] * rng.randrange(0, 3))
        deep.is_undefined_length_sequence_item = rng.random() < 0.5
        deep["ViewModifierCodeSequence"].is_undefined_length = rng.random() < 0.5
        ds.ViewCodeSequence = Sequence([deep])
        ds["ViewCodeSequence"].is_undefined_length = rng.random() < 0.5
    if rng.random() < 0.4:
        block = ds.private_block(0x0029, "MADE UP", create=True)
        block.add_new(1, "UN", b"\1\2\3\4\5\6")
        item = Dataset()
        item.PatientComments = "in a private sequence"
        block.add_new(2, "SQ", Sequence([item]))
    if rng.random() < 0.3:
        ds.add_new(0x00204000, "LT", "odd")  # 3 bytes, padded
    ds.save_as(path, write_like_original=False)
    if rng.random() < 0.12:  # no preamble
        data = open(path, "rb").read()
        open(path, "wb").write(data[132:])
    elif rng.random() < 0.12 and not jpeg:  # neither preamble nor meta header
        data = open(path, "rb").read()
        length = struct.unpack("<L", data[140:144])[0]
        open(path, "wb").write(data[144 + length:])


def entry(path, name, out):
    ds = pydicom.dcmread(path, force=True)
    if "TransferSyntaxUID" not in getattr(ds, "file_meta", {}):
        ds.file_meta = getattr(ds, "file_meta", None) or FileMetaDataset()
        ds.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if ds.is_implicit_VR else ExplicitVRLittleEndian
    row = {"file": path, "name": name, "syntax": str(ds.file_meta.TransferSyntaxUID)}
    pixels = ds.pixel_array
    row["shape"] = list(pixels.shape)
    steps = {"stored": lambda: pixels, "modality": lambda: apply_modality_lut(pixels, ds)}
    steps["voi"] = lambda: apply_voi_lut(steps["modality"](), ds)
    for step, compute in steps.items():
        try:
            values = compute()
        except Exception as error:  # what pydicom itself can't do is no oracle
            row[step + "_error"] = repr(error)
            continue
        file = os.path.join(out, "%s.%s.f64" % (name, step))
        np.ascontiguousarray(values, dtype="<f8").tofile(file)
        row[step] = file
    return row


def main(out, more):
    os.makedirs(out, exist_ok=True)
    files = [(f, "given-%d" % i) for i, f in enumerate(more)]
    for folder, _, names in sorted(os.walk(ROOT)):
        for i, name in enumerate(sorted(names)):
            if os.path.splitext(name)[1] in ("", ".dcm") and name != "README":
                files.append((os.path.join(folder, name), "own-%d-%s" % (len(files), name)))
    for seed in range(400):
        path = os.path.join(out, "made-%03d.dcm" % seed)
        make(path, seed)
        files.append((path, "made-%03d" % seed))
    rows = []
    for path, name in files:
        try:
            rows.append(entry(path, name, out))
        except Exception as error:
            rows.append({"file": path, "name": name, "error": repr(error)})
    json.dump({"version": pydicom.__version__, "files": rows}, open(os.path.join(out, "index.json"), "w"))


main(sys.argv[1], sys.argv[2:])

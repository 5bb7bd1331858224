"""Runs notebooks with nbclient, the library behind nbconvert, Jupyter Book and Voilà; fails when one fails.

Usage: python3 run_all.py NOTEBOOK...   (the kernel must be installed: `cxrnb install`)
"""
import pathlib
import sys
import time

import nbclient
import nbformat

failed = 0
for path in map(pathlib.Path, sys.argv[1:]):
    start = time.monotonic()
    notebook = nbformat.read(path, as_version=4)
    try:
        nbclient.NotebookClient(notebook, kernel_name=".net-csharp", timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
        nbformat.validate(notebook)
        verdict = "passed"
    except Exception as error:  # whatever it is, the next notebook has its turn
        failed += 1
        verdict = f"FAILED: {error}"
    print(f"{path.name:32} {time.monotonic() - start:6.1f} s  {verdict}", flush=True)
sys.exit(failed > 0)

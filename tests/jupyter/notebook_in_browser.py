"""Runs a notebook in the classic Jupyter Notebook, as a student's browser would, with every address but this machine's blocked.

Usage: python3 notebook_in_browser.py REPOSITORY NOTEBOOK SCREENSHOT_FOLDER
Needs Debian's jupyter-notebook, chromium and chromium-driver, and the kernel installed (`cxrnb install`).
Fails when a cell fails, when no chart is interactive, or when plotly.js was saved with the notebook.
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1300,1000",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, condition, seconds):
    end = time.time() + seconds
    while time.time() < end:
        try:
            value = condition()
        except OSError:
            value = None
        if value:
            return value
        time.sleep(0.5)
    raise SystemExit(f"waited {seconds} s in vain for {what}")


def stop(children):
    """Ends the processes, the last one first; each may take a while to end its own."""
    for child in reversed(children):
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()


class Browser:
    """The few commands of the WebDriver protocol that are needed here."""

    def __init__(self, port, profile):
        self.root = f"http://127.0.0.1:{port}"
        wait_for("chromedriver", lambda: urllib.request.urlopen(self.root + "/status").status == 200, 30)
        options = {"args": CHROMIUM + [f"--user-data-dir={profile}"], "binary": "/usr/bin/chromium"}
        session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.root += "/session/" + session["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, url):
        self.call("POST", "/url", {"url": url})

    def js(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def hover(self, x, y):
        moves = [{"type": "pointerMove", "duration": 50, "x": x + d, "y": y, "origin": "viewport"} for d in (0, 2, 4)]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}]})

    def screenshot(self, path):
        pathlib.Path(path).write_bytes(base64.b64decode(self.call("GET", "/screenshot")))


def play(browser, url, shots):
    browser.open(url)
    wait_for("the kernel", lambda: browser.js(
        "return !!(window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected())"), 120)
    browser.js("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells();")
    time.sleep(2)

    def done():
        if browser.js("return document.querySelectorAll('.output_error').length"):
            browser.screenshot(shots / "error.png")
            raise SystemExit("a cell failed: " + browser.js("return document.querySelector('.output_error').innerText"))
        return browser.js("return Jupyter.notebook.get_cells().every(c => c.cell_type !== 'code' || c.get_text().trim() === '' || c.input_prompt_number > 0)")

    wait_for("the cells", done, 300)
    time.sleep(3)
    charts = browser.js("return document.querySelectorAll('.js-plotly-plot .main-svg').length")
    print(f"{browser.js('return Jupyter.notebook.get_cells().length')} cells ran; {charts} drawn charts")
    if not charts:
        browser.screenshot(shots / "no-chart.png")
        raise SystemExit("no chart was drawn by plotly.js")
    browser.js("document.querySelector('.js-plotly-plot').scrollIntoView({block: 'center'})")
    time.sleep(1)
    hovered = False
    box = browser.js("const b = document.querySelector('.js-plotly-plot .nsewdrag').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]")
    for place in [i / 20 for i in range(1, 20)]:
        browser.hover(int(box[0] + box[2] * place), int(box[1] + box[3] * 0.6))
        time.sleep(0.3)
        hovered = browser.js("return !!document.querySelector('.js-plotly-plot .hoverlayer').children.length")
        if hovered:
            break
    browser.screenshot(shots / "chart.png")
    print("hovering shows values" if hovered else "hovering shows nothing")
    size = browser.js("return JSON.stringify(Jupyter.notebook.toJSON()).length")
    print(f"the notebook would be saved with {size // 1000} kB")
    browser.js("Jupyter.notebook.get_cell(0).element[0].scrollIntoView()")
    time.sleep(1)
    browser.screenshot(shots / "top.png")
    if not hovered:
        raise SystemExit("the chart isn't interactive")
    if size > 3_000_000:
        raise SystemExit("plotly.js was saved with the notebook")


def main(repository, notebook, shots):
    shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = pathlib.Path(temporary)
        work = home / "course"
        (work / "notebooks").mkdir(parents=True)
        shutil.copy(notebook, work / "notebooks")  # saving it here changes nothing in the repository
        for name in ("src", "data"):
            (work / name).symlink_to(repository / name)
        environment = dict(os.environ, HOME=str(home), JUPYTER_RUNTIME_DIR=str(home / "runtime"), JUPYTER_CONFIG_DIR=str(home / "config"), IPYTHONDIR=str(home / "ipython"))
        server_port, driver_port = free_port(), free_port()
        children = []
        try:
            with open(shots / "server.log", "w") as log:
                children.append(subprocess.Popen(
                    ["/usr/bin/jupyter-notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={server_port}", "--NotebookApp.token=", "--NotebookApp.password=",
                     f"--notebook-dir={work}"], env=environment, stdout=log, stderr=subprocess.STDOUT))
                children.append(subprocess.Popen(["/usr/bin/chromedriver", f"--port={driver_port}"], env=environment, stdout=log, stderr=subprocess.STDOUT))
            wait_for("the server", lambda: urllib.request.urlopen(f"http://127.0.0.1:{server_port}/api").status == 200, 60)
            browser = Browser(driver_port, home / "profile")
            try:
                play(browser, f"http://127.0.0.1:{server_port}/notebooks/notebooks/{notebook.name}", shots)
            finally:
                browser.call("DELETE", "")
        finally:
            stop(children)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve())

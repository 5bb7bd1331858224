"""Logs in at a JupyterHub on this machine's own address, starts a user's server and runs a notebook there, in headless Chromium.

Usage: python3 hub_in_browser.py REPOSITORY NOTEBOOK SCREENSHOT_FOLDER
Needs Debian's jupyterhub, jupyter-notebook, chromium and chromium-driver, and the kernel installed where every user sees it
(`cxrnb install --prefix /usr/local`, or another prefix whose share/jupyter stands in JUPYTER_PATH). Users aren't the system's: the
hub's own SimpleLocalProcessSpawner gives each a folder.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

from notebook_in_browser import Browser, free_port, play, stop, wait_for

CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{hub}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "lungs"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{home}/users/{{username}}"
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {{"JUPYTERHUB_SINGLEUSER_APP": "notebook.notebookapp.NotebookApp"}}
c.Spawner.env_keep = ["PATH", "LANG", "JUPYTER_PATH", "DOTNET_ROOT"]
"""


def log_in(browser, root, user):
    browser.open(f"{root}/hub/login")
    wait_for("the form", lambda: browser.js("return !!document.getElementById('username_input')"), 30)
    browser.js(f"document.getElementById('username_input').value = '{user}'; document.getElementById('password_input').value = 'lungs'; document.querySelector('form').submit()")
    wait_for("the user's server", lambda: f"/user/{user}/" in browser.js("return location.href"), 90)


def main(repository, notebook, shots):
    shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = pathlib.Path(temporary)
        work = home / "users" / "student"
        (work / "notebooks").mkdir(parents=True)
        shutil.copy(notebook, work / "notebooks")
        for name in ("src", "data"):
            (work / name).symlink_to(repository / name)
        ports = {name: free_port() for name in ("hub", "api", "proxy", "driver")}
        (home / "config.py").write_text(CONFIG.format(home=home, **ports))
        root = f"http://127.0.0.1:{ports['hub']}"
        # Debian's proxy looks for its modules there; a Node.js from elsewhere does not.
        hub_environment = dict(os.environ, NODE_PATH="/usr/share/nodejs")
        children = []
        try:
            with open(shots / "hub.log", "w") as log:
                children.append(subprocess.Popen(["/usr/bin/jupyterhub", "-f", str(home / "config.py")], cwd=home, env=hub_environment, stdout=log, stderr=subprocess.STDOUT))
                children.append(subprocess.Popen(["/usr/bin/chromedriver", f"--port={ports['driver']}"], env=dict(os.environ, HOME=str(home)), stdout=log, stderr=subprocess.STDOUT))
            wait_for("the hub", lambda: urllib.request.urlopen(root + "/hub/health").status == 200, 60)
            browser = Browser(ports["driver"], home / "profile")
            try:
                log_in(browser, root, "student")
                time.sleep(2)
                browser.screenshot(shots / "server.png")
                play(browser, f"{root}/user/student/notebooks/notebooks/{notebook.name}", shots)
            finally:
                browser.screenshot(shots / "last.png")
                browser.call("DELETE", "")
        finally:
            stop(children)  # the hub stops its users' servers and its proxy


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve())

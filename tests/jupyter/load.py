"""Measures the installed kernel under load and prints each figure beside its aim. Times depend on the machine; nothing is asserted.

Usage: python3 load.py
"""
import statistics
import time

from jupyter_client.manager import KernelManager


class Kernel:
    def __init__(self):
        start = time.monotonic()
        self.manager = KernelManager(kernel_name=".net-csharp")
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.run("1 + 1")
        self.first_result = time.monotonic() - start
        self.pid = self.manager.provisioner.process.pid

    def run(self, code, hook=lambda message: None):
        start = time.monotonic()
        reply = self.client.execute_interactive(code, output_hook=hook, timeout=300, allow_stdin=False)
        if reply["content"]["status"] != "ok":
            raise SystemExit(reply["content"]["evalue"])
        return time.monotonic() - start

    def timed(self, request, *arguments):
        start = time.monotonic()
        request(*arguments, reply=True, timeout=120)
        return time.monotonic() - start

    def interrupt(self, code):
        message = self.client.execute(code)
        while self.client.get_iopub_msg(timeout=30)["msg_type"] != "execute_input":
            pass
        time.sleep(0.5)
        start = time.monotonic()
        self.manager.interrupt_kernel()
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != message:
            pass
        took = time.monotonic() - start
        self.run("0")
        return took

    def resident(self):
        with open(f"/proc/{self.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def show(what, value, aim):
    print(f"{what:58} {value:>12}   aim {aim}", flush=True)


def main():
    kernel = Kernel()
    show("start to first result", f"{kernel.first_result:.2f} s", "2.5 s")
    for _ in range(20):
        kernel.run("2")
    small = [kernel.run(f"{i} + 1") for i in range(50)]
    show("small cell over the wire, median of 50", f"{statistics.median(small) * 1000:.0f} ms", "30 ms")
    show("small cell over the wire, 90th percentile", f"{statistics.quantiles(small, n=10)[-1] * 1000:.0f} ms", "")
    lines = []
    took = kernel.run('for (int i = 0; i < 200_000; i++) Console.WriteLine($"line {i}");', lambda message: lines.append(message["content"].get("text", "")))
    if "".join(lines) != "".join(f"line {i}\n" for i in range(200_000)):
        raise SystemExit("lines were lost")
    show(f"200,000 printed lines, in {len(lines)} messages", f"{took:.2f} s", "3 s")
    sizes = []
    took = kernel.run('for (int i = 0; i < 20; i++) display(HTML(new string((char)(97 + i), 5_000_000)));',
                      lambda message: sizes.append(len(message["content"].get("data", {}).get("text/html", ""))))
    if [size for size in sizes if size] != [5_000_000] * 20:
        raise SystemExit("outputs were lost")
    show("20 outputs of 5 MB", f"{took:.2f} s", "all arrive")
    show("completion, first", f"{kernel.timed(kernel.client.complete, 'Console.WriteL') * 1000:.0f} ms", "")
    for i in range(5):
        kernel.timed(kernel.client.complete, "Console.Re")
    warm = [kernel.timed(kernel.client.complete, code) for code in ["Console.Wr", "Math.S", "new List<int>().Wh", "str", "System.Text."] * 4]
    show("completion, warm, median of 20", f"{statistics.median(warm) * 1000:.0f} ms", "150 ms")
    kernel.timed(kernel.client.inspect, "Math.Sqrt(")
    warm = [kernel.timed(kernel.client.inspect, code) for code in ["Console.WriteLine", "Math.Max(", "Enumerable.Range("] * 4]
    show("inspection, warm, median of 12", f"{statistics.median(warm) * 1000:.0f} ms", "150 ms")
    for code in ["while (true) { }", "await Task.Delay(-1);", "System.Threading.Thread.Sleep(-1);", "for (double x = 0; ; x += Math.Sin(x)) { }"]:
        show(f"interrupt of {code}", f"{kernel.interrupt(code):.2f} s", "0.5 s")
    kernel.manager.shutdown_kernel()

    kernel = Kernel()
    after = {}
    for i in range(1, 501):
        kernel.run(f"var v{i} = {i}; Console.WriteLine(v{i}); v{i} * 2")
        if i in (100, 300, 500):
            kernel.run("GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect();")
            after[i] = kernel.resident()
    show(f"500 cells: {after[100]:.0f} MB after 100, {after[300]:.0f} after 300, {after[500]:.0f} after 500", f"{after[500] - after[100]:+.0f} MB", "30 MB")
    late = [kernel.run("1") for _ in range(20)]
    show("small cell after 500, median of 20", f"{statistics.median(late) * 1000:.0f} ms", "")
    show("completion after 500 cells, first", f"{kernel.timed(kernel.client.complete, 'v49') * 1000:.0f} ms", "")
    warm = [kernel.timed(kernel.client.complete, "v49") for _ in range(5)]
    show("completion after 500 cells, warm", f"{statistics.median(warm) * 1000:.0f} ms", "150 ms")
    kernel.manager.shutdown_kernel()


if __name__ == "__main__":
    main()

"""The public test suite for Jupyter kernels (Debian: python3-jupyter-kernel-test), with every optional check filled in.

Needs the kernel to be installed: `cxrnb install`. Run with: python3 -m unittest -v test_kernel
"""
import unittest

import jupyter_kernel_test

PATIENCE = 90  # seconds; the suite's own 15 are short for a machine that builds something else meanwhile
jupyter_kernel_test.TIMEOUT = PATIENCE


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    def execute_helper(self, code, timeout=PATIENCE, **rest):
        return super().execute_helper(code, timeout=timeout, **rest)

    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    code_page_something = "Console.WriteLine?"
    code_generate_error = 'throw new InvalidOperationException("no such film");'
    code_clear_output = "ClearOutput();"
    code_inspect_sample = "Console.WriteLine"
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "System.Text.StringBui", "matches": {"StringBuilder"}},
        {"text": 'var t = "a"; t.Leng', "matches": {"Length"}},
        {"text": "zzz.", "matches": set()},
    ]
    complete_code_samples = ["1", 'Console.WriteLine("hello, world");', "int F(int x)\n{\n    return x;\n}\n", "await Task.Delay(1);"]
    incomplete_code_samples = ["if (true) {", "Console.WriteLine(", "class A\n{\n    int a;\n", '"""\nraw text']
    invalid_code_samples = ["var a = ;", "1 + ;", "class A { int }; }"]
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"lung".ToUpper()', "result": "LUNG"},
        {"code": "new[] { 1, 2, 3 }.Sum()", "result": "6"},
        {"code": "await Task.FromResult(5)", "result": "5"},
        {"code": "(string)null", "result": "null"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>heart</b>"));', "mime": "text/html"},
        {"code": 'display("plain");', "mime": "text/plain"},
    ]
    code_history_pattern = "6 *"
    supported_history_operations = ("tail", "range", "search")


if __name__ == "__main__":
    unittest.main()

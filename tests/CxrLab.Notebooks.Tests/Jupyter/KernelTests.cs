using System.Net.NetworkInformation;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>One kernel, spoken to over its sockets by one client after the other.</summary>
public sealed class KernelTests : IClassFixture<KernelTests.Shared>, IDisposable
{
    private readonly LiveKernel kernel;
    private readonly KernelClient client;

    public KernelTests(Shared shared)
    {
        kernel = shared.Kernel;
        client = kernel.Connect();
    }

    public sealed class Shared : IDisposable
    {
        internal LiveKernel Kernel { get; } = new();

        public void Dispose() => Kernel.Dispose();
    }

    public void Dispose() => client.Dispose();

    [Fact]
    public void KernelInfo_Request_NamesLanguageAndProtocol()
    {
        JsonObject info = client.Request("kernel_info_request", []).Reply.Content;
        Assert.Equal("5.3", info["protocol_version"]!.GetValue<string>());
        Assert.Equal("C#", info["language_info"]!["name"]!.GetValue<string>());
        Assert.Equal(".cs", info["language_info"]!["file_extension"]!.GetValue<string>());
    }

    [Fact]
    public void KernelInfo_OnTheControlChannel_IsAnsweredWhileACellRuns()
    {
        string cell = client.SendCell("System.Threading.Thread.Sleep(1500); 7");
        client.IoPubUntil(message => message.Type == "execute_input");
        string info = client.Send("kernel_info_request", [], onControl: true);
        Assert.Equal("ok", client.Reply(info, onControl: true).Text("status"));
        Assert.Equal("7", client.Finish(cell).Result?.Plain);
    }

    [Fact]
    public void Execute_Cells_ShareStateAndCount()
    {
        KernelClient.Outcome first = client.Execute("var shared = 20;");
        KernelClient.Outcome second = client.Execute("shared + 1");
        Assert.Equal("21", second.Result!.Plain);
        int count = second.Reply.Content["execution_count"]!.GetValue<int>();
        Assert.Equal(first.Reply.Content["execution_count"]!.GetValue<int>() + 1, count);
        Assert.Equal(count, second.Result.Content["execution_count"]!.GetValue<int>());
    }

    [Fact]
    public void Execute_Outputs_ComeInOrderAndBelongToTheirCell()
    {
        KernelClient.Outcome outcome = client.Execute("Console.Write(\"a\"); Console.Error.Write(\"b\"); display(1); Console.Write(\"c\"); 2");
        Assert.Equal(
            ["execute_input", "stream stdout a", "stream stderr b", "display_data 1", "stream stdout c", "execute_result 2"],
            outcome.Outputs.Select(item => $"{item.Type} {item.Text("name")} {item.Text("text")}{item.Plain}".Replace("  ", " ", StringComparison.Ordinal).Trim()));
    }

    [Fact]
    public void Execute_ManyLines_AreFewMessagesWithEveryCharacter()
    {
        KernelClient.Outcome outcome = client.Execute("for (int i = 0; i < 20_000; i++) Console.WriteLine($\"line {i}\");");
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n")), outcome.Stream("stdout"));
        Assert.InRange(outcome.Outputs.Count(item => item.Type == "stream"), 1, 200);
    }

    [Fact]
    public void Execute_TextOutsideTheBasicPlane_ArrivesWhole()
    {
        Assert.Equal("Röntgen 🩻 ∑", client.Execute("\"Röntgen 🩻 ∑\"").Result!.Plain);
        Assert.Equal("half \uFFFD.", client.Execute("\"half \\uD83D.\"").Result!.Plain); // JSON has no half characters
    }

    [Fact]
    public void Execute_FiveMegabytes_ArriveWhole()
    {
        WireMessage output = client.Execute("display(HTML(new string('x', 5_000_000)));").Outputs.Single(item => item.Type == "display_data");
        Assert.Equal(5_000_000, output.Content["data"]!["text/html"]!.GetValue<string>().Length);
    }

    [Fact]
    public void Execute_Error_IsReplyAndOutput()
    {
        KernelClient.Outcome outcome = client.Execute("throw new InvalidOperationException(\"no lung\");");
        Assert.Equal("error", outcome.Status);
        WireMessage error = outcome.Outputs.Single(item => item.Type == "error");
        foreach (WireMessage message in new[] { outcome.Reply, error })
        {
            Assert.Equal("InvalidOperationException", message.Text("ename"));
            Assert.Equal("no lung", message.Text("evalue"));
            Assert.NotEmpty(message.Content["traceback"]!.AsArray());
        }
    }

    [Fact]
    public void Execute_AfterAnError_WhatWasQueuedIsAborted()
    {
        string failing = client.SendCell("System.Threading.Thread.Sleep(500); throw new Exception(\"stop\");");
        string queued = client.SendCell("File.WriteAllText(\"ran\", \"\");");
        Assert.Equal("error", client.Finish(failing).Status);
        Assert.Equal("aborted", client.Finish(queued).Status);
        Assert.False(File.Exists(kernel.Folder.File("ran")));
        Assert.Equal("3", client.Execute("1 + 2").Result!.Plain);
    }

    [Fact]
    public void Execute_AfterAnErrorThatDoesntStop_WhatWasQueuedRuns()
    {
        string failing = client.Send("execute_request", new JsonObject { ["code"] = "System.Threading.Thread.Sleep(300); throw new Exception(\"go on\");", ["stop_on_error"] = false });
        string queued = client.SendCell("4");
        Assert.Equal("error", client.Finish(failing).Status);
        Assert.Equal("4", client.Finish(queued).Result!.Plain);
    }

    [Fact]
    public void Execute_Silent_ShowsNothingAndCountsNothing()
    {
        int before = client.Execute("1").Reply.Content["execution_count"]!.GetValue<int>();
        KernelClient.Outcome silent = client.Request("execute_request", new JsonObject { ["code"] = "var quiet = 5; Console.WriteLine(quiet); quiet", ["silent"] = true });
        Assert.Equal("ok", silent.Status);
        Assert.Empty(silent.Outputs);
        KernelClient.Outcome after = client.Execute("quiet");
        Assert.Equal("5", after.Result!.Plain);
        Assert.Equal(before + 1, after.Reply.Content["execution_count"]!.GetValue<int>());
    }

    [Fact]
    public void Execute_WithoutHistory_IsNotCountedNorRemembered()
    {
        int before = client.Execute("\"remembered\"").Reply.Content["execution_count"]!.GetValue<int>();
        client.Request("execute_request", new JsonObject { ["code"] = "\"forgotten\"", ["store_history"] = false });
        Assert.Equal(before + 1, client.Execute("\"last\"").Reply.Content["execution_count"]!.GetValue<int>());
        JsonArray lines = client.Request("history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2, ["output"] = true }).Reply.Content["history"]!.AsArray();
        Assert.Equal(["\"remembered\"", "\"last\""], lines.Select(line => line![2]![0]!.GetValue<string>()));
        Assert.Equal(["remembered", "last"], lines.Select(line => line![2]![1]!.GetValue<string>()));
    }

    [Fact]
    public void History_Search_FindsByPattern()
    {
        client.Execute("\"needle one\"");
        client.Execute("\"needle two\"");
        client.Execute("\"needle one\"");
        JsonObject request = new() { ["hist_access_type"] = "search", ["pattern"] = "*needle*", ["unique"] = true };
        JsonArray lines = client.Request("history_request", request).Reply.Content["history"]!.AsArray();
        Assert.Equal(["\"needle two\"", "\"needle one\""], lines.Select(line => line![2]!.GetValue<string>()));
    }

    [Fact]
    public void Execute_ReadLine_AsksTheClient()
    {
        string cell = client.SendCell("Console.Write(\"Age? \"); var age = int.Parse(Console.ReadLine()); age + 1", allowStdin: true);
        WireMessage question = client.Question();
        Assert.Equal(("input_request", cell), (question.Type, question.ParentId));
        client.AnswerQuestion("41");
        KernelClient.Outcome outcome = client.Finish(cell);
        Assert.Equal("Age? ", outcome.Stream("stdout"));
        Assert.Equal("42", outcome.Result!.Plain);
    }

    [Fact]
    public void Execute_KernelGetPasswordAsync_AsksWithoutShowing()
    {
        string cell = client.SendCell("using Microsoft.DotNet.Interactive;\nvar secret = await Kernel.GetPasswordAsync(\"Key?\");\ndisplay(secret.ToString()); secret.GetClearTextPassword().Length", allowStdin: true);
        WireMessage question = client.Question();
        Assert.Equal(("Key?", true), (question.Text("prompt"), question.Content["password"]!.GetValue<bool>()));
        client.AnswerQuestion("lung");
        KernelClient.Outcome outcome = client.Finish(cell);
        Assert.Equal(("••••", "4"), (outcome.Outputs.First(output => output.Type == "display_data").Plain, outcome.Result!.Plain));
    }

    [Fact]
    public void Execute_ReadLineWhereNobodyAnswers_IsAnErrorThatSaysSo()
    {
        KernelClient.Outcome outcome = client.Execute("Console.ReadLine()");
        Assert.Equal("error", outcome.Status);
        Assert.Contains("nobody is there to answer", outcome.Reply.Text("evalue"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var a = 1;", "complete")]
    [InlineData("1 + 1", "complete")]
    [InlineData("if (true) {", "incomplete")]
    [InlineData("int F(int a)", "incomplete")]
    [InlineData("var a = ;", "invalid")]
    [InlineData("class A { int }; }", "invalid")]
    public void IsComplete_Code_IsJudged(string code, string status) =>
        Assert.Equal(status, client.Request("is_complete_request", new JsonObject { ["code"] = code }).Status);

    [Fact]
    public void Comm_UnknownTarget_IsClosedAtOnce()
    {
        Assert.Empty(client.Request("comm_info_request", []).Reply.Content["comms"]!.AsObject());
        client.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        Assert.Equal("c1", client.IoPubUntil(message => message.Type == "comm_close").Text("comm_id"));
    }

    [Fact]
    public void Ports_OfARunningKernel_ListenOnLoopbackOnly()
    {
        int[] ports = [kernel.Connection.ShellPort, kernel.Connection.ControlPort, kernel.Connection.StdinPort, kernel.Connection.IoPubPort, kernel.Connection.HeartbeatPort];
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => ports.Contains(end.Port)).ToList();
        Assert.Equal(5, listeners.Count);
        Assert.All(listeners, end => Assert.True(System.Net.IPAddress.IsLoopback(end.Address)));
    }

    [Fact]
    public void Execute_UserExpressions_AreEvaluatedAfterTheCell()
    {
        var request = new JsonObject { ["code"] = "var u = 6;", ["user_expressions"] = new JsonObject { ["good"] = "u * 7", ["bad"] = "nothing" } };
        JsonObject values = client.Request("execute_request", request).Reply.Content["user_expressions"]!.AsObject();
        Assert.Equal("42", values["good"]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal(("error", "CompilationError"), (values["bad"]!["status"]!.GetValue<string>(), values["bad"]!["ename"]!.GetValue<string>()));
    }

    [Fact]
    public void Execute_Update_NamesTheDisplayItReplaces()
    {
        KernelClient.Outcome outcome = client.Execute("var shown = display(\"before\"); ClearOutput(wait: true); shown.Update(\"after\");");
        WireMessage first = outcome.Outputs.Single(item => item.Type == "display_data");
        WireMessage second = outcome.Outputs.Single(item => item.Type == "update_display_data");
        Assert.Equal(("before", "after"), (first.Plain, second.Plain));
        string id = first.Content["transient"]!["display_id"]!.GetValue<string>();
        Assert.Equal(id, second.Content["transient"]!["display_id"]!.GetValue<string>());
        Assert.True(outcome.Outputs.Single(item => item.Type == "clear_output").Content["wait"]!.GetValue<bool>());
        // A later cell may update it too.
        Assert.Equal(id, client.Execute("shown.Update(3);").Outputs.Single(item => item.Type == "update_display_data").Content["transient"]!["display_id"]!.GetValue<string>());
    }

    [Fact]
    public void Execute_TaskThatOutlivesItsCell_PrintsBelowItsOwnCell()
    {
        KernelClient.Outcome first = client.Execute(
            "var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);\n" +
            "var late = Task.Run(async () => { await gate.Task; Console.WriteLine(\"from the first\"); });");
        string second = client.SendCell("gate.SetResult(); late.Wait(); Console.WriteLine(\"from the second\");");
        WireMessage text = client.IoPubUntil(message => message.Type == "stream");
        Assert.Equal(("from the first\n", first.Reply.ParentId), (text.Text("text"), text.ParentId));
        Assert.Equal("from the second\n", client.Finish(second).Stream("stdout"));
    }

    [Theory]
    [InlineData("Console.WriteLi", "WriteLine")]
    [InlineData("lungFi", "lungField")]
    [InlineData("Scan(1).Wid", "Width")]
    [InlineData("Console.WL", "WriteLine")]
    [InlineData("var t = \"a\"; Console.WriteLi", "WriteLine")]
    [InlineData("var bone = \"🩻\"; bone.Leng", "Length")]
    public void Complete_Prefix_OffersWhatFits(string code, string expected)
    {
        client.Execute("var lungField = 4;");
        client.Request("complete_request", new JsonObject { ["code"] = "lungField.", ["cursor_pos"] = 10 });
        client.Execute("record Film(int Width); Film Scan(int n) => new(n);");
        int end = code.EnumerateRunes().Count();
        JsonObject reply = client.Request("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = end }).Reply.Content;
        Assert.Contains(expected, reply["matches"]!.AsArray().Select(item => item!.GetValue<string>()));
        Assert.Equal(end, reply["cursor_end"]!.GetValue<int>());
        Assert.Equal(end - code[(code.LastIndexOfAny(['.', ' ']) + 1)..].Length, reply["cursor_start"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("magic is unknown", "#!nonsense\nConsole.Wr")]
    [InlineData("nothing begins so", "Console.Qqqq")]
    [InlineData("empty", "")]
    public void Complete_WhereThereIsNothing_IsAnAnswerToo(string why, string code) =>
        Assert.Equal(("ok", why), (client.Request("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length }).Status, why));

    [Theory]
    [InlineData("heartSize", 9, "int heartSize")]
    [InlineData("Math.Max(1, 2)", 7, "Math.Max")]
    [InlineData("Math.Max(1, ", 12, "Math.Max")] // inside the arguments
    [InlineData("Ratio(", 6, "The cardiothoracic ratio")]
    public void Inspect_Name_ShowsSignatureAndDocumentation(string code, int cursor, string expected)
    {
        client.Execute("var heartSize = 4;\n/// <summary>The cardiothoracic ratio.</summary>\ndouble Ratio(double heart, double chest) => heart / chest;");
        JsonObject reply = client.Request("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor, ["detail_level"] = 0 }).Reply.Content;
        Assert.True(reply["found"]!.GetValue<bool>());
        Assert.Contains(expected, reply["data"]!["text/plain"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + ", 4)]
    [InlineData("", 0)]
    [InlineData("unknownName", 5)]
    public void Inspect_Nothing_IsNotFound(string code, int cursor) =>
        Assert.False(client.Request("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor }).Reply.Content["found"]!.GetValue<bool>());

    [Fact]
    public void Execute_NameWithQuestionMark_OpensThePager()
    {
        JsonObject reply = client.Execute("Math.Sqrt?").Reply.Content;
        JsonNode page = Assert.Single(reply["payload"]!.AsArray())!;
        Assert.Equal("page", page["source"]!.GetValue<string>());
        Assert.Contains("Sqrt", page["data"]!["text/plain"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}

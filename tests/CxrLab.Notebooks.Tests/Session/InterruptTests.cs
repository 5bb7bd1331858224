using System.Diagnostics;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Session;

public sealed class InterruptTests : IDisposable
{
    private readonly LiveSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) ;")]
    [InlineData("for (;;) for (;;) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("do { foreach (var i in Enumerable.Range(0, int.MaxValue)) Math.Sqrt(i); } while (true);")]
    [InlineData("long Fib(int n)\n{\n    return n < 2 ? n : Fib(n - 1) + Fib(n - 2);\n}\nFib(90)")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("Task.Delay(60_000).Wait();")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData("async Task Spin() { await Task.Yield(); while (true) { } }\nSpin().Wait();")]
    [InlineData("IEnumerable<int> Slow() { while (true) { if (DateTime.Now.Year < 0) yield return 1; } }\nSlow()")]
    public void Run_StoppedTwice_EndsSoonAndTheSessionGoesOn(string source)
    {
        for (int round = 0; round < 2; round++)
        {
            using var stop = new CancellationTokenSource();
            long stopped = 0;
            session.Run("var before = 1;", stop: stop.Token);
            using var timer = new Timer(_ => { stopped = Stopwatch.GetTimestamp(); stop.Cancel(); });
            session.Seen = () => timer.Change(200, Timeout.Infinite);
            session.Run("var kept = 40 + before;\nConsole.WriteLine(\"running\");\n" + source, stop: stop.Token);
            session.Seen = null;
            Assert.Equal("Interrupted", session.Failure!.Name);
            // Half a second is the promise on an idle machine; tests share theirs.
            Assert.InRange(Stopwatch.GetElapsedTime(stopped), TimeSpan.Zero, TimeSpan.FromSeconds(10));
            using var live = new CancellationTokenSource();
            Assert.Equal("42", LiveSession.Text(Assert.Single(session.Run("kept + 1", stop: live.Token)), "text/plain"));
        }
    }

    [Fact]
    public void Run_Stoppable_KeepsOneThreadAndDoesNotDeadlock()
    {
        using var stop = new CancellationTokenSource();
        string first = LiveSession.Text(session.Run("Environment.CurrentManagedThreadId", stop: stop.Token)[0], "text/plain");
        session.Run("async Task<int> Nine() { await Task.Delay(5); return 9; }\nvar nine = Nine().Result;", stop: stop.Token);
        Assert.Null(session.Failure);
        Assert.Equal(first, LiveSession.Text(session.Run("Environment.CurrentManagedThreadId", stop: stop.Token)[0], "text/plain"));
    }

    [Fact]
    public void Run_Stoppable_PrintsAfterAnAwaitIntoItsCell()
    {
        using var stop = new CancellationTokenSource();
        JsonArray outputs = session.Run("Console.WriteLine(1); await Task.Delay(1); Console.WriteLine(2); Task.Run(() => Console.WriteLine(3)).Wait();", stop: stop.Token);
        Assert.Equal("1\n2\n3\n", MultiLine.FromJson(Assert.Single(outputs)!["text"]));
    }

    [Fact]
    public void Run_StoppedAfterAwait_NeverGoesOn()
    {
        using var stop = new CancellationTokenSource();
        session.Seen = stop.Cancel;
        session.Run("var goes = false; Console.WriteLine(1); await Task.Delay(500); goes = true;", stop: stop.Token);
        session.Seen = null;
        Assert.Equal("Interrupted", session.Failure!.Name);
        Thread.Sleep(700);
        Assert.Equal("False", session.Plain("goes"));
    }

    [Fact]
    public void Run_StoppedBeforeItBegan_IsAsIfItHadNotBeen()
    {
        using var stop = new CancellationTokenSource();
        session.Run("var old = 1;", stop: stop.Token);
        stop.Cancel();
        session.Run("var never = 1;", stop: stop.Token);
        Assert.Equal("Interrupted", session.Failure!.Name);
        Assert.Equal("1", session.Plain("old"));
        session.Run("never");
        Assert.Equal("CompilationError", session.Failure.Name);
    }

    [Theory]
    [InlineData("while (a) { b(); }", "while (a) {?? b(); }")]
    [InlineData("for (;;) foreach (var x in y) z();", "for (;;) {??foreach (var x in y) {??z();}}")]
    [InlineData("do x++; while (true);", "do {??x++;} while (true);")]
    [InlineData("void M() { } // while (true) { }", "void M() {?? } // while (true) { }")]
    [InlineData("Run(() => { while (true) ; });", "Run(() => {?? while (true) {??;} });")]
    [InlineData("while (true {", "while (true {")]
    public void Insert_Code_AsksInEveryLoopAndMethod(string code, string expected) =>
        Assert.Equal(expected.Replace("??", "global::CxrLab.Notebooks.CellStop.Check();", StringComparison.Ordinal), CxrLab.Notebooks.Session.StopChecks.Insert(code));

    [Fact]
    public void Run_StoppableCellFails_NamesItsLine()
    {
        using var stop = new CancellationTokenSource();
        session.Run("await Task.Delay(1);\nthrow new InvalidOperationException(\"late\");", stop: stop.Token);
        Assert.Equal(["InvalidOperationException: late", "   at Cell 1, line 2", "      throw new InvalidOperationException(\"late\");"], session.Failure!.Traceback);
        session.Run("throw new InvalidOperationException(\"now\");", stop: stop.Token);
        Assert.Equal(["InvalidOperationException: now", "   at Cell 2, line 1", "      throw new InvalidOperationException(\"now\");"], session.Failure!.Traceback);
        session.Run("missing", stop: stop.Token);
        Assert.Equal("CompilationError", session.Failure.Name);
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// The process that runs one notebook. Its own process gives each notebook fresh native libraries, a memory of its own to measure,
/// and an end that takes nothing else with it.
/// </summary>
internal static class ChildProgram
{
    internal static int Run()
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        ChildTask task = JsonSerializer.Deserialize<ChildTask>(input.ReadLine() ?? "") ?? throw new InvalidOperationException("The child got no task.");
        EndWithParent(input);
        var gate = new Lock();
        int current = 0;
        void Tell(ChildMessage message)
        {
            lock (gate) output.WriteLine(message.ToLine());
        }

        Directory.SetCurrentDirectory(task.Folder);
        using var session = new ScriptSession(task.Folder, made => Tell(new ChildMessage("output", current, made)));
        session.WarmUp();
        foreach (ChildCell cell in task.Cells)
        {
            current = cell.Number;
            Tell(new ChildMessage("start", cell.Number));
            CellFailure? failure = session.Run(new CellCode(cell.Number, cell.Source, cell.Language));
            bool counts = failure is not null && !cell.MayFail;
            Tell(new ChildMessage("end", cell.Number, Error: counts ? $"{failure!.Name}: {failure.Message.Split('\n')[0]}" : null, PeakMegabytes: PeakMegabytes()));
            if (counts) return 1;
        }

        return 0;
    }

    /// <summary>The parent holds the other end of standard input: when it is gone, however it went, so is this process.</summary>
    private static void EndWithParent(StreamReader input) => new Thread(() =>
    {
        while (input.ReadLine() is not null) { }
        Environment.Exit(3);
    })
    { IsBackground = true, Name = "watches the parent" }.Start();

    private static double PeakMegabytes()
    {
        using Process own = Process.GetCurrentProcess();
        return own.PeakWorkingSet64 / 1e6;
    }
}

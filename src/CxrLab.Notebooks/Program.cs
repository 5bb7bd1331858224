using System.CommandLine;
using CxrLab.Notebooks.Commands;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;

if (args is [ChildProcess.Command]) return ChildProgram.Run();

var root = new RootCommand("cxrnb runs C# notebooks without a browser and without Python.") { RunCommand.Create(), CheckCommand.Create(), ExportCommand.Create() };
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("See 'cxrnb --help'.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true; // the running notebook's process is ended first, then this one ends by itself
    stop.Cancel();
};
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
}
catch (BadNotebookException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped; no notebook is half written.");
    return 1;
}

using System.CommandLine;
using CxrLab.Notebooks.Commands;
using CxrLab.Notebooks.Running;

if (args is [Worker.Command, string jobPipe, string eventPipe]) return Worker.Run(jobPipe, eventPipe);

var root = new RootCommand("cxrnb runs C# notebooks (.ipynb) without an editor, checks them, makes pages of them, and is C# for Jupyter.")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    ExportCommand.Create(),
    KernelCommand.Create(),
    InstallCommand.Install(),
    InstallCommand.Uninstall(),
};
ParseResult parsed = root.Parse(args);
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : exitCode;

using System.CommandLine;
using CxrLab.Cli.Doctor;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab doctor</c>: does this machine compute what the lectures say?</summary>
internal static class DoctorCommand
{
    internal static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the checks as JSON." };
        var command = new Command("doctor", "Check this machine: libtorch, convolutions and gradients, image codecs, memory, disk. Exit code 1 when something is wrong.") { json };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            IReadOnlyList<Check> checks = MachineChecks.Run();
            if (parsed.GetValue(json)) Output.Json(new { Checks = checks, Sound = checks.All(check => check.State != CheckState.Wrong) });
            else CheckTable.Print(checks);
            return checks.Any(check => check.State == CheckState.Wrong) ? CommandLine.Failed : CommandLine.Done;
        }));
        return command;
    }
}

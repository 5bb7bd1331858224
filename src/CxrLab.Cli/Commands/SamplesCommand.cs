using System.CommandLine;
using CxrLab.Phantom;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data samples</c>: the repository's small collections, drawn again or checked.</summary>
internal static class SamplesCommand
{
    internal static Command Create()
    {
        var target = new Argument<string>("folder") { Description = "Folder of the samples.", DefaultValueFactory = _ => Path.Combine("data", "samples") };
        var check = new Option<bool>("--check") { Description = "Change nothing; compare pixels and tables with freshly drawn ones, and fail where they differ." };
        var command = new Command("samples", "Draw the small sample of every layout, or check that the samples in a folder are what the phantom draws.") { target, check };
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            string folder = parsed.GetRequiredValue(target);
            IReadOnlyList<string> differences = [];
            Progress.Run(parsed.GetValue(check) ? "checking" : "drawing", share =>
            {
                var told = new Told(share);
                if (parsed.GetValue(check)) differences = PhantomSamples.Check(folder, told, cancellation);
                else PhantomSamples.Write(folder, told, cancellation);
            });
            foreach (string line in differences) Console.Error.WriteLine(line);
            if (differences.Count > 0)
            {
                Console.Error.WriteLine($"{folder} isn't what this phantom (version {ChestPhantom.Version}) draws: raise the version where pixels changed, and draw the samples again with 'cxrlab data samples'.");
                return CommandLine.Failed;
            }

            Console.WriteLine($"{PhantomSamples.All.Count} samples in {folder} {(parsed.GetValue(check) ? "are as drawn" : "drawn")}.");
            return CommandLine.Done;
        })));
        return command;
    }

    private sealed class Told(Action<double> share) : IProgress<double>
    {
        public void Report(double value) => share(value);
    }
}

using System.CommandLine;
using CxrLab.Data;
using CxrLab.Imaging;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data check</c>: opens every image; finds broken files, copies and odd labels.</summary>
internal static class CheckCommand
{
    internal static Command Create()
    {
        var source = new DatasetArguments();
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("check", "Open every image and find broken files, copies and odd labels. Exit code 1 when a file is broken; copies and odd labels are warnings.") { json };
        source.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            CxrIndex index = source.Read(parsed, ImageRule.Optional);
            CxrRecord[] here = [.. index.Records.Where(record => record.ImagePath is not null)];
            var hashes = new ImageHash?[here.Length];
            var broken = new string?[here.Length];
            Progress.Run("opening images", share =>
            {
                int done = 0;
                Parallel.For(0, here.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
                {
                    try
                    {
                        hashes[i] = ImageHash.Of(here[i].ReadImage());
                    }
                    catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
                    {
                        broken[i] = $"{here[i].ImageId}: {error.Message}";
                    }

                    share((double)Interlocked.Increment(ref done) / here.Length);
                });
            });
            CxrRecord[] sound = [.. here.Where((_, i) => hashes[i] is not null)];
            var copies = new DuplicateFinder([.. hashes.OfType<ImageHash>()]).Find().Select(pair => new
            {
                First = sound[pair.First].ImageId,
                Second = sound[pair.Second].ImageId,
                pair.Exact,
                pair.Distance,
                SamePatient = sound[pair.First].PatientId == sound[pair.Second].PatientId,
            }).ToArray();
            string[] damaged = [.. broken.OfType<string>()], odd = [.. Oddities(index)];
            if (parsed.GetValue(json)) Output.Json(new { Dataset = index.Name, Opened = sound.Length, MissingImages = index.Count - here.Length, Broken = damaged, Duplicates = copies, LabelOddities = odd, Warnings = index.Notes });
            else
            {
                foreach (string problem in damaged) Console.WriteLine($"broken: {problem}");
                foreach (var pair in copies) Console.WriteLine($"{(pair.Exact ? "same pixels" : $"look alike ({pair.Distance} of 256 bits)")}: {pair.First} {pair.Second}{(pair.SamePatient ? "" : " (different patients)")}");
                foreach (string problem in odd) Console.WriteLine($"odd: {problem}");
                Console.WriteLine($"{sound.Length} images opened, {damaged.Length} broken, {index.Count - here.Length} not here, {copies.Count(pair => pair.Exact)} pairs with the same pixels, {copies.Count(pair => !pair.Exact)} that look alike (for your eye to judge; phantoms do), {odd.Length} odd labels");
            }

            return damaged.Length > 0 ? CommandLine.Failed : CommandLine.Done;
        })));
        return command;
    }

    private static IEnumerable<string> Oddities(CxrIndex index)
    {
        foreach (LabelTotal total in index.Totals().Where(total => total.Positive + total.Uncertain == 0)) yield return $"{total.Finding} is never positive";
        if (index.Labels.TryIndexOf(Finding.NoFinding, out int none))
        {
            int both = index.Records.Count(record => record.Labels[none] == LabelState.Positive
                && record.Labels.Where((state, k) => k != none && index.Labels[k] != "Support Devices" && state == LabelState.Positive).Any());
            if (both > 0) yield return $"{both} images have '{Finding.NoFinding}' and a finding";
        }

        int boxed = index.Records.Count(record => record.Boxes.Any(box => index.Labels.TryIndexOf(box.Finding, out int k) && record.Labels[k] == LabelState.Negative));
        if (boxed > 0) yield return $"{boxed} images have a box of a finding that their label denies";
    }
}

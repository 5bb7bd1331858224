using System.CommandLine;
using System.Globalization;
using CxrLab.Models;
using TorchSharp;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab weights</c>: published weights, and what stands in a weights file.</summary>
internal static class WeightsCommand
{
    internal static Command Create() => new("weights", "List and fetch published weights, and look into weights files.") { List(), Fetch(), Inspect() };

    private static Command List()
    {
        var table = Table();
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("list", "Weights that others have published. 'convert' must be saved again in Python before CxrLab reads it; 'unchecked' wasn't opened yet.") { table, json };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            IReadOnlyList<PublishedWeights> all = Lines(parsed.GetValue(table));
            if (parsed.GetValue(json)) Output.Json(all.Select(line => new { line.Name, line.Architecture, line.InputChannels, line.Input, line.Labels, line.Sha256, line.Readable, Url = line.Url.ToString(), line.Source, line.Note }));
            else foreach (PublishedWeights line in all) Console.WriteLine($"{line.Name,-28} {line.Architecture,-12} {line.Readable,-10} {line.Verification,-32} {line.Note}");
            return CommandLine.Done;
        }));
        return command;
    }

    private static Command Fetch()
    {
        var name = new Argument<string>("name") { Description = "A name from 'cxrlab weights list'." };
        var folder = new Option<string?>("--cache") { Description = $"Folder to keep it in. Default: CXRLAB_WEIGHTS, else {WeightsCache.DefaultFolder}." };
        var table = Table();
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("fetch", "Download published weights once and check them; an interrupted download goes on where it stopped.") { name, folder, table, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            IReadOnlyList<PublishedWeights> all = Lines(parsed.GetValue(table));
            string wanted = parsed.GetRequiredValue(name);
            if (all.All(line => line.Name != wanted)) throw new UsageException($"There are no published weights '{wanted}'; there are: {string.Join(", ", all.Select(line => line.Name))}.");
            PublishedWeights weights = PublishedWeights.ByName(wanted, all);
            using var cache = new WeightsCache(parsed.GetValue(folder));
            CachedWeights file = null!;
            Progress.Run("fetching", share => file = cache.FetchAsync(weights, share, cancellation).GetAwaiter().GetResult());
            if (parsed.GetValue(json)) Output.Json(file);
            else Console.WriteLine($"{file.Path}\nSHA-256 {file.Sha256} ({(file.IsVerified ? "as published" : "no checksum is published; this one is kept for comparison")}){(file.IsFresh ? "" : ", from the cache")}");
            if (weights.Readable == "convert" && !parsed.GetValue(json)) Console.WriteLine("CxrLab can't read this file as it is; 'cxrlab weights inspect' says how to save it again in Python.");
            return CommandLine.Done;
        })));
        return command;
    }

    private static Command Inspect()
    {
        var path = new Argument<string>("file") { Description = "A .safetensors, .pt or .pth file. It is read as data; nothing in it is run." };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("inspect", "Keys, types and shapes in a weights file, and what stands beside the weights.") { path, json };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            using var scope = torch.NewDisposeScope();
            WeightsFile file = WeightsFile.Read(parsed.GetRequiredValue(path));
            var tensors = file.Tensors.Select(pair => new { Key = pair.Key, Type = pair.Value.dtype.ToString(), Shape = pair.Value.shape, Finite = IsFinite(pair.Value) }).ToArray();
            if (parsed.GetValue(json))
            {
                Output.Json(new { file.Format, Tensors = tensors, file.Words, file.Notes });
                return CommandLine.Done;
            }

            foreach (var tensor in tensors) Console.WriteLine($"{tensor.Key,-56} {tensor.Type,-9} [{string.Join(", ", tensor.Shape)}]{(tensor.Finite ? "" : "  holds NaN or infinity")}");
            foreach ((string key, string word) in file.Words) Console.WriteLine($"{key,-56} {(word.Length > 100 ? word[..100] + "…" : word)}");
            foreach (string note in file.Notes) Console.WriteLine(note);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Format}: {tensors.Length} tensors, {file.Tensors.Values.Sum(tensor => tensor.numel()):N0} numbers"));
            return CommandLine.Done;
        }));
        return command;
    }

    private static bool IsFinite(torch.Tensor tensor) => !tensor.is_floating_point() || tensor.isfinite().all().item<bool>();

    private static Option<string?> Table() => new("--table") { Description = "Another table than published-weights.csv beside the program." };

    private static IReadOnlyList<PublishedWeights> Lines(string? table) => table is null ? PublishedWeights.All : PublishedWeights.Load(table);
}

using System.Globalization;
using System.Text.Json;
using CxrLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>
/// One safetensors file with all that a run needs to go on: weights, the best weights so far, AdamW's moments, and as metadata
/// the reports and options. One file, written to a temporary name and renamed, so a power cut leaves the last epoch's whole.
/// </summary>
internal static class Checkpoint
{
    private const string Model = "model.", Best = "best.", Moment = "adamw.", Step = "adamw.step";

    internal static void Save(string path, Trainer trainer, AdamW optimizer, WeightCopy? best)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string key, Tensor tensor) in trainer.Model.state_dict()) tensors[Model + key] = tensor;
        foreach ((string key, Tensor tensor) in best?.Tensors ?? new Dictionary<string, Tensor>()) tensors[Best + key] = tensor;
        for (int i = 0; i < optimizer.First.Length; i++)
        {
            tensors[$"{Moment}{i}.exp_avg"] = optimizer.First[i];
            tensors[$"{Moment}{i}.exp_avg_sq"] = optimizer.Second[i];
        }

        tensors[Step] = torch.tensor(optimizer.Steps);
        SafeTensors.Save(path, tensors, new Dictionary<string, string>
        {
            ["format"] = "cxrlab-checkpoint-1",
            ["model"] = trainer.Model.Architecture,
            ["labels"] = trainer.Model.Labels.ToString(),
            ["options"] = JsonSerializer.Serialize(trainer.Options),
            ["reports"] = JsonSerializer.Serialize(trainer.Reports),
        });
    }

    internal static WeightCopy? Load(string path, Trainer trainer, AdamW optimizer, List<EpochReport> reports)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Load(path);
        Expect(path, metadata, "format", "cxrlab-checkpoint-1", "is not a checkpoint of a run");
        Expect(path, metadata, "model", trainer.Model.Architecture, "was written by another model");
        Expect(path, metadata, "labels", trainer.Model.Labels.ToString(), "has other findings");
        Expect(path, metadata, "options", JsonSerializer.Serialize(trainer.Options), "was trained with other options");
        (string Key, Tensor Live)[] live = [.. Live(trainer, optimizer)];
        if (!tensors.ContainsKey(Step)) throw new TrainingException($"{path} lacks '{Step}'; it can't resume this run.");
        foreach ((string key, Tensor target) in live)
        {
            if (!tensors.TryGetValue(key, out Tensor? saved)) throw new TrainingException($"{path} lacks '{key}'; it can't resume this run.");
            if (!saved.shape.SequenceEqual(target.shape)) throw new TrainingException($"{path}: '{key}' is [{string.Join(", ", saved.shape)}], this model's is [{string.Join(", ", target.shape)}].");
        }

        List<EpochReport> saidReports = Reports(path, metadata);
        bool hasBest = tensors.Keys.Any(key => key.StartsWith(Best, StringComparison.Ordinal));
        WeightCopy? best = hasBest ? new WeightCopy(trainer.Model) : null;
        foreach ((string key, Tensor copy) in best?.Tensors ?? new Dictionary<string, Tensor>())
        {
            if (tensors.TryGetValue(Best + key, out Tensor? saved) && saved.shape.SequenceEqual(copy.shape)) copy.copy_(saved);
            else throw new TrainingException($"{path} lacks '{Best}{key}' in its shape; it can't resume this run.");
        }

        // Only now, when all of the file has proven sound, does anything of the run change.
        foreach ((string key, Tensor target) in live) target.copy_(tensors[key]);
        optimizer.Steps = tensors[Step].item<long>();
        reports.Clear();
        reports.AddRange(saidReports);
        return best;
    }

    private static List<EpochReport> Reports(string path, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return JsonSerializer.Deserialize<List<EpochReport>>(metadata.GetValueOrDefault("reports", "")) ?? throw new JsonException("they are empty");
        }
        catch (JsonException error)
        {
            throw new TrainingException($"{path}: the reports of its epochs are damaged ({error.Message}); it can't resume this run.", error);
        }
    }

    private static IEnumerable<(string Key, Tensor Live)> Live(Trainer trainer, AdamW optimizer)
    {
        foreach ((string key, Tensor tensor) in trainer.Model.state_dict()) yield return (Model + key, tensor);
        for (int i = 0; i < optimizer.First.Length; i++)
        {
            yield return ($"{Moment}{i}.exp_avg", optimizer.First[i]);
            yield return ($"{Moment}{i}.exp_avg_sq", optimizer.Second[i]);
        }
    }

    private static void Expect(string path, IReadOnlyDictionary<string, string> metadata, string key, string expected, string problem)
    {
        string found = metadata.GetValueOrDefault(key, "nothing");
        if (found != expected)
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"{path} {problem}: it says {key} = {found}; this run has {expected}. Start a new run folder, or ask for the same settings."));
    }
}

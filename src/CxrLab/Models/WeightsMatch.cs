using System.Text.Json;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>Compares a file's tensors with a model's and finds which fills which.</summary>
internal sealed partial class WeightsMatch
{
    private const int MaxPrefixes = 4;

    // What torch's DataParallel, training scripts and Lightning put before a model's own keys.
    private static readonly string[] Prefixes = ["module.", "state_dict.", "model_state_dict.", "model.", "net.", "network."];

    private readonly List<(string Key, Tensor Target, Tensor Source)> pairs = [];
    private readonly List<string> loaded = [], missing = [], unexpected = [], misshaped = [], adapted = [];

    internal WeightsMatch(CxrModel model, string[]? findings, IReadOnlyDictionary<string, Tensor> file)
    {
        Dictionary<string, Tensor> targets = model.state_dict(), sources = new(StringComparer.Ordinal);
        foreach ((string key, Tensor tensor) in file)
        {
            string name = Rename(key, model.Architecture, targets);
            if (name != key) adapted.Add($"{key} → {name}");
            if (!targets.ContainsKey(name)) unexpected.Add(key);
            else if (!sources.TryAdd(name, tensor)) misshaped.Add($"{name}: found under two names, expected one");
        }

        bool otherFindings = findings is not null && !findings.SequenceEqual(model.Labels);
        if (otherFindings) misshaped.AddRange(targets.Keys.Where(IsHead).Where(sources.ContainsKey).Select(key => $"{key}: found findings [{string.Join(", ", findings!)}], expected [{model.Labels}]"));
        foreach ((string key, Tensor target) in targets)
        {
            if (!sources.TryGetValue(key, out Tensor? source)) Absent(key);
            else if (!(otherFindings && IsHead(key))) Pair(key, target, source);
        }
    }

    internal IReadOnlyList<(string Key, Tensor Target, Tensor Source)> Pairs => pairs;

    internal LoadReport Report => new(loaded, missing, unexpected, misshaped, adapted);

    /// <summary>Whether a key (or a line of the report, which begins with one) belongs to the last layer.</summary>
    internal static bool IsHead(string key) => HeadKey().IsMatch(key);

    /// <summary>The findings that the file names, or null where it names none.</summary>
    internal static string[]? Findings(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Weights.LabelsKey, out string? json)) return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(json);
        }
        catch (JsonException error)
        {
            throw new WeightsException(path, Weights.LabelsKey, json, "a JSON array of findings", error);
        }
    }

    private static string Rename(string key, string architecture, Dictionary<string, Tensor> targets)
    {
        string name = key;
        for (int i = 0; i <= MaxPrefixes; i++)
        {
            if (targets.ContainsKey(name)) return name;
            string old = HeadInSequential().Replace(OldDenseNetKey().Replace(name, "$1$2"), "$1.");
            if (targets.ContainsKey(old)) return old;
            if (Prefixes.Append(architecture + ".").FirstOrDefault(start => name.StartsWith(start, StringComparison.Ordinal)) is not { } prefix) break;
            name = name[prefix.Length..];
        }

        return key;
    }

    private void Absent(string key)
    {
        // Checkpoints older than PyTorch 0.4.1 don't count batches; the counter matters only for BatchNorm without momentum.
        if (key.EndsWith(".num_batches_tracked", StringComparison.Ordinal)) adapted.Add($"{key} kept, the file has none");
        else missing.Add(key);
    }

    private void Pair(string key, Tensor target, Tensor source)
    {
        if (source.dim() == 4 && target.dim() == 4 && source.shape[1] == 3 && target.shape[1] == 1)
        {
            // A grey image repeated over three channels gives the same sum: Σ w_c·x = (Σ w_c)·x.
            source = source.sum(1, keepdim: true); // [O, 1, kh, kw]
            adapted.Add($"{key} summed from 3 input channels to 1");
        }

        if (!source.shape.SequenceEqual(target.shape))
        {
            misshaped.Add($"{key}: found [{string.Join(", ", source.shape)}], expected [{string.Join(", ", target.shape)}]");
            return;
        }

        pairs.Add((key, target, source));
        loaded.Add(key);
    }

    [GeneratedRegex(@"^((module|state_dict|model_state_dict|model|net|network)\.)*((densenet|resnet)\d+\.)?(classifier|fc|head)\.")]
    private static partial Regex HeadKey();

    [GeneratedRegex(@"^(classifier|fc)\.0\.")]
    private static partial Regex HeadInSequential();

    [GeneratedRegex(@"(denselayer\d+\.(?:norm|conv))\.([12]\.)")]
    private static partial Regex OldDenseNetKey();
}

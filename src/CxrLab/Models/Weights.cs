using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>A model's weights as safetensors, with torchvision's key names.</summary>
public static partial class Weights
{
    /// <summary>Writes weights and buffers.</summary>
    /// <param name="model">Its state dictionary is saved.</param>
    /// <param name="path">Target file.</param>
    /// <param name="metadata">Kept beside the weights, such as the run's configuration.</param>
    public static void Save(CxrModel model, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        SafeTensors.Save(path, model.state_dict(), metadata);

    /// <summary>Reads weights into a model: all of them, or none and an error. Partly loaded models answer nonsense without a word.</summary>
    /// <exception cref="WeightsException">The file doesn't fit; its report lists every key.</exception>
    public static LoadReport Load(CxrModel model, string path, LoadTolerance tolerance = LoadTolerance.Strict)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Dictionary<string, Tensor> state = model.state_dict();
        (Dictionary<string, Tensor> file, List<string> adapted) = Renamed(SafeTensors.Load(path).Tensors);
        List<string> missing = [], misshaped = [];
        var fitting = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string key, Tensor target) in state)
        {
            if (!file.Remove(key, out Tensor? found))
            {
                // Old checkpoints don't count batches; the counter has no influence on a prediction.
                if (key.EndsWith("num_batches_tracked", StringComparison.Ordinal)) adapted.Add($"{key} starts at 0");
                else missing.Add(key);
                continue;
            }

            if (IsColourToGrey(found, target))
            {
                found = found.sum(1, keepdim: true); // a grey image repeated three times gives just this sum
                adapted.Add($"{key} summed over 3 channels");
            }

            if (found.shape.SequenceEqual(target.shape)) fitting[key] = found;
            else misshaped.Add($"{key} [{string.Join(", ", found.shape)}] for [{string.Join(", ", target.shape)}]");
        }

        var report = new LoadReport(path, [.. fitting.Keys], missing, [.. file.Keys], misshaped, adapted);
        bool Excused(string key) => tolerance == LoadTolerance.Head && (key.StartsWith("classifier.", StringComparison.Ordinal) || key.StartsWith("fc.", StringComparison.Ordinal) || key.StartsWith("head.", StringComparison.Ordinal));
        if (!missing.Concat(report.Unexpected).Concat(misshaped).All(Excused))
            throw new WeightsException($"{path} doesn't fit {model.Architecture} with {model.Labels.Count} findings and {model.InputChannels} input channels; nothing was loaded.\n{report}", report);
        foreach ((string key, Tensor tensor) in fitting) state[key].copy_(tensor);
        return report;
    }

    private static (Dictionary<string, Tensor> Tensors, List<string> Adapted) Renamed(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var renamed = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        int old = 0, prefixed = 0;
        foreach ((string original, Tensor tensor) in tensors)
        {
            string key = original;
            if (key.StartsWith("module.", StringComparison.Ordinal)) (key, prefixed) = (key["module.".Length..], prefixed + 1);
            string modern = OldDenseNetKey().Replace(key, "$1$2$3.");
            if (modern != key) (key, old) = (modern, old + 1);
            renamed[key] = tensor;
        }

        List<string> adapted = [];
        if (prefixed > 0) adapted.Add($"'module.' taken off {prefixed} keys");
        if (old > 0) adapted.Add($"{old} old DenseNet keys (norm.1) renamed (norm1)");
        return (renamed, adapted);
    }

    private static bool IsColourToGrey(Tensor found, Tensor target) =>
        found.dim() == 4 && target.dim() == 4 && found.shape[1] == 3 && target.shape[1] == 1 && found.shape[0] == target.shape[0] && found.shape[2] == target.shape[2];

    [GeneratedRegex(@"(denselayer\d+\.)(norm|conv)\.([12])\.")]
    private static partial Regex OldDenseNetKey();
}

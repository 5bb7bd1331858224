using System.Text.Json;
using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>Saves a model's weights and loads them again, from CxrLab or from torchvision, with a report of every tensor.</summary>
public static class Weights
{
    /// <summary>Metadata key of the architecture's name.</summary>
    public const string ArchitectureKey = "cxrlab.architecture";

    /// <summary>Metadata key of the findings, a JSON array in logit order.</summary>
    public const string LabelsKey = "cxrlab.labels";

    /// <summary>Writes all parameters and running statistics; architecture and findings go into the metadata.</summary>
    /// <param name="model">On any device.</param>
    /// <param name="path">A safetensors file; it is replaced whole or, on failure, not at all.</param>
    /// <param name="metadata">More words to keep.</param>
    /// <exception cref="IOException">The file can't be written; the previous one is still there.</exception>
    public static void Save(CxrModel model, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var words = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            [ArchitectureKey] = model.Architecture,
            [LabelsKey] = JsonSerializer.Serialize(model.Labels.ToArray()),
        };
        SafeTensors.Save(path, model.state_dict(), words);
    }

    /// <summary>
    /// Fills the model from a file. Known differences are bridged and reported: a <c>module.</c> prefix, DenseNet's old keys
    /// (<c>norm.1</c>), a colour checkpoint for a grey model, and batch counters that old checkpoints don't have.
    /// </summary>
    /// <param name="model">Changed only where the whole file fits.</param>
    /// <param name="path">A safetensors file.</param>
    /// <param name="tolerance">Whether another last layer is accepted; the model then keeps its own.</param>
    /// <returns>What happened to every tensor.</returns>
    /// <exception cref="WeightsException">The file is damaged or doesn't fit; the model is as before.</exception>
    public static LoadReport Load(CxrModel model, string path, LoadTolerance tolerance = LoadTolerance.Strict)
    {
        using var scope = NewDisposeScope();
        (IReadOnlyDictionary<string, Tensor> file, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Load(path);
        var match = new WeightsMatch(model, WeightsMatch.Findings(path, metadata), file);
        LoadReport report = match.Report;
        IEnumerable<string> faults = [.. report.Missing, .. report.Unexpected, .. report.Misshaped];
        if (faults.Any(key => tolerance == LoadTolerance.Strict || !WeightsMatch.IsHead(key))) throw new WeightsException(path, report);
        using var noGrad = no_grad();
        foreach ((Tensor target, Tensor source) in match.Pairs) target.copy_(source);
        return report;
    }
}

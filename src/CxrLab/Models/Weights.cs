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

    /// <summary>Metadata key of the pixel range that the weights were trained on, as JSON.</summary>
    public const string InputKey = "cxrlab.input";

    /// <summary>Writes all parameters and running statistics; architecture, findings and the range of the pixels go into the metadata.</summary>
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
        if (model.InputRange is { } range) words[InputKey] = JsonSerializer.Serialize(range);
        SafeTensors.Save(path, model.state_dict(), words);
    }

    /// <summary>
    /// Fills the model from a safetensors file or a PyTorch checkpoint. Known differences are bridged and reported: prefixes such as <c>module.</c>, DenseNet's
    /// old keys (<c>norm.1</c>), a colour checkpoint for a grey model, and batch counters that old checkpoints don't have.
    /// </summary>
    /// <param name="model">Changed only where the whole file fits.</param>
    /// <param name="path">A safetensors, <c>.pt</c> or <c>.pth</c> file.</param>
    /// <param name="tolerance">Whether another last layer is accepted; the model then keeps its own.</param>
    /// <returns>What happened to every tensor.</returns>
    /// <exception cref="WeightsException">The file is damaged, doesn't fit, or holds NaN or infinite weights; the model is as before.</exception>
    public static LoadReport Load(CxrModel model, string path, LoadTolerance tolerance = LoadTolerance.Strict)
    {
        using var scope = NewDisposeScope();
        WeightsFile file = WeightsFile.Read(path);
        var match = new WeightsMatch(model, WeightsMatch.Findings(path, file.Words), file.Tensors);
        LoadReport report = match.Report with { Adapted = [.. file.Notes, .. match.Report.Adapted] };
        IEnumerable<string> faults = [.. report.Missing, .. report.Unexpected, .. report.Misshaped];
        if (faults.Any(key => tolerance == LoadTolerance.Strict || !WeightsMatch.IsHead(key))) throw new WeightsException(path, report);
        foreach ((string key, _, Tensor source) in match.Pairs) RequireFinite(path, key, source);
        InputRange? range = InputRange.FromJson(path, file.Words.GetValueOrDefault(InputKey));
        using var noGrad = no_grad();
        foreach ((_, Tensor target, Tensor source) in match.Pairs) target.copy_(source);
        model.InputRange = range ?? model.InputRange;
        return report;
    }

    private static void RequireFinite(string path, string key, Tensor source)
    {
        using var scope = NewDisposeScope();
        if (!source.is_floating_point()) return;
        long wrong = source.numel() - source.isfinite().sum().item<long>();
        if (wrong > 0) throw new WeightsException(path, key, $"{wrong} of {source.numel()} numbers NaN or infinite", "finite weights; the training that wrote them had gone wrong");
    }
}

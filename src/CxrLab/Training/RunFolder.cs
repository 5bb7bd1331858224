using System.Text;
using System.Text.Json;
using CxrLab.Data;
using CxrLab.Models;

namespace CxrLab.Training;

/// <summary>
/// The folder of one run: <c>config.json, split.csv, log.jsonl, checkpoint.safetensors</c> (weights, optimizer and reports in one
/// file), <c>best.safetensors, predictions.csv, card.html</c>, and for outlines <c>masks/</c>.
/// </summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    private const string ConfigKey = "config";

    /// <summary>The configuration.</summary>
    public string Config => System.IO.Path.Combine(Path, "config.json");

    /// <summary>Which patient was in which part.</summary>
    public string Split => System.IO.Path.Combine(Path, "split.csv");

    /// <summary>One JSON line per epoch.</summary>
    public string Log => System.IO.Path.Combine(Path, "log.jsonl");

    /// <summary>For resuming.</summary>
    public string Checkpoint => System.IO.Path.Combine(Path, "checkpoint.safetensors");

    /// <summary>The weights to predict with.</summary>
    public string Best => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>Outlines as PNG files, of images that the model that drew them had not seen.</summary>
    public string Masks => System.IO.Path.Combine(Path, "masks");

    /// <summary>Probabilities, or for outlines their scores, of images that the model that gave them had not seen.</summary>
    public string Predictions => System.IO.Path.Combine(Path, "predictions.csv");

    /// <summary>The run on one page.</summary>
    public string Card => System.IO.Path.Combine(Path, "card.html");

    /// <summary>Writes the configuration and the split.</summary>
    public void Begin(RunConfig config, IEnumerable<(string Part, CxrIndex Index)> parts)
    {
        AtomicFile.WriteText(Config, config.ToJson() + "\n");
        var text = new StringBuilder("image,patient,part\n");
        foreach ((string part, CxrIndex index) in parts)
            foreach (CxrRecord record in index.Records) text.Append(record.ImageId).Append(',').Append(record.PatientId).Append(',').Append(part).Append('\n');
        AtomicFile.WriteText(Split, text.ToString());
    }

    /// <summary>Writes the log anew from all reports, so that a resumed run's log has no gap and no line twice.</summary>
    public void WriteLog(IEnumerable<EpochReport> reports) =>
        AtomicFile.WriteText(Log, string.Concat(reports.Select(report => JsonSerializer.Serialize(report) + "\n")));

    /// <summary>Writes the weights with the configuration inside.</summary>
    public void SaveBest(CxrModel model, RunConfig config) => Weights.Save(model, Best, new Dictionary<string, string> { [ConfigKey] = config.ToJson() });

    /// <summary>A model with its configuration from a run folder or a weights file written by one.</summary>
    /// <param name="path">A run folder, or its <c>best.safetensors</c>, wherever it was copied.</param>
    /// <param name="described">What weights from elsewhere are, which carry no configuration themselves; null: only weights written here are taken.</param>
    /// <exception cref="TrainingException">There is no run, or it isn't clear what the weights are.</exception>
    /// <exception cref="WeightsException">The file is damaged or doesn't fit.</exception>
    public static (CxrModel Model, RunConfig Config) LoadModel(string path, RunConfig? described = null)
    {
        string file = Directory.Exists(path) ? new RunFolder(path).Best : path;
        if (!File.Exists(file)) throw new TrainingException($"{path} is neither a finished run (no best.safetensors in it) nor a weights file.");
        string? json;
        using (TorchSharp.torch.NewDisposeScope()) json = WeightsFile.Read(file) is { Format: WeightsFile.SafeTensorsFormat } own ? own.Words.GetValueOrDefault(ConfigKey) : null;
        if (json is null && described is null)
            throw new TrainingException($"{file} carries no configuration, so nobody knows its findings, image size and normalisation; use weights written by 'cxrlab train', or say what they are (predict --model --labels --size --input).");
        if (json is not null && described is not null) throw new TrainingException($"{file} carries its own configuration; leave the description (--model …) out.");
        RunConfig config = described ?? RunConfig.FromJson(json!, file);
        CxrModel model = config.CreateModel();
        Weights.Load(model, file);
        model.eval();
        return (model, config);
    }
}

using System.CommandLine;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;

namespace CxrLab.Cli.Commands;

/// <summary>The arguments of <c>predict</c> for weights that weren't trained here and say nothing of themselves.</summary>
internal sealed class ForeignWeights
{
    private static readonly Dictionary<string, Normalization> Inputs = new(StringComparer.Ordinal)
    {
        ["image"] = Normalization.ByImage,
        ["unit"] = Normalization.None,
        ["imagenet"] = Normalization.ImageNet,
        ["xrv1024"] = new(0.5, 1.0 / 2048), // [0, 1] to [-1024, 1024]
    };

    private readonly Option<string?> model = new("--model") { Description = "Only for weights from elsewhere: their network." };
    private readonly Option<string?> labels = new("--labels") { Description = "Only for weights from elsewhere: their findings in logit order, joined by commas." };
    private readonly Option<int> size = new("--size") { Description = "Only for weights from elsewhere: rows and columns.", DefaultValueFactory = _ => 224 };
    private readonly Option<int> channels = new("--channels") { Description = "Only for weights from elsewhere: 1 or 3; three-channel weights are summed for 1.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> input = new("--input") { Description = $"Only for weights from elsewhere: the pixels they were trained on, {string.Join(", ", Inputs.Keys)}.", DefaultValueFactory = _ => "imagenet" };

    internal void AddTo(Command command)
    {
        input.AcceptOnlyFromAmong([.. Inputs.Keys]);
        foreach (Option option in (Option[])[model, labels, size, channels, input]) command.Options.Add(option);
    }

    /// <summary>The configuration that the arguments describe, or null where they name no network.</summary>
    internal RunConfig? Config(ParseResult parsed)
    {
        if (parsed.GetValue(model) is not { } network) return null;
        if (!ModelCatalog.Names.Contains(network)) throw new UsageException($"There is no model '{network}'; there are: {string.Join(", ", ModelCatalog.Names)}.");
        string[] findings = (parsed.GetValue(labels) ?? throw new UsageException("--model needs --labels: which finding does each logit stand for?")).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new RunConfig
        {
            Dataset = "elsewhere",
            Labels = findings,
            Model = network,
            ImageSize = parsed.GetValue(size),
            InputChannels = parsed.GetValue(channels) is (1 or 3) and var count ? count : throw new UsageException($"--channels {parsed.GetValue(channels)}: expected 1 or 3."),
            Normalization = Inputs[parsed.GetRequiredValue(input)],
        };
    }
}

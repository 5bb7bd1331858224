using System.CommandLine;
using CxrLab.Data;
using CxrLab.Losses;
using CxrLab.Training;

namespace CxrLab.Cli.Commands;

/// <summary>The arguments of <c>train</c> that say what labels teach and where the network begins.</summary>
internal sealed class LabelArguments
{
    private const string Own = "multiclass";

    private readonly Option<string?> uncertain = new("--uncertain")
    {
        Description = $"What uncertain labels teach: ignore, zeros, ones, {Own} (a class of its own, with --loss {ClassificationLosses.MultiClass}), or a PRED.csv: a first model's probabilities. Default: ignore.",
    };

    private readonly Option<string> missing = new("--missing")
    {
        Description = "What labels that nobody gave teach: ignore, zeros or ones.",
        DefaultValueFactory = _ => "ignore",
    };

    private readonly Option<string?> weights = new("--weights") { Description = "Weights to begin with (.safetensors, .pt, .pth); a last layer for other findings is left out and named." };

    internal void AddTo(Command command)
    {
        command.Options.Add(uncertain);
        command.Options.Add(missing);
        command.Options.Add(weights);
    }

    /// <summary>The configuration with what these arguments say.</summary>
    internal RunConfig Apply(RunConfig config, ParseResult parsed)
    {
        if (parsed.GetValue(weights) is { } file && !File.Exists(file)) throw new UsageException($"--weights {file}: there is no such file.");
        config = config with { InitialWeights = parsed.GetValue(weights) };
        CheckLoss(config);
        if (config.Task == LearningTask.Segment)
            return parsed.GetValue(uncertain) is null ? config : throw new UsageException("--uncertain is about findings; --task segment learns outlines.");
        string asked = parsed.GetValue(uncertain) ?? (config.Loss == ClassificationLosses.MultiClass ? Own : "ignore");
        if (asked == Own != (config.Loss == ClassificationLosses.MultiClass))
            throw new UsageException($"--uncertain {Own} and --loss {ClassificationLosses.MultiClass} need each other; got --uncertain {asked} and --loss {config.Loss}.");
        LabelTreatment unspoken = Treatment("--missing", parsed.GetRequiredValue(missing)) ?? throw new UsageException($"--missing {parsed.GetValue(missing)}: expected ignore, zeros or ones.");
        return Treatment("--uncertain", asked) is { } treatment ? config with { Policy = new LabelPolicy(treatment, unspoken) }
            : File.Exists(asked) ? config with { Policy = new LabelPolicy(LabelTreatment.Ignore, unspoken), SelfTrainedFrom = asked }
            : throw new UsageException($"--uncertain {asked}: expected ignore, zeros, ones, {Own} or a PRED.csv.");
    }

    // Before anything is read or trained: a slip of the pen in --loss.
    private static void CheckLoss(RunConfig config)
    {
        try
        {
            _ = config.Task == LearningTask.Segment ? SegmentationLosses.ByName(config.Loss) : ClassificationLosses.Create(config.Loss, [1], [1]);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--loss: {error.Message}");
        }
    }

    private static LabelTreatment? Treatment(string option, string word) => word switch
    {
        "ignore" => LabelTreatment.Ignore,
        "zeros" => LabelTreatment.AsNegative,
        "ones" => LabelTreatment.AsPositive,
        Own when option == "--uncertain" => LabelTreatment.AsOwnClass,
        _ => null,
    };
}

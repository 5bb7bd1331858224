using System.Text.Json;
using System.Text.Json.Serialization;
using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Losses;
using CxrLab.Models;

namespace CxrLab.Training;

/// <summary>
/// All that decides a run's numbers. It is written as <c>config.json</c> and kept inside the weights file, so that a prediction
/// prepares images exactly as training did.
/// </summary>
public sealed record RunConfig
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What is learnt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LearningTask Task { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Findings in the order of the logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether the one finding was set against No Finding only.</summary>
    public bool AgainstNoFinding { get; init; }

    /// <summary>Name in <see cref="ModelCatalog"/>.</summary>
    public string Model { get; init; } = "cxrnet";

    /// <summary>Channels of a U-Net's levels from the finest; null: the model's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Widths { get; init; }

    /// <summary>1 or 3.</summary>
    public int InputChannels { get; init; } = 1;

    /// <summary>Side of the images in pixels.</summary>
    public int ImageSize { get; init; } = 128;

    /// <summary>Images per step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The last step before the model.</summary>
    public Normalization Normalization { get; init; } = Normalization.ByImage;

    /// <summary>Random changes in training.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.Affine;

    /// <summary>What uncertain and missing labels mean.</summary>
    public LabelPolicy Policy { get; init; } = LabelPolicy.Ignore;

    /// <summary><c>bce</c>, <c>chexnet</c> or <c>wang</c>; for outlines one of <see cref="SegmentationLosses.Names"/>.</summary>
    public string Loss { get; init; } = "bce";

    /// <summary>How the patients were parted.</summary>
    public string Split { get; init; } = "patient:0";

    /// <summary>Epochs, rates and seed.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>The label set of <see cref="Labels"/>.</summary>
    [JsonIgnore]
    public LabelSet LabelSet => new(Labels);

    /// <summary>A fresh model as configured.</summary>
    public CxrModel CreateModel()
    {
        if (Widths is null || Model != "unet") return ModelCatalog.Create(Model, LabelSet, InputChannels, Trainer.Seed);
        TorchRuntime.SeedAll(Trainer.Seed);
        return new UNet(LabelSet, InputChannels, Widths);
    }

    /// <summary>A loader for training: shuffled and augmented.</summary>
    public BatchLoader TrainLoader(CxrIndex index) => new(index, EvaluationOptions with { Shuffle = true, Augmentation = Augmentation, Seed = Trainer.Seed });

    /// <summary>A loader for validation and prediction: in order and unchanged.</summary>
    public BatchLoader EvaluationLoader(CxrIndex index) => new(index, EvaluationOptions);

    /// <summary>A loader for images of which nothing but the image need be known.</summary>
    public BatchLoader PredictionLoader(CxrIndex index) => new(index, EvaluationOptions with { LungMasks = false });

    /// <summary>The loss as configured; class weights come from the training part.</summary>
    /// <exception cref="ArgumentException">There is no such loss.</exception>
    public ILoss CreateLoss(CxrIndex train) => Task == LearningTask.Segment ? SegmentationLosses.ByName(Loss) : Loss switch
    {
        "bce" => new BinaryCrossEntropy(),
        "chexnet" => BinaryCrossEntropy.CheXNet([.. train.Totals().Select(total => total.Positive)], [.. train.Totals().Select(total => total.Negative)]),
        "wang" => new WangCrossEntropy(),
        _ => throw new ArgumentException($"There is no loss '{Loss}'; there are: bce, chexnet, wang."),
    };

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From JSON.</summary>
    /// <exception cref="DataFormatException">It isn't a configuration; names <paramref name="source"/>.</exception>
    public static RunConfig FromJson(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<RunConfig>(json, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException error)
        {
            throw new DataFormatException(source, error.LineNumber + 1, $"this isn't the configuration of a run ({error.Message}).", error);
        }
    }

    private LoaderOptions EvaluationOptions => new()
    {
        ImageSize = ImageSize,
        BatchSize = BatchSize,
        Channels = InputChannels,
        Normalization = Normalization,
        Policy = Policy,
        LungMasks = Task == LearningTask.Segment,
    };
}

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

    /// <summary>Name in <see cref="HeadCatalog"/>; null keeps the model's own last layer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Head { get; init; }

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

    /// <summary>U-SelfTrained: a PRED.csv whose probabilities are the targets of uncertain training cells; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SelfTrainedFrom { get; init; }

    /// <summary>A weights file to begin with, its last layer left out where that has other findings; null: random weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InitialWeights { get; init; }

    /// <summary>One of <see cref="ClassificationLosses.Names"/>; for outlines one of <see cref="SegmentationLosses.Names"/>; with parameters where wanted, as <see cref="LossSettings"/> reads them.</summary>
    public string Loss { get; init; } = "bce";

    /// <summary>How the patients were parted.</summary>
    public string Split { get; init; } = "patient:0";

    /// <summary>Epochs, rates and seed.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>The label set of <see cref="Labels"/>.</summary>
    [JsonIgnore]
    public LabelSet LabelSet => new(Labels);

    /// <summary>A fresh model as configured; it knows the range of pixels that <see cref="Normalization"/> makes.</summary>
    public CxrModel CreateModel()
    {
        CxrModel model = IsMultiClass ? new MultiClassModel(Network(MultiClassModel.Triple(LabelSet)), LabelSet) : Network(LabelSet);
        model.InputRange = Range;
        return model;
    }

    /// <summary>A model to train: fresh, or begun with <see cref="InitialWeights"/>.</summary>
    /// <param name="report">Called with what was loaded.</param>
    /// <exception cref="WeightsException">The weights don't fit, apart from the last layer.</exception>
    public CxrModel StartModel(Action<LoadReport>? report = null)
    {
        CxrModel model = CreateModel();
        if (InitialWeights is null) return model;
        try
        {
            LoadReport loaded = Weights.Load(model, InitialWeights, LoadTolerance.Head);
            model.InputRange = Range; // the weights will be trained on this run's pixels now
            report?.Invoke(loaded);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>A loader for training: shuffled and augmented.</summary>
    public BatchLoader TrainLoader(CxrIndex index) => new(index, EvaluationOptions with { Shuffle = true, Augmentation = Augmentation, Seed = Trainer.Seed, SelfTrained = SelfTrained() });

    /// <summary>A loader for validation and prediction: in order and unchanged.</summary>
    public BatchLoader EvaluationLoader(CxrIndex index) => new(index, EvaluationOptions);

    /// <summary>A loader for images of which nothing but the image need be known.</summary>
    public BatchLoader PredictionLoader(CxrIndex index) => new(index, EvaluationOptions with { LungMasks = false });

    /// <summary>The loss as configured; class weights come from the training part.</summary>
    /// <exception cref="ArgumentException">There is no such loss, or it doesn't go with <see cref="Policy"/>.</exception>
    public ILoss CreateLoss(CxrIndex train)
    {
        if (Task == LearningTask.Segment) return SegmentationLosses.ByName(Loss);
        if (IsMultiClass != (Policy.Uncertain == LabelTreatment.AsOwnClass))
            throw new ArgumentException($"The loss '{ClassificationLosses.MultiClass}' and a policy that makes uncertain a class of its own need each other; here the loss is '{Loss}' and uncertain cells are treated as {Policy.Uncertain}.");
        IReadOnlyList<LabelTotal> totals = train.Totals();
        return ClassificationLosses.Create(Loss, [.. totals.Select(total => total.Positive)], [.. totals.Select(total => total.Negative)]);
    }

    private SelfTrainedTargets? SelfTrained() => SelfTrainedFrom is null ? null : new SelfTrainedTargets(Predictions.Load(SelfTrainedFrom), Policy);

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

    private CxrModel Network(LabelSet labels)
    {
        if (Widths is null || Model != "unet") return ModelCatalog.Create(Model, labels, InputChannels, Trainer.Seed, Head);
        TorchRuntime.SeedAll(Trainer.Seed);
        return new UNet(labels, InputChannels, Widths);
    }

    private InputRange Range => Normalization.PerImage ? InputRange.Standardised : InputRange.Normalised(Normalization.Mean, Normalization.Deviation);

    private bool IsMultiClass => Task == LearningTask.Classify && Loss == ClassificationLosses.MultiClass;

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

namespace CxrLab.Losses;

/// <summary>Losses for masks by name, for configurations and the command line; a new one is a new file and one line here.</summary>
public static class SegmentationLosses
{
    private static readonly Dictionary<string, ILoss> Known = new(StringComparer.Ordinal)
    {
        ["bce"] = new BinaryCrossEntropy(),
        ["dice"] = new DiceLoss(),
        ["dice-plain"] = new DiceLoss(Squared: false),
        ["bce-dice"] = new BceDiceLoss(),
        ["jaccard"] = new JaccardLoss(),
        ["tversky"] = new TverskyLoss(),
        ["generalised-dice"] = new GeneralisedDiceLoss(),
    };

    /// <summary>The names that <see cref="ByName"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    /// <exception cref="ArgumentException">The name is unknown; the message lists those that are known.</exception>
    public static ILoss ByName(string name) => Known.TryGetValue(name, out ILoss? loss)
        ? loss
        : throw new ArgumentException($"There is no segmentation loss '{name}'; there are: {string.Join(", ", Names)}.", nameof(name));
}

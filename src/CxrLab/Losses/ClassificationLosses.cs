namespace CxrLab.Losses;

/// <summary>Losses for image labels by name, for configurations and the command line; a new one is a new file and one line here.</summary>
public static class ClassificationLosses
{
    /// <summary>The one that needs three logits per finding.</summary>
    public const string MultiClass = "u-multiclass";

    private static readonly Dictionary<string, Func<IReadOnlyList<int>, IReadOnlyList<int>, ILoss>> Makers = new(StringComparer.Ordinal)
    {
        ["bce"] = (_, _) => new BinaryCrossEntropy(),
        ["chexnet"] = BinaryCrossEntropy.CheXNet,
        ["wang"] = (_, _) => new WangCrossEntropy(),
        ["balanced"] = (_, _) => new BatchBalancedCrossEntropy(),
        ["focal"] = (_, _) => new FocalLoss(),
        ["asymmetric"] = (_, _) => new AsymmetricLoss(),
        [MultiClass] = (_, _) => new UncertainMultiClass(),
    };

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="positives">Positives of each finding in the training part, for losses that weigh by them.</param>
    /// <param name="negatives">Negatives of each finding in the training part.</param>
    /// <exception cref="ArgumentException">The name is unknown (the message lists those that are known), or a finding has no known case to weigh by.</exception>
    public static ILoss Create(string name, IReadOnlyList<int> positives, IReadOnlyList<int> negatives) => Makers.TryGetValue(name, out var make)
        ? make(positives, negatives)
        : throw new ArgumentException($"There is no loss '{name}'; there are: {string.Join(", ", Names)}.", nameof(name));
}

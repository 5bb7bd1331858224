namespace CxrLab.Losses;

/// <summary>Losses for image labels by name, for configurations and the command line; a new one is a new file and one line here.</summary>
public static class ClassificationLosses
{
    /// <summary>The one that needs three logits per finding.</summary>
    public const string MultiClass = "u-multiclass";

    private static readonly Dictionary<string, Func<LossSettings, IReadOnlyList<int>, IReadOnlyList<int>, ILoss>> Makers = new(StringComparer.Ordinal)
    {
        ["bce"] = (_, _, _) => new BinaryCrossEntropy(),
        ["chexnet"] = (_, positives, negatives) => BinaryCrossEntropy.CheXNet(positives, negatives),
        ["wang"] = (set, _, _) => Wang(set, new()),
        ["balanced"] = (_, _, _) => new BatchBalancedCrossEntropy(),
        ["focal"] = (set, _, _) => Focal(set, new()),
        ["asymmetric"] = (set, _, _) => Asymmetric(set, new()),
        [MultiClass] = (_, _, _) => new UncertainMultiClass(),
    };

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <param name="name">One of <see cref="Names"/>, with parameters where it has any: <c>focal:gamma=1,alpha=0.5</c> (see <see cref="LossSettings"/>).</param>
    /// <param name="positives">Positives of each finding in the training part, for losses that weigh by them.</param>
    /// <param name="negatives">Negatives of each finding in the training part.</param>
    /// <exception cref="ArgumentException">
    /// The name or a parameter is unknown (the message lists those that are known), a parameter can't be read or is out of range, or a finding has no known case to weigh by.
    /// </exception>
    public static ILoss Create(string name, IReadOnlyList<int> positives, IReadOnlyList<int> negatives)
    {
        LossSettings settings = LossSettings.Parse(name);
        if (!Makers.TryGetValue(settings.Name, out var make)) throw new ArgumentException($"There is no loss '{settings.Name}'; there are: {string.Join(", ", Names)}.");
        ILoss loss = make(settings, positives, negatives);
        settings.Close();
        return loss;
    }

    private static WangCrossEntropy Wang(LossSettings set, WangCrossEntropy usual) => usual with { Reduction = set.Joined(usual.Reduction) };

    private static FocalLoss Focal(LossSettings set, FocalLoss usual) =>
        (usual with { Gamma = set.Number("gamma", usual.Gamma), Alpha = set.NumberOrNone("alpha", usual.Alpha), Reduction = set.Joined(usual.Reduction) }).Checked();

    private static AsymmetricLoss Asymmetric(LossSettings set, AsymmetricLoss usual) => (usual with
    {
        GammaNegative = set.Number("gamma-negative", usual.GammaNegative),
        GammaPositive = set.Number("gamma-positive", usual.GammaPositive),
        Clip = set.Number("clip", usual.Clip),
        Reduction = set.Joined(usual.Reduction),
    }).Checked();
}

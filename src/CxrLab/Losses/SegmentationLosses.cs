namespace CxrLab.Losses;

/// <summary>Losses for masks by name, for configurations and the command line; a new one is a new file and one line here.</summary>
public static class SegmentationLosses
{
    private static readonly Dictionary<string, Func<LossSettings, ILoss>> Makers = new(StringComparer.Ordinal)
    {
        ["bce"] = _ => new BinaryCrossEntropy(),
        ["dice"] = set => Areas(set, new DiceLoss(set.Flag("squared", true))),
        ["dice-plain"] = set => Areas(set, new DiceLoss(Squared: false)),
        ["bce-dice"] = set => Both(set, new()),
        ["jaccard"] = set => Areas(set, new JaccardLoss(set.Flag("squared", false))),
        ["tversky"] = set => Tversky(set, new()),
        ["generalised-dice"] = set => Areas(set, new GeneralisedDiceLoss(set.Word("weight", ChannelWeight.Square))),
    };

    /// <summary>The names that <see cref="ByName"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <param name="name">One of <see cref="Names"/>, with parameters where it has any: <c>tversky:alpha=0.3,beta=0.7,batch=true</c> (see <see cref="LossSettings"/>).</param>
    /// <exception cref="ArgumentException">The name or a parameter is unknown (the message lists those that are known), or a parameter can't be read or is out of range.</exception>
    public static ILoss ByName(string name)
    {
        LossSettings settings = LossSettings.Parse(name);
        if (!Makers.TryGetValue(settings.Name, out var make)) throw new ArgumentException($"There is no segmentation loss '{settings.Name}'; there are: {string.Join(", ", Names)}.");
        ILoss loss = make(settings);
        settings.Close();
        return loss;
    }

    private static OverlapLoss Areas(LossSettings set, OverlapLoss usual) => (usual with
    {
        Batch = set.Flag("batch", usual.Batch),
        SmoothNumerator = set.Number("smooth-numerator", usual.SmoothNumerator),
        SmoothDenominator = set.Number("smooth-denominator", usual.SmoothDenominator),
    }).Checked();

    private static OverlapLoss Tversky(LossSettings set, TverskyLoss usual) =>
        Areas(set, usual with { Alpha = set.Number("alpha", usual.Alpha), Beta = set.Number("beta", usual.Beta) });

    private static BceDiceLoss Both(LossSettings set, BceDiceLoss usual) => new(set.Number("bce", usual.BceWeight), set.Number("dice", usual.DiceWeight))
    {
        Dice = (DiceLoss)Areas(set, new DiceLoss(set.Flag("squared", usual.Dice.Squared))),
    };
}

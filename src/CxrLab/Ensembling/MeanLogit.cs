namespace CxrLab.Ensembling;

/// <summary>The mean of the members' logits, their geometric mean up to scale: one sure member outvotes several unsure ones.</summary>
public sealed class MeanLogit : IEnsemble
{
    /// <inheritdoc/>
    public string Name => "mean of logits";

    /// <inheritdoc/>
    public Predictions Combine(Members members) => members.With((i, k) => Logits.ToProbability(members.Cell(i, k).Average(Logits.Of)));
}

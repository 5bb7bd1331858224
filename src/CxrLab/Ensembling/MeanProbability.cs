namespace CxrLab.Ensembling;

/// <summary>
/// The mean of the members' probabilities. By Jensen's inequality its cross-entropy and its Brier score are never worse than the members' mean. Snapshots and
/// checkpoints of one training (Huang et al., ICLR 2017; CheXpert's 30) are combined like this too.
/// </summary>
public sealed class MeanProbability : IEnsemble
{
    /// <inheritdoc/>
    public string Name => "mean of probabilities";

    /// <inheritdoc/>
    public Predictions Combine(Members members) => members.With((i, k) => members.Cell(i, k).Average());
}

namespace CxrLab.Ensembling;

/// <summary>The mean of the members' probabilities with one weight per member.</summary>
public sealed class WeightedMean : IEnsemble
{
    private readonly ValidationPart? fittedOn;
    private readonly string[] names;

    internal WeightedMean(string name, IReadOnlyList<double> weights, ValidationPart fittedOn)
    {
        double sum = weights.Sum();
        (Name, this.fittedOn, names) = (name, fittedOn, [.. fittedOn.Members.Names]);
        Weights = [.. weights.Select(weight => weight / sum)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Not negative, with sum 1; one per member.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <inheritdoc/>
    public Predictions Combine(Members members)
    {
        fittedOn?.Refuse(members, names);
        return members.With((i, k) => members.Cell(i, k).Zip(Weights, (probability, weight) => probability * weight).Sum());
    }
}

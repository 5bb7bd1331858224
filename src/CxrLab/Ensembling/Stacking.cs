using CxrLab.Metrics;

namespace CxrLab.Ensembling;

/// <summary>
/// A logistic regression on the members' logits, one per finding (Wolpert, Neural Networks 1992; MRNet combines its three views like this). A finding without both
/// kinds in the validation part takes the mean of logits.
/// </summary>
/// <param name="ridge">Penalty that keeps few validation images from making wild weights.</param>
public sealed class Stacking(double ridge = 1) : IEnsembleFit
{
    /// <inheritdoc/>
    public string Name => "stacking";

    /// <inheritdoc/>
    public IEnsemble Fit(ValidationPart validation)
    {
        var models = new LogisticRegression?[validation.Members.Labels.Count];
        for (int k = 0; k < models.Length; k++)
        {
            (int[] rows, bool[] positive) = validation.Known(k);
            if (!positive.Contains(true) || !positive.Contains(false)) continue;
            models[k] = LogisticRegression.Fit([.. rows.Select(row => Features(validation.Members, row, k))], positive, ridge);
        }

        return new Fitted(Name, validation, models);
    }

    private static double[] Features(Members members, int row, int column) => [.. members.Cell(row, column).Select(Logits.Of)];

    private sealed class Fitted(string name, ValidationPart validation, LogisticRegression?[] models) : IEnsemble
    {
        public string Name => name;

        public Predictions Combine(Members members)
        {
            validation.Refuse(members, validation.Members.Names);
            if (!members.Labels.Equals(validation.Members.Labels)) throw new ArgumentException($"Stacking was fitted for [{validation.Members.Labels}], these members predict [{members.Labels}].", nameof(members));
            return members.With((i, k) => models[k] is { } model ? model.Predict(Features(members, i, k)) : Logits.ToProbability(members.Cell(i, k).Average(Logits.Of)));
        }
    }
}

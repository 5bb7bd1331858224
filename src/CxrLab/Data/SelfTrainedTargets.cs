namespace CxrLab.Data;

/// <summary>
/// U-SelfTrained of CheXpert (Irvin et al., AAAI 2019): a model that was trained with uncertain cells ignored says how likely they
/// are, and its probability becomes their soft target. No other cell changes.
/// </summary>
/// <param name="Model">Probabilities of that model for the images to train on.</param>
/// <param name="Policy">What the other cells mean; uncertain cells that the model doesn't speak of are treated by it too.</param>
public sealed record SelfTrainedTargets(Predictions Model, LabelPolicy Policy)
{
    private readonly Dictionary<string, int> rows = Model.Images.Select((image, row) => (image, row)).ToDictionary(pair => pair.image, pair => pair.row, StringComparer.Ordinal);

    /// <summary>Target in [0, 1] and whether it counts (1) or is masked (0), for one finding of one record.</summary>
    /// <param name="record">A record of the index.</param>
    /// <param name="labels">The index's label set.</param>
    /// <param name="finding">One of them.</param>
    public (float Target, float Known) Apply(CxrRecord record, LabelSet labels, string finding)
    {
        LabelState state = record.Labels[labels.IndexOf(finding)];
        return state == LabelState.Uncertain && rows.TryGetValue(record.ImageId, out int row) && Model.Labels.TryIndexOf(finding, out int column)
            ? ((float)Model.Probabilities[row, column], 1)
            : Policy.Apply(state);
    }
}

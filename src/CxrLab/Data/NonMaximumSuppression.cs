using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// Non-maximum suppression: the box with the highest score stays, boxes of the finding that overlap it with an IoU above the
/// threshold go, and so on. Readers' boxes all score 1; among equal scores the box most like the others goes first, then the
/// earlier row.
/// </summary>
/// <param name="Threshold">IoU above which the lesser box is dropped.</param>
public sealed record NonMaximumSuppression(double Threshold = 0.5) : IBoxFusion
{
    /// <inheritdoc/>
    public string Name => Invariant($"non-maximum suppression at IoU {Threshold}");

    /// <inheritdoc/>
    public IReadOnlyList<ScoredBox> Fuse(IReadOnlyList<ScoredBox> boxes, int readers)
    {
        var kept = new List<ScoredBox>();
        IEnumerable<ScoredBox> order = boxes
            .OrderByDescending(box => box.Score)
            .ThenByDescending(box => boxes.Where(other => other.Finding == box.Finding).Sum(other => other.Box.IoU(box.Box)));
        foreach (ScoredBox box in order)
            if (!kept.Any(better => better.Finding == box.Finding && better.Box.IoU(box.Box) > Threshold)) kept.Add(box);
        return kept;
    }
}

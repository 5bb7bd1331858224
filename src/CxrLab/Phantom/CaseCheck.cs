namespace CxrLab.Phantom;

/// <summary>Refuses what can't be drawn.</summary>
internal static class CaseCheck
{
    /// <exception cref="ArgumentException">Says what is wrong and what is expected.</exception>
    public static void Check(PhantomCase phantomCase, int size, double difficulty)
    {
        ArgumentNullException.ThrowIfNull(phantomCase);
        if (size is < ChestPhantom.MinSize or > ChestPhantom.MaxSize)
            throw new ArgumentException($"The phantom is drawn at {ChestPhantom.MinSize} to {ChestPhantom.MaxSize} pixels a side; got {size}.", nameof(size));
        if (!(difficulty is >= 0 and <= 1)) throw new ArgumentException($"Difficulty runs from 0 (plain) to 1 (nearly invisible); got {difficulty}.", nameof(difficulty));
        if (phantomCase.View is not (View.PA or View.AP or View.Lateral)) throw new ArgumentException($"The phantom draws PA, AP and lateral views; got {phantomCase.View}.", nameof(phantomCase));
        foreach (PlannedFinding finding in phantomCase.Findings)
        {
            Findings.Named(finding.Name);
            if (!(finding.Severity is > 0 and <= 1)) throw new ArgumentException($"Severity lies in (0, 1]; {finding.Name} has {finding.Severity}.", nameof(phantomCase));
        }

        if (phantomCase.Findings.DistinctBy(finding => finding.Name).Count() != phantomCase.Findings.Count)
            throw new ArgumentException("A finding stands twice in one case.", nameof(phantomCase));
    }
}

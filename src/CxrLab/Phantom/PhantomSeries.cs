namespace CxrLab.Phantom;

/// <summary>One patient imaged several times, with one finding that grows or shrinks steadily: the same body, the same place, another severity.</summary>
public static class PhantomSeries
{
    /// <summary>Plans the visits.</summary>
    /// <param name="seed">Seed of the collection.</param>
    /// <param name="patient">Number of the patient, from 1.</param>
    /// <param name="finding">As in <see cref="Findings.All"/>.</param>
    /// <param name="from">Severity at the first visit, in (0, 1].</param>
    /// <param name="to">Severity at the last visit; 0 for healed.</param>
    /// <param name="visits">Number of visits, at least 2.</param>
    /// <param name="view">How he is imaged.</param>
    /// <returns>One case per visit, in order.</returns>
    /// <exception cref="ArgumentException">A value is out of range or the finding isn't known.</exception>
    public static IReadOnlyList<PhantomCase> Plan(int seed, int patient, string finding, double from, double to, int visits, View view = View.PA)
    {
        Findings.Named(finding);
        if (!(from is > 0 and <= 1)) throw new ArgumentException($"The first severity lies in (0, 1]; got {from}.", nameof(from));
        if (!(to is >= 0 and <= 1)) throw new ArgumentException($"The last severity lies in [0, 1]; got {to}.", nameof(to));
        if (visits < 2) throw new ArgumentException($"A series has at least two visits; got {visits}.", nameof(visits));
        (Sex sex, int age) = PhantomCohort.Person(seed, patient);
        return [.. Enumerable.Range(0, visits).Select(visit =>
        {
            double severity = Math.Round(from + ((to - from) * visit / (visits - 1)), 3);
            return new PhantomCase(seed, patient, visit, age, sex, view, severity > 0 ? [new(finding, severity)] : []);
        })];
    }
}

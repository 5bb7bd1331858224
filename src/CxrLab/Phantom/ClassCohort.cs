namespace CxrLab.Phantom;

/// <summary>Patients who each have one disease or none, imaged once: for data sets whose classes exclude each other.</summary>
internal static class ClassCohort
{
    private const int Stream = -102; // a random stream of its own, beside those of Streams

    /// <summary>Draws patients 1 to Count.</summary>
    /// <param name="options">As for <see cref="PhantomCohort.Draw"/>; a finding that it gives a prevalence overrides the share.</param>
    /// <param name="classes">Findings that exclude each other, with the share of patients who have each; the rest are healthy.</param>
    internal static IReadOnlyList<PhantomCase> Draw(PhantomOptions options, params (string Finding, double Share)[] classes)
    {
        PhantomOptions healthy = options with { Prevalence = Findings.All.ToDictionary(finding => finding, _ => 0.0), Laterals = false, Count = (int)Math.Min(1_000_000, 6L * options.Count) };
        PhantomCase[] first = [.. PhantomCohort.Draw(healthy).Where(one => one.FollowUp == 0).Take(options.Count)];
        if (first.Length < options.Count) throw new ArgumentException($"This layout has one image a patient, at most {first.Length} of them; got {options.Count}.", nameof(options));
        return [.. first.Select(one => CasePlanter.Plant(options, one with { Findings = Choose(options, one, classes) }))];
    }

    private static PlannedFinding[] Choose(PhantomOptions options, PhantomCase one, (string Finding, double Share)[] classes)
    {
        Random random = Seed.Random(one.Seed, one.Patient, Stream);
        double which = random.NextDouble(), severity = Math.Round(0.15 + 0.85 * random.NextDouble(), 3);
        foreach ((string finding, double share) in classes)
        {
            which -= options.Prevalence.GetValueOrDefault(finding, share);
            if (which < 0) return [new(finding, severity)];
        }

        return [];
    }
}

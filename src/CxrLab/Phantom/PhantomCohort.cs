namespace CxrLab.Phantom;

/// <summary>
/// Patients, their visits and their findings. Two hidden conditions of a patient make findings go together as they do in hospitals
/// (a large heart with edema and effusion), and sick patients are more often imaged lying, in AP.
/// </summary>
public static class PhantomCohort
{
    private const int MostVisits = 6;

    /// <summary>Share of a finding's own variance that belongs to the patient; the rest changes from visit to visit.</summary>
    private const double Lasting = 0.75;

    /// <summary>Draws all cases, ordered by patient and follow-up.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IReadOnlyList<PhantomCase> Draw(PhantomOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var cases = new List<PhantomCase>(options.Count);
        for (int patient = 1; cases.Count < options.Count; patient++)
            cases.AddRange(Visits(options, patient).SelectMany(visit => Images(options, visit)).Take(options.Count - cases.Count));
        return cases;
    }

    /// <summary>Sex and age of a patient at his first visit.</summary>
    internal static (Sex Sex, int Age) Person(int seed, int patient)
    {
        var random = Seed.Random(seed, patient, Streams.Course);
        return (random.NextDouble() < 0.44 ? Sex.Female : Sex.Male, (int)Math.Clamp(50 + 17 * Exact.Gaussian(random), 18, 92));
    }

    private static IEnumerable<PhantomCase> Visits(PhantomOptions options, int patient)
    {
        (Sex sex, int firstAge) = Person(options.Seed, patient);
        var random = Seed.Random(options.Seed, patient, Streams.Course, 1);
        double congestion = Exact.Gaussian(random), inflammation = Exact.Gaussian(random), age = firstAge;
        IPlantedFinding[] findings = [.. Findings.Ordered];
        double[] own = [.. findings.Select(_ => (double)Exact.Gaussian(random))];
        double trend = options.Progression ? (random.NextDouble() < 0.5 ? -1 : 1) * (0.25 + 0.35 * random.NextDouble()) : 0;
        int visits = 1;
        while (visits < MostVisits && random.NextDouble() < 0.4) visits++;
        for (int visit = 0; visit < visits; visit++)
        {
            var now = Seed.Random(options.Seed, patient, Streams.Visit, visit);
            double unwell = 0.55 * (congestion + inflammation) - 0.75 + 0.8 * Exact.Gaussian(now);
            var planned = new List<PlannedFinding>();
            for (int k = 0; k < findings.Length; k++)
            {
                Loading loading = findings[k].Loading;
                double rest = 1 - loading.Congestion * loading.Congestion - loading.Inflammation * loading.Inflammation, chance = Exact.Gaussian(now);
                // A course that progresses leaves nothing to chance from visit to visit.
                double mine = options.Progression ? own[k] + trend * visit : Math.Sqrt(Lasting) * own[k] + Math.Sqrt(1 - Lasting) * chance;
                double z = loading.Congestion * congestion + loading.Inflammation * inflammation + Math.Sqrt(rest) * mine;
                // The share of patients who are worse; those beyond the prevalence show nothing.
                double worse = 1 - Exact.NormalCdf(z), share = options.PrevalenceOf(findings[k]);
                if (worse < share) planned.Add(new(findings[k].Name, Math.Round(Math.Clamp(1 - worse / share, 0.02, 1), 3)));
            }

            yield return new(options.Seed, patient, visit, (int)age, sex, unwell > 0 ? View.AP : View.PA, planned);
            age = Math.Min(age + 1.6 * now.NextDouble(), 94);
        }
    }

    private static IEnumerable<PhantomCase> Images(PhantomOptions options, PhantomCase visit)
    {
        PhantomCase frontal = CasePlanter.Plant(options, visit);
        yield return frontal;
        if (options.Laterals) yield return frontal with { View = View.Lateral, Shortcuts = PhantomShortcut.None };
    }
}

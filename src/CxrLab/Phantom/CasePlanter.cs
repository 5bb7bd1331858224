namespace CxrLab.Phantom;

/// <summary>Plants on a case what the options ask for beyond the disease: tell-tale marks, label faults, a misalignment.</summary>
internal static class CasePlanter
{
    /// <summary>The case with everything planted; what isn't asked for changes nothing, so that options can be compared on the same patients.</summary>
    public static PhantomCase Plant(PhantomOptions options, PhantomCase one) => one with
    {
        Shortcuts = Shortcuts(options, one),
        Faults = Faults(options, one),
        Misaligned = options.Misalignment > 0 ? PhantomAffine.Draw(Random(one, 1), options.Misalignment) : null,
    };

    private static PhantomShortcut Shortcuts(PhantomOptions options, PhantomCase one)
    {
        bool positive = options.ShortcutFinding is { } finding ? one.Has(finding) : one.Findings.Count > 0;
        Random random = Random(one, 2);
        PhantomShortcut planted = PhantomShortcut.None;
        foreach (PhantomShortcut mark in (PhantomShortcut[])[PhantomShortcut.HospitalMarker, PhantomShortcut.ApLabel, PhantomShortcut.ChestTube])
        {
            bool drawn = random.NextDouble() < (positive ? options.ShortcutStrength : 1 - options.ShortcutStrength);
            if (drawn && options.Shortcuts.HasFlag(mark)) planted |= mark;
        }

        return planted;
    }

    private static LabelFault[] Faults(PhantomOptions options, PhantomCase one)
    {
        if (options.LabelNoise <= 0 && options.UncertaintyRate <= 0 && options.MissingRate <= 0) return [];
        Random random = Random(one, 3);
        var faults = new List<LabelFault>();
        foreach (string name in Findings.All)
        {
            double noise = random.NextDouble(), doubt = random.NextDouble(), silence = random.NextDouble();
            bool present = one.Has(name);
            if (doubt < options.UncertaintyRate * (present ? 1 : AbsentDoubt(options, name))) faults.Add(new(name, LabelFaultKind.Uncertain));
            else if (!present && silence < options.MissingRate) faults.Add(new(name, LabelFaultKind.Missing));
            else if (noise < options.LabelNoise) faults.Add(new(name, LabelFaultKind.Flipped));
        }

        return [.. faults];
    }

    // As many suspected findings that aren't there as a third of those that are: doubt stays rare where the finding is rare.
    private static double AbsentDoubt(PhantomOptions options, string name)
    {
        double share = options.PrevalenceOf(Findings.Named(name));
        return share / (1 - share) / 3;
    }

    private static Random Random(PhantomCase one, int what) => Seed.Random(one.Seed, one.Patient, Streams.Planting, one.FollowUp, what);
}

namespace CxrLab.Phantom;

/// <summary>Deals patients out to the parts of a published split.</summary>
internal static class LayoutSplit
{
    /// <summary>In shuffled order, as many patients as fill the share of images.</summary>
    internal static HashSet<int> Patients(int seed, IEnumerable<PhantomCase> cases, double share)
    {
        PhantomCase[] all = [.. cases];
        var chosen = new HashSet<int>();
        int images = 0;
        foreach (IGrouping<int, PhantomCase> patient in all.GroupBy(one => one.Patient).OrderBy(patient => Seed.Of(seed, patient.Key, Streams.Split)).ThenBy(patient => patient.Key))
        {
            if (images >= share * all.Length) break;
            chosen.Add(patient.Key);
            images += patient.Count();
        }

        return chosen;
    }
}

namespace CxrLab.Data;

/// <summary>
/// Two parts of an index that may share patients, for showing what such a split does to a score. It is no <see cref="PatientSplit"/>
/// and can't become one by accident, so nothing that trains takes it.
/// </summary>
/// <param name="Name">How it was made.</param>
/// <param name="Train">Images to learn from.</param>
/// <param name="Test">Images to report on; many of their patients are in <paramref name="Train"/>.</param>
public sealed record LeakySplit(string Name, CxrIndex Train, CxrIndex Test);

/// <summary>How far a test part is spoilt by patients who are in the training part too.</summary>
/// <param name="TestImages">Images in the test part.</param>
/// <param name="LeakedImages">Those whose patient is in the training part.</param>
/// <param name="TestPatients">Patients in the test part.</param>
/// <param name="LeakedPatients">Those who are in the training part.</param>
public sealed record LeakMeter(int TestImages, int LeakedImages, int TestPatients, int LeakedPatients)
{
    /// <summary>Share of test images whose patient the model has seen, in [0, 1]; 0 for an empty test part.</summary>
    public double Share => TestImages == 0 ? 0 : (double)LeakedImages / TestImages;

    /// <summary>Compares the patients of two parts by their ids; it can't see one person under two ids.</summary>
    public static LeakMeter Measure(CxrIndex train, CxrIndex test)
    {
        var seen = train.Records.Select(record => record.PatientId).ToHashSet(StringComparer.Ordinal);
        string[] tested = [.. test.Records.Select(record => record.PatientId).Distinct(StringComparer.Ordinal)];
        return new(test.Count, test.Records.Count(record => seen.Contains(record.PatientId)), tested.Length, tested.Count(seen.Contains));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{LeakedImages:N0} of {TestImages:N0} test images ({100 * Share:F1} %) are of patients in the training part ({LeakedPatients:N0} of {TestPatients:N0} patients)");
}

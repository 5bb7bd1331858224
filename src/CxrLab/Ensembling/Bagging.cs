using CxrLab.Data;

namespace CxrLab.Ensembling;

/// <summary>
/// Other training parts from the same patients (Breiman, Machine Learning 1996): as many patients are drawn with replacement as there are, and those that were drawn
/// at all, about 63 %, form the bag. An index holds an image once, so a patient who was drawn twice doesn't count twice.
/// </summary>
public static class Bagging
{
    /// <summary>A split whose training part is a bag of patients; validation and test stay.</summary>
    /// <param name="split">The split.</param>
    /// <param name="seed">The same seed gives the same bag.</param>
    public static PatientSplit Bag(PatientSplit split, int seed)
    {
        string[] patients = [.. split.Train.Records.Select(record => record.PatientId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Random random = Seed.Random(seed, patients.Length);
        HashSet<string> drawn = [.. patients.Select(_ => patients[random.Next(patients.Length)])];
        return new PatientSplit($"{split.Name}, bag {seed}", split.Train.Where(record => drawn.Contains(record.PatientId), $"bag {seed} of {patients.Length} patients"), split.Validation, split.Test);
    }
}

using System.Collections.Immutable;

namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>A seeded split by patient into train, validation and test.</summary>
    /// <param name="seed">Same seed and patients, same split, in whatever order the images stand.</param>
    /// <param name="validation">Share of patients, in [0, 1).</param>
    /// <param name="test">Share of patients, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The shares leave nothing to train on.</exception>
    public PatientSplit SplitByPatient(int seed, double validation = 0.1, double test = 0.2)
    {
        if (validation < 0 || test < 0 || validation + test >= 1)
            throw new ArgumentOutOfRangeException(nameof(validation), $"Validation {validation} and test {test} must be shares that leave something to train on.");
        string[] patients = ShuffledPatients(seed);
        int tested = (int)Math.Round(test * patients.Length), validated = (int)Math.Round(validation * patients.Length);
        return Parted($"patient:{seed}", patients.Take(tested), patients.Skip(tested).Take(validated));
    }

    /// <summary>Fold <paramref name="fold"/> of <paramref name="of"/> as test part, the other patients as training part.</summary>
    /// <param name="seed">Same seed, same folds.</param>
    /// <param name="fold">From 1 to <paramref name="of"/>.</param>
    /// <param name="of">Number of folds, at least 2.</param>
    /// <param name="validation">Share of the training patients set aside for choosing the epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fold, or there are fewer patients than folds.</exception>
    public PatientSplit PatientFold(int seed, int fold, int of, double validation = 0)
    {
        string[] patients = ShuffledPatients(seed);
        if (of < 2 || fold < 1 || fold > of) throw new ArgumentOutOfRangeException(nameof(fold), $"There is no fold {fold} of {of}; folds count from 1.");
        if (patients.Length < of) throw new ArgumentOutOfRangeException(nameof(of), $"{patients.Length} patients can't make {of} folds.");
        string[] tested = [.. patients.Where((_, position) => position % of == fold - 1)];
        string[] others = [.. patients.Except(tested, StringComparer.Ordinal)];
        return Parted($"patient:{seed}:{fold}/{of}", tested, others.Take((int)Math.Round(validation * others.Length)));
    }

    /// <summary>A part of this index by image name, such as a published list.</summary>
    /// <param name="images">Names; those that the index doesn't have are counted in the note.</param>
    /// <param name="reason">Where the names come from, for the note.</param>
    public CxrIndex Only(IReadOnlySet<string> images, string reason)
    {
        CxrIndex part = Where(record => images.Contains(record.ImageId), reason);
        int absent = images.Count - part.Count;
        return absent == 0 ? part : new(part, part.Records, $"{Text(absent)} of {Text(images.Count)} listed images aren't here");
    }

    private PatientSplit Parted(string name, IEnumerable<string> test, IEnumerable<string> validation)
    {
        var tested = test.ToHashSet(StringComparer.Ordinal);
        var validated = validation.ToHashSet(StringComparer.Ordinal);
        return new PatientSplit(name,
            Where(record => !tested.Contains(record.PatientId) && !validated.Contains(record.PatientId), $"train part of {name}"),
            Where(record => validated.Contains(record.PatientId), $"validation part of {name}"),
            Where(record => tested.Contains(record.PatientId), $"test part of {name}"));
    }

    private string[] ShuffledPatients(int seed)
    {
        // Sorted first: the split depends on who the patients are, not on the order of the files.
        string[] patients = [.. Records.Select(record => record.PatientId).ToImmutableSortedSet(StringComparer.Ordinal)];
        CxrLab.Seed.Random(seed, patients.Length).Shuffle(patients);
        return patients;
    }
}

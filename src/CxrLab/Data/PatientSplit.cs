using System.Text;

namespace CxrLab.Data;

/// <summary>
/// Three parts of an index that share no patient. It can't be built otherwise: the constructor checks it, so a model that was
/// given a <see cref="PatientSplit"/> was never tested on a patient it had seen.
/// </summary>
public sealed class PatientSplit
{
    /// <param name="name">How the split was made, such as <c>patient:7</c>.</param>
    /// <param name="train">Images to learn from.</param>
    /// <param name="validation">Images for choosing the epoch and settings; may be empty.</param>
    /// <param name="test">Images to report on; may be empty.</param>
    /// <exception cref="ArgumentException">A patient is in two parts.</exception>
    public PatientSplit(string name, CxrIndex train, CxrIndex validation, CxrIndex test)
    {
        (Name, Train, Validation, Test) = (name, train, validation, test);
        var owner = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string part, CxrIndex index) in Parts)
        {
            foreach (CxrRecord record in index.Records)
            {
                if (!owner.TryAdd(record.PatientId, part) && owner[record.PatientId] != part)
                    throw new ArgumentException($"Patient {record.PatientId} is in both {owner[record.PatientId]} and {part}: scores on {part} would be too good.");
            }
        }
    }

    /// <summary>How the split was made.</summary>
    public string Name { get; }

    /// <summary>Images to learn from.</summary>
    public CxrIndex Train { get; }

    /// <summary>Images for choosing the epoch and settings.</summary>
    public CxrIndex Validation { get; }

    /// <summary>Images to report on.</summary>
    public CxrIndex Test { get; }

    /// <summary>The three parts with their names.</summary>
    public IEnumerable<(string Part, CxrIndex Index)> Parts => [("train", Train), ("validation", Validation), ("test", Test)];

    /// <summary>Writes the split as a run folder holds it: <c>image,patient,part</c>; the file appears whole or not at all.</summary>
    public void Save(string file)
    {
        var text = new StringBuilder("image,patient,part\n");
        foreach ((string part, CxrIndex index) in Parts)
            foreach (CxrRecord record in index.Records) text.Append(record.ImageId).Append(',').Append(record.PatientId).Append(',').Append(part).Append('\n');
        AtomicFile.WriteText(file, text.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: " + string.Join(", ", Parts.Select(part => $"{part.Part} {part.Index.Count} images of {part.Index.PatientCount} patients"));
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CxrLab;

/// <summary>An ordered set of finding names; column k of every target, logit and probability belongs to name k.</summary>
public sealed partial class LabelSet : IReadOnlyList<string>, IEquatable<LabelSet>
{
    private readonly string[] names;
    private readonly Dictionary<string, int> positions;

    /// <param name="names">Distinct, non-blank names in column order.</param>
    /// <exception cref="ArgumentException">A name is blank or stands twice, or there is none.</exception>
    public LabelSet(params IEnumerable<string> names)
    {
        this.names = [.. names];
        if (this.names.Length == 0) throw new ArgumentException("A label set needs at least one finding.", nameof(names));
        positions = new(StringComparer.Ordinal);
        foreach (string name in this.names)
        {
            if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A finding's name can't be blank.", nameof(names));
            if (!positions.TryAdd(name, positions.Count)) throw new ArgumentException($"'{name}' stands twice in the label set.", nameof(names));
        }
    }

    /// <summary>The 14 findings of NIH ChestX-ray14 in the order of its README (Wang et al., CVPR 2017).</summary>
    public static LabelSet Nih14 { get; } = new(
        Finding.Atelectasis, Finding.Cardiomegaly, Finding.Effusion, Finding.Infiltration, Finding.Mass, Finding.Nodule,
        Finding.Pneumonia, Finding.Pneumothorax, Finding.Consolidation, Finding.Edema, Finding.Emphysema, Finding.Fibrosis,
        Finding.PleuralThickening, Finding.Hernia);

    /// <inheritdoc/>
    public int Count => names.Length;

    /// <inheritdoc/>
    public string this[int index] => names[index];

    /// <summary>Column of <paramref name="finding"/>.</summary>
    /// <exception cref="ArgumentException">The set doesn't have it; the message lists what it has and the nearest name.</exception>
    public int IndexOf(string finding) => TryIndexOf(finding, out int index)
        ? index
        : throw new ArgumentException($"There is no finding '{finding}' here; did you mean '{Nearest(finding)}'? This label set has: {this}.", nameof(finding));

    /// <summary>Column of <paramref name="finding"/>, if the set has it.</summary>
    public bool TryIndexOf(string finding, out int index) => positions.TryGetValue(finding, out index);

    /// <summary>Whether the set has <paramref name="finding"/>.</summary>
    public bool Contains(string finding) => positions.ContainsKey(finding);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => names.GetEnumerator();

    /// <summary>Equal when the names are equal in the same order.</summary>
    public bool Equals([NotNullWhen(true)] LabelSet? other) => other is not null && names.AsSpan().SequenceEqual(other.names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => names.Aggregate(17, (hash, name) => HashCode.Combine(hash, name));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", names);

    private string Nearest(string finding) => names.MinBy(name => Distance(name.ToUpperInvariant(), finding.ToUpperInvariant()))!;

    private static int Distance(string a, string b) // Levenshtein
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}

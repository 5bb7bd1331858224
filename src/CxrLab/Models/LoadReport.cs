using System.Text;

namespace CxrLab.Models;

/// <summary>What may differ between a weights file and a model.</summary>
public enum LoadTolerance
{
    /// <summary>Every weight of the model must be in the file with its shape, and nothing else.</summary>
    Strict,

    /// <summary>The last layer may be of another size or absent; it then keeps its fresh weights. For transfer to other findings.</summary>
    Head,
}

/// <summary>What a weights file brought to a model, key by key.</summary>
/// <param name="File">The weights file.</param>
/// <param name="Loaded">Keys that were taken over.</param>
/// <param name="Missing">Keys of the model that the file lacks.</param>
/// <param name="Unexpected">Keys of the file that the model lacks.</param>
/// <param name="Misshaped">Keys with another shape, and both shapes.</param>
/// <param name="Adapted">Changes made on the way, such as an old key name.</param>
public sealed record LoadReport(
    string File, IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Misshaped, IReadOnlyList<string> Adapted)
{
    private const int Shown = 5;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder($"{Path.GetFileName(File)}: {Loaded.Count} tensors loaded");
        Add("missing in the file", Missing);
        Add("unknown to the model", Unexpected);
        Add("of another shape", Misshaped);
        Add("adapted", Adapted);
        return text.ToString();

        void Add(string what, IReadOnlyList<string> keys)
        {
            if (keys.Count > 0) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n· {keys.Count} {what}: {string.Join(", ", keys.Take(Shown))}{(keys.Count > Shown ? ", …" : "")}");
        }
    }
}

using System.Text;

namespace CxrLab.Models;

/// <summary>How far a weights file may differ from the model.</summary>
public enum LoadTolerance
{
    /// <summary>Every tensor must be there in its shape, and none beside them.</summary>
    Strict,

    /// <summary>The last layer (<c>classifier.*</c>, <c>fc.*</c>, <c>head.*</c>) may differ; the model then keeps its own.</summary>
    Head,
}

/// <summary>What loading did with each tensor.</summary>
/// <param name="Loaded">The model's keys that were filled (or would have been, where loading was refused).</param>
/// <param name="Missing">Keys of the model that the file doesn't have.</param>
/// <param name="Unexpected">Keys of the file that the model doesn't have.</param>
/// <param name="Misshaped">Keys of both with other shapes or other findings, as <c>key: found …, expected …</c>.</param>
/// <param name="Adapted">Tensors that were renamed, summed or filled in, each with what was done.</param>
public sealed record LoadReport(
    IReadOnlyList<string> Loaded,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected,
    IReadOnlyList<string> Misshaped,
    IReadOnlyList<string> Adapted)
{
    /// <summary>Whether file and model agree in every tensor.</summary>
    public bool IsComplete => Missing.Count + Unexpected.Count + Misshaped.Count == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder($"{Loaded.Count} tensors loaded");
        Append(text, "missing from the file", Missing);
        Append(text, "unknown to the model", Unexpected);
        Append(text, "of another shape", Misshaped);
        Append(text, "adapted", Adapted);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, IReadOnlyList<string> keys)
    {
        const int Shown = 8; // a whole DenseNet has 727 keys
        if (keys.Count == 0) return;
        text.Append(Environment.NewLine).Append(keys.Count).Append(' ').Append(what).Append(": ").AppendJoin("; ", keys.Take(Shown));
        if (keys.Count > Shown) text.Append("; and ").Append(keys.Count - Shown).Append(" more");
    }
}

using System.Globalization;

namespace CxrLab.Notebooks.Formatting;

/// <summary>
/// A limit for one output, so that one careless cell doesn't make a notebook that no editor opens. What can be cut without breaking it
/// is cut, the rest is left out, and a note in the plain text says so.
/// </summary>
internal static class OutputCap
{
    /// <summary>Characters of one form of an output.</summary>
    public const int Most = 10_000_000;

    public static IReadOnlyDictionary<string, string> Apply(Dictionary<string, string> bundle, int most = Most)
    {
        string[] large = [.. bundle.Where(item => item.Value.Length > most).Select(item => item.Key).OrderBy(type => type != "text/plain")];
        foreach (string type in large)
        {
            string note = string.Create(CultureInfo.InvariantCulture,
                $"[{type} of {bundle[type].Length / 1e6:0.#} million characters is more than the {most / 1e6:0.#} million that one output may have; not shown]");
            if (type == "text/plain") bundle[type] = bundle[type][..most] + "\n" + note;
            else bundle.Remove(type);
            if (type != "text/plain") bundle["text/plain"] = bundle.GetValueOrDefault("text/plain", "") + "\n" + note;
        }
        return bundle;
    }
}

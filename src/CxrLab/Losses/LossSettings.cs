using System.Globalization;
using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>A loss and its parameters as one text, such as <c>focal:gamma=1,alpha=0.5</c>, for configurations and the command line.</summary>
public sealed class LossSettings
{
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];
    private readonly string text;

    private LossSettings(string text, string name) => (this.text, Name) = (text, name);

    /// <summary>What stands before the colon.</summary>
    public string Name { get; }

    /// <summary>Reads <c>NAME</c> or <c>NAME:KEY=VALUE,KEY=VALUE</c>.</summary>
    /// <exception cref="ArgumentException">A parameter isn't KEY=VALUE, or is there twice.</exception>
    public static LossSettings Parse(string text)
    {
        string[] halves = text.Split(':', 2, StringSplitOptions.TrimEntries);
        var settings = new LossSettings(text, halves[0]);
        foreach (string part in halves.Length == 1 ? [] : halves[1].Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } key, { Length: > 0 } value])
                throw new ArgumentException($"Loss '{text}': '{part}' is no parameter; expected KEY=VALUE, several joined by commas, such as focal:gamma=1,alpha=0.5.");
            if (!settings.given.TryAdd(key, value)) throw new ArgumentException($"Loss '{text}' gives {key} twice.");
        }

        return settings;
    }

    // Makers ask for every parameter they know, with the value it has where it isn't given; so the questions are the list of what there is.

    internal double Number(string key, double usual) => Get(key, usual, Text(usual), "a number", word =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null);

    internal double? NumberOrNone(string key, double? usual)
    {
        bool off = given.GetValueOrDefault(key, usual is null ? "none" : "") == "none";
        if (off) given.Remove(key);
        double value = Number(key, usual ?? 0);
        return off ? null : value;
    }

    internal bool Flag(string key, bool usual) => Get<bool>(key, usual, usual ? "true" : "false", "true or false", word => word switch { "true" => true, "false" => false, _ => null });

    internal T Word<T>(string key, T usual) where T : struct, Enum => Get<T>(key, usual, Text(usual), string.Join(", ", Enum.GetValues<T>().Select(Text)), word =>
        Enum.GetValues<T>().Where(value => Text(value) == word).Select(value => (T?)value).FirstOrDefault());

    /// <summary>How cells are joined; a loss that is trained with must be one number.</summary>
    internal nn.Reduction Joined(nn.Reduction usual) => Word("reduction", usual) is not nn.Reduction.None and var joined
        ? joined
        : throw new ArgumentException($"Loss '{text}': training needs one number; expected reduction mean or sum.");

    /// <summary>Checks that every parameter that was given has been asked for.</summary>
    internal void Close()
    {
        if (given.Count > 0)
            throw new ArgumentException($"Loss '{text}': {Name} has no parameter {string.Join(", ", given.Keys)}; it has {(asked.Count == 0 ? "none" : string.Join(", ", asked))}.");
    }

    private static string Text<T>(T value) where T : struct => string.Create(CultureInfo.InvariantCulture, $"{value}").ToLowerInvariant();

    private T Get<T>(string key, T usual, string usually, string expected, Func<string, T?> read) where T : struct
    {
        asked.Add($"{key} ({usually})");
        if (!given.Remove(key, out string? word)) return usual;
        return read(word) ?? throw new ArgumentException($"Loss '{text}': {key} is '{word}'; expected {expected}.");
    }
}

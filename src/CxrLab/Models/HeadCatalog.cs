namespace CxrLab.Models;

/// <summary>All pooling heads by name, for configurations and the command line; a new head is a new file and one line here.</summary>
public static class HeadCatalog
{
    private static readonly Dictionary<string, Func<int, int, PixelHead>> Makers = new(StringComparer.Ordinal)
    {
        ["avg"] = (channels, findings) => new AverageHead(channels, findings),
        ["max"] = (channels, findings) => new MaxHead(channels, findings),
        ["lse"] = (channels, findings) => new LseHead(channels, findings),
        ["lse-lba"] = (channels, findings) => new LseLbaHead(channels, findings),
        ["exp"] = (channels, findings) => new ExponentialHead(channels, findings),
        ["linear"] = (channels, findings) => new LinearHead(channels, findings),
        ["pcam"] = (channels, findings) => new PcamHead(channels, findings),
        ["noisy-or"] = (channels, findings) => new NoisyOrHead(channels, findings),
        ["attention"] = (channels, findings) => new AttentionHead(channels, findings),
    };

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>A new head with random weights.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="channels">D, the feature maps that it is given.</param>
    /// <param name="findings">K.</param>
    /// <exception cref="ArgumentException">The name is unknown; the message lists those that are known.</exception>
    public static PixelHead Create(string name, int channels, int findings) => Makers.TryGetValue(name, out Func<int, int, PixelHead>? make)
        ? make(channels, findings)
        : throw new ArgumentException($"There is no pooling head '{name}'; CxrLab has: {string.Join(", ", Names)}.", nameof(name));
}

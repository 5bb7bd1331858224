using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>What a notebook may take, from its metadata <c>cxrlab: {minutes, memory_mb}</c>.</summary>
/// <param name="Minutes">Wall time, or null.</param>
/// <param name="MemoryMegabytes">Peak memory, or null.</param>
internal sealed record Budget(double? Minutes, double? MemoryMegabytes)
{
    private const double HardFactor = 3, DefaultMinutes = 60;

    internal static Budget Of(Notebook notebook)
    {
        var own = notebook.Metadata?["cxrlab"] as JsonObject;
        return new(Number(own?["minutes"]), Number(own?["memory_mb"]));
    }

    /// <summary>When a notebook is ended, finished or not.</summary>
    internal TimeSpan HardLimit(double? timeoutSeconds) => timeoutSeconds is { } seconds
        ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.FromMinutes((Minutes ?? DefaultMinutes) * (Minutes is null ? 1 : HardFactor));

    /// <summary>What was exceeded, in words, or null.</summary>
    internal string? Exceeded(double seconds, double megabytes)
    {
        if (Minutes is { } minutes && seconds > minutes * 60) return string.Create(CultureInfo.InvariantCulture, $"took {seconds:F0} s of {minutes * 60:F0} s allowed");
        if (MemoryMegabytes is { } most && megabytes > most) return string.Create(CultureInfo.InvariantCulture, $"took {megabytes:F0} MB of {most:F0} MB allowed");
        return null;
    }

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;
}

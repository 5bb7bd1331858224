using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>What a notebook may cost: its metadata's <c>cxrlab: {minutes, memory_mb}</c>; null where it sets no limit.</summary>
/// <param name="Minutes">Wall time of the whole notebook.</param>
/// <param name="MemoryMb">Highest resident memory of its process, in MB of 1,000,000 bytes.</param>
/// <param name="Kill">When a run that doesn't end is ended: the user's <c>--timeout</c>, else three times the minutes, else never.</param>
internal sealed record Budget(double? Minutes, double? MemoryMb, TimeSpan? Kill)
{
    /// <summary>Resident memory at which a run is ended at once, before it takes the machine along: twice the budget; null without one.</summary>
    public double? KillBytes => MemoryMb * 2e6;

    /// <param name="notebook">Whose metadata counts.</param>
    /// <param name="timeout">The user's own limit, which takes the place of the notebook's minutes.</param>
    public static Budget Of(Notebook notebook, TimeSpan? timeout)
    {
        double? minutes = Number(notebook, "minutes");
        return new Budget(
            timeout is null ? minutes : null,
            Number(notebook, "memory_mb"),
            timeout ?? (minutes is double value ? TimeSpan.FromMinutes(3 * value) : null));
    }

    /// <summary>What was exceeded, or null.</summary>
    public string? Exceeded(TimeSpan time, long peakBytes)
    {
        if (Minutes is double minutes && time.TotalMinutes > minutes)
            return string.Create(CultureInfo.InvariantCulture, $"over its time budget: {time.TotalSeconds:0.0} s of {minutes * 60:0.#} s");
        if (MemoryMb is double memory && peakBytes > memory * 1e6)
            return string.Create(CultureInfo.InvariantCulture, $"over its memory budget: {peakBytes / 1e6:0} MB of {memory:0.#} MB");
        return null;
    }

    private static double? Number(Notebook notebook, string key)
    {
        if ((notebook.Metadata?["cxrlab"] as JsonObject)?[key] is not JsonNode node) return null;
        if (double.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out double number) && number > 0) return number;
        throw new BadNotebookException($"{notebook.Path}: metadata cxrlab.{key} must be a positive number; it is {node.ToJsonString()}.");
    }
}

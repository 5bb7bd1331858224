using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Running;

/// <summary>A cell as the parent hands it to the child.</summary>
/// <param name="Number">Its number in errors.</param>
/// <param name="Source">Its text.</param>
/// <param name="Language">The language that its metadata names, or null.</param>
/// <param name="MayFail">Tagged <c>raises-exception</c>: a failure is part of the lecture.</param>
internal sealed record ChildCell(int Number, string Source, string? Language, bool MayFail);

/// <summary>What the parent asks for, one line on the child's standard input.</summary>
/// <param name="Folder">The notebook's folder.</param>
/// <param name="Cells">In order.</param>
internal sealed record ChildTask(string Folder, IReadOnlyList<ChildCell> Cells);

/// <summary>What the child tells, one line each on its standard output.</summary>
/// <param name="Kind"><c>start</c>, <c>output</c> or <c>end</c>.</param>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Output">An output of the notebook format.</param>
/// <param name="Error">Why the cell failed, in one line; null where it passed.</param>
/// <param name="PeakMegabytes">The child's largest memory so far.</param>
internal sealed record ChildMessage(string Kind, int Cell, JsonObject? Output = null, string? Error = null, double PeakMegabytes = 0)
{
    // Native libraries may print to the same stream; only lines with this mark are messages.
    private const string Mark = "\u0001cxrnb:";

    internal string ToLine() => Mark + JsonSerializer.Serialize(this);

    internal static ChildMessage? FromLine(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize<ChildMessage>(line.AsSpan(Mark.Length)) : null;
}

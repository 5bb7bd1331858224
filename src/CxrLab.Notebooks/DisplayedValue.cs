using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks;

/// <summary>A value shown below a cell, which can be changed: for progress, or a chart that grows with each epoch.</summary>
public sealed class DisplayedValue
{
    private DisplayedValue(string displayId) => DisplayId = displayId;

    /// <summary>Names the output in the Jupyter protocol.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in the place of the first, even if that stands below an earlier cell.</summary>
    public void Update(object? updatedValue) =>
        CellSink.OfRunningCell(nameof(Update)).Add(OutputJson.Update(MimeBundle.Of(updatedValue), DisplayId));

    internal static DisplayedValue Show(IReadOnlyDictionary<string, string> bundle)
    {
        var displayed = new DisplayedValue(Guid.NewGuid().ToString("N"));
        CellSink.OfRunningCell("display").Add(OutputJson.Display(bundle, displayed.DisplayId));
        return displayed;
    }
}

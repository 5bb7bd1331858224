using System.Globalization;

namespace CxrLab.Imaging.Dicom;

/// <summary>A window of brightness and contrast.</summary>
/// <param name="Center">The value shown as mid grey, in modality units.</param>
/// <param name="Width">How wide the range from black to white is.</param>
/// <param name="Function">The ramp's shape.</param>
public sealed record DicomWindow(double Center, double Width, WindowFunction Function = WindowFunction.Linear)
{
    /// <summary>The value brought to [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public double Apply(double value, double low, double high)
    {
        if (Function == WindowFunction.Sigmoid) return (high - low) / (1 + Math.Exp(-4 * (value - Center) / Width)) + low;
        (double center, double width) = Function == WindowFunction.Linear ? (Center - 0.5, Width - 1) : (Center, Width);
        if (value <= center - width / 2) return low;
        if (value > center + width / 2) return high;
        return ((value - center) / width + 0.5) * (high - low) + low;
    }

    /// <summary>The file's windows; empty where it has none.</summary>
    internal static IReadOnlyList<DicomWindow> AllOf(DicomDataSet data)
    {
        double[] centers = data.Numbers(DicomTags.WindowCenter), widths = data.Numbers(DicomTags.WindowWidth);
        int count = Math.Min(centers.Length, widths.Length);
        if (count == 0) return [];
        WindowFunction function = (data.Text(DicomTags.VoiLutFunction) ?? "LINEAR").ToUpperInvariant() switch
        {
            "LINEAR" => WindowFunction.Linear,
            "LINEAR_EXACT" => WindowFunction.LinearExact,
            "SIGMOID" => WindowFunction.Sigmoid,
            var other => throw data.Error($"{DicomTags.VoiLutFunction} is {other}; LINEAR, LINEAR_EXACT and SIGMOID are defined."),
        };
        double least = function == WindowFunction.Linear ? 1 : 0;
        for (int i = 0; i < count; i++)
            if (function == WindowFunction.Linear ? widths[i] < 1 : widths[i] <= 0)
                throw data.Error(string.Create(CultureInfo.InvariantCulture, $"{DicomTags.WindowWidth} is {widths[i]}; for {function} it must be {(least > 0 ? "at least 1" : "above 0")}."));
        return [.. Enumerable.Range(0, count).Select(i => new DicomWindow(centers[i], widths[i], function))];
    }
}

using System.Globalization;

namespace CxrLab.Imaging.Dicom;

/// <summary>Distances and directions of sorted slices, and what is uneven about them.</summary>
internal sealed class SliceGeometry
{
    private const double SamePlace = 1e-3, Uneven = 0.01, TiltLimit = 0.1;

    internal SliceGeometry(IReadOnlyList<DicomSlice> slices, IReadOnlyList<double>? places)
    {
        TiltDegrees = places is null ? 0 : Tilt(slices);
        double header = slices.Max(slice => Math.Abs(slice.GantryTilt));
        if (TiltDegrees > TiltLimit) Say($"the stack leans by {TiltDegrees:0.##}° from the slices' normal (gantry tilt): it is a sheared box");
        if (header > TiltLimit && TiltDegrees <= TiltLimit) Say($"the header says the gantry is tilted by {header:0.##}°, the positions say it isn't");
        if (places is null)
        {
            Duplicates = [.. ByUid(slices)];
            Spacing = slices[0].Distance;
            if (slices.Count > 1) Say($"without positions gaps can't be checked; {(Spacing is null ? "the distance of slices is unknown" : $"the header's {Spacing:0.###} mm are believed")}");
            return;
        }

        double[] gaps = [.. Enumerable.Range(1, slices.Count - 1).Select(i => places[i] - places[i - 1])];
        Duplicates = [.. Enumerable.Range(1, gaps.Length).Where(i => gaps[i - 1] <= SamePlace).Select(i => (i - 1, i))];
        if (Duplicates.Count > 0) Say($"{Duplicates.Count} slices lie where another one lies (first: {Name(slices, Duplicates[0].Second)})");
        double[] steps = [.. gaps.Where(gap => gap > SamePlace).Order()];
        Spacing = steps.Length > 0 ? (steps[(steps.Length - 1) / 2] + steps[steps.Length / 2]) / 2 : slices[0].Distance;
        if (steps.Length == 0) return;
        double usual = Spacing!.Value, off = Math.Max(Uneven * usual, SamePlace);
        UnevenGaps = [.. Enumerable.Range(1, gaps.Length).Where(i => gaps[i - 1] > SamePlace && Math.Abs(gaps[i - 1] - usual) > off)];
        if (UnevenGaps.Count > 0) Say($"{UnevenGaps.Count} gaps aren't the usual {usual:0.###} mm (first: {gaps[UnevenGaps[0] - 1]:0.###} mm before {Name(slices, UnevenGaps[0])}); slices may be missing");
    }

    internal double? Spacing { get; }

    internal double TiltDegrees { get; }

    internal IReadOnlyList<(int First, int Second)> Duplicates { get; } = [];

    internal IReadOnlyList<int> UnevenGaps { get; } = [];

    internal List<string> Remarks { get; } = [];

    internal static double Dot(IReadOnlyList<double> a, IReadOnlyList<double> b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

    /// <summary>The vector at length 1; a null vector stays as it is.</summary>
    internal static IReadOnlyList<double> Unit(IReadOnlyList<double> v) => Math.Sqrt(Dot(v, v)) is > 0 and var length ? [v[0] / length, v[1] / length, v[2] / length] : v;

    private static double Tilt(IReadOnlyList<DicomSlice> slices)
    {
        if (slices[0].Position is not { } from || slices[^1].Position is not { } to || slices[0].Normal is not { } normal) return 0;
        double[] way = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
        double length = Math.Sqrt(Dot(way, way));
        if (length <= SamePlace) return 0;
        return Math.Acos(Math.Clamp(Math.Abs(Dot(way, Unit(normal))) / length, 0, 1)) * 180 / Math.PI;
    }

    private static IEnumerable<(int, int)> ByUid(IReadOnlyList<DicomSlice> slices)
    {
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < slices.Count; i++)
            if (slices[i].InstanceUid.Length > 0 && !seen.TryAdd(slices[i].InstanceUid, i)) yield return (seen[slices[i].InstanceUid], i);
    }

    private static string Name(IReadOnlyList<DicomSlice> slices, int i) => Path.GetFileName(slices[i].Path);

    private void Say(FormattableString remark) => Remarks.Add(remark.ToString(CultureInfo.InvariantCulture));
}

namespace CxrLab.Plots;

/// <summary>Colours of all figures; the series tell apart with colour-blind eyes too (Okabe and Ito, 2008).</summary>
internal static class Palette
{
    internal const string Ink = "#263238", Grid = "#e8ecef", Axis = "#b0bec5", Truth = "#2ecc71", Found = "#ff9f1c";

    internal static readonly (byte, byte, byte) TruthInk = (46, 204, 113), FoundInk = (255, 159, 28); // Truth and Found as numbers

    internal static readonly string[] Series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    internal static string Of(int series) => Series[series % Series.Length];
}

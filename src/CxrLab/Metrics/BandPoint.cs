namespace CxrLab.Metrics;

/// <summary>A place of a curve with its pointwise interval.</summary>
/// <param name="X">Where.</param>
/// <param name="Value">The curve.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record BandPoint(double X, double Value, double Low, double High);

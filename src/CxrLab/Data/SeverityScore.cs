namespace CxrLab.Data;

/// <summary>COVID-19 severity as the mean of several readers, both lungs together (Wong et al., Sci Rep 2021).</summary>
/// <param name="Geographic">Extent of involvement, 0 to 8.</param>
/// <param name="Opacity">Degree of opacity, 0 to 8.</param>
public sealed record SeverityScore(double Geographic, double Opacity);

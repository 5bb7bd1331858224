namespace CxrLab.Imaging;

/// <summary>
/// A soft bright patch, as dense lung, fluid or a hand in front of it would make: inside, grey values move towards white. It hides anatomy without
/// moving it, so outlines and boxes stay where they are.
/// </summary>
/// <param name="Y">Centre as a share of the height.</param>
/// <param name="X">Centre as a share of the width.</param>
/// <param name="Down">Standard deviation as a share of the height.</param>
/// <param name="Across">Standard deviation as a share of the width.</param>
/// <param name="Density">Share of the way to white at the centre, in [0, 1].</param>
public sealed record Opacity(double Y, double X, double Down, double Across, double Density)
{
    /// <summary>The grey value <paramref name="grey"/> of a point seen through the patch.</summary>
    /// <param name="grey">In [0, 1].</param>
    /// <param name="y">As a share of the height.</param>
    /// <param name="x">As a share of the width.</param>
    public float Over(float grey, double y, double x)
    {
        double down = (y - Y) / Down, across = (x - X) / Across;
        return grey + ((1 - grey) * (float)(Density * Math.Exp(-((down * down) + (across * across)) / 2)));
    }

    internal static Opacity Draw(Random random, double density)
    {
        // From an eighth to a third of the side at two deviations either way: a consolidated segment up to a whole lung.
        double Deviation() => 0.05 + (0.12 * random.NextDouble());
        return new Opacity(0.2 + (0.6 * random.NextDouble()), 0.1 + (0.8 * random.NextDouble()), Deviation(), Deviation(), density * random.NextDouble());
    }
}

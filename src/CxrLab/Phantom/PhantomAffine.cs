namespace CxrLab.Phantom;

/// <summary>
/// A known misalignment: moves every point of the aligned picture to its place in the posed one. Coordinates are shares of the picture's
/// side, the middle is (0.5, 0.5): <c>x' = A·(x−½) + B·(y−½) + ½ + Tx</c>, <c>y' = C·(x−½) + D·(y−½) + ½ + Ty</c>.
/// </summary>
/// <param name="A">x from x.</param>
/// <param name="B">x from y.</param>
/// <param name="C">y from x.</param>
/// <param name="D">y from y.</param>
/// <param name="Tx">Shift to the right.</param>
/// <param name="Ty">Shift downwards.</param>
public sealed record PhantomAffine(double A, double B, double C, double D, double Tx, double Ty)
{
    /// <summary>Moves nothing.</summary>
    public static PhantomAffine Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>A similarity: scale, turn (radians, clockwise in the picture) and shift.</summary>
    public static PhantomAffine Of(double scale, double turn, double tx, double ty)
    {
        (double cos, double sin) = (scale * Exact.Cos((float)turn), scale * Exact.Sin((float)turn));
        return new(cos, -sin, sin, cos, tx, ty);
    }

    /// <summary>The posed place of a point of the aligned picture, both in shares of the side.</summary>
    public (double X, double Y) Apply(double x, double y) =>
        (A * (x - 0.5) + B * (y - 0.5) + 0.5 + Tx, C * (x - 0.5) + D * (y - 0.5) + 0.5 + Ty);

    /// <summary>The affine that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">It squeezes the picture to a line.</exception>
    public PhantomAffine Inverse()
    {
        double det = A * D - B * C;
        if (Math.Abs(det) < 1e-9) throw new InvalidOperationException($"{this} can't be undone: its determinant is {det}.");
        (double a, double b, double c, double d) = (D / det, -B / det, -C / det, A / det);
        return new(a, b, c, d, -(a * Tx + b * Ty), -(c * Tx + d * Ty));
    }

    /// <summary>Draws a misalignment: at strength 1 the scale strays by a quarter, the turn by 0.35 radians and the shift by 0.15 of the side.</summary>
    internal static PhantomAffine Draw(Random random, double strength) => Of(
        1 + 0.25 * strength * Signed(random), 0.35 * strength * Signed(random), 0.15 * strength * Signed(random), 0.15 * strength * Signed(random));

    private static double Signed(Random random) => 2 * random.NextDouble() - 1;
}

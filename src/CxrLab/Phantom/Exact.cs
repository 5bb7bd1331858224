namespace CxrLab.Phantom;

/// <summary>
/// Elementary functions from additions, multiplications, divisions and roots only. IEEE 754 rounds those alike on every machine, while the
/// mathematical libraries of systems differ in the last bit: so the phantom's pixels are the same everywhere. Relative error about 1e-7 or,
/// for the float functions, a few units of the last place.
/// </summary>
internal static class Exact
{
    private const double Ln2 = 0.693147180559945309, HalfPi = 1.57079632679489662;

    /// <summary>eˣ; 0 below −87, at most e⁸⁸.</summary>
    public static float Exp(float x)
    {
        if (!(x > -87)) return 0;
        double t = Math.Min(x, 88f) / Ln2;
        int n = (int)Math.Floor(t + 0.5);
        double r = (t - n) * Ln2; // |r| ≤ 0.35
        double e = 1 + r * (1 + r * (1 / 2d + r * (1 / 6d + r * (1 / 24d + r * (1 / 120d + r * (1 / 720d))))));
        return (float)(e * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52));
    }

    /// <summary>Natural logarithm of a positive number.</summary>
    public static float Log(float x) => (float)Log((double)x);

    /// <inheritdoc cref="Log(float)"/>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7ff) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xfffffffffffffL) | (1023L << 52));
        if (m > 1.41421356) (m, exponent) = (m * 0.5, exponent + 1);
        double s = (m - 1) / (m + 1), s2 = s * s; // ln m = 2 artanh s
        return exponent * Ln2 + 2 * s * (1 + s2 * (1 / 3d + s2 * (1 / 5d + s2 * (1 / 7d + s2 * (1 / 9d + s2 * (1 / 11d))))));
    }

    /// <summary>xʸ for x ≥ 0.</summary>
    public static float Pow(float x, float y) => x <= 0 ? 0 : Exp(y * Log(x));

    /// <summary>Sine of an angle in radians.</summary>
    public static float Sin(float x) => Cos(x - (float)HalfPi);

    /// <summary>Cosine of an angle in radians.</summary>
    public static float Cos(float x)
    {
        double turns = Math.Abs((double)x) / (4 * HalfPi);
        double t = turns - Math.Floor(turns); // [0, 1)
        if (t > 0.5) t = 1 - t;
        double sign = 1;
        if (t > 0.25) (t, sign) = (0.5 - t, -1);
        double r = t * 4 * HalfPi, r2 = r * r;
        return (float)(sign * (1 - r2 * (1 / 2d - r2 * (1 / 24d - r2 * (1 / 720d - r2 * (1 / 40320d - r2 * (1 / 3628800d - r2 * (1 / 479001600d))))))));
    }

    /// <summary>Cube root of a positive number.</summary>
    public static float Cbrt(float x) => Pow(x, 1 / 3f);

    /// <summary>A normally distributed number, mean 0 and spread 1 (polar method; Marsaglia and Bray, 1964).</summary>
    public static float Gaussian(Random random)
    {
        while (true)
        {
            double u = 2 * random.NextDouble() - 1, v = 2 * random.NextDouble() - 1, s = u * u + v * v;
            if (s is > 0 and < 1) return (float)(u * Math.Sqrt(-2 * Log(s) / s));
        }
    }

    /// <summary>A stream of normally distributed numbers that wastes none of the polar method's pairs.</summary>
    internal struct Normal(Random random)
    {
        private float spare;
        private bool hasSpare;

        /// <summary>The next number.</summary>
        public float Next()
        {
            if (hasSpare)
            {
                hasSpare = false;
                return spare;
            }

            while (true)
            {
                double u = 2 * random.NextDouble() - 1, v = 2 * random.NextDouble() - 1, s = u * u + v * v;
                if (s is <= 0 or >= 1) continue;
                double scale = Math.Sqrt(-2 * Log(s) / s);
                (spare, hasSpare) = ((float)(v * scale), true);
                return (float)(u * scale);
            }
        }
    }

    /// <summary>Share of a standard normal distribution below <paramref name="z"/>, to 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    public static double NormalCdf(double z)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(z));
        double tail = 0.3989422804 * Exp((float)(-0.5 * z * z)) * t
            * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }
}

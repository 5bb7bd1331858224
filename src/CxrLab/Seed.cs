namespace CxrLab;

/// <summary>
/// Seeds made from seeds: <c>Seed.Of(seed, epoch, index)</c> gives every sample its own random stream, whichever worker draws it
/// and in whichever order. SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) mixes the parts, so neighbours share nothing.
/// </summary>
public static class Seed
{
    /// <summary>One well-mixed seed in [0, 2^31) from any number of parts; the order of the parts matters.</summary>
    public static int Of(params ReadOnlySpan<long> parts)
    {
        ulong state = 0x9e3779b97f4a7c15;
        foreach (long part in parts) state = Mix(state ^ Mix(unchecked((ulong)part + 0x9e3779b97f4a7c15)));
        return (int)(state >> 33);
    }

    /// <summary>A generator seeded by <see cref="Of"/>.</summary>
    public static Random Random(params ReadOnlySpan<long> parts) => new(Of(parts));

    /// <summary>One normally distributed number with mean 0 and standard deviation 1 (Box and Muller, 1958).</summary>
    public static double NextGaussian(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}

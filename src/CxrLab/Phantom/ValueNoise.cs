namespace CxrLab.Phantom;

/// <summary>Seeded smooth noise over the plane: random values on a lattice, joined by S-curves, summed over octaves.</summary>
internal readonly struct ValueNoise(int seed)
{
    /// <summary>Noise of about unit spread around 0, its coarsest bumps <paramref name="size"/> mm apart.</summary>
    public float At(float x, float y, float size, int octaves)
    {
        float sum = 0, weight = 1, total = 0;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += weight * Lattice(x / size, y / size, octave);
            total += weight * weight;
            (weight, size) = (weight * 0.62f, size * 0.5f);
        }

        return 2.2f * sum / MathF.Sqrt(total); // one octave spreads by about 0.45
    }

    private float Lattice(float x, float y, int octave)
    {
        float fx = MathF.Floor(x), fy = MathF.Floor(y);
        (int ix, int iy) = ((int)fx, (int)fy);
        float tx = x - fx, ty = y - fy;
        tx = tx * tx * (3 - 2 * tx);
        ty = ty * ty * (3 - 2 * ty);
        float top = Corner(ix, iy, octave) * (1 - tx) + Corner(ix + 1, iy, octave) * tx;
        float bottom = Corner(ix, iy + 1, octave) * (1 - tx) + Corner(ix + 1, iy + 1, octave) * tx;
        return top * (1 - ty) + bottom * ty;
    }

    private float Corner(int x, int y, int octave)
    {
        unchecked
        {
            uint h = (uint)seed * 0x9e3779b1u ^ (uint)x * 0x85ebca6bu ^ (uint)y * 0xc2b2ae35u ^ (uint)octave * 0x27d4eb2fu;
            h = (h ^ (h >> 15)) * 0x2c1b3c6du;
            h = (h ^ (h >> 12)) * 0x297a2d39u;
            return (h ^ (h >> 15)) / (float)uint.MaxValue * 2 - 1;
        }
    }
}
